"""Find date expressions in Arabic text, and bring them to the calendar.

``find`` gives the expressions with their places and unresolved values; ``resolve`` turns a value into ISO 8601 against a day of
reference. Matching is on folded text; places are in the text as published.

Two reaches: news (the default) reads what a newspaper dates; ``wide`` reads whatever a note or speech may date ("في 15", "22/4",
"الآن", feasts), which in news would count things. ``resolve_wide`` is its resolver.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.calendar_days import day_rules
from tawatur.arabic.calendar_repeats import repeated
from tawatur.arabic.calendar_shared import Rule, word_before
from tawatur.arabic.calendar_spans import span_rules
from tawatur.arabic.calendar_starts import starts
from tawatur.arabic.calendar_wide import wide_rules
from tawatur.arabic.calendar_within import within_rules
from tawatur.arabic.calendar_words import day_parts, edges, leads, not_dates, relative_days, remembered_days, weekdays
from tawatur.arabic.edges import Edge, edge_of
from tawatur.arabic.folded import Folded, folded
from tawatur.arabic.patterns import BLANK, MAYBE, words_pattern
from tawatur.arabic.resolve import Tense as Tense
from tawatur.arabic.resolve import resolve as resolve
from tawatur.arabic.resolve import resolve_wide as resolve_wide
from tawatur.arabic.timex import Between, Day, Exact, Hijri, Month, Now, Nth, Shift, Timed, Total, Value, Weekday, Year
from tawatur.model import Span


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression as published, where it stands, and what it says before it is resolved."""

    text: str
    span: Span
    value: Value
    edge: Edge = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression in folded text. ``body`` is where it starts without "مساء", "بداية" and the like."""

    start: int
    end: int
    value: Value
    body: int


def find(text: str, *, wide: bool = False) -> tuple[Expression, ...]:
    """Return the date expressions of a text in order, without prepositions; they do not overlap."""
    return find_folded(folded(text), wide=wide)


def find_folded(source: Folded, *, wide: bool = False) -> tuple[Expression, ...]:
    """``find`` for a text that is folded already."""
    text = source.text
    merged = _with_clocks(text, _merged(text, _atoms(text, wide=wide)), wide=wide)
    places = [(found.start, found.end, found.value) for found in merged]
    skipped: frozenset[int] = frozenset() if wide else repeated(text, places)
    return tuple(
        Expression(
            source.published(found.start, found.end),
            source.span(found.start, found.end),
            found.value,
            edge_of(text[found.start : found.body]),
        )
        for nth, found in enumerate(merged)
        if nth not in skipped
    )


@cache
def _rules(*, wide: bool) -> tuple[Rule, ...]:
    return (wide_rules() if wide else ()) + within_rules() + day_rules(wide=wide) + span_rules()


@cache
def _scanner(*, wide: bool) -> re.Pattern[str]:
    """All rules in one alternation, behind clitics and the words that name a part of a day or span."""
    rules = _rules(wide=wide)
    shapes = "|".join(f"(?P<{rule.name}>{_without_groups(rule.pattern.pattern, rule.name)})" for rule in rules)
    counted = rf"اخر{BLANK}(?:{words_pattern(['يوم', 'اسبوع', *weekdays()])})"
    lead = (
        rf"(?!(?:{words_pattern(relative_days())}|{counted})(?!\w))(?:{edges()}|{day_parts()}|يوم|يومي|ايام|تاريخ|عشيه)"
    )
    before = rf"(?P<before>(?:{lead}{BLANK}(?:من{BLANK}|يوم{BLANK})?){{0,4}})"
    end = rf"(?:(?![\w%٪])|(?<=\d\d\d\d)(?={words_pattern(leads('year_ends.txt'))}(?!\w)))"
    return re.compile(
        rf"(?:(?<![\w.:/\\])(?<!\d,)|(?<=في)(?=\d)|(?<=منذ)(?=\d))(?:[وف]?(?:لل|[بكل])?)(?:{before})(?:{shapes}){end}(?![.,:/]\d)"
    )


def _without_groups(pattern: str, rule: str) -> str:
    """Drop the names of a rule's groups, so that rules can stand in one alternation; a condition keeps its group."""
    names = set(re.findall(r"\(\?\((\w+)\)", pattern)) | set(re.findall(r"\(\?P=(\w+)\)", pattern))
    for name in re.findall(r"\(\?P<(\w+)>", pattern):
        if name not in names:
            pattern = pattern.replace(f"(?P<{name}>", "(?:")
    for name in names:
        for form in ("(?P<{}>", "(?P={})", "(?({})"):
            pattern = pattern.replace(form.format(name), form.format(f"{rule}_{name}"))
    return pattern


@cache
def _by_name(*, wide: bool) -> dict[str, Rule]:
    return {rule.name: rule for rule in _rules(wide=wide)}


def _matches(text: str, *, wide: bool) -> Iterator[re.Match[str]]:
    """Yield the matches of the scanner: of news only where a word stands that may begin a date, which is five times as fast."""
    if wide:
        yield from _scanner(wide=True).finditer(text)
        return
    scan, end = _scanner(wide=False).match, 0
    for start in starts(text):
        if start >= end and (match := scan(text, start)):
            end = match.end()
            yield match


def _atoms(text: str, *, wide: bool) -> list[_Found]:
    found: list[_Found] = []
    for match in _matches(text, wide=wide):
        rule = _by_name(wide=wide)[str(match.lastgroup)]
        own = rule.pattern.match(text, match.start(rule.name))
        value = rule.read(own) if own else None
        if own and value is not None and _is_date(rule, own, match, found):
            start = match.start("before") if match["before"] else match.start(rule.name)
            start -= text[start - 1 : start] == "(" and ")" in own[0] and "(" not in own[0]  # "(5-6) أغسطس"
            found.append(_Found(start, match.end(), _remembered(own, value), match.start(rule.name)))
    return found


_KINDS = {"day": "month", "month": "month", "days": "month", "weekday": "weekday", "unit": "unit", "whole": "whole"}


def _is_date(rule: Rule, own: re.Match[str], match: re.Match[str], found: list[_Found]) -> bool:
    """Say whether the neighbours let the words be a date: no name of a city or newspaper, and a year has its lead."""
    if rule.name == "year" and own["year"] and not own["word"]:
        return bool(match["before"]) or _is_year(own, found)
    kind = _KINDS.get(rule.name)
    if rule.name == "today":
        kind = {"اليوم": "today", "امس": "yesterday", "الغد": "tomorrow"}.get(own["words"])
        if kind == "today" and word_before(own) == "في":
            return False
    if kind is None:
        return True
    if _word_behind(own) in not_dates("behind", kind) or _glued(own) in not_dates("glued", kind):
        return False
    return word_before(match) not in not_dates("before", kind)


#: Nothing but years up to the end of a bracket.
_REST_OF_BRACKET = re.compile(rf"(?:{MAYBE}[،,]?{MAYBE}و?{MAYBE}(?:19|20)\d\d)*\)")


def _is_year(own: re.Match[str], found: list[_Found]) -> bool:
    """A bare number is a year behind "في", "منذ" and the like, in brackets of its own, or joined to a year before it."""
    text = own.string
    if _word_behind(own) in not_dates("behind", "year"):
        return False
    if text[own.start() - 1 : own.start()] == "(" and _REST_OF_BRACKET.match(text, own.end()):
        return 1900 <= int(own["year"]) < 2100
    if (
        found
        and isinstance(found[-1].value, Year)
        and re.fullmatch(rf"{MAYBE}[،,]?{MAYBE}(?:و{MAYBE}|او{BLANK})?", text[found[-1].end : own.start()])
    ):
        return True
    return word_before(own) in leads("year_leads.txt") and 1800 <= int(own["year"]) < 2100


def _word_behind(match: re.Match[str]) -> str:
    behind = re.match(rf"{BLANK}(\w+)", match.string[match.end() : match.end() + 20])
    return behind[1] if behind else ""


def _glued(own: re.Match[str]) -> str:
    """Return the letters that are written onto an expression: in "لامس" there is no "أمس"."""
    before = re.search(r"\w*$", own.string[max(0, own.start() - 4) : own.start()])
    return before[0] if before else ""


def _remembered(own: re.Match[str], value: Value) -> Value:
    """Give a day that everybody knows its year ("هجمات 11 سبتمبر")."""
    day, month = (value.day, value.month) if isinstance(value, Day) else (None, value)
    if not isinstance(month, Month) or month.year is not None or month.side is not None:
        return value
    word = word_before(own)
    for known in remembered_days():
        if (known.day, known.month) == (day, month.month) and word.removeprefix("ال") in known.words:
            dated = Month(month.month, known.year)
            return Day(day, dated) if day else dated
    return value


def _merged(text: str, atoms: Iterable[_Found]) -> list[_Found]:
    """Join neighbours that name one day together: "السبت، الثاني من كانون الأول", "اليوم الأحد"."""
    merged: list[_Found] = []
    for found in atoms:
        both = _joined(text[merged[-1].end : found.body], merged[-1].value, found.value) if merged else None
        if both is not None:
            bracket = "(" in text[merged[-1].end : found.body] and text.startswith(")", found.end)
            merged[-1] = replace(merged[-1], end=found.end + bracket, value=both)
        else:
            merged.append(found)
    return merged


_GAP = re.compile(rf"{MAYBE}[،,(]?{MAYBE}(?:(?:ال)?موافق{BLANK}|في{BLANK}|يوم{BLANK}|[-–]{MAYBE})?(?:ل)?")


def _joined(gap: str, first: Value, second: Value) -> Value | None:
    if not _GAP.fullmatch(gap):
        return None
    match first, second:
        case Weekday(weekday=weekday), Day():
            return replace(second, weekday=weekday)
        case Weekday(), Exact():
            return second
        case Shift(unit="day", count=count, told=False), Weekday(side=None, week=None) if abs(count) <= 2:
            return replace(second, near=count)
        case Weekday(side=None, week=None), Shift(unit="day", count=count, told=False) if abs(count) <= 2:
            return replace(first, near=count)
        case Weekday(weekday=weekday), Hijri(day=int()):
            return replace(second, weekday=weekday)
        case Shift(unit="week", told=False, counted=False), Weekday(side=None, week=None, near=None):
            return replace(second, week=first)
        case Shift(unit="day"), Day() | Exact():
            return second
        case ((Day() | Exact() | Hijri(day=int())), Exact()) if gap.strip(" ،") in _SAME:
            return first if isinstance(first, Exact) else second
        case ((Exact() | Hijri(day=int())), Day()) if gap.strip(" ،") in ("الموافق", "("):
            return first if isinstance(first, Exact) else second
    return None


#: What may stand between two names of one day.
_SAME = ("", "(", "الموافق", "-", "–")
_DAYS = (Day, Exact, Weekday, Hijri, Nth)
_CLOCK_GAP = re.compile(rf"{MAYBE}[،,(–-]?{MAYBE}(?:(?:من|يوم|في|عند){BLANK})*")


def _with_clocks(text: str, days: list[_Found], *, wide: bool) -> list[_Found]:
    """Put the clock times among the days: with the day beside them they are one expression."""
    clocks = clock.find(text, wide=wide)
    if not clocks:
        return days
    merged: list[_Found] = []
    rest = list(days)
    for start, end, value in clocks:
        merged.extend(found for found in rest if found.end <= start)
        rest = [found for found in rest if found.end > start]
        timed = _Found(start, end, Timed(value), start)
        if merged and _is_day(merged[-1]) and _CLOCK_GAP.fullmatch(text[merged[-1].end : start]):
            day = merged.pop()
            value = clock.with_part(value, text[day.start : day.end])
            timed = replace(timed, start=day.start, value=Timed(value, day.value))
        elif rest and _is_day(rest[0]) and _CLOCK_GAP.fullmatch(text[end : max(end, rest[0].body)]):
            day = rest.pop(0)
            value = clock.with_part(value, text[max(end, day.start) : day.end])
            timed = replace(timed, end=day.end, value=Timed(value, day.value))
        rest = [found for found in rest if found.start >= timed.end]
        merged.append(timed)
    return merged + rest


def _is_day(found: _Found) -> bool:
    value = found.value
    return isinstance(value, _DAYS) or (isinstance(value, Shift) and value.unit == "day")


def is_relative(value: Value) -> bool:
    """Say whether a value needs a day of writing: false for what names its year itself."""
    match value:
        case Day(month=Month(year=int())) | Month(year=int()) | Year(year=int()):
            return False
        case Between(first=first, last=last):
            return is_relative(first) or is_relative(last)
        case Timed(day=None):
            return True
        case Timed(day=day) if day is not None:
            return is_relative(day)
        case Nth(within=within):
            return is_relative(within)
        case Day() | Month() | Year() | Shift() | Weekday() | Hijri() | Total() | Now():
            return True
        case _:
            return isinstance(getattr(value, "year", 0), Shift | None)
