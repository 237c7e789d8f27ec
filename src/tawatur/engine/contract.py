"""What every engine does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: How often an item is begun before it is given up: its workers were killed each time, or it failed.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Done(Generic[Item, Result]):
    """An item with what its function returned; or with what went wrong, where it was given up."""

    item: Item
    result: Result | None = None
    error: str = ""


class Engine(Protocol):
    """Runs one function over many items."""

    def __enter__(self) -> Engine: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    @property
    def workers(self) -> int:
        """How many items are worked on at a time."""

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Done[Item, Result]]:
        """Yield each item when it is done, in the order in which they end; those that are begun are the first ones given.

        An item whose function raises is given up at once with the error's text; one whose worker dies is begun again, ``TRIES``
        times in all.
        """
