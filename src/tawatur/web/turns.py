"""Pages of the news are made one after the other in each process, each at full speed.

Two threads of Python share one core: two searches at once do not end sooner than one behind the other, but both end late, and
each call of the database hands the core over and waits to get it back. So a page waits for its turn before it takes a thread. Only
what reads, and takes milliseconds, has turns: neither what readers send, nor exports, nor what waits for a mail server.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from contextvars import ContextVar
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

#: How many pages a process makes at once: where the store is in the process itself, and where it waits for a server's answers.
ALONE, ASKING = 1, 4
_READING = {"GET", "HEAD"}
_LIMIT: ContextVar[CapacityLimiter | None] = ContextVar("turns", default=None)

View = Callable[..., object]


class Turns:
    """Middleware that says how many pages are made at once."""

    def __init__(self, app: ASGIApp, at_once: int) -> None:
        self.app, self._at_once = app, at_once
        # Of each event loop its own: who waits in one cannot be woken by another.
        self._limits: RunVar[CapacityLimiter] = RunVar("limits of turns")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = _LIMIT.set(self._limit())
        try:
            await self.app(scope, receive, send)
        finally:
            _LIMIT.reset(token)

    def _limit(self) -> CapacityLimiter:
        try:
            return self._limits.get()
        except LookupError:
            limit = CapacityLimiter(self._at_once)
            self._limits.set(limit)
            return limit


class InTurn(APIRoute):
    """A route whose view waits for its turn where it only reads: what routers of pages are made with (``route_class``)."""

    def __init__(
        self,
        path: str,
        endpoint: View,
        *,
        methods: Collection[str] | None = None,
        **settings: Any,  # noqa: ANN401 - whatever FastAPI gives a route
    ) -> None:
        if set(methods or _READING) <= _READING and not iscoroutinefunction(endpoint):
            endpoint = _waiting(endpoint)
        super().__init__(path, endpoint, methods=set(methods) if methods else None, **settings)


def _waiting(view: View) -> Callable[..., Awaitable[object]]:
    @wraps(view)
    async def made(*args: object, **kwargs: object) -> object:
        return await to_thread.run_sync(partial(view, *args, **kwargs), limiter=_LIMIT.get())

    return made
