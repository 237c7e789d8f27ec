"""Several processes that answer at one address. What is to be done beside the pages the first one does.

One that dies is followed by another; all of them end with the first one, however that ends.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

import uvicorn
from fastapi import FastAPI

from tawatur import web
from tawatur.app import open_app
from tawatur.cli.place import Place, address
from tawatur.config import Settings

log = logging.getLogger(__name__)

#: Seconds that answers on the way have to end, and that a process has beyond them.
GRACE, BEYOND = 5, 5
#: Seconds before one that died is followed by another, so that one that cannot start is not started without end.
PAUSE = 1.0
# Not forked: connections to a store and threads do not survive that.
_PROCESSES = get_context("spawn")


def server_of(pages: FastAPI) -> uvicorn.Server:
    """Return a server of pages."""
    return uvicorn.Server(uvicorn.Config(pages, log_level="warning", timeout_graceful_shutdown=GRACE))


@contextmanager
def helped(settings: Settings, place: Place, workers: int) -> Iterator[None]:
    """Let other processes answer at a socket as well, so that there are ``workers`` with this one, as long as the block runs."""
    ending = threading.Event()
    watches = [threading.Thread(target=_watch, args=(settings, place, ending), daemon=True) for _ in range(workers - 1)]
    for watch in watches:
        watch.start()
    try:
        yield
    finally:
        ending.set()
        for watch in watches:
            watch.join(timeout=GRACE + 2 * BEYOND)


def _watch(settings: Settings, place: Place, ending: threading.Event) -> None:
    """Keep one process answering until the end."""
    while not ending.is_set():
        helper = _PROCESSES.Process(target=_answer, args=(settings, place), daemon=True)
        helper.start()
        while helper.is_alive() and not ending.wait(timeout=0.2):
            pass
        if ending.is_set():
            _end(helper)
        else:
            log.error("a process that answered has died (%s), and is followed by another", helper.exitcode)
            ending.wait(PAUSE)


def _end(helper: BaseProcess) -> None:
    helper.terminate()
    helper.join(timeout=GRACE + BEYOND)
    if helper.is_alive():
        helper.kill()
        helper.join()


def _answer(settings: Settings, place: Place) -> None:
    """Answer at a socket until told to stop, or the first process has ended."""
    with open_app(settings) as app:
        host = place.getsockname()[0]
        accounts = app.accounts(host=host, base=address(place))
        server = server_of(web.create(app, editing=app, accounts=accounts, album=app.album(host=host)))
        threading.Thread(target=_follow, args=(server,), daemon=True).start()
        server.run(sockets=[place])


def _follow(server: uvicorn.Server) -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    server.should_exit = True
