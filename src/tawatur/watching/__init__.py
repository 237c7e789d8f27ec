"""Being watched: whoever works says here what happens, and where nobody looks on that costs next to nothing.

    count, observe, timed   figures by the names of ``names.METRICS``    → ``board``, for Prometheus
    tell                    an event with its values                     → ``logs``, one line
    following               of which page all that is told meanwhile     → ``trail``
    alive                   a worker that runs in the background          → ``beats``

A process that does what another one asks for (``crawl.workers``) keeps notes, which that one reads out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import perf_counter
from types import TracebackType
from typing import Protocol

__all__ = [
    "Board",
    "Note",
    "Notes",
    "count",
    "is_looked_on",
    "is_told",
    "look_on",
    "observe",
    "read_out",
    "tell",
    "timed",
]


class Board(Protocol):
    """Where figures go."""

    def count(self, name: str, amount: float, labels: Mapping[str, str]) -> None:
        """Add to a counter."""

    def observe(self, name: str, value: float, labels: Mapping[str, str]) -> None:
        """Enter a value into a histogram."""


#: Whether something is counted or observed, its name, by how much, and its labels.
Note = tuple[bool, str, float, dict[str, str]]

_BOARD: Board | None = None
_EVENTS = logging.getLogger("tawatur.events")


def look_on(board: Board | None) -> None:
    """Let figures go to a board from now on; None: to nobody."""
    global _BOARD
    _BOARD = board


def is_looked_on() -> bool:
    """Say whether figures go anywhere."""
    return _BOARD is not None


def count(name: str, amount: float = 1, /, **labels: str) -> None:
    """Add to a counter."""
    if _BOARD is not None:
        _BOARD.count(name, amount, labels)


def observe(name: str, value: float, /, **labels: str) -> None:
    """Enter a value into a histogram; times are seconds."""
    if _BOARD is not None:
        _BOARD.observe(name, value, labels)


class timed:
    """Enter the seconds that a block takes into a histogram; a block that fails counts as well."""

    __slots__ = ("_began", "_labels", "_name")

    def __init__(self, name: str, /, **labels: str) -> None:
        self._name, self._labels, self._began = name, labels, 0.0

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if _BOARD is not None:
            _BOARD.observe(self._name, perf_counter() - self._began, self._labels)


def is_told() -> bool:
    """Say whether events are written down, so that what they tell is worth looking up."""
    return _EVENTS.isEnabledFor(logging.INFO)


def tell(event: str, level: int = logging.INFO, /, **values: object) -> None:
    """Tell that something happened, with what it happened to: ids, counts, reasons; never a reader's address or query."""
    if _EVENTS.isEnabledFor(level):
        _EVENTS.log(level, event, extra={"values": values})


class Notes:
    """A board of a process that works for another one: what is entered here is read out there."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def count(self, name: str, amount: float, labels: Mapping[str, str]) -> None:
        """Add to a counter."""
        self._notes.append((True, name, amount, dict(labels)))

    def observe(self, name: str, value: float, labels: Mapping[str, str]) -> None:
        """Enter a value into a histogram."""
        self._notes.append((False, name, value, dict(labels)))

    def taken(self) -> list[Note]:
        """Return what was noted since the last time."""
        found, self._notes = self._notes, []
        return found


def read_out(notes: list[Note]) -> None:
    """Enter what another process has noted."""
    if _BOARD is not None:
        for counted, name, value, labels in notes:
            (_BOARD.count if counted else _BOARD.observe)(name, value, labels)
