"""How well an article answers a query: BM25 over its fields, times how new it is, times how independently its story is told.

    score   = words · recency · sources
    words   = Σ over the wanted words of  idf · tf · (K + 1) / (tf + K)
    idf     = ln(1 + (N - n + 0.5) / (n + 0.5))      of N articles, n of which have the word
    tf      = TITLE · in the headline + (LEAD · in the lead + in the rest) / (1 - B + B · length / mean length)
    recency = 1 + FRESH · 2^(-age / HALF_LIFE)
    sources = 1 + SOURCED · log2(independent sources of the story)

The weights of the fields and K were chosen by headlines that must find another outlet's report (``make bench NAME=search``), among
20 settings that differ by little; those of recency and sources by eye: they decide between articles that have the words alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, log2

from tawatur.model import ArticleId, StoryId
from tawatur.searching.plan import Plan

TITLE, LEAD = 6.0, 3.0
K, B = 2.0, 0.6
FRESH, HALF_LIFE = 0.5, timedelta(days=14)
SOURCED, MOST_SOURCES = 0.1, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a store found, with its words (``words.Entry``)."""

    article: ArticleId
    story: StoryId
    at: datetime
    independent: int
    title: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How many articles there are, how many characters the words of one have, and how many have each wanted choice, about."""

    articles: int
    length: float
    having: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score."""

    score: float
    candidate: Candidate


def rank(found: Sequence[Candidate], plan: Plan, known: Statistics, *, now: datetime) -> tuple[Scored, ...]:
    """Return candidates with their scores, best first; of equal ones the newest first."""
    wanted = _weighed(plan, known)
    return sorted_by_score(
        Scored((_words(one, wanted, known.length) if wanted else 1.0) * _standing(one, now), one) for one in found
    )


def sorted_by_score(scored: Iterable[Scored]) -> tuple[Scored, ...]:
    """Return candidates best first; of equal ones the newest first."""
    return tuple(sorted(scored, key=lambda one: (-one.score, -one.candidate.at.timestamp(), one.candidate.article)))


def rarity(having: int, articles: int) -> float:
    """Return how much a word tells that so many of all articles have."""
    having = min(having, articles)
    return log(1 + (articles - having + 0.5) / (having + 0.5))


def recency(age: timedelta) -> float:
    """Return what an article's age does to its score; news of tomorrow is as new as today's."""
    return float(1 + FRESH * 0.5 ** (max(age, timedelta(0)) / HALF_LIFE))


def sourced(independent: int) -> float:
    """Return what the number of independent sources of an article's story does to its score."""
    return 1 + SOURCED * log2(min(max(independent, 1), MOST_SOURCES))


def _standing(one: Candidate, now: datetime) -> float:
    return recency(now - one.at) * sourced(one.independent)


def _words(one: Candidate, wanted: Sequence[tuple[float, tuple[str, ...], bool]], length: float) -> float:
    title, lead, body = f" {one.title} ", f" {one.lead} ", f" {one.body} "
    norm = 1 - B + B * (len(lead) + len(body)) / length if length else 1.0
    total = 0.0
    for weight, rows, phrase in wanted:
        tf = 0.0
        for row in rows:
            tf += TITLE * title.count(row) + (LEAD * lead.count(row) + body.count(row)) / norm
        if not tf and phrase:
            tf = 1.0  # its words have no keys that could be counted: it stands there once
        total += weight * tf * (K + 1) / (tf + K)
    return total


def _weighed(plan: Plan, known: Statistics) -> list[tuple[float, tuple[str, ...], bool]]:
    """Return of each wanted choice how much it tells, the rows of keys that are counted, and whether it has a phrase."""
    return [
        (
            rarity(having, known.articles),
            tuple(f" {' '.join(part.keys)} " for part in choice),
            any(len(part.words) > 1 for part in choice),
        )
        for choice, having in zip(plan.wanted, known.having, strict=True)
    ]
