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

    It goes when ``reader`` goes, whose it is where it is somebody's. ``bulk`` are those of many, which every other goes before.
    """

    kind: str
    email: str
    language: Language = "ar"
    reader: ReaderId | None = None
    fields: dict[str, str] = field(default_factory=dict)
    once: str = ""
    bulk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A letter in the outbox: its number, since when it stands there, and how often it was tried in vain.

    ``holder`` has it lent. ``handing``: since when it is being handed over to the relay, None where it is not. ``doubts`` counts
    the hand-overs that nobody saw the end of: the relay may have the letter from one of them. ``paced``: it is due at a place in
    the pace of its host.
    """

    number: int
    letter: Letter
    made: datetime
    tries: int = 0
    error: str = ""  # what was said the last time
    holder: str = ""
    handing: datetime | None = None
    doubts: int = 0
    paced: bool = False


class Outbox(Protocol):
    """The part of the store's contract that concerns letters."""

    def put_letter(self, letter: Letter, *, at: datetime) -> bool:
        """Put a letter into the outbox, due at once; return False where it is to be sent only once, and stands there."""

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int, holder: str = "") -> tuple[Queued, ...]:
        """Lend letters that are due and return them, bulk last and the oldest first; nobody but the holder has them for ``lease``.

        One that was being handed over when another's lease ran out is in doubt from now on, and lent like the others.
        """

    def begin_letter(self, number: int, *, holder: str, at: datetime, until: datetime) -> bool:
        """Note that a letter is about to be handed over, and lend it until then; False: its holder has lost it to another."""

    def letter_done(self, number: int, *, at: datetime) -> None:
        """Note that a letter was sent, or that there was nothing to send."""

    def letter_failed(
        self, number: int, *, error: str, at: datetime, again: datetime | None, holder: str = "", doubtful: bool = False
    ) -> None:
        """Note that a letter could not be sent, and when it is to be tried again; None: never.

        ``doubtful``: nobody knows whether the relay has it. Nothing is noted where the holder has lost the letter to another.
        """

    def put_off_letter(
        self, number: int, *, until: datetime, holder: str = "", error: str = "", paced: bool = False
    ) -> None:
        """Give a letter back unsent, to be lent again at a time; that is no failure of it. ``error`` says what was in the way.

        ``paced``: the time is its own place in the pace of its host.
        """

    def doubtful_letters(self) -> tuple[Queued, ...]:
        """Return the letters that the relay may have more than once, or has from a hand-over that nobody saw the end of."""

    def letter(self, number: int) -> Queued | None:
        """Return a letter that waits or was sent not too long ago."""

    def waiting_letters(self, email: str = "") -> tuple[Queued, ...]:
        """Return the letters that are still to be sent, oldest first; only those to an address where it is given."""

    def tidy_letters(self, *, before: datetime) -> None:
        """Forget letters that were sent or given up before a time."""
