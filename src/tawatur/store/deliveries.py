"""What became of letters behind the relay: what came back, to which addresses nothing more goes, and how fast hosts take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.reader import ReaderId


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A letter that came back, or was refused for good. ``hard``: there is no such mailbox; others may be full for a while.

    ``letter`` is its number in the outbox, ``code`` the status of RFC 3463 ("5.1.1") and ``detail`` what was said.
    """

    email: str
    letter: int
    at: datetime
    hard: bool
    code: str = ""
    detail: str = ""
    reader: ReaderId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """An address to which no newsletter is sent any more, since when, and why."""

    email: str
    since: datetime
    hard: bool
    code: str = ""
    detail: str = ""
    reader: ReaderId | None = None


class Deliveries(Protocol):
    """The part of the store's contract that concerns letters behind the relay."""

    def add_bounce(self, bounce: Bounce) -> None:
        """Keep what came back; of one letter to one address the first is kept."""

    def bounces(self, email: str) -> tuple[Bounce, ...]:
        """Return what came back from an address, the oldest first."""

    def suspend(self, suspension: Suspension) -> None:
        """Send no newsletter to an address any more; the first reason is kept."""

    def suspension(self, email: str) -> Suspension | None:
        """Return why no newsletter is sent to an address; None where they are."""

    def suspensions(self, *, limit: int) -> tuple[Suspension, ...]:
        """Return the addresses to which no newsletter is sent, the latest first."""

    def lift_suspension(self, email: str) -> None:
        """Send newsletters to an address again, and forget what came back from it."""

    def take_slot(self, host: str, *, at: datetime, every: timedelta, burst: int) -> datetime:
        """Take the next place in a host's even pace and return its time; ``burst`` letters may go at once after a rest."""

    def tidy_deliveries(self, *, before: datetime) -> None:
        """Forget what came back before a time; what is suspended stays so."""
