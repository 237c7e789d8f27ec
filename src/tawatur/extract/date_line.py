"""The date line of a page: "الثلاثاء 10 نوفمبر 2026 - 14:05 | آخر تحديث 11 نوفمبر 2026", "منذ ساعتين".

A line counts only if it is nothing but dates, times, and the words that stand with them (``date_labels.txt``, ``date_words.tsv``).
Of several dates the one behind a label of publication counts, then one without a label, then that of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

from tawatur.arabic import calendar, clock
from tawatur.arabic.calendar import Expression
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.arabic.patterns import words_pattern
from tawatur.arabic.timex import Clock, Day, Exact, Month, Shift, Timed, Value
from tawatur.extract.ago import ago
from tawatur.extract.date_spelling import spelled
from tawatur.extract.halves import half_pattern, hour_of
from tawatur.model import Certainty, Published

#: A longer line is text.
LONGEST = 120
#: How far back a day is looked for where the line names no year.
YEARS_BACK = 12
_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class _Clause:
    """What stands behind one label: its kind ("publish", "update" or ""), its dates, and its clock time."""

    kind: str
    dates: tuple[Value, ...]
    texts: tuple[str, ...]
    clock: Clock | None


def stated(line: str, *, latest: date, read: datetime | None = None, hint: date | None = None) -> Published | None:
    """Return the publication time that a line states, if it is nothing but a date with or without a time, else None.

    Labels ("نُشر في:", "آخر تحديث"), the weekday, a Hijri date beside the Gregorian one and Arabic-Indic digits are read. A time
    with a zone keeps it, so that its day is the outlet's; one without is taken as UTC. A line without a year counts if its weekday
    leaves one choice: the last such day up to ``latest``. That, and what is counted from the reading ("منذ ساعتين"), is inferred.

    Args:
        line: one line of a page.
        latest: the day of reading; a day behind it is no day of publication.
        read: the moment of reading, for "منذ ساعتين"; None: only the day is known.
        hint: a day known from elsewhere (the address): it decides between day-month and month-day.
    """
    if len(line) > LONGEST:
        return None
    text = " ".join(fold(line).split())
    if relative := ago(text, read or datetime.combine(latest, time(), UTC)):
        at, day_only = relative
        return _inferred(at, day_only or read is None, line)
    if not re.search(r"\d", text):
        return None
    clauses = list(_clauses(spelled(text, latest=latest, hint=hint)))
    for kind in ("publish", "", "update"):
        for clause in clauses:
            found = _of_clause(clause, line, latest) if clause.kind == kind else None
            if found:
                return found
    return None


def is_publication(line: str) -> bool:
    """Say whether a date line is labelled as the time of publication, and of nothing else."""
    found = [match.lastgroup for match in _kinds().finditer(fold(line))]
    return bool(found) and set(found) == {"publish"}


def is_update(line: str) -> bool:
    """Say whether a date line is labelled as the time of the last change, and of nothing else."""
    found = [match.lastgroup for match in _kinds().finditer(fold(line))]
    return bool(found) and set(found) == {"update"}


def _inferred(at: datetime, day_only: bool, line: str) -> Published:
    moment = datetime.combine(at.date(), time(), UTC) if day_only else at
    return Published(at=moment, certainty=Certainty.INFERRED, day_only=day_only, basis=line.strip())


# Clauses


def _clauses(text: str) -> Iterator[_Clause]:
    """The clauses of a folded line, cut before each label of a kind; none at all where a word is left."""
    starts = [(match.start(), match.end(), str(match.lastgroup)) for match in _kinds().finditer(text)]
    cuts = [(0, 0, ""), *starts, (len(text), len(text), "")]
    parts = [(kind, text[end : cuts[at + 1][0]]) for at, (_, end, kind) in enumerate(cuts[:-1])]
    read = [_clause(kind, part) for kind, part in parts]
    if all(clause is not None for clause in read):
        yield from (clause for clause in read if clause is not None)


@cache
def _kinds() -> re.Pattern[str]:
    def words(kind: str) -> str:
        return words_pattern(row[1] for row in rows("tawatur.extract", "date_words.tsv") if row[0] == kind)

    return re.compile(rf"(?<!\w)(?:(?P<publish>{words('publish')})|(?P<update>{words('update')}))(?!\w)")


_CLOCK = re.compile(
    rf"(?<![\d:/.-])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?(?![\d:])"
    rf"(?:\s*(?P<half>{half_pattern()}))?(?:\s*[(\[]?{clock.zone_pattern()})?"
)
_NUMBER_OF_ISSUE = re.compile(r"(?<!\w)(?:رقم )?العدد(?: رقم)?:? ?[\[(]?\d+[\])]?")


def _clause(kind: str, part: str) -> _Clause | None:
    """Take dates, clock time and labels out of a clause; None where a word is left."""
    part = _NUMBER_OF_ISSUE.sub(" ", part)
    found = tuple(one for one in calendar.find(part) if not _only_a_clock(one))
    rest = fold(_cut(part, found))
    alone = _CLOCK.search(rest)
    rest = rest[: alone.start()] + " " + rest[alone.end() :] if alone else rest
    if re.search(r"\w", _labels().sub(" ", rest)):
        return None
    told = _clock(alone) if alone else None
    return _Clause(kind, tuple(one.value for one in found), tuple(one.text for one in found), told)


def _only_a_clock(found: Expression) -> bool:
    return isinstance(found.value, Timed) and found.value.day is None


def _cut(text: str, found: tuple[Expression, ...]) -> str:
    for one in reversed(found):
        text = f"{text[: one.span.start]} {text[one.span.end :]}"
    return text


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_pattern(lines('tawatur.extract', 'date_labels.txt'))}(?!\w)")


def _clock(found: re.Match[str]) -> Clock | None:
    hour, minute = hour_of(int(found["hour"]), found["half"] or ""), int(found["minute"])
    offset, zone = clock.zone_of(found)
    return Clock(hour, minute, offset, zone) if hour < 24 and minute < 60 else None


# The day of a clause


def _of_clause(clause: _Clause, line: str, latest: date) -> Published | None:
    days = [
        (day, value, text)
        for value, text in zip(clause.dates, clause.texts, strict=True)
        if (day := _own_day(value)) is not None
    ]
    if not days:
        return _without_year(clause, line, latest)
    day, value, _ = next((one for one in days if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", one[2])), days[0])
    told = value.clock if isinstance(value, Timed) else clause.clock
    return None if day > latest else _at(day, told, Certainty.STATED, line)


def _own_day(value: Value | None) -> date | None:
    """The day of a value that names its year itself."""
    match value:
        case Exact():
            return value.day
        case Day(month=Month(year=int() as year, month=month), day=day):
            return _date(year, month, day)
        case Timed():
            return _own_day(value.day)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, told: Clock | None, certainty: Certainty, line: str, others: tuple[date, ...] = ()) -> Published:
    zone = timezone(timedelta(minutes=told.offset)) if told and told.offset else UTC
    at = datetime.combine(day, time(told.hour, told.minute) if told else time(), zone)
    return Published(at=at, certainty=certainty, day_only=told is None, basis=line.strip(), alternatives=others)


def _without_year(clause: _Clause, line: str, latest: date) -> Published | None:
    for value in clause.dates:
        inner, told = (value.day, value.clock) if isinstance(value, Timed) else (value, clause.clock)
        if isinstance(inner, Day) and inner.weekday is not None and isinstance(inner.month, Month):
            days = [
                day
                for year in range(latest.year, latest.year - YEARS_BACK, -1)
                if (day := _date(year, inner.month.month, inner.day))
                and day.weekday() == inner.weekday
                and day <= latest
            ]
            return _at(days[0], told, Certainty.INFERRED, line, tuple(days[1 : _ALTERNATIVES + 1])) if days else None
        if told and isinstance(inner, Shift) and inner.unit == "day" and -2 <= inner.count <= 0:
            return _at(latest + timedelta(days=inner.count), told, Certainty.INFERRED, line)
    return None
