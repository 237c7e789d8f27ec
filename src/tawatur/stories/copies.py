"""Near-identical text: which report was made from which other one, by the runs of words they share.

The measure is containment, not likeness: which share of the shorter text's words stands in runs that the longer one has too. So a
short cut of a long agency text is found as surely as the whole of it with a sentence changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tawatur.stories.runs import RUN, Runs, runs

#: Texts of fewer words say too little to tell a copy from a coincidence, unless one of them has nothing else.
FEWEST = 16
#: The share of the shorter text's words that the other one holds too, and the least where both begin with what they share.
COPY, CORE = 0.5, 0.35
#: The words with which a text begins.
LEAD = 30
#: From this share on only figures that are wholly others make a text no copy.
SURE = 0.7


def resemblance(one: str, other: str) -> float:
    """Return the share of the shorter text's words that stand in runs of the other one, 0..1 (containment; Broder 1997)."""
    return overlap(runs(one), runs(other))


def is_copy(one: str, other: str) -> bool:
    """Say whether two texts are so near to identical that one was made from the other, or both from a third."""
    return resemblance(one, other) >= COPY


def overlap(one: Runs, other: Runs) -> float:
    """Return ``resemblance`` of two texts that were taken apart."""
    shorter, longer = sorted((one, other), key=len)
    return float(shorter.found_in(longer).mean()) if len(shorter) >= FEWEST else 0.0


def copied(one: Runs, other: Runs) -> float:
    """Return which share of the shorter text's words both have, where that makes one a copy of the other; else 0.

    That is half of them; or less where it is the news that is shared: both begin with it, and what each adds is its own background.
    It makes none where other numbers stand in the same words: two days of one market, two matches, two weather reports.
    """
    shorter, longer = sorted((one, other), key=len)
    marks = shorter.found_in(longer)
    found = float(marks.mean()) if len(shorter) >= FEWEST else 0.0
    if found < COPY and (found < CORE or min(marks[:LEAD].mean(), longer.found_in(shorter)[:LEAD].mean()) < COPY):
        return 0.0
    return 0.0 if shorter.tells_other_figures(longer, wholly=found >= SURE) else found


@lru_cache(maxsize=512)  # telling asks of the pairs of a story what composing asked, both ways round
def _held(one: Runs, other: Runs) -> int:
    return len(one.held & other.held)


def likely(one: Runs, other: Runs) -> float:
    """Return the share of the shorter text's runs that the other one has, 0 where they are too few for a copy: one look at both."""
    fewest = min(len(one), len(other)) - RUN + 1
    if fewest <= FEWEST - RUN:
        return 0.0
    held = _held(*sorted((one, other), key=id))
    return held / fewest if RUN * held >= CORE * fewest else 0.0


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the shorter one's runs that both have, of texts that are given as words or keys."""
    first, second = (set(zip(*(keys[at:] for at in range(RUN)), strict=False)) for keys in (one, other))
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= FEWEST - RUN else 0.0
