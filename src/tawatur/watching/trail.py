"""Of which page all is that happens at the moment: what is logged meanwhile carries the page's trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TRACE: ContextVar[str] = ContextVar("trace", default="")


def current() -> str:
    """Return the trace of the page that is worked on, "" where none is."""
    return _TRACE.get()


@contextmanager
def following(trace: str) -> Iterator[None]:
    """Let what is logged within the block carry a page's trace."""
    token = _TRACE.set(trace)
    try:
        yield
    finally:
        _TRACE.reset(token)
