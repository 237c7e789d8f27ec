"""What a restored store holds back: what was on its way when the backup was made may have arrived since.

Letters and newsletters that were due then wait, until the operator says what is to become of them; what comes later is not held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tawatur.newsletter import Newsletter

#: What is noted of what ended with a restoration.
ENDED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many letters, and how many newsletters, are held back."""

    letters: int = 0
    newsletters: int = 0

    def __bool__(self) -> bool:
        return bool(self.letters or self.newsletters)


class Holding(Protocol):
    """The part of the store's contract that concerns what is held back."""

    def hold(self, *, at: datetime) -> Held:
        """Hold back all letters that wait, and all newsletters that have set times; return how much is held.

        Alerts and messages that wait end: they were of that moment. Sessions end too, as one that was closed since would be open.
        """

    def held(self) -> Held:
        """Return how much is held back."""

    def release(self, *, at: datetime, send: bool, due: Callable[[Newsletter], datetime | None]) -> Held:
        """Hold nothing back any more, and return how much was.

        With ``send`` letters are due at once, and newsletters when they were. Else letters are given up, and ``due`` says when a
        newsletter is due next.
        """
