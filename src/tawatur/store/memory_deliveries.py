"""What became of letters behind the relay, in memory."""

from __future__ import annotations

from datetime import datetime, timedelta

from tawatur.reader import ReaderId, email_key
from tawatur.store.deliveries import Bounce, Suspension
from tawatur.store.memory_base import MemoryBase


class MemoryDeliveries(MemoryBase):
    """``Deliveries`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._bounces: dict[tuple[str, int], Bounce] = {}
        self._suspended: dict[str, Suspension] = {}
        self._next: dict[str, datetime] = {}

    def add_bounce(self, bounce: Bounce) -> None:
        self._bounces.setdefault((email_key(bounce.email), bounce.letter), bounce)

    def bounces(self, email: str) -> tuple[Bounce, ...]:
        found = [one for (key, _), one in self._bounces.items() if key == email_key(email)]
        return tuple(sorted(found, key=lambda one: (one.at, one.letter)))

    def suspend(self, suspension: Suspension) -> None:
        self._suspended.setdefault(email_key(suspension.email), suspension)

    def suspension(self, email: str) -> Suspension | None:
        return self._suspended.get(email_key(email))

    def suspensions(self, *, limit: int) -> tuple[Suspension, ...]:
        found = sorted(self._suspended.items(), key=lambda one: (-one[1].since.timestamp(), one[0]))
        return tuple(one for _, one in found[:limit])

    def lift_suspension(self, email: str) -> None:
        self._suspended.pop(email_key(email), None)
        self._bounces = {key: one for key, one in self._bounces.items() if key[0] != email_key(email)}

    def take_slot(self, host: str, *, at: datetime, every: timedelta, burst: int) -> datetime:
        self._next[host] = max(self._next.get(host, at), at) + every
        return self._next[host] - every * burst

    def tidy_deliveries(self, *, before: datetime) -> None:
        self._bounces = {key: one for key, one in self._bounces.items() if one.at >= before}
        self._next = {host: due for host, due in self._next.items() if due >= before}

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._bounces = {key: one for key, one in self._bounces.items() if one.reader != reader}
        self._suspended = {key: one for key, one in self._suspended.items() if one.reader != reader}

    def export(self, reader: ReaderId) -> dict[str, object]:
        own = sorted((one for one in self._bounces.values() if one.reader == reader), key=lambda one: one.at)
        rows = [
            {
                "email": one.email,
                "at": one.at.isoformat(timespec="microseconds"),
                "code": one.code,
                "detail": one.detail,
            }
            for one in own
        ]
        return super().export(reader) | {"returned": rows}
