"""Figures and health at an address of their own: of programs that serve no pages, or where pages are for everybody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from tawatur.config import Settings
from tawatur.errors import PortInUse
from tawatur.operating.heart import Heart
from tawatur.store import Store

if TYPE_CHECKING:
    from tawatur.operating.console import Console

#: Seconds that an answer on its way has to end.
GRACE = 1


@contextmanager
def watched_over(store: Store | None, settings: Settings) -> Iterator[None]:
    """Let a program that serves no pages be watched over as long as the block runs: by signs of life, and where settings say.

    Raises:
        PortInUse: another program listens at the address of the settings.
        ConfigError: it is none of this machine's.
    """
    with ExitStack() as stack:
        if settings.oversight.address is None:
            stack.enter_context(Heart(store, settings.home, floor=settings.oversight.floor))
        else:
            from tawatur.operating.console import opened

            stack.enter_context(apart(stack.enter_context(opened(store, settings)), settings))
        yield


@contextmanager
def watched_meanwhile(store: Store, settings: Settings) -> Iterator[None]:
    """Let a program that soon comes to its end be watched over as long as the block runs: where settings say, if nobody is there.

    Raises:
        ConfigError: the address is none of this machine's.
    """
    with ExitStack() as stack:
        if settings.oversight.address is not None:
            with suppress(PortInUse):
                stack.enter_context(watched_over(store, settings))
        yield


@contextmanager
def apart(console: Console, settings: Settings) -> Iterator[None]:
    """Serve a console at the address of the settings, in a thread, as long as the block runs; without one do nothing."""
    address = settings.oversight.address
    if address is None:
        yield
        return
    import uvicorn

    from tawatur.cli.place import listening

    with listening(*address) as place:
        config = uvicorn.Config(
            console.app(), log_config=None, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, name="console", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(timeout=2 * GRACE)
