"""Dates of an article: every expression that names a point or span on the calendar, resolved against its publication day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from tawatur.arabic import calendar
from tawatur.arabic.calendar import Expression, Tense, is_relative
from tawatur.arabic.edges import extent
from tawatur.arabic.sentences import sentences
from tawatur.arabic.tense import tense
from tawatur.arabic.timex import Day, Month, Shift, Timed, Value
from tawatur.extract import published
from tawatur.model import Article, Certainty, DateBasis, DateMention, Published, Span
from tawatur.understand.altered import altered
from tawatur.understand.date_doubts import basis, counts_from_told, doubts

#: How many sentences back a day may have been told for "اليوم التالي" to be counted from it.
_TOLD_WITHIN = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands: the number of its sentence, and the tense there."""

    sentence: int
    tense: Tense


@dataclass(frozen=True, slots=True)
class _Base:
    """A day that another date of the text may be counted from; ``span`` and ``sentence`` say where it stands."""

    day: date
    span: Span
    sentence: int


class _Told:
    """The dates that the text told last, by how exact they are: what "اليوم التالي" and "العام التالي" are counted from."""

    def __init__(self) -> None:
        self._dates: dict[str, _Base] = {}

    def note(self, value: str, span: Span, sentence: int) -> None:
        """Remember a value of the text."""
        first = value[:10]
        if "/" not in value:
            units = _UNITS.get(len(first), ())
            day = date.fromisoformat(first + "-01-01"[len(first) - 4 :])
            self._dates |= dict.fromkeys(units, _Base(day, span, sentence))

    def base(self, value: Value, sentence: int, today: date | None) -> _Base | None:
        """Return what a value is counted from; "السابق" after a day that is still to come is of today, and so has none."""
        shift = value if isinstance(value, Shift) and value.told else Shift("day", 1)
        found = self._dates.get(shift.unit if shift.unit in ("year", "month") else "day")
        if found is None or sentence - found.sentence > _TOLD_WITHIN:
            return None
        return None if shift.count <= 0 and today is not None and found.day > today else found


#: Which units a date may be counted from, by the length of its value: "2014" gives a year, "2014-05-03" a year, a month and a day.
_UNITS = {4: ("year",), 7: ("year", "month"), 10: ("year", "month", "day")}


def find(article: Article) -> tuple[DateMention, ...]:
    """Return the date mentions of an article's text in order.

    Relative expressions are resolved against the day of publication and the tense of the sentence. Where that day was worked
    out, they are marked as inferred and carry what else they could be. Where it is unknown, the text's own evidence is asked;
    without any only expressions are given that name their year, or are counted from one that does ("وفي اليوم التالي").
    """
    return mentions(article.text, _publication(article))


def _publication(article: Article) -> Published:
    if article.published.at is not None:
        return article.published
    return published.infer(article.text, latest=article.collected.date())


def mentions(text: str, day: Published) -> tuple[DateMention, ...]:
    """Return the date mentions of a text that appeared on a day."""
    found = calendar.find(text)
    if day.day is not None:
        found = _with_told_years(found, day.day)
    places = _places(text, found)
    if day.day is None:
        known = [one for one in found if not is_relative(one.value) or counts_from_told(one.value)]
        return _resolved(known, places, None, Certainty.STATED)
    first = _resolved(found, places, day.day, day.certainty)
    return _with_alternatives(first, [_resolved(found, places, other, day.certainty) for other in day.alternatives])


def _with_told_years(found: tuple[Expression, ...], today: date) -> tuple[Expression, ...]:
    """Give a day without a year the one that the text names for the same day ("26 فبراير 2027 … في 26 فبراير").

    Only years near that of writing count: of a day long ago the text may tell the anniversary.
    """
    told: dict[tuple[int, int], set[int]] = {}
    for one in found:
        match _day(one.value):
            case Day(day=nth, month=Month(month=month, year=int(year))) if abs(year - today.year) <= 1:
                told.setdefault((nth, month), set()).add(year)
    return tuple(_with_told_year(one, told) for one in found) if told else found


def _day(value: Value) -> Value | None:
    return value.day if isinstance(value, Timed) else value


def _with_told_year(one: Expression, told: dict[tuple[int, int], set[int]]) -> Expression:
    match day := _day(one.value):
        case Day(day=nth, month=Month(month=number, year=None, side=None) as month):
            years = told.get((nth, number), set())
            if isinstance(day, Day) and len(years) == 1:
                dated = replace(day, month=replace(month, year=next(iter(years))))
                return replace(one, value=replace(one.value, day=dated) if isinstance(one.value, Timed) else dated)
    return one


def _places(text: str, found: Iterable[Expression]) -> dict[Span, _Place]:
    """Return sentence and tense of every expression."""
    spans = sentences(text)
    starts = [span.start for span in spans]
    places = {}
    for one in found:
        nth = max(0, bisect_right(starts, one.span.start) - 1)
        places[one.span] = _Place(nth, tense(text, one.span, sentence=spans[nth]))
    return places


def _resolved(
    found: Iterable[Expression], places: dict[Span, _Place], today: date | None, certainty: Certainty
) -> tuple[DateMention, ...]:
    told, mentions = _Told(), []
    for one in found:
        place = places[one.span]
        base = told.base(one.value, place.sentence, today)
        mention = _mention(one, place, base, today)
        if mention is None:
            continue
        if not (isinstance(one.value, Timed) and one.value.day is None):
            told.note(mention.value, one.span, place.sentence)
        sure = certainty if is_relative(one.value) else Certainty.STATED
        mentions.append(altered(mention, certainty=sure))
    return tuple(mentions)


def _mention(one: Expression, place: _Place, base: _Base | None, today: date | None) -> DateMention | None:
    """Return a date with its value and how that was worked out, None where it has none."""
    told = base.day if base else _counted_from_today(one.value, today)
    if today is None and told is None and is_relative(one.value):
        return None
    value = calendar.resolve(one.value, reference=today or _NO_DAY, tense=place.tense, told=told)
    if value is None:
        return None
    how = basis(one.value, told=base is not None)
    first, last, grain = extent(value, one.edge)
    return DateMention(
        text=one.text,
        value=value,
        span=one.span,
        start=first,
        end=last,
        grain=grain,
        basis=how,
        base=base.span if base and how is DateBasis.TOLD else None,
        doubts=doubts(one.value, value, today=today or _NO_DAY, tense=place.tense),
    )


def _counted_from_today(value: Value, today: date | None) -> date | None:
    """ "السابق" and "نفسه" without anything told are of today."""
    return today if isinstance(value, Shift) and value.told and value.count <= 0 else None


#: The day of writing where none is known: only values that do not ask for it are resolved then.
_NO_DAY = date(2000, 1, 1)


def _with_alternatives(
    mentions: tuple[DateMention, ...], others: list[tuple[DateMention, ...]]
) -> tuple[DateMention, ...]:
    """Add to every mention the values that it has on the other possible days of publication."""
    values: dict[Span, dict[str, None]] = {}
    for mention in chain.from_iterable(others):
        values.setdefault(mention.span, {})[mention.value] = None
    return tuple(
        altered(mention, alternatives=tuple(value for value in values.get(mention.span, ()) if value != mention.value))
        for mention in mentions
    )
