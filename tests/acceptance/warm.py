"""The command in processes that need not load it: one process has loaded it, and forks itself for each call.

A call has a process of its own with its own folder, variables and streams, which can be killed, and which ends with the status of
the command: all that a started command shows but the start, which takes longer than what most calls do. Starts from nothing are
shown by the commands of the documents, by the servers, and by ``tests/unit/cli``.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, NoReturn

#: Variables that Python and its libraries read when they start, so that a call that sets them needs a start of its own.
READ_AT_START = ("PYTHON", "LC_", "LANG", "OMP_", "OPENBLAS_")
#: What starts threads when it is loaded or used, which a fork would lose.
THREADED = ("tawatur.archive", "tawatur.engine", "tawatur.tables", "tawatur.exporting", "tawatur.cli.archive_run")
#: Seconds between two looks at whether a process has ended.
LOOK = 0.005


@dataclass(slots=True)
class Warm:
    """Calls the command. The process that is forked starts with the first call and ends with ours."""

    process: subprocess.Popen[str] | None = field(default=None)

    def run(self, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Call the command with arguments, wait for its end, and return its status and what it printed."""
        with TemporaryFile() as out, TemporaryFile() as err:
            status = self.start(arguments, cwd=cwd, env=env, out=_named(out), err=_named(err)).wait()
            return subprocess.CompletedProcess(list(arguments), status, _read(out), _read(err))

    def start(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        out: str = os.devnull,
        err: str = os.devnull,
    ) -> "Started":
        """Call the command with arguments, and return its process, which prints into files."""
        call = {"arguments": list(arguments), "cwd": str(cwd), "env": dict(env), "streams": [os.devnull, out, err]}
        return Started(self, int(self.ask(call)))

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Ask the process that is forked for something, and return its answer."""
        if self.process is None:
            command = [sys.executable, __file__]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            atexit.register(self._end)
        asked, answered = self.process.stdin, self.process.stdout
        assert asked is not None
        assert answered is not None
        print(json.dumps(question), file=asked, flush=True)
        return json.loads(answered.readline())

    def _end(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait()


@dataclass(slots=True)
class Started:
    """The process of a call. Its methods are those of ``subprocess.Popen``."""

    warm: Warm
    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """Return the status of the process, None while it runs."""
        if self.returncode is None:
            self.returncode = self.warm.ask({"ended": self.pid})
        return self.returncode

    def wait(self) -> int:
        """Wait for the end of the process, and return its status."""
        while (status := self.poll()) is None:
            time.sleep(LOOK)
        return status

    def kill(self) -> None:
        """Kill the process, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


#: One for all tests of a process.
WARM = Warm()


def fits(environment: Mapping[str, str]) -> bool:
    """Say whether a call with these variables beside ours can do without a start of its own."""
    return not any(name.startswith(READ_AT_START) for name in environment)


def _named(stream: IO[bytes]) -> str:
    return f"/proc/{os.getpid()}/fd/{stream.fileno()}"


def _read(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


# -- the process that is forked ------------------------------------------------------------------------------------------


def main() -> None:
    """Load the command, and do what is asked, one question a line: start a call, or tell whether one has ended."""
    answers = os.fdopen(os.dup(1), "w")
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = _status(asked["ended"]) if "ended" in asked else os.fork() or _become(asked)
        print(json.dumps(answer), file=answers, flush=True)


def _status(child: int) -> int | None:
    ended, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _load() -> None:
    """Load all modules that the command may need, and the words that it reads with."""
    import tawatur

    for one in pkgutil.walk_packages(tawatur.__path__, "tawatur."):
        if not one.name.startswith(THREADED):
            importlib.import_module(one.name)
    from tawatur import sample
    from tawatur.app import open_app
    from tawatur.cli.progress import Quiet
    from tawatur.cli.words import words
    from tawatur.config import Settings
    from tawatur.store import MEMORY

    with (
        TemporaryDirectory() as home,
        sample.folder() as items,
        open_app(Settings(home=Path(home)), database=MEMORY) as app,
    ):
        app.read([str(one) for one in sorted(items.iterdir())[:2]], published=None, watch=Quiet(words("en")))
    assert threading.active_count() == 1, threading.enumerate()
    gc.collect()
    gc.freeze()


def _become(call: Mapping[str, Any]) -> NoReturn:
    """Be the process of a call."""
    from tawatur.cli import main as command

    status: object = 1
    try:
        for number, name in enumerate(call["streams"]):
            os.dup2(os.open(name, os.O_RDWR), number)
        os.chdir(call["cwd"])
        os.environ.clear()
        os.environ.update(call["env"])
        time.tzset()
        sys.argv = ["tawatur", *call["arguments"]]
        command()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 0 if status is None else 1)


if __name__ == "__main__":
    main()
