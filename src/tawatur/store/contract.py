"""What every store can do. ``sqlite`` and ``memory`` keep this contract; ``tests/contract`` holds both to it.

Reading runs in three phases, each of which goes on where it was stopped:

1. ``add_document`` keeps a document with its articles, analyses and profiles; the articles are *pending*;
2. ``pending`` gives them in time order and ``place`` puts one into its story, which makes that story *stale*;
3. ``stale`` names the stories whose head is to be made anew and ``put_story`` keeps the new one.

Each of the three writes is one transaction, so that a process may be killed at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.extract.repeated import Fingerprint
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    DocumentId,
    Outlet,
    RawDocument,
    Rejected,
    Related,
    Relation,
    Report,
    StoryHead,
    StoryId,
    Why,
)
from tawatur.searching.words import Entry
from tawatur.store.affairs import Affairs
from tawatur.store.alerts import Alerts
from tawatur.store.channels import Channels
from tawatur.store.deliveries import Deliveries
from tawatur.store.headlines import Headlines
from tawatur.store.held import Holding
from tawatur.store.interests import InterestsKept
from tawatur.store.keys import Keys
from tawatur.store.lines import LineStore
from tawatur.store.names import Names
from tawatur.store.newsletters import Newsletters
from tawatur.store.outbox import Outbox
from tawatur.store.pictures import Pictures
from tawatur.store.readers import Readers
from tawatur.store.reads import Reads
from tawatur.store.repairs import Repairs
from tawatur.store.revisions import Revisions
from tawatur.store.rewritings import Rewritings
from tawatur.store.saved import SavedThings
from tawatur.store.search import SearchIndex
from tawatur.store.sources import Sources
from tawatur.store.subscribers import Subscribers
from tawatur.store.tellings import Tellings
from tawatur.store.vitals import Vitals
from tawatur.stories.glance import Glance
from tawatur.stories.naming import Named
from tawatur.stories.profile import Member, Profile
from tawatur.stories.revision import Revision
from tawatur.stories.signature import Signature
from tawatur.stories.whole import Kept

#: A reading that was stopped longer ago than this is not gone on with.
RESUMED = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article that is ready to be kept: with what it says and with what grouping compares of it.

    ``clocked`` says that nothing but the reader's clock gives its time, so that its place in time order means nothing.
    ``lines`` are counted for its outlet. ``words`` are what it is searched by; a store makes them where they are not there, but it
    is better done by whoever prepares it, beside the process that keeps for all. ``revisions`` is its own place among the versions
    of its page, and that of the version behind it, which it changes.
    """

    article: Article
    analysis: Analysis
    profile: Profile
    clocked: bool = False
    lines: tuple[Fingerprint, ...] = ()
    revisions: tuple[Revision, ...] = ()
    words: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an earlier reading made of a document."""

    articles: tuple[ArticleId, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Which articles of a document are new and which were known from another one, in document order."""

    new: tuple[ArticleId, ...]
    duplicates: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds."""

    documents: int
    articles: int
    stories: int
    rejected: int
    pending: int
    stale: int


class Store(
    Sources,
    LineStore,
    Revisions,
    Repairs,
    Affairs,
    Names,
    Rewritings,
    Headlines,
    Tellings,
    Pictures,
    Readers,
    InterestsKept,
    Reads,
    SavedThings,
    Keys,
    SearchIndex,
    Outbox,
    Deliveries,
    Newsletters,
    Subscribers,
    Alerts,
    Channels,
    Holding,
    Vitals,
    Protocol,
):
    """The contract. Every method may raise ``StoreError`` or its child ``StoreLocked``; times are UTC."""

    @property
    def shared(self) -> bool:
        """Whether other processes keep documents in it while one of them groups and composes."""

    def close(self) -> None:
        """Release everything; nothing may be called afterwards."""

    def reading(self, now: datetime) -> AbstractContextManager[datetime]:
        """Hold the right to read news into this store, which one process at a time has; gives when the reading began.

        That is ``now``, or where the last reading was stopped before its end, less than ``RESUMED`` ago, when that one
        began: what is read now is read with what was read then.

        Raises:
            StoreLocked: another process has it. It is free again when that process ends, however it ends.
        """

    def together(self) -> AbstractContextManager[None]:
        """Keep everything that is written inside, or nothing of it: one transaction around the others."""

    # -- phase 1: documents ------------------------------------------------------------------------------------------

    def known(self, document: DocumentId) -> Known | None:
        """Return what was made of a document, or None where it was never kept."""

    def add_document(
        self, document: RawDocument, *, prepared: Sequence[Prepared] = (), rejected: Sequence[Rejected] = ()
    ) -> Added:
        """Keep a document and what came out of it, in one transaction. A document that adds nothing is not kept.

        The lines of its new articles are counted in the same transaction.
        """

    def add_rejected(self, rejected: Rejected, *, at: datetime) -> None:
        """Keep a rejection that belongs to no kept document; the same one is kept once."""

    # -- phase 2: grouping -------------------------------------------------------------------------------------------

    def pending(self, limit: int) -> tuple[Profile, ...]:
        """Return the next profiles without a story: by time, those with no time of their own last, then by id.

        Of the versions of a page only the newest is among them.

        An article with no time of its own is lent the latest time of publication in its reading: pages that were saved
        together are mostly of the same days.
        """

    def recall(self, start: datetime, end: datetime) -> tuple[Member, ...]:
        """Return the placed profiles of a time range, [start, end), by time, then by id."""

    def span(self) -> tuple[datetime, datetime] | None:
        """Return the times of the first and the last article that was placed; None where none was."""

    def members(self, story: StoryId) -> tuple[Member, ...]:
        """Return the profiles of a story, by time, then by id; () where no story has this id."""

    def place(self, decision: Decision, *, time: datetime) -> None:
        """Put a pending article into its story, in one transaction; the story becomes stale.

        It takes the place of the older versions of its page: they are kept, and no longer given by ``recall``, ``members`` and
        ``reports``.

        ``time`` is the one with which ``pending`` gave it. Its profile holds from now on what the decision notes as ``fresh``.
        """

    def placed(self) -> int:
        """Return a number that grows with every report that is placed, every repair, and every correction or its undoing.

        Whoever holds in memory what was grouped learns by it that somebody else has changed it.
        """

    # -- phase 3: stories --------------------------------------------------------------------------------------------

    def stale(self, limit: int) -> tuple[StoryId, ...]:
        """Return the next stories whose head is to be made anew, by the latest time of a report that was ever put into them."""

    def outdated(self, composition: str, limit: int) -> tuple[StoryId, ...]:
        """Return some stories with a head that ``put_story`` kept under another ``composition``."""

    def put_story(
        self,
        head: StoryHead,
        related: Sequence[Related],
        signature: Signature | None = None,
        composition: str = "",
        glance: Glance | None = None,
        *,
        named: Named | None = None,
        telling: Kept | None = None,
    ) -> None:
        """Keep a story's new head, what it is related to, by what it is known again and what it names, in one transaction.

        The story is no longer stale. ``composition`` tells by which rules and with which outlets it was made; ``glance`` is
        what lists say of it beyond its head, ``telling`` what its page does.
        """

    # -- outlets and marks -------------------------------------------------------------------------------------------

    def add_outlets(self, outlets: Iterable[Outlet]) -> None:
        """Keep outlets that are not among the packaged ones; a known key is replaced."""

    def outlets(self) -> tuple[Outlet, ...]:
        """Return the kept outlets, by key."""

    def mark(self, name: str, *, at: datetime) -> None:
        """Note that something was done once and for all."""

    def marked(self, name: str) -> bool:
        """Return whether it was noted."""

    # -- the reading side --------------------------------------------------------------------------------------------

    def front(self, *, limit: int, before: StoryId | None = None) -> tuple[StoryHead, ...]:
        """Return stories, newest day first, then most independently reported, then latest, then by id.

        ``before`` goes on behind that story (an unknown one gives nothing).
        """

    def story_head(self, story: StoryId) -> StoryHead:
        """Return one story's head.

        Raises:
            StoryNotFound: no story has this id.
        """

    def reports(self, story: StoryId) -> tuple[Report, ...]:
        """Return a story's reports, oldest first, each with its newest analysis; () where no story has this id."""

    def related(self, story: StoryId) -> tuple[Related, ...]:
        """Return the stories it is related to, in whichever direction that was found, best first.

        Those of one affair come before those of its context.
        """

    def article(self, article: ArticleId) -> Article:
        """Return one article.

        Raises:
            ArticleNotFound: no article has this id.
        """

    def analysis(self, article: ArticleId) -> Analysis:
        """Return an article's newest analysis.

        Raises:
            ArticleNotFound: no article has this id.
        """

    def story_of(self, article: ArticleId) -> StoryId | None:
        """Return the story an article stands in, or the newer version of its page; None while that is pending or unknown."""

    def decision(self, article: ArticleId) -> Decision | None:
        """Return why an article stands in its story, or None while it is pending or unknown.

        Of an older version that was never placed itself, it is that the newer one stands there.
        """

    def document(self, article: ArticleId) -> RawDocument:
        """Return the document an article was first read from, with its bytes unchanged.

        Raises:
            ArticleNotFound: no article has this id.
        """

    def rejected(self, *, limit: int) -> tuple[Rejected, ...]:
        """Return what was rejected, the latest first."""

    def counts(self) -> Counts:
        """Return how much there is."""


def best_related(found: Iterable[Related]) -> tuple[Related, ...]:
    """Return each other story once, with its best reason, best first."""
    best: dict[StoryId, Related] = {}
    for one in sorted(found, key=lambda one: (one.relation is Relation.CONTEXT, -one.why.score, one.story)):
        best.setdefault(one.story, one)
    return tuple(best.values())


def by_newer(article: ArticleId, newer: Decision | None) -> Decision | None:
    """Return the decision on a version that was never placed itself, from that on the one that stands for it."""
    if newer is None:
        return None
    return Decision(
        article=article, story=newer.story, joined=True, why=Why(key="revision", score=1.0, like=newer.article)
    )
