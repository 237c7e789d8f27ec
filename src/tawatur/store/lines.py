"""What is kept of the lines that each outlet repeats, so that extraction learns what is residue (``extract.repeated``).

A line is counted once an article, in the transaction that keeps the article. How much is kept for an outlet is bounded, whatever
the number of its articles: once in ``FORGET_EVERY`` articles, lines that came less often than that since they were first seen are
forgotten (lossy counting; Manku and Motwani 2002), and of the others no more than ``MOST_LINES`` stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from tawatur.extract.repeated import Fingerprint, Seen
from tawatur.model import OutletKey

#: What comes less often than once in so many articles is never residue (``extract.repeated`` asks for a share of 0.3 %).
FORGET_EVERY = 600
#: Beyond the forgetting: about 400 kB an outlet. Nineteen real outlets kept 0.3 to 9 thousand lines.
MOST_LINES = 10_000


class LineStore(Protocol):
    """The part of the store's contract that concerns lines."""

    def repeated(self, outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
        """Return what was seen of an outlet's lines; those that were never seen, or are forgotten, are left out."""

    def kept_lines(self, outlet: OutletKey) -> int:
        """Return how many lines are kept for an outlet."""
