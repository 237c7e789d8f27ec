"""One process that takes items from a line, a function with each, until the line is closed."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any

from tawatur.collecting import collect_seldom
from tawatur.watching import Notes, is_looked_on, logs, look_on, read_out

#: Seconds that a worker has to end when there is no more to do.
ENDING = 10.0
#: Libraries that would use all cores keep to one a worker.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# Not forked: connections to a store and threads do not survive that.
_CONTEXT = get_context("spawn")
#: Held while the environment is another one: threads may start processes at the same moment.
_STARTING = threading.Lock()


@dataclass(slots=True)
class Worker:
    """A process with the line to it, and the number of the item that it has in hand."""

    process: SpawnProcess
    line: Connection
    item: int = -1

    def answer(self) -> tuple[Any, str]:
        """Wait for what comes of the last item, and return it, or what went wrong; figures of it are entered here.

        Raises:
            EOFError, OSError: the process has died.
        """
        return opened(self.sealed_answer())

    def sealed_answer(self) -> bytes:
        """Wait for what comes of the last item, and return it as it came, for ``opened``.

        Raises:
            EOFError, OSError: the process has died.
        """
        return self.line.recv_bytes()

    def end(self, *, at_once: bool) -> None:
        """Let the process end, and wait for that."""
        self.line.close()
        if at_once:
            self.process.terminate()
        self.process.join(ENDING)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def opened(answer: bytes) -> tuple[Any, str]:
    """Return what has come of an item, or what went wrong; figures of it are entered here."""
    result, error, notes = ForkingPickler.loads(answer)
    read_out(notes)
    return result, error


def start() -> Worker:
    """Start a process. It logs as this one does, and what it notes for figures comes with its answers."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(theirs, is_looked_on(), logs.chosen()), daemon=True)
    with _STARTING:
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            process.start()
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
    theirs.close()
    return Worker(process, ours)


def _work(line: Connection, noted: bool, manner: logs.Manner | None) -> None:
    """Take items from a line until it is closed; what is ``noted`` meanwhile goes back with each. Ctrl-C is for whoever is at
    the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    notes = Notes()
    look_on(notes if noted else None)
    logs.begin(manner)
    while True:
        try:
            function, item = line.recv()
        except EOFError:
            return
        try:
            answer = function(item), ""
        except Exception:
            answer = None, traceback.format_exc(limit=-4)
        try:
            line.send((*answer, notes.taken()))
        except OSError:  # nobody waits for it any more
            return


def _end_with_parent() -> None:
    """End at once when the process that hands out items has died: an item may take an hour, and nobody waits for it any more."""
    if (parent := parent_process()) is not None:
        wait([parent.sentinel])
        os._exit(1)
