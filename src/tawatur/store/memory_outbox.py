"""The outbox in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tawatur.reader import ReaderId, email_key
from tawatur.store.memory_base import MemoryBase
from tawatur.store.outbox import Letter, Queued


@dataclass(frozen=True, slots=True)
class _Row:
    queued: Queued
    due: datetime | None
    ended: datetime | None = None


class MemoryOutbox(MemoryBase):
    """``Outbox`` in a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self._letters: dict[int, _Row] = {}
        self._put = 0

    def put_letter(self, letter: Letter, *, at: datetime) -> bool:
        if letter.once and any(row.queued.letter.once == letter.once for row in self._letters.values()):
            return False
        self._put += 1
        self._letters[self._put] = _Row(Queued(number=self._put, letter=letter, made=at), due=at)
        return True

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Queued, ...]:
        due = [(row.due, number) for number, row in self._letters.items() if row.due and row.due <= now]
        numbers = [number for _, number in sorted(due)[:limit]]
        for number in numbers:
            self._letters[number] = replace(self._letters[number], due=now + lease)
        return tuple(self._letters[number].queued for number in numbers)

    def letter_done(self, number: int, *, at: datetime) -> None:
        if row := self._letters.get(number):
            self._letters[number] = _Row(replace(row.queued, error=""), due=None, ended=at)

    def letter_failed(self, number: int, *, error: str, at: datetime, again: datetime | None) -> None:
        if row := self._letters.get(number):
            failed = replace(row.queued, tries=row.queued.tries + 1, error=error)
            self._letters[number] = _Row(failed, due=again, ended=None if again else at)

    def waiting_letters(self, email: str = "") -> tuple[Queued, ...]:
        waiting = [row.queued for _, row in sorted(self._letters.items()) if row.due]
        return tuple(one for one in waiting if not email or email_key(one.letter.email) == email_key(email))

    def tidy_letters(self, *, before: datetime) -> None:
        self._letters = {at: row for at, row in self._letters.items() if row.ended is None or row.ended >= before}

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._letters = {at: row for at, row in self._letters.items() if row.queued.letter.reader != reader}

    def export(self, reader: ReaderId) -> dict[str, object]:
        own = [row for _, row in sorted(self._letters.items()) if row.queued.letter.reader == reader]
        letters = [
            {
                "kind": row.queued.letter.kind,
                "email": row.queued.letter.email,
                "made": row.queued.made.isoformat(timespec="microseconds"),
                "sent": row.ended.isoformat(timespec="microseconds") if row.ended else None,
            }
            for row in own
        ]
        return super().export(reader) | {"letters": letters}
