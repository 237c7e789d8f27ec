"""Figures of an article: what is counted or measured, how much, where, and how it changed. Dates and labels are none.

The parts work in a row on each sentence: results of matches, numbers with their units, what happened to people, ages and degrees,
ranges, bare numbers, changes, places.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tawatur.arabic import calendar
from tawatur.model import Article, Figure, Name, Span
from tawatur.understand.altered import altered
from tawatur.understand.figure_counts import counts, triggers
from tawatur.understand.figure_drafts import Draft, Line, line_of
from tawatur.understand.figure_measures import aged, changed, linked, measured, merged
from tawatur.understand.figure_people import categorised
from tawatur.understand.figure_places import Stands, led, place_of, stands
from tawatur.understand.figure_scores import scores
from tawatur.understand.figure_words import PEOPLE, cues, openers, score_verbs, score_words
from tawatur.understand.reading import Reading
from tawatur.understand.tokens import Sentence, token_sentences


def find(
    article: Article,
    reading: Reading | None = None,
    *,
    dates: Sequence[Span] | None = None,
    places: Sequence[Name] = (),
) -> tuple[Figure, ...]:
    """Return the figures of an article's text in order; what is known of it already need not be read again."""
    return figures(article.text, reading.sentences if reading else None, dates=dates, places=places)


def figures(
    text: str,
    sentences: Sequence[Sentence] | None = None,
    *,
    dates: Sequence[Span] | None = None,
    places: Sequence[Name] = (),
) -> tuple[Figure, ...]:
    """Return the figures of a text in order: a number with what it counts, a dual, or one person something happened to."""
    told = sorted(dates) if dates is not None else [one.span for one in calendar.find(text)]
    at = stands(places)
    found: list[Figure] = []
    for sentence in token_sentences(text) if sentences is None else sentences:
        found.extend(_of_sentence(text, sentence, told, at))
    return tuple(found)


def _of_sentence(text: str, sentence: Sentence, dates: Sequence[Span], places: Stands) -> list[Figure]:
    needed = _openers()
    if not any(token.folded in needed or token.folded[0].isdigit() for token in sentence):
        return []
    line = line_of(text, sentence, dates)
    results = scores(line)
    taken = frozenset(at for draft in results for at in range(draft.start, draft.end))
    drafts = categorised(line, counts(line, taken))
    drafts = linked(line, merged(line, [measured(line, aged(line, draft)) for draft in drafts]))
    drafts = changed(line, [_settled(draft) for draft in drafts])
    every = sorted([*drafts, *results], key=lambda draft: draft.number)
    away = frozenset(at for one in drafts if one.category == "distance" for at in range(one.end, one.end + 4))
    at = led(line, places, away) if places.starts and every else []
    return [_figure(text, line, draft, place_of(line, draft, at)) for draft in every]


@cache
def _openers() -> frozenset[str]:
    """Words without which, and without digits, a sentence holds no figure; most sentences are passed over by them."""
    draws = {word for word, what in score_verbs().items() if what == "drew"}
    return (
        triggers()
        | cues("noun").keys()
        | cues("verb").keys()
        | score_words("goal").keys()
        | score_words("trio").keys()
        | draws
    )


def _settled(draft: Draft) -> Draft:
    """Give a draft the category of its unit where nothing told another; "3.200" of what has no parts are thousands."""
    if draft.unit is None:
        return draft
    category = draft.category or draft.unit.category
    category = "price" if category == "money" and draft.per else category
    whole = draft.written and draft.end - draft.number > 1 and category in PEOPLE | {"thing", "votes", "seats"}
    value = draft.value * 1000 if whole and draft.value != int(draft.value) else draft.value
    return altered(draft, category=category, value=value)


_CLITICS = ("وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك")


def _lead(line: Line, draft: Draft) -> int:
    """Return how many letters of a figure's first word are clitics that belong to the sentence: "بثلاثة", "ولأكثر من"."""
    word = line.words[draft.start]
    if word in openers() or not word[0].isalpha():
        return 0
    cut = next((len(lead) for lead in _CLITICS if word.startswith(lead) and word[len(lead) :] in openers()), 0)
    return len(line.tokens[draft.start].text[:cut].rstrip("ـ")) if cut else 0


def _figure(text: str, line: Line, draft: Draft, place: str) -> Figure:
    span = Span(line.tokens[draft.start].start + _lead(line, draft), line.tokens[draft.end - 1].end)
    unit = draft.unit
    assert unit is not None, "a draft without a unit was dropped"
    first, last = draft.noun
    counted = text[line.tokens[first].start : line.tokens[last - 1].end] if last else ""
    return Figure(
        text=text[span.start : span.end], value=draft.value, unit=unit.name, span=span, upper=draft.upper, bound=draft.bound,
        category=draft.category, counted=counted, code=unit.code, factor=unit.factor, place=place,
        period=draft.period, per=draft.per, change=draft.change, former=draft.former, part=draft.part, sides=draft.sides,
        against=draft.against,
    )  # fmt: skip
