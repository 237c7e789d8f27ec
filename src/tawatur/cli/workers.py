"""Several processes that answer at one address. What is to be done beside the pages the first one does.

One that dies is followed by another; all of them end with the first one, however that ends.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

import uvicorn
from fastapi import FastAPI

from tawatur import web
from tawatur.app import open_app
from tawatur.cli.place import Place, address
from tawatur.cli.run import manner_of
from tawatur.config import Settings
from tawatur.operating.console import Console, beating, opened
from tawatur.store import is_server
from tawatur.watching import beats
from tawatur.watching.logs import begin
from tawatur.web.turns import ALONE, ASKING

log = logging.getLogger(__name__)

#: Seconds that answers on the way have to end, and that a process has beyond them.
GRACE, BEYOND = 5, 5
#: Seconds before one that died is followed by another, so that one that cannot start is not started without end.
PAUSE = 1.0
# Not forked: connections to a store and threads do not survive that.
_PROCESSES = get_context("spawn")


class Server(uvicorn.Server):
    """A server that says first that it is about to end (``ending``), and then answers for ``drain`` seconds more.

    So whoever sends requests here learns it before anything is refused. Ctrl-C, and a second signal, do not wait.
    """

    def __init__(self, config: uvicorn.Config, *, drain: float, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._drain, self._ending, self._told = drain, ending, False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        first, self._told = not self._told, True
        self._ending()
        if sig != signal.SIGTERM:
            super().handle_exit(sig, frame)
        elif first and self._drain:
            waiting = threading.Timer(self._drain, self._leave)
            waiting.daemon = True
            waiting.start()
        else:
            self._leave()

    def _leave(self) -> None:
        # Not by the base class, which dies of the signal in the end: so what is open would not be closed.
        self.should_exit = True


def server_of(pages: FastAPI, console: Console, *, drain: float, ending: Callable[[], None] = lambda: None) -> Server:
    """Return a server of pages; ``ending`` is called when it is told to end, however often."""

    def told() -> None:
        console.heart.stop()
        ending()

    config = uvicorn.Config(
        pages, log_config=None, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE
    )
    return Server(config, drain=drain, ending=told)


def at_once(settings: Settings) -> int:
    """Return how many pages a process makes side by side: more where it waits for a server of the store."""
    return ASKING if is_server(settings.database) else ALONE


@contextmanager
def helped(settings: Settings, place: Place, workers: int) -> Iterator[threading.Event]:
    """Let other processes answer at a socket as well, so that there are ``workers`` with this one, as long as the block runs.

    They begin to end when the event is set that is given.
    """
    ending = threading.Event()
    watches = [threading.Thread(target=_watch, args=(settings, place, ending), daemon=True) for _ in range(workers - 1)]
    for watch in watches:
        watch.start()
    try:
        yield ending
    finally:
        ending.set()
        for watch in watches:
            watch.join(timeout=settings.oversight.drain + GRACE + 2 * BEYOND)


def _watch(settings: Settings, place: Place, ending: threading.Event) -> None:
    """Keep one process answering until the end."""
    while not ending.is_set():
        helper = _PROCESSES.Process(target=_answer, args=(settings, place), daemon=True)
        helper.start()
        while helper.is_alive() and not ending.wait(timeout=0.2):
            pass
        if ending.is_set():
            _end(helper, settings.oversight.drain)
        else:
            log.error("a process that answered has died (%s), and is followed by another", helper.exitcode)
            _forget(helper, settings)
            ending.wait(PAUSE)


def _forget(helper: BaseProcess, settings: Settings) -> None:
    """Let nobody wait for a sign of life of a process that has died."""
    beats.forget(settings.home / beats.FOLDER, lambda one: one.process == helper.pid)


def _end(helper: BaseProcess, drain: float) -> None:
    helper.terminate()
    helper.join(timeout=drain + GRACE + BEYOND)
    if helper.is_alive():
        helper.kill()
        helper.join()


def _answer(settings: Settings, place: Place) -> None:
    """Answer at a socket until told to stop, or the first process has ended."""
    begin(manner_of(settings))
    with open_app(settings) as app, opened(app.store, settings) as console:
        host = place.getsockname()[0]
        accounts, album = app.accounts(host=host, base=address(place)), app.album(host=host)
        made = partial(web.create, app, editing=app, accounts=accounts, album=album, at_once=at_once(settings))
        pages = made(background=beating, console=console)
        server = server_of(pages, console, drain=settings.oversight.drain)
        threading.Thread(target=_follow, args=(server,), daemon=True).start()
        server.run(sockets=[place])


def _follow(server: uvicorn.Server) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    server.should_exit = True
