"""What the commands of outlets say: names of countries, kinds and states, faults, and lines in columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from babel import Locale
from babel.dates import format_timedelta
from rich.cells import cell_len

from tawatur.cli.words import Words
from tawatur.model import Outlets
from tawatur.outlets.health import Check, State

#: Around a word of the other direction, so that a terminal keeps the columns apart.
_ISOLATE = "\u2068{}\u2069"


def country(code: str, spoken: Words) -> str:
    """Return a country's name, or its code where it has none."""
    return str(Locale.parse(spoken.messages.language).territories.get(code, code))


def family(key: str, outlets: Outlets, spoken: Words) -> str:
    """Return a family's name in the language that is spoken."""
    found = next((one for one in outlets.families if one.key == key), None)
    if found is None:
        return key
    return found.name_en if spoken.messages.language == "en" and found.name_en else found.name


def state(check: Check, spoken: Words) -> str:
    """Return how a feed is doing; of a slow one, how long it took."""
    line = spoken.text(f"outlet.state.{check.state}")
    took = spoken.text("outlet.seconds", seconds=f"{check.seconds:.1f}")
    return spoken.text("cli.with_detail", line=line, detail=took) if check.state is State.SLOW else line


def reason(check: Check, spoken: Words) -> str:
    """Return why a feed could not be read, "" where it could."""
    line = spoken.text(check.reason) if check.reason else ""
    return spoken.text("cli.with_detail", line=line, detail=check.detail) if line and check.detail else line


def about(check: Check, spoken: Words) -> str:
    """Return what a feed holds: how many entries, how old the latest, how usual the gap, how whole and how Arabic."""
    found = check.contents
    if found is None:
        return ""
    parts = [spoken.text("outlet.entries", n=found.entries)]
    if found.entries:
        parts.append(spoken.text("outlet.latest", ago=ago(check.at, found.latest, spoken)))
        parts += [spoken.text("outlet.gap", gap=span(found.gap, spoken))] if found.gap else []
        parts.append(spoken.text(f"outlet.whole.{_amount(found.whole)}"))
        parts.append(spoken.text("outlet.arabic", percent=round(found.arabic * 100)))
    return " · ".join(parts)


def _amount(share: float) -> str:
    return "all" if share > 0.9 else "none" if share < 0.1 else "some"


def ago(now: datetime, at: datetime | None, spoken: Words) -> str:
    """Return how long ago something was, or that this is not known."""
    if at is None:
        return spoken.text("outlet.undated")
    past = min(at - now, timedelta(0))
    return str(format_timedelta(past, add_direction=True, locale=spoken.messages.language))


def span(length: timedelta, spoken: Words) -> str:
    """Return a length of time in words."""
    return str(format_timedelta(length, locale=spoken.messages.language))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines, each column as wide as its widest cell; on a terminal each cell keeps its direction."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    frame = _ISOLATE if sys.stdout.isatty() else "{}"
    for row in rows:
        cells = [frame.format(cell) + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def short(url: str) -> str:
    """Return an address as people read it: without scheme and "www."."""
    parts = urlsplit(url)
    rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{parts.netloc.removeprefix('www.')}{rest}".rstrip("/")
