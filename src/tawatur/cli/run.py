"""Running the command line: every failure becomes one translated line and an exit status."""

from __future__ import annotations

import logging
import os
import sys
from typing import NoReturn

import typer

from tawatur.config import Settings, load
from tawatur.errors import FULL, ConfigError, DiskFull, TawaturError
from tawatur.watching.logs import Manner, begin

#: Exit statuses: something was rejected; the call itself cannot be carried out; stopped by Ctrl-C (128 + SIGINT).
REJECTED, FAILED, STOPPED = 1, 2, 130
DEFAULT_LANGUAGE = "ar"
log = logging.getLogger(__name__)


def run(app: typer.Typer) -> NoReturn:
    """Run an app and leave the process with its exit status."""
    _begin_log()
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
        if error.errno in FULL:
            _say(DiskFull.key, str(error.filename or ""), "")
        else:
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


def _begin_log() -> None:
    try:
        settings = load()
    except ConfigError:
        logging.getLogger("tawatur").addHandler(logging.NullHandler())
    else:
        begin(manner_of(settings))


def manner_of(settings: Settings) -> Manner:
    """Return how a deployment logs."""
    oversight = settings.oversight
    return Manner(form=oversight.log, level=oversight.least, path=settings.home / "tawatur.log")
