"""Search in the JSON interface: results by story, and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from tawatur.search import FoundReport, FoundStory, Results
from tawatur.searching.parse import LONGEST
from tawatur.searching.snippet import Piece
from tawatur.web.search_pages import offer
from tawatur.web.searching import MOST_PAGES, Asking, Searching
from tawatur.web.turns import InTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedItem:
    """A text, and from where to where in it words answer the query."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReportItem:
    """A report that answers. ``around`` are the words of its text around those, of the first report of a story alone."""

    id: str
    outlet: str
    url: str | None
    title: MarkedItem
    around: MarkedItem | None
    published: datetime | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStoryItem:
    """A story with its best reports that answer; ``others`` are not listed."""

    id: str
    title: str
    latest: datetime
    outlets: tuple[str, ...]
    independent: int
    reports: tuple[FoundReportItem, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintItem:
    """What of the query was not understood: a key, and the words that are meant."""

    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterItem:
    """Another query that may find what was meant; ``word`` became ``instead`` ("" both: phrases became words)."""

    word: str
    instead: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of results.

    ``query`` is the canonical text of what was asked. ``total`` counts stories; ``more`` says that older ones answer as well.
    ``loose`` says that no report has all the words, and these have some; ``few`` that few have, and others follow.
    """

    query: str
    sort: str
    total: int
    more: bool
    loose: bool
    few: bool
    page: int
    pages: int
    stories: tuple[FoundStoryItem, ...]
    complaints: tuple[ComplaintItem, ...]
    better: tuple[BetterItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionItem:
    """A name or a word that begins so, with the query that it makes of what was typed."""

    kind: str
    shown: str
    articles: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionList:
    """What may be meant, the most frequent first."""

    suggestions: tuple[SuggestionItem, ...]


def routes(searching: Searching) -> APIRouter:
    """Return the routes of search."""
    router = APIRouter(route_class=InTurn)

    @router.get("/api/search", summary="Search reports, gathered by story")
    def search(asked: Asking, page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1) -> SearchResult:
        return _result(searching.results(asked, page=page))

    @router.get("/api/search/suggest", summary="Names and words of headlines that begin as typed")
    def suggest(q: Annotated[str, Query(max_length=LONGEST)] = "") -> SuggestionList:
        kept, found = searching.suggestions(q)
        offers = ((one, offer(kept, one).query) for one in found)
        return SuggestionList(
            suggestions=tuple(
                SuggestionItem(kind=one.kind.value, shown=one.shown, articles=one.articles, query=query)
                for one, query in offers
            )
        )

    return router


def _result(found: Results) -> SearchResult:
    return SearchResult(
        query=str(found.query),
        sort=found.query.order.value,
        total=found.total,
        more=found.more,
        loose=found.loose,
        few=found.few,
        page=found.page,
        pages=found.pages,
        stories=tuple(map(_story, found.stories)),
        complaints=tuple(ComplaintItem(key=one.key, value=one.value) for one in found.complaints),
        better=tuple(BetterItem(word=one.word, instead=one.instead, query=str(one.query)) for one in found.better),
    )


def _story(one: FoundStory) -> FoundStoryItem:
    return FoundStoryItem(
        id=one.head.id,
        title=one.head.title,
        latest=one.head.latest,
        outlets=one.head.outlets,
        independent=one.head.independent,
        reports=tuple(map(_report, one.reports)),
        others=one.others,
    )


def _report(one: FoundReport) -> FoundReportItem:
    return FoundReportItem(
        id=one.id,
        outlet=one.outlet,
        url=one.url,
        title=_marked(one.title),
        around=_marked(one.around) if one.around else None,
        published=one.published.at,
        score=one.score,
    )


def _marked(pieces: Sequence[Piece]) -> MarkedItem:
    marks, at = [], 0
    for piece in pieces:
        if piece.marked:
            marks.append((at, at + len(piece.text)))
        at += len(piece.text)
    return MarkedItem(text="".join(piece.text for piece in pieces), marks=tuple(marks))
