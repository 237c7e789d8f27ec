"""The whole journey of the news, on one page.

    read     a document is known already, or it is taken apart:
               extract     bytes → articles, or what could not become one
               understand  article → who, where, what was said, when, how much
               profile     article → what grouping compares
               revise      a page that changed: which article it is a version of, and what it changed
               store       all of it, in one transaction
    group    each pending article, in the order of time:
               assign      which story it belongs to, and why; a revision takes the place of what it revises
               revisit     what that changes of earlier decisions: a report moves, stories merge or split, as far as people allow
               store       all of it, in one transaction
    compose  each story that has changed:
               context     which other stories are its context
               compose     title, day, timeline, who is independent of whom
               store       in one transaction

Deciders are called in this order and nothing is decided here. The process may be killed at any moment: reading the same again goes
on where it stopped and ends in the same store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from tawatur import journal
from tawatur.desk import Desk, Drafting, Nobody, Undrafted
from tawatur.errors import StoreError
from tawatur.extract import extract
from tawatur.extract.identity import trace
from tawatur.extract.repeated import Repeated, fingerprints, without
from tawatur.model import Analysis, Article, ArticleId, Decision, Kind, Outlets, RawDocument, Rejected, StoryId
from tawatur.searching.words import entered
from tawatur.store import Prepared, Store
from tawatur.stories.change import Version
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision, address_of, around, first, is_extract, is_same, nearest, placed
from tawatur.understand import Analyzer
from tawatur.understand import analyze as fast
from tawatur.watching import timed
from tawatur.watching.trail import following

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of one document: new articles, articles known before, and what was rejected."""

    new: tuple[ArticleId, ...] = ()
    revisions: tuple[ArticleId, ...] = ()  # those of the new ones that revise an article known before
    duplicates: tuple[ArticleId, ...] = ()
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A document that was taken apart in another process. ``whole`` are its articles with the lines that an outlet repeats."""

    whole: tuple[Article, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    rejected: tuple[Rejected, ...] = ()


Item = RawDocument | Rejected


class Ahead(Drafting, Protocol):
    """Whoever takes documents apart, and composes stories, while those before them are kept."""

    def apart(self, items: Iterable[Item], store: Store, /) -> Iterator[tuple[Item, Apart | Rejected | None]]:
        """Yield each item in its order, with what came of it: None where that is still to be done."""


class NobodyAhead(Undrafted):
    """Leaves all to be done when its turn comes."""

    def apart(self, items: Iterable[Item], _: Store, /) -> Iterator[tuple[Item, Apart | Rejected | None]]:
        """Yield each item."""
        return ((item, None) for item in items)


ALONE = NobodyAhead()


class Watch(Protocol):
    """Whoever looks on while news is read."""

    def taken(self, kept: Kept) -> None:
        """A document has been read, or could not be."""

    def grouping(self, articles: int) -> None:
        """This many articles are to be grouped."""

    def grouped(self, decision: Decision) -> None:
        """An article has been put into its story."""

    def composing(self, stories: int) -> None:
        """This many stories are to be made anew."""

    def composed(self) -> None:
        """A story has been made anew."""


@dataclass(slots=True)
class Reading:
    """What one reading met."""

    documents: int = 0
    new: list[ArticleId] = field(default_factory=list)
    revisions: list[ArticleId] = field(default_factory=list)
    duplicates: list[ArticleId] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    ungrouped: list[ArticleId] = field(default_factory=list)  # articles that could not be put into a story
    failing: list[StoryId] = field(default_factory=list)  # stories that could not be made anew

    def add(self, kept: Kept) -> None:
        """Add what came of one document."""
        self.new += kept.new
        self.revisions += kept.revisions
        self.duplicates += kept.duplicates
        self.rejected += kept.rejected

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """Return every article that was met, new or known, once."""
        return tuple(dict.fromkeys([*self.new, *self.duplicates]))


def read(
    items: Iterable[RawDocument | Rejected],
    *,
    store: Store,
    outlets: Outlets,
    now: datetime,
    watch: Watch,
    analyze: Analyzer = fast,
    ahead: Ahead = ALONE,
) -> Reading:
    """Take news the whole way into the store, of which the caller holds ``Store.reading``. ``now`` is its beginning."""
    reading = gather(items, store=store, outlets=outlets, now=now, watch=watch, analyze=analyze, ahead=ahead)
    reading.ungrouped += group(store, watch, now=now)
    reading.failing += compose_stale(store, outlets, watch, ahead)
    return reading


def gather(
    items: Iterable[RawDocument | Rejected],
    *,
    store: Store,
    outlets: Outlets,
    now: datetime,
    watch: Watch,
    analyze: Analyzer = fast,
    ahead: Ahead = ALONE,
) -> Reading:
    """Keep documents with what is in them; their new articles wait to be grouped. ``ahead`` may have taken them apart."""
    reading = Reading()
    by = _Preparing(store, outlets, now, analyze)
    for item, apart in ahead.apart(items, store):
        kept = _taken(item, reading, partial(_keep, apart=apart, by=by))
        if isinstance(kept, Rejected):
            store.add_rejected(kept, at=now)
            kept = Kept(rejected=(kept,))
        reading.add(kept)
        tell_taken(item, kept)
        watch.taken(kept)
    return reading


def tell_taken(item: RawDocument | Rejected, kept: Kept) -> None:
    """Tell those who watch over the journey what came of a document."""
    rest = journal.Known(revisions=kept.revisions, duplicates=kept.duplicates, rejected=kept.rejected)
    journal.taken(item, kept.new, rest)


def _taken(item: Item, reading: Reading, keep: Callable[[RawDocument], Kept | Rejected]) -> Kept | Rejected:
    if isinstance(item, Rejected):
        return item
    reading.documents += 1
    return keep(item)


@dataclass(frozen=True, slots=True)
class _Preparing:
    """How documents are taken apart, and for which store."""

    store: Store
    outlets: Outlets
    now: datetime
    analyze: Analyzer

    def prepare(self, document: RawDocument) -> Apart | Rejected:
        """Take a document apart; a surprise costs this document only, and it is tried again the next time."""
        found = attempt(
            document,
            lambda: prepare(document, self.outlets, self.store.repeated, now=self.now, analyze=self.analyze),
        )
        return found if isinstance(found, Rejected) else Apart(prepared=found[0], rejected=found[1])

    def learned(self, apart: Apart) -> Iterator[Prepared]:
        """Yield the articles, each without the lines that its outlet is known to repeat by now."""
        for whole, one in zip(apart.whole, apart.prepared, strict=False):
            article = without(whole, self.store.repeated, self.outlets)
            yield one if article == one.article else understood(article, now=self.now, analyze=self.analyze)
        yield from apart.prepared[len(apart.whole) :]


def _keep(document: RawDocument, apart: Apart | Rejected | None, by: _Preparing) -> Kept | Rejected:
    """Keep a document and what is in it."""
    store = by.store
    if known := store.known(document.id):
        return Kept(duplicates=known.articles, rejected=known.rejected)
    found = apart or by.prepare(document)
    if isinstance(found, Rejected):
        return found
    with (
        timed("tawatur_stage_seconds", stage="keep"),
        store.together(),
    ):  # another process may keep the same document, or another version of the same page
        if known := store.known(document.id):
            return Kept(duplicates=known.articles, rejected=known.rejected)
        revised = attempt(document, lambda: tuple(_revised(one, document, store) for one in by.learned(found)))
        return revised if isinstance(revised, Rejected) else _added(document, revised, found.rejected, store)


def keep(document: RawDocument, prepared: Iterable[Prepared], rejected: tuple[Rejected, ...], *, store: Store) -> Kept:
    """Keep a document that was taken apart elsewhere, each article with its place among the versions of its page."""
    with timed("tawatur_stage_seconds", stage="keep"), store.together():
        return _added(document, tuple(_revised(one, document, store) for one in prepared), rejected, store)


def _added(document: RawDocument, prepared: tuple[Prepared, ...], rejected: tuple[Rejected, ...], store: Store) -> Kept:
    added = store.add_document(document, prepared=prepared, rejected=rejected)
    revising = {own.article for one in prepared for own in one.revisions[:1] if own.change}
    revisions = tuple(article for article in added.new if article in revising)
    return Kept(new=added.new, revisions=revisions, duplicates=added.duplicates, rejected=rejected)


def _revised(one: Prepared, document: RawDocument, store: Store) -> Prepared:
    """Return an article with its place among the versions of its page; one that tells nothing new is the one known before.

    The ids of JSON lines are the collection's own: what it holds twice stays two articles. What is read again is not counted again.
    """
    article, known = one.article, store.at_address(one.article.outlet, address_of(one.article))
    if not address_of(article) or any(version.article == article.id for version in known):
        return one
    chains = {chain.chain: tuple(version for version in known if version.chain == chain.chain) for chain in known}
    latest = [store.article(chain[-1].article) for chain in chains.values()]
    for old in latest:
        if is_same(article, old):
            return replace(one, lines=()) if document.kind is Kind.JSONL else replace(one, article=old)
    kin = nearest(article, latest)
    if kin is None:
        return replace(one, revisions=(first(article),))
    if document.kind is Kind.FEED and is_extract(article, kin):
        return replace(one, article=kin)
    chain = next(chain for chain in chains.values() if chain[-1].article == kin.id)
    return replace(one, lines=(), revisions=_place_among(Version(article, one.analysis), chain, store))


def _place_among(new: Version, chain: tuple[Revision, ...], store: Store) -> tuple[Revision, ...]:
    """Return the places that a new version takes and changes in a chain."""

    def version(revision: Revision | None) -> Version | None:
        return Version(store.article(revision.article), store.analysis(revision.article)) if revision else None

    before, behind = around(first(new.article).at, chain)
    return placed(new, chain, version(before), version(behind))


def attempt(document: RawDocument, step: Callable[[], T]) -> T | Rejected:
    """Return what a step makes of a document; a surprise becomes a rejection that names the exception, and is logged.

    Raises:
        StoreError: the store failed, which is no fault of the document.
    """
    try:
        return step()
    except StoreError:
        raise
    except Exception as error:
        with following(trace(document.origin)):
            log.exception("%s could not be read", document.origin)
        return Rejected(origin=document.origin, reason="failed", detail=type(error).__name__)


def prepare(
    document: RawDocument,
    outlets: Outlets,
    repeated: Repeated,
    *,
    now: datetime | None = None,
    analyze: Analyzer = fast,
) -> tuple[tuple[Prepared, ...], tuple[Rejected, ...]]:
    """Return a document's articles, ready to be kept, and what of it was rejected.

    ``now`` is when the reading began: what says no other time, neither of publication nor of its being collected, has only that.
    """
    with following(trace(document.origin)):
        with timed("tawatur_stage_seconds", stage="extract"):
            found = extract(document, outlets=outlets, latest=document.collected.date(), repeated=repeated)
        return tuple(understood(article, now=now, analyze=analyze) for article in found.articles), found.rejected


def take_apart(
    document: RawDocument, outlets: Outlets, repeated: Repeated, *, now: datetime, analyze: Analyzer
) -> Apart:
    """Take a document apart in another process than the one that keeps it, by what is known so far of repeated lines."""
    with following(trace(document.origin)):
        with timed("tawatur_stage_seconds", stage="extract"):
            found = extract(document, outlets=outlets, latest=document.collected.date())
            articles = [without(article, repeated, outlets) for article in found.articles]
        prepared = tuple(understood(article, now=now, analyze=analyze) for article in articles)
    return Apart(whole=found.articles, prepared=prepared, rejected=found.rejected)


def understood(
    article: Article, *, now: datetime | None = None, analyze: Analyzer = fast, stored: bool = True
) -> Prepared:
    """Return an extracted article, ready to be kept, with what only a store needs where it is ``stored`` as it is.

    ``now`` is when the reading began.
    """
    with timed("tawatur_stage_seconds", stage="understand"):
        analysis = analyze(article)
    with timed("tawatur_stage_seconds", stage="profile"):
        return _compared(article, analysis, now, stored)


def _compared(article: Article, analysis: Analysis, now: datetime | None, stored: bool) -> Prepared:
    clocked = article.published.at is None and article.collected == now
    compared, lines = profile(article, analysis), fingerprints(article) if stored else ()
    words = entered(article, analysis, compared) if stored else None
    return Prepared(article=article, analysis=analysis, profile=compared, clocked=clocked, lines=lines, words=words)


def group(store: Store, watch: Watch, *, now: datetime) -> tuple[ArticleId, ...]:
    """Put every pending article into its story, in the order of time; return those with which that failed."""
    watch.grouping(store.counts().pending)
    return Desk(store).group(watch, now=now)


def refresh(store: Store, outlets: Outlets, *, now: datetime) -> None:
    """Let the machine follow what people have corrected: decide again around those stories, and make what changed anew."""
    desk = Desk(store)
    desk.look_again(now=now)
    desk.compose(outlets, Nobody())


def compose_stale(store: Store, outlets: Outlets, watch: Watch, drafting: Drafting = ALONE) -> tuple[StoryId, ...]:
    """Make every story anew that has changed; return those with which that failed. Drafts may be made elsewhere meanwhile."""
    watch.composing(store.counts().stale)
    return Desk(store).compose(outlets, watch, drafting)
