"""The updates of a live page that its JSON-LD tells (``LiveBlogPosting``): their times, put before the lines of their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tawatur.extract.lines import Line, Role, comparable
from tawatur.extract.update_clock import update_clock

#: So many characters of a line's beginning tell it.
TELLING = 60
#: A shorter line tells nothing.
LEAST_WORDS = 4
#: The time that the page shows stands so many lines before the text.
BEFORE = 2


class Told(NamedTuple):
    """One update as JSON-LD tells it: its time (ISO 8601) and its headline and text."""

    time: str
    text: str


def of_nodes(nodes: Iterable[Mapping[str, object]]) -> tuple[Told, ...]:
    """Return the updates of the JSON-LD objects of a page, in their order; broken ones are left out."""
    found: list[Told] = []
    for node in nodes:
        updates = node.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, Mapping):
                texts = [update.get(name) for name in ("headline", "name", "articleBody", "description")]
                text = "\n".join(text for text in texts if isinstance(text, str))
                time = update.get("datePublished") or update.get("dateCreated")
                if isinstance(time, str) and text:
                    found.append(Told(time, text))
    return tuple(found)


def timed(lines: Sequence[Line], told: Sequence[Told]) -> tuple[Line, ...]:
    """Return the lines with the times of the updates that are told: on the time that the page shows, else before the text."""
    found = list(lines)
    for update in told:
        at = _begins(found, update)
        if at is None:
            continue
        shown = next((place for place in range(at - 1, max(-1, at - 1 - BEFORE), -1) if _is_time(found[place])), None)
        if shown is not None:
            found[shown] = replace(found[shown], time=update.time)
        else:
            clock = update.time.partition("T")[2][:5]
            found.insert(at, Line(text=clock, role=Role.UPDATE, value="", time=update.time))
    return tuple(found)


def _begins(lines: Sequence[Line], update: Told) -> int | None:
    """Where the text of an update begins on the page, None where it is not shown."""
    keys = [key for part in update.text.split("\n") if (key := comparable(part))]
    for at, line in enumerate(lines):
        key = line.key[:TELLING]
        if not line.role and not line.outer and line.words >= LEAST_WORDS and any(one.startswith(key) for one in keys):
            return at
    return None


def _is_time(line: Line) -> bool:
    return not line.role and update_clock(line.text) is not None
