"""Running the command line: every failure becomes one translated line and an exit status."""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import typer

from tawatur.config import load
from tawatur.errors import ConfigError, TawaturError

#: Exit statuses: something was rejected; the call itself cannot be carried out; stopped by Ctrl-C (128 + SIGINT).
REJECTED, FAILED, STOPPED = 1, 2, 130
DEFAULT_LANGUAGE = "ar"
log = logging.getLogger(__name__)


def run(app: typer.Typer) -> NoReturn:
    """Run an app and leave the process with its exit status."""
    _log_to_file()
    try:
        app()
    except TawaturError as error:
        _say(error.key, error.subject, error.detail)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except BrokenPipeError:
        # Whoever read our output has left ("| head"); Python's own attempt to write the rest would fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REJECTED)
    except OSError as error:
        _say("error.system", str(error.filename or ""), error.strerror or str(error))
    except Exception as error:
        log.exception("unexpected")
        _say("error.unexpected", type(error).__name__, str(error))
    sys.exit(FAILED)


def _say(key: str, subject: str, detail: str) -> None:
    from tawatur.cli.words import words

    print(words(_language()).error(key, subject, detail), file=sys.stderr)


def _language() -> str:
    try:
        return load().language
    except ConfigError:
        return DEFAULT_LANGUAGE


class _LogFile(logging.FileHandler):
    """A log in the data folder that is made when there is something to tell, and never a trouble of its own."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Let a message go that cannot be written."""


def _log_to_file() -> None:
    try:
        home = load().home
    except ConfigError:
        logging.getLogger("tawatur").addHandler(logging.NullHandler())
    else:
        handler = _LogFile(home / "tawatur.log", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger("tawatur").addHandler(handler)
