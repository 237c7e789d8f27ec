"""Affairs in memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tawatur.model import StoryId
from tawatur.stories.affairs import Holder
from tawatur.stories.signature import Signature


class MemoryAffairs:
    """``Affairs`` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._signatures: dict[StoryId, Signature] = {}
        self._held_by: dict[str, list[Holder]] = defaultdict(list)

    def signatures(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Signature]:
        return {story: self._signatures[story] for story in stories if story in self._signatures}

    def holders(
        self, keys: Iterable[str], *, at: datetime, within: timedelta, most: int
    ) -> Mapping[str, tuple[Holder, ...]]:
        return {key: self._around(self._held_by.get(key, []), at, within, most) for key in keys}

    def _around(self, held: list[Holder], at: datetime, within: timedelta, most: int) -> tuple[Holder, ...]:
        def time(one: Holder) -> datetime:
            return one.time

        middle = bisect_right(held, at, key=time)
        first = max(bisect_left(held, at - within, key=time), middle - most)
        return tuple(held[first : min(bisect_right(held, at + within, key=time), middle + most)])

    def _put_signature(self, story: StoryId, signature: Signature | None) -> None:
        self._drop_signature(story)
        if signature is not None:
            self._signatures[story] = signature
            for trait in signature.traits:
                insort(self._held_by[trait.key], Holder(signature.time, story))

    def _drop_signature(self, story: StoryId) -> None:
        if (old := self._signatures.pop(story, None)) is not None:
            for trait in old.traits:
                self._held_by[trait.key].remove(Holder(old.time, story))
