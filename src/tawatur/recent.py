"""Values that were made last, held so that making one again costs nothing while what it was made of is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


class Recent(Generic[Value]):
    """At most ``size`` values by what they were made of; the longest unused one makes room. Safe for many threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, making it where it is not held. Two threads may make the same one at once."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        self._keep(key, value)
        return value

    def several(self, keys: Iterable[Key], make: Callable[[Sequence[Key]], Iterable[Value]]) -> list[Value]:
        """Return the values of some keys, making those that are not held in one go."""
        wanted = list(keys)
        with self._lock:
            held = {key: self._held[key] for key in wanted if key in self._held}
            for key in held:
                self._held.move_to_end(key)
        lacking = [key for key in dict.fromkeys(wanted) if key not in held]
        for key, value in zip(lacking, make(lacking) if lacking else (), strict=True):
            held[key] = value
            self._keep(key, value)
        return [held[key] for key in wanted]

    def _keep(self, key: Hashable, value: Value) -> None:
        with self._lock:
            self._held[key] = value
            while len(self._held) > self._size:
                self._held.popitem(last=False)
