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

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int, holder: str = "") -> tuple[Queued, ...]:
        rows = [row for row in self._letters.values() if row.due and row.due <= now]
        rows.sort(key=lambda row: (row.queued.letter.bulk, row.due, row.queued.number))
        lent = tuple(_lent(row.queued, holder) for row in rows[:limit])
        self._letters |= {one.number: _Row(one, due=now + lease) for one in lent}
        return lent

    def begin_letter(self, number: int, *, holder: str, at: datetime, until: datetime) -> bool:
        row = self._held(number, holder)
        if row:
            self._letters[number] = _Row(replace(row.queued, handing=at, paced=False), due=until)
        return row is not None

    def letter_done(self, number: int, *, at: datetime) -> None:
        row = self._letters.get(number)
        if row and not row.ended:
            self._letters[number] = _Row(replace(row.queued, error="", handing=None), due=None, ended=at)

    def letter_failed(
        self, number: int, *, error: str, at: datetime, again: datetime | None, holder: str = "", doubtful: bool = False
    ) -> None:
        if row := self._held(number, holder):
            tries, doubts = row.queued.tries + 1, row.queued.doubts + doubtful
            failed = replace(row.queued, tries=tries, error=error, handing=None, doubts=doubts)
            self._letters[number] = _Row(failed, due=again, ended=None if again else at)

    def put_off_letter(
        self, number: int, *, until: datetime, holder: str = "", error: str = "", paced: bool = False
    ) -> None:
        if row := self._held(number, holder):
            back = replace(row.queued, handing=None, paced=paced, error=error or row.queued.error)
            self._letters[number] = _Row(back, due=until)

    def doubtful_letters(self) -> tuple[Queued, ...]:
        return tuple(row.queued for _, row in sorted(self._letters.items()) if row.queued.doubts)

    def letter(self, number: int) -> Queued | None:
        row = self._letters.get(number)
        return row.queued if row else None

    def _held(self, number: int, holder: str) -> _Row | None:
        row = self._letters.get(number)
        return row if row and row.due and row.queued.holder == holder else None

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


def _lent(queued: Queued, holder: str) -> Queued:
    return replace(queued, holder=holder, handing=None, doubts=queued.doubts + (queued.handing is not None))
