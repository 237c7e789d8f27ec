"""The log: one line an event, for people (``text``) or for programs (``json``), of all that is logged in a process, by whomever.

What comes from outside cannot make a line of its own or hide one: control characters are escaped. Readers' addresses and secrets
do not come through, wherever they stand. ``structlog`` shapes the lines; it is loaded with the first one.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tawatur.watching import count, trail

if TYPE_CHECKING:
    from structlog.stdlib import ProcessorFormatter

Event = MutableMapping[str, Any]

#: What would end a line, move the cursor or turn the direction of what stands behind it.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What nobody is to read in a log, and what stands there in its place.
_SECRETS = (
    (re.compile(r"://[^/\s@]+@"), "://[secret]@"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 [secret]"),
    (re.compile(r"(?i)\b((?:api_?)?key|token|secret|password|passwd|signature|sig|code)=[^&\s\"']+"), r"\1=[secret]"),
    (re.compile(r"(?:\"[^\"\s]+\"|[\w.+'-]+)@[\w-]+(?:\.[\w-]+)+"), "[address]"),
)
#: What stands in the place of what somebody has asked for.
ASKED = "[asked]"
#: The shortest of it that is looked for: a letter or a number stands everywhere.
_SHORTEST = 3
#: What programs find in every line, in this order, before all else.
_FIRST = ("time", "level", "event", "trace")
#: Under what name the words go along that must not stand in a line.
_PRIVATE = "_private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How it is logged: ``form`` is "text" or "json" on the error output, "" for people into the file at ``path``."""

    form: str = ""
    level: str = "warning"
    path: Path | None = None


_CHOSEN: Manner | None = None


def begin(manner: Manner | None) -> None:
    """Let all that is logged in this process go one way; None: as it was."""
    global _CHOSEN
    _CHOSEN = manner
    if manner is None:
        return
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, Lines)]:
        root.removeHandler(old)
    root.addHandler(Lines(manner))
    logging.getLogger("tawatur").setLevel(manner.level.upper())


def chosen() -> Manner | None:
    """Return how this process logs, for those that it starts."""
    return _CHOSEN


class Lines(logging.Handler):
    """Writes each event as a line, in one go, so that lines of several processes never stand in one another.

    A log that cannot be written is no trouble of its own.
    """

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self._manner = manner
        self._file: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write an event."""
        count("tawatur_log_messages_total", level=record.levelname.lower())
        try:
            left = (self.line(record) + "\n").encode(errors="backslashreplace")
            while left:
                left = left[os.write(self._open(), left) :]
        except OSError:
            pass
        except Exception:
            self.handleError(record)

    def line(self, record: logging.LogRecord) -> str:
        """Return an event as it is written."""
        return _shape(self._manner.form == "json").format(record)

    def _open(self) -> int:
        if self._manner.form or self._manner.path is None:
            return sys.__stderr__.fileno() if sys.__stderr__ else 2
        if self._file is None:
            self._manner.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._manner.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        return self._file


@cache
def _shape(for_programs: bool) -> ProcessorFormatter:
    from structlog import processors, stdlib

    last = processors.JSONRenderer(ensure_ascii=False, default=str) if for_programs else _for_people
    return stdlib.ProcessorFormatter(
        foreign_pre_chain=[stdlib.add_log_level],
        processors=[_whole, processors.format_exc_info, stdlib.ProcessorFormatter.remove_processors_meta, _clean, last],
    )


def _whole(_: object, __: str, event: Event) -> Event:
    """Return an event with its time, who logs it, what page it is about, and all its values."""
    record: logging.LogRecord = event["_record"]
    values: Mapping[str, Any] = getattr(record, "values", {})
    trace = values.get("trace") or trail.current()
    made = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        **event,
        **({} if values else {"logger": record.name}),
        **({"trace": trace} if trace else {}),
        **{name: value for name, value in values.items() if value not in (None, "") and name not in ("time", "level")},
        "process": record.process,
    }
    if record.exc_info:
        made["exc_info"] = record.exc_info
    made[_PRIVATE] = getattr(record, "private", ())
    return {name: made[name] for name in (*(one for one in _FIRST if one in made), *made)}


def _clean(_: object, __: str, event: Event) -> Event:
    """Return an event with nothing in it that is nobody's business, or that is no text."""
    private = [word for word in event.pop(_PRIVATE) if len(word) >= _SHORTEST]
    return {name: clean(_without(private, value), lines=name == "exception") for name, value in event.items()}


def _without(words: Sequence[str], value: object) -> object:
    """Return text in which words do not stand that somebody has asked for."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, ASKED)
    return value


def clean(value: object, *, lines: bool = False) -> Any:  # noqa: ANN401 (whatever is logged)
    """Return a value as it may be written; ``lines`` keeps the ends of lines within it."""
    if isinstance(value, str):
        for pattern, instead in _SECRETS:
            value = pattern.sub(instead, value)
        parts = value.split("\n") if lines else [value]
        return "\n".join(_CONTROL.sub(_escaped, part) for part in parts)
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(one) for one in value]
    if isinstance(value, Mapping):
        return {str(clean(str(name))): clean(one) for name, one in value.items()}
    return value


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "backslashreplace").decode()


def _for_people(logger: object, name: str, event: Event) -> str:
    """Return an event as a line to read, and what failed as lines below that begin with spaces."""
    failure = event.pop("exception", "")
    event["timestamp"] = event.pop("time")
    event.pop("process")
    return "\n    ".join([_console()(logger, name, event), *str(failure).splitlines()])


@cache
def _console() -> Any:  # noqa: ANN401 (a renderer of structlog's)
    from structlog.dev import ConsoleRenderer, plain_traceback

    colors = bool(sys.__stderr__ and sys.__stderr__.isatty() and not os.environ.get("NO_COLOR"))
    return ConsoleRenderer(colors=colors, exception_formatter=plain_traceback, sort_keys=False, pad_event_to=18)
