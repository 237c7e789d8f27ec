"""Where a process is looked at: ``/metrics``, ``/health/live``, ``/health/ready``, beside the pages or apart from them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from tawatur.config import Settings
from tawatur.operating.figures import Figures
from tawatur.operating.gate import Gate
from tawatur.operating.heart import Heart
from tawatur.store import Store
from tawatur.watching.beats import alive
from tawatur.watching.board import CONTENT_TYPE, PrometheusBoard, begin

_UNKEPT = {"Cache-Control": "no-store"}
#: Seconds between two signs of life of a loop that answers.
_BEAT = 5.0


class _Counted(Route):
    """A route that those who count answers can name, as all routes of pages are."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, more = super().matches(scope)
        return match, {**more, "route": self}


@dataclass(frozen=True, slots=True)
class Console:
    """What is looked at. ``apart``: figures stand at an address of their own, and not beside the pages."""

    board: PrometheusBoard
    figures: Figures
    heart: Heart
    gate: Gate
    apart: bool = False

    def routes(self, *, figures: bool) -> list[Route]:
        """Return the addresses of health, and those of ``figures`` where they are wanted."""
        found: list[Route] = [_Counted("/health/live", self.live), _Counted("/health/ready", self.ready)]
        return [*found, _Counted("/metrics", self.metrics)] if figures else found

    def app(self) -> Starlette:
        """Return all addresses as an app of their own."""
        return Starlette(routes=self.routes(figures=True))

    async def live(self, _: Request) -> Response:
        """Answer that the process answers."""
        return JSONResponse({"status": "alive"}, headers=_UNKEPT)

    async def ready(self, request: Request) -> Response:
        """Answer whether requests may be sent here; to whom figures are given, with all checks."""
        found = self.heart.condition()
        told = found.told(whole=self._opens(request))
        return JSONResponse(told, 200 if found.ready else 503, headers=_UNKEPT)

    def metrics(self, request: Request) -> Response:
        """Answer with all figures; for anybody else there is nothing here."""
        if not self._opens(request):
            return JSONResponse({"error": "not_found"}, 404, headers=_UNKEPT)
        return Response(self.board.text(self.figures), media_type=CONTENT_TYPE, headers=_UNKEPT)

    def _opens(self, request: Request) -> bool:
        peer = request.client.host if request.client else ""
        return self.gate.opens(peer, request.url.hostname or "", request.headers)


@contextmanager
def opened(store: Store | None, settings: Settings) -> Iterator[Console]:
    """Let a process be watched over as long as the block runs; without a ``store`` nothing of one is told."""
    oversight = settings.oversight
    with Heart(store, settings.home, floor=oversight.floor) as heart:
        figures = Figures(store, settings.home, settings.database, heart.store_is_well)
        gate = Gate(oversight.allow, oversight.token)
        yield Console(begin(), figures, heart, gate, apart=oversight.address is not None)


async def beating(stop: asyncio.Event) -> None:
    """Give a sign of life of the loop that answers, until ``stop`` is set."""
    while not stop.is_set():
        alive("pages")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _BEAT)
