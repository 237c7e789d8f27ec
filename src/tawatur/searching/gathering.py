"""Results by story: the reports that answer a query, gathered under the stories that they tell, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.searching.query import Order
from tawatur.searching.ranking import Scored

#: Each further report of a story counts by this share of the one before it: ten that tell of something are worth more than one,
#: and less than ten times as much.
FURTHER = 0.3


@dataclass(frozen=True, slots=True)
class Gathered:
    """A story with its reports that answer the query, best first."""

    story: StoryId
    reports: tuple[Scored, ...]
    score: float


def gather(ranked: Iterable[Scored], order: Order) -> tuple[Gathered, ...]:
    """Return the stories of ranked reports in the order asked for."""
    reports: dict[StoryId, list[Scored]] = {}
    for one in ranked:
        reports.setdefault(one.candidate.story, []).append(one)
    found = [Gathered(story, tuple(own), _score(own)) for story, own in reports.items()]
    if order is Order.NEWEST:
        found.sort(key=lambda one: (-_newest(one), -one.score))
    elif order is Order.SOURCES:
        found.sort(key=lambda one: (-one.reports[0].candidate.independent, -one.score))
    else:
        found.sort(key=lambda one: -one.score)
    return tuple(found)


def _score(reports: list[Scored]) -> float:
    return sum(one.score * FURTHER**at for at, one in enumerate(reports))


def _newest(one: Gathered) -> float:
    return max(report.candidate.at.timestamp() for report in one.reports)


def spread(reports: Sequence[Scored], outlets: Mapping[ArticleId, OutletKey], most: int) -> tuple[Scored, ...]:
    """Return the best reports of a story: first the best of each outlet, then the others, each in their order."""
    seen: set[OutletKey | None] = set()
    first: list[Scored] = []
    others: list[Scored] = []
    for one in reports:
        outlet = outlets.get(one.candidate.article)
        (others if outlet in seen else first).append(one)
        seen.add(outlet)
    return tuple((*first, *others)[:most])
