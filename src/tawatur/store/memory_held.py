"""``Holding`` in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tawatur.newsletter import Newsletter, NewsletterId
from tawatur.store.held import ENDED, Held
from tawatur.store.memory_alerts import MemoryAlerts
from tawatur.store.memory_channels import MemoryChannels


class MemoryHolding(MemoryAlerts, MemoryChannels):
    """``Holding`` in dictionaries."""

    def hold(self, *, at: datetime) -> Held:
        self._letters |= {number: replace(row, due=None) for number, row in self._letters.items() if row.due}
        self._wakes |= {id: None for id, one in self._newsletters.items() if one.due}
        waiting = {id: one for id, one in self._dispatches.items() if one.due}
        self._dispatches |= {id: replace(one, due=None, ended=at, error=ENDED) for id, one in waiting.items()}
        self._told_alerts |= {number: at for number in self._alerts if number not in self._told_alerts}
        self._sessions.clear()
        return self.held()

    def held(self) -> Held:
        return Held(letters=len(self._held_letters()), newsletters=len(self._held_newsletters()))

    def _held_letters(self) -> list[int]:
        return [number for number, row in self._letters.items() if row.due is None and row.ended is None]

    def _held_newsletters(self) -> list[NewsletterId]:
        return [id for id, one in self._newsletters.items() if one.due and not self._wakes.get(id)]

    def release(self, *, at: datetime, send: bool, due: Callable[[Newsletter], datetime | None]) -> Held:
        held = self.held()
        for number in self._held_letters():
            row = self._letters[number]
            given_up = replace(row, ended=at, queued=replace(row.queued, error=ENDED))
            self._letters[number] = replace(row, due=at) if send else given_up
        for id in self._held_newsletters():
            one = self._newsletters[id]
            following = one.due if send else due(one.newsletter)
            self._newsletters[id] = replace(one, due=following)
            self._wakes[id] = following
        return held
