"""Timed updates of live pages: "تحديث (17:42 ت.غ)" and what follows it, newest or oldest first.

Which lines head an update is decided for the whole page: one line that calls itself an update, or names a zone, is enough; bare
clock times need company and text between them, since schedules, prayer times and opening hours are clock times too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from tawatur.extract import date_line
from tawatur.extract.lines import Line, Role, is_paragraph
from tawatur.extract.update_clock import UpdateClock, clock_before, update_clock

#: So many unsure headings make a page live, if so much of them has text behind it.
LEAST, WITH_TEXT = 2, 0.6
#: A name of who comments has no more words.
NAME_WORDS = 4
#: A heading that stands in one line with its text has so many words of it.
LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may head an update: where it stands, and what it says."""

    at: int
    told: UpdateClock


def mark_all(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with the headings of timed updates marked, each before its text.

    ``value`` is the clock as "HH:MM" ("" where it is counted from the reading), ``time`` its day and time where the page says them.
    """
    lines = _taken_apart(lines)
    found = _live(lines, list(_headings(lines)))
    if not found:
        return tuple(lines)
    days = _days(lines, found)
    marked = list(lines)
    for heading in found:
        marked[heading.at] = _marked(lines[heading.at], heading.told, days.get(heading.at))
    return _before_their_text(marked, found) if _stand_behind(lines, found) else tuple(marked)


def _headings(lines: Sequence[Line]) -> Iterator[_Heading]:
    for at, line in enumerate(lines):
        told = None if line.role or (line.outer and line.hint != "leftover") else update_clock(line.text)
        if told is not None:
            yield _Heading(at, told)


def _live(lines: Sequence[Line], headings: list[_Heading]) -> list[_Heading]:
    """The headings that count: none where the page is not live. The time in a date line's company is the page's own."""
    if not headings:
        return []
    dated = [at for at, line in enumerate(lines) if not line.role and _is_day(line.text)]
    if len(headings) > 1 and headings[0].at + 1 < headings[1].at and not _has_text(lines, headings, 0):
        headings = headings[1:]
    if len(headings) > 1 and headings[0].told.dated and not any(one.told.dated for one in headings[1:]):
        headings = headings[1:]  # the page's own
    if _are_comments(lines, headings):
        headings = [one for one in headings if not one.told.counted]
    sure = [one for one in headings if one.told.sure and (one.at - 1 not in dated or len(headings) > 1)]
    sure = [one for one in sure if not lines[one.at].outer]
    texts = sum(_has_text(lines, headings, nth) for nth in range(len(headings)))
    behind = _stand_behind(lines, headings)
    if len(headings) >= LEAST and (behind or texts >= max(LEAST, WITH_TEXT * len(headings))):
        return headings
    return [one for one in sure if any(_is_text(line) for line in lines[one.at + 1 :])]


def _are_comments(lines: Sequence[Line], headings: Sequence[_Heading]) -> bool:
    """Say whether times counted from the reading are those of comments: a name stands before most of them."""
    counted = [one for one in headings if one.told.counted]
    named = sum(one.at > 0 and lines[one.at - 1].words <= NAME_WORDS for one in counted)
    return named * 2 > len(counted)


def _is_day(text: str) -> bool:
    told = date_line.stated(text, latest=date.max)
    return told is not None and told.day_only


def _is_text(line: Line) -> bool:
    return not line.role and not line.outer and is_paragraph(line)


def _has_text(lines: Sequence[Line], headings: Sequence[_Heading], nth: int) -> bool:
    """Say whether running text stands between a heading and the next."""
    stop = headings[nth + 1].at if nth + 1 < len(headings) else len(lines)
    return any(_is_text(line) for line in lines[headings[nth].at + 1 : stop])


def _marked(line: Line, told: UpdateClock, day: date | None) -> Line:
    at = line.time if "T" in line.time or ":" in line.time else ""
    if not at and day and told.clock and not told.counted:
        at = f"{day.isoformat()}T{told.clock}" + ("Z" if told.zone_known else "")
    return replace(line.is_(Role.UPDATE, value=told.clock), time=at, outer=False)


def _days(lines: Sequence[Line], found: Sequence[_Heading]) -> dict[int, date]:
    """The day of each heading on a page that runs over several days and says where each begins.

    A day counts from its line on; the first one only if it stands right before the first heading or between two.
    """
    days: dict[int, date] = {}
    day: date | None = None
    begin = found[0].at - 1
    for heading in found:
        for line in lines[max(0, begin) : heading.at]:
            told = None if line.outer or line.role else date_line.stated(line.text, latest=date.max)
            if told and told.day_only and told.day and told.certainty == "stated":
                day = told.day
        begin = heading.at + 1
        if day:
            days[heading.at] = day
    return days


# Times in one line with their text


def _taken_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with "14:05 - قال الوزير …" as two, if the page has at least two of them and they are running text."""
    cut = [(line, _apart(line)) for line in lines]
    texts = [parts[1] for _, parts in cut if parts]
    long = sum(len(text.split()) >= LEAST_WORDS for text in texts)
    if len(texts) < LEAST or long < WITH_TEXT * len(texts):
        return list(lines)
    return [part for line, parts in cut for part in (_two(line, *parts) if parts else (line,))]


def _apart(line: Line) -> tuple[str, str] | None:
    return None if line.role or line.outer else clock_before(line.text)


def _two(line: Line, clock: str, text: str) -> tuple[Line, Line]:
    return replace(line, text=clock, hint=""), replace(line, text=text, time="")


# Times behind their text


def _stand_behind(lines: Sequence[Line], found: Sequence[_Heading]) -> bool:
    """Say whether the times stand behind their paragraphs: text before the first, none behind the last."""
    if len(found) < LEAST:
        return False
    first, last = found[0].at, found[-1].at
    between = all(any(map(_is_text, lines[one.at + 1 : two.at])) for one, two in pairwise(found))
    return between and any(map(_is_text, lines[:first])) and not any(map(_is_text, lines[last + 1 :]))


def _before_their_text(lines: Sequence[Line], found: Sequence[_Heading]) -> tuple[Line, ...]:
    """The lines with each heading moved before the paragraphs that it stands behind; the first has as many as the second."""
    texts = [at for at in range(found[0].at + 1, found[1].at) if _is_text(lines[at])]
    before = [at for at in range(found[0].at) if _is_text(lines[at])]
    starts = [before[-min(len(texts), len(before))], *(one.at + 1 for one in found[:-1])]
    moved: list[Line] = list(lines[: starts[0]])
    for start, one in zip(starts, found, strict=True):
        moved += [lines[one.at], *lines[start : one.at]]
    return (*moved, *lines[found[-1].at + 1 :])
