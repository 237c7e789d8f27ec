"""Dates of an article: every expression that names a point or span on the calendar, resolved against its publication day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from tawatur.arabic import calendar
from tawatur.arabic.calendar import Expression, Tense, is_relative
from tawatur.arabic.sentences import sentences
from tawatur.arabic.tense import tense
from tawatur.arabic.timex import Shift, Timed, Value
from tawatur.extract import published
from tawatur.model import Article, Certainty, DateMention, Published, Span

#: How many sentences back a day may have been told for "اليوم التالي" to be counted from it.
_TOLD_WITHIN = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands: the number of its sentence, and the tense there."""

    sentence: int
    tense: Tense


class _Told:
    """The dates that the text told last, by how exact they are: what "اليوم التالي" and "العام التالي" are counted from."""

    def __init__(self) -> None:
        self._dates: dict[str, tuple[date, int]] = {}

    def note(self, value: str, sentence: int) -> None:
        first = value[:10]
        units = (
            {4: ("year",), 7: ("year", "month"), 10: ("year", "month", "day")}.get(len(first), ())
            if "/" not in value
            else ()
        )
        if units:
            self._dates |= dict.fromkeys(units, (date.fromisoformat(first + "-01-01"[len(first) - 4 :]), sentence))

    def _last(self, unit: str, sentence: int) -> date | None:
        day, at = self._dates.get(unit, (None, sentence))
        return day if sentence - at <= _TOLD_WITHIN else None

    def base(self, value: Value, sentence: int, today: date) -> date | None:
        """Return the day that a value is counted from: "السابق" without anything told, or of a future day, is of today."""
        if isinstance(value, Shift) and value.told:
            told = self._last(value.unit if value.unit in ("year", "month") else "day", sentence)
            return today if value.count <= 0 and (told is None or told > today) else told
        return self._last("day", sentence)


def find(article: Article) -> tuple[DateMention, ...]:
    """Return the date mentions of an article's text in order.

    Relative expressions are resolved against the day of publication and the tense of the sentence. Where that day was worked
    out, they are marked as inferred and carry what else they could be. Where it is unknown, the text's own evidence is asked;
    without any only expressions that name their year are given.
    """
    return mentions(article.text, _publication(article))


def _publication(article: Article) -> Published:
    if article.published.at is not None:
        return article.published
    return published.infer(article.text, latest=article.collected.date())


def mentions(text: str, day: Published) -> tuple[DateMention, ...]:
    """Return the date mentions of a text that appeared on a day."""
    found = calendar.find(text)
    places = _places(text, found)
    if day.day is None:
        return _resolved([one for one in found if not is_relative(one.value)], places, date.min, Certainty.STATED)
    first = _resolved(found, places, day.day, day.certainty)
    return _with_alternatives(first, [_resolved(found, places, other, day.certainty) for other in day.alternatives])


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
    found: Iterable[Expression], places: dict[Span, _Place], today: date, certainty: Certainty
) -> tuple[DateMention, ...]:
    told, mentions = _Told(), []
    for one in found:
        place = places[one.span]
        base = told.base(one.value, place.sentence, today)
        value = calendar.resolve(one.value, reference=today, tense=place.tense, told=base)
        if value is None:
            continue
        if not (isinstance(one.value, Timed) and one.value.day is None):
            told.note(value, place.sentence)
        sure = certainty if is_relative(one.value) else Certainty.STATED
        mentions.append(DateMention(text=one.text, value=value, span=one.span, certainty=sure))
    return tuple(mentions)


def _with_alternatives(
    mentions: tuple[DateMention, ...], others: list[tuple[DateMention, ...]]
) -> tuple[DateMention, ...]:
    """Add to every mention the values that it has on the other possible days of publication."""
    values: dict[Span, dict[str, None]] = {}
    for mention in chain.from_iterable(others):
        values.setdefault(mention.span, {})[mention.value] = None
    return tuple(
        replace(mention, alternatives=tuple(value for value in values.get(mention.span, ()) if value != mention.value))
        for mention in mentions
    )
