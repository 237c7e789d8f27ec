"""Dates of an article: every expression that names a point or span on the calendar, resolved against its publication day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tawatur.arabic import calendar
from tawatur.arabic.calendar import Expression, Tense, is_relative
from tawatur.arabic.sentences import sentences
from tawatur.arabic.timex import Shift, Timed
from tawatur.extract import published
from tawatur.model import Article, Certainty, DateMention, Published, Span
from tawatur.understand.tense import tense


@dataclass(slots=True)
class _Told:
    """The dates that the text told last, by how exact they are: what "اليوم التالي" and "العام التالي" are counted from."""

    days: dict[str, date] = field(default_factory=dict)

    def note(self, value: str) -> None:
        first = value.partition("/")[0][:10]
        units = {4: ("year",), 7: ("year", "month"), 10: ("year", "month", "day")}.get(len(first), ())
        day = date.fromisoformat(first + "-01-01"[len(first) - 4 :]) if units else None
        self.days |= {unit: day for unit in units if day}

    def base(self, expression: Expression, today: date) -> date | None:
        """Return the day that an expression is counted from: "السابق" without anything told, or of a future day, is of today."""
        value = expression.value
        if isinstance(value, Shift) and value.told:
            told = self.days.get(value.unit if value.unit in ("year", "month") else "day")
            return today if value.count <= 0 and (told is None or told > today) else told
        return self.days.get("day")


def find(article: Article) -> tuple[DateMention, ...]:
    """Return the date mentions of an article's text in order.

    Relative expressions are resolved against the day of publication and the tense of the sentence. Where that day was worked out,
    they are marked as inferred and carry what else they could be. Where it is unknown, the text's own evidence is asked; without any
    only expressions that name their year are given.
    """
    return mentions(article.text, _publication(article))


def _publication(article: Article) -> Published:
    if article.published.at is not None:
        return article.published
    return published.infer(article.text, latest=article.collected.date())


def mentions(text: str, day: Published) -> tuple[DateMention, ...]:
    """Return the date mentions of a text that appeared on a day."""
    found = calendar.find(text)
    tenses = _tenses(text, found)
    if day.day is None:
        return _resolved(
            [one for one in found if not is_relative(one.value)], tenses, date.max.replace(year=2100), Certainty.STATED
        )
    mentions = _resolved(found, tenses, day.day, day.certainty)
    return _with_alternatives(mentions, [_resolved(found, tenses, other, day.certainty) for other in day.alternatives])


def _tenses(text: str, found: Iterable[Expression]) -> dict[Span, Tense]:
    spans = iter(sentences(text))
    sentence = next(spans, Span(0, 0))
    tenses: dict[Span, Tense] = {}
    for one in found:
        while sentence.end <= one.span.start:
            following = next(spans, None)
            if following is None:
                break
            sentence = following
        tenses[one.span] = tense(text, one.span, sentence=sentence)
    return tenses


def _resolved(
    found: Iterable[Expression], tenses: dict[Span, Tense], today: date, certainty: Certainty
) -> tuple[DateMention, ...]:
    told, mentions = _Told(), []
    for one in found:
        value = calendar.resolve(one.value, reference=today, tense=tenses[one.span], told=told.base(one, today))
        if value is None:
            continue
        if not (isinstance(one.value, Timed) and one.value.day is None):
            told.note(value)
        sure = certainty if is_relative(one.value) else Certainty.STATED
        mentions.append(DateMention(text=one.text, value=value, span=one.span, certainty=sure))
    return tuple(mentions)


def _with_alternatives(
    mentions: tuple[DateMention, ...], others: list[tuple[DateMention, ...]]
) -> tuple[DateMention, ...]:
    """Add to every mention the values that it has on the other possible days of publication."""
    values: dict[Span, list[str]] = {}
    for other in others:
        for mention in other:
            values.setdefault(mention.span, []).append(mention.value)
    return tuple(
        replace(
            mention,
            alternatives=tuple(
                value for value in dict.fromkeys(values.get(mention.span, ())) if value != mention.value
            ),
        )
        for mention in mentions
    )
