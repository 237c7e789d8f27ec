"""Searching, end to end: a query goes to the store, what it finds is ranked, gathered by story, and shown with the words around.

    parse → plan → find → rank → gather → snippet

Deciders are called in this order (``searching``), and the store is asked (``store.search``); nothing is decided here. Beside pages
of results there is ``new_since``, for lists that follow a query: what was read since a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from tawatur.arabic.fold import fold
from tawatur.model import Article, ArticleId, OutletKey, Outlets, Published, StoryHead, StoryId
from tawatur.searching.gathering import Gathered, gather, spread
from tawatur.searching.parse import Complaint
from tawatur.searching.plan import Plan, plan
from tawatur.searching.query import Order, Query, Term
from tawatur.searching.ranking import Scored, rank
from tawatur.searching.snippet import Piece, marked, snippet
from tawatur.searching.spelling import COMPARED, beginnings, nearest
from tawatur.searching.terms import Suggestion
from tawatur.searching.together import together
from tawatur.store.search import Matches

#: So many stories stand on a page of results, and so many of its reports beneath each of them.
STORIES, REPORTS = 10, 4
#: So many articles are ranked; of what more answers the newest are taken.
RANKED = 80
#: Of so many of a story's reports the best of each outlet are shown first.
LOOKED_AT = 12
#: A query of more words than this is a headline or a text: what has most of it is wanted, not what has all.
ALL_WORDS = 4
#: So few articles that have all of so many words, or more, are followed by those that have some.
FEW, SEVERAL = 4, 3
#: So many suggestions are made, of so many last words of what was typed.
SUGGESTED, LAST_WORDS = 8, 3


class Index(Protocol):
    """What searching needs of a store (``store.search.SearchIndex`` has it)."""

    def find(self, plan: Plan, *, most: int, all_words: bool = True) -> Matches:
        """Return articles that answer a plan."""

    def heads(self, stories: Iterable[StoryId]) -> Mapping[StoryId, StoryHead]:
        """Return the heads of some stories."""

    def articles(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Article]:
        """Return some articles."""

    def outlets_of(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, OutletKey]:
        """Return the outlets of some articles."""

    def suggest(self, typed: str, *, limit: int) -> tuple[Suggestion, ...]:
        """Return names and words that begin as somebody typed."""

    def alike(self, beginnings: Iterable[str], *, limit: int) -> tuple[tuple[str, str, int], ...]:
        """Return names and words by the two letters that they begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReport:
    """A report that answers a query. ``around`` are the words of its text around what was asked for, of the best ones alone."""

    id: ArticleId
    outlet: str
    url: str | None
    title: tuple[Piece, ...]
    around: tuple[Piece, ...]
    published: Published
    score: float


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story with its reports that answer, the best first; ``others`` are not shown."""

    head: StoryHead
    reports: tuple[FoundReport, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Better:
    """Another query that may find what was meant: ``word`` became ``instead``; "" where a phrase became words."""

    word: str
    instead: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of results. ``total`` counts stories among the ``RANKED`` articles, and ``more`` says that others answer too."""

    query: Query
    stories: tuple[FoundStory, ...] = ()
    total: int = 0
    page: int = 1
    more: bool = False
    loose: bool = False  # no article has all the words; these have some
    few: bool = False  # few articles have all the words; behind them stand some that do not
    complaints: tuple[Complaint, ...] = ()
    better: tuple[Better, ...] = ()

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return -(-self.total // STORIES)


def ranked(looked: Plan, matches: Matches, *, now: datetime) -> tuple[Scored, ...]:
    """Return what answers a plan, best first: a headline's answers those first that appeared together with the best ones."""
    scored = rank(matches.found, looked, matches.known, now=now)
    return together(scored) if len(looked.wanted) > ALL_WORDS else scored


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one store, with the outlets by whose names filters go."""

    index: Index
    outlets: Outlets

    def search(self, query: Query, *, now: datetime, page: int = 1) -> Results:
        """Return a page of what answers a query; ``now`` is when it is asked."""
        looked = plan(query, now=now, outlet_keys=self._keys)
        if not looked.looks:
            idle = (Complaint("search.bad.stop_words"),) if query.wanted else ()
            return Results(query=query, complaints=idle)
        looked, matches, few = self._found(query, looked, now)
        gathered = gather(ranked(looked, matches, now=now), query.order)
        page = min(max(page, 1), max(1, -(-len(gathered) // STORIES)))
        return Results(
            query=query,
            stories=self._shown(gathered[(page - 1) * STORIES : page * STORIES], looked),
            total=len(gathered),
            page=page,
            more=matches.more,
            loose=matches.loose and len(query.wanted) <= ALL_WORDS,
            few=few,
            better=() if matches.found and not matches.loose else self._better(query, looked, matches),
        )

    def _found(self, query: Query, looked: Plan, now: datetime) -> tuple[Plan, Matches, bool]:
        """Return the plan that is answered, what answers it, and whether few articles have all the words, so that others follow.

        Of a long text the words count, its phrases too.
        """
        if len(looked.wanted) > ALL_WORDS:
            words = plan(as_words(query), now=now, outlet_keys=self._keys)
            return words, self.index.find(words, most=RANKED, all_words=False), False
        matches = self.index.find(looked, most=RANKED)
        if matches.loose or len(looked.wanted) < SEVERAL or not 0 < len(matches.found) <= FEW:
            return looked, matches, False
        return looked, widened(matches, self.index.find(looked, most=RANKED, all_words=False)), True

    def new_since(self, query: Query, since: datetime, *, now: datetime) -> tuple[FoundStory, ...]:
        """Return the stories of which reports answer a query that were read later than a time, the newest first.

        All its words are asked for, whatever their number: what follows a query must not tell of something else.
        """
        looked = replace(plan(query, now=now, outlet_keys=self._keys), read_after=since)
        matches = self.index.find(looked, most=RANKED)
        if matches.loose:
            return ()
        return self._shown(gather(rank(matches.found, looked, matches.known, now=now), Order.NEWEST), looked)

    def plan(self, query: Query, *, now: datetime) -> Plan:
        """Return what is looked up for a query."""
        return plan(query, now=now, outlet_keys=self._keys)

    def suggest(self, typed: str) -> tuple[str, tuple[Suggestion, ...]]:
        """Return what of a typed text stays, and what its last words may become; names of several words first."""
        words = typed.split()
        for start in range(max(0, len(words) - LAST_WORDS), len(words)):
            if found := self.index.suggest(" ".join(words[start:]), limit=SUGGESTED):
                return " ".join(words[:start]), found
        return typed, ()

    def _keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of the outlets that a name means: a key, a whole name, or a part of one."""
        if self.outlets.get(name):
            return (name,)
        wanted = fold(name).removeprefix("ال")
        named = [(outlet.key, [fold(outlet.name), fold(outlet.name_en)]) for outlet in self.outlets.known]
        whole = [key for key, names in named if wanted in [one.removeprefix("ال") for one in names]]
        part = [key for key, names in named if any(f" {wanted} " in f" {one.replace(' ال', ' ')} " for one in names)]
        return tuple(whole or part or [name])

    def _shown(self, gathered: Sequence[Gathered], looked: Plan) -> tuple[FoundStory, ...]:
        heads = self.index.heads(one.story for one in gathered)
        several = (one.reports[:LOOKED_AT] for one in gathered if len(one.reports) > 1)
        near = [report.candidate.article for reports in several for report in reports]
        outlets = self.index.outlets_of(near)
        best = {one.story: spread(one.reports[:LOOKED_AT], outlets, REPORTS) for one in gathered}
        articles = self.index.articles(report.candidate.article for reports in best.values() for report in reports)
        return tuple(
            FoundStory(
                heads[one.story], self._reports(best[one.story], articles, looked), max(0, len(one.reports) - REPORTS)
            )
            for one in gathered
            if one.story in heads
        )

    def _reports(
        self, best: Sequence[Scored], articles: Mapping[ArticleId, Article], looked: Plan
    ) -> tuple[FoundReport, ...]:
        known = [one for one in best if one.candidate.article in articles]
        return tuple(
            _report(one, articles[one.candidate.article], looked, around=nth == 0) for nth, one in enumerate(known)
        )

    def _better(self, query: Query, looked: Plan, matches: Matches) -> tuple[Better, ...]:
        """Return other queries: each word that no article has as the nearest that some have, and phrases as words."""
        found: list[Better] = []
        having = dict(zip(looked.wanted, matches.known.having, strict=True))
        for at, terms in enumerate(query.wanted):
            alone = plan(Query(wanted=(terms,)), now=_ANY).wanted
            if any(having.get(choice, 1) for choice in alone) or not alone:
                continue
            for term in terms:
                if instead := self._instead(term):
                    found.append(Better(term.text, instead, _with(query, at, (Term(instead),))))
        if not found and any(term.exact for terms in query.wanted for term in terms):
            found.append(Better("", "", as_words(query)))
        return tuple(found[:3])

    def _instead(self, term: Term) -> str:
        if term.exact:
            return ""
        return nearest(term.text, self.index.alike(beginnings(term.text), limit=COMPARED))


_ANY = datetime(2000, 1, 1)


def widened(strict: Matches, wide: Matches) -> Matches:
    """Return the articles that have all words, and behind them those that have some."""
    known = {one.article for one in strict.found}
    others = (one for one in wide.found if one.article not in known)
    return replace(strict, found=(*strict.found, *others), more=wide.more)


def _report(scored: Scored, article: Article, looked: Plan, *, around: bool) -> FoundReport:
    one = scored.candidate
    keys = f"{one.lead} {one.body}".strip()
    return FoundReport(
        id=article.id,
        outlet=article.outlet,
        url=article.url,
        title=marked(article.title, one.title, looked),
        around=snippet(article.text, keys, looked) if around else (),
        published=article.published,
        score=round(scored.score, 4),
    )


def _with(query: Query, at: int, terms: tuple[Term, ...]) -> Query:
    """Return a query with another choice in the place of one."""
    return replace(query, wanted=(*query.wanted[:at], terms, *query.wanted[at + 1 :]))


def as_words(query: Query) -> Query:
    """Return a query whose phrases are words."""
    wanted: list[tuple[Term, ...]] = []
    for terms in query.wanted:
        if any(term.exact for term in terms):
            wanted += [(Term(word),) for term in terms for word in term.text.split()]
        else:
            wanted.append(terms)
    return replace(query, wanted=tuple(dict.fromkeys(wanted)))
