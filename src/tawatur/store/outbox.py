"""Letters that wait to be sent, and what became of them.

A letter is kept by what it is to say (its kind, whom it is for, and fields), in the transaction of what it is about; it is
written, and the links in it are made, when it is sent. So no link ever stands in the store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.reader import Language, ReaderId


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that is to be sent. ``kind`` is whose words it has; ``once`` names what is to be sent only once, "" for others.

    It goes when ``reader`` goes, whose it is where it is somebody's.
    """

    kind: str
    email: str
    language: Language = "ar"
    reader: ReaderId | None = None
    fields: dict[str, str] = field(default_factory=dict)
    once: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A letter in the outbox: its number, since when it stands there, and how often it was tried in vain."""

    number: int
    letter: Letter
    made: datetime
    tries: int = 0
    error: str = ""  # what was said the last time


class Outbox(Protocol):
    """The part of the store's contract that concerns letters."""

    def put_letter(self, letter: Letter, *, at: datetime) -> bool:
        """Put a letter into the outbox, due at once; return False where it is to be sent only once, and stands there."""

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Queued, ...]:
        """Return the letters that are due, oldest first, and let nobody else have them for ``lease``."""

    def letter_done(self, number: int, *, at: datetime) -> None:
        """Note that a letter was sent, or that there was nothing to send."""

    def letter_failed(self, number: int, *, error: str, at: datetime, again: datetime | None) -> None:
        """Note that a letter could not be sent, and when it is to be tried again; None: never."""

    def waiting_letters(self, email: str = "") -> tuple[Queued, ...]:
        """Return the letters that are still to be sent, oldest first; only those to an address where it is given."""

    def tidy_letters(self, *, before: datetime) -> None:
        """Forget letters that were sent or given up before a time."""
