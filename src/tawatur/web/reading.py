"""What the pages read: the reading side of a store, and whole stories made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from tawatur.errors import ArticleNotFound, StoryNotFound, TawaturError
from tawatur.history import Chapter, Kept, absorbed, history
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Copy,
    Outlet,
    Outlets,
    Related,
    Relation,
    Report,
    Rewriting,
    Story,
    StoryHead,
    StoryId,
    Telling,
)
from tawatur.operating.outlets import Watched
from tawatur.picture import KeptPicture, PictureState, StoryPicture
from tawatur.recent import Recent
from tawatur.search import Index
from tawatur.store.headlines import Headlines
from tawatur.store.names import NamedIn, Names
from tawatur.stories.chains import Link, chain
from tawatur.stories.day import reconciled
from tawatur.stories.difference import Difference, difference
from tawatur.stories.pictures import of_article, pictures
from tawatur.stories.revision import Revision
from tawatur.stories.rewriting import fingerprint
from tawatur.stories.whole import Kept as KeptTelling
from tawatur.stories.whole import Whole, made_of, opened
from tawatur.web.fronting import Front, Listing, front, listing, sections_of
from tawatur.web.press import edition_of

BEFORE, CONTEXT = Relation.BEFORE, Relation.CONTEXT
#: How many stories of its context a page names, of all that name it or that it names.
RELATED = 6
#: How many composed stories are held: some megabytes.
HELD = 64


class Amounts(Protocol):
    """How much a library holds."""

    @property
    def articles(self) -> int:
        """Return the number of articles."""

    @property
    def stories(self) -> int:
        """Return the number of stories."""


class Library(Watched, Kept, Headlines, Names, Index, Protocol):
    """The reading side of a store (``tawatur.store.Store`` has it); one object serves many threads."""

    def front(self, *, limit: int, before: StoryId | None = None) -> Sequence[StoryHead]:
        """Return stories, newest day first, then most independently reported; ``before`` goes on behind that story."""

    def story_head(self, story: StoryId) -> StoryHead:
        """Return one story's head, or raise ``StoryNotFound``."""

    def reports(self, story: StoryId) -> tuple[Report, ...]:
        """Return a story's reports, oldest first."""

    def related(self, story: StoryId) -> tuple[Related, ...]:
        """Return the stories in its context, best first."""

    def telling(self, story: StoryId) -> KeptTelling | None:
        """Return what is kept of a story's telling, None where nothing is."""

    def rewriting(self, story: StoryId) -> Rewriting | None:
        """Return what a model made of a story's account, of whatever account it was made."""

    def article(self, article: ArticleId) -> Article:
        """Return one article, or raise ``ArticleNotFound``."""

    def analysis(self, article: ArticleId) -> Analysis:
        """Return an article's newest analysis, or raise ``ArticleNotFound``."""

    def story_of(self, article: ArticleId) -> StoryId | None:
        """Return the story an article stands in."""

    def revisions(self, article: ArticleId) -> tuple[Revision, ...]:
        """Return all versions of an article's page, oldest first; () where none is kept."""

    def picture_of(self, article: ArticleId) -> KeptPicture | None:
        """Return the picture that an article names, whatever became of it."""

    def pictures_of(self, story: StoryId) -> Mapping[ArticleId, KeptPicture]:
        """Return the kept pictures of a story's reports."""

    def outlets(self) -> tuple[Outlet, ...]:
        """Return the outlets that came with the news, beside the packaged ones."""

    def counts(self) -> Amounts:
        """Return how much there is."""


class Elsewhere(Exception):
    """A story that has ended; ``now`` are the stories where its reports stand, each with its title."""

    def __init__(self, story: StoryId, now: tuple[tuple[StoryId, str], ...]) -> None:
        super().__init__(story)
        self.story, self.now = story, now


class Deployment(Protocol):
    """What the pages need of an app."""

    @property
    def store(self) -> Library:
        """Return where the news is kept."""

    @property
    def outlets(self) -> Outlets:
        """Return the outlets that the deployment knows."""


@dataclass(frozen=True, slots=True)
class DayList:
    """Some stories by day. ``older`` is the story behind which the next page begins, None on the last one."""

    heads: tuple[StoryHead, ...]
    older: StoryId | None


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """A related story as a page names it."""

    head: StoryHead
    link: Related


@dataclass(frozen=True, slots=True)
class ChainedStory:
    """A story of the same affair as a page names it."""

    head: StoryHead
    link: Link


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A whole story with all that is told of it, and the heads of its relatives."""

    story: Story
    telling: Telling
    head: StoryHead
    related: tuple[RelatedStory, ...]
    absorbed: tuple[tuple[StoryId, str], ...] = ()  # stories that were merged into it, with their titles
    history: tuple[Chapter, ...] = ()
    rewriting: Rewriting | None = None  # of the account that it has now
    affair: tuple[ChainedStory, ...] = ()  # in the order of time; ``related`` holds none of them
    names: tuple[NamedIn, ...] = ()  # that have pages
    pictures: tuple[StoryPicture, ...] = ()  # the one that leads first


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One report with the story it stands in, if any, and all versions of its page, oldest first, where they are kept."""

    article: Article
    story: StoryHead | None
    revisions: tuple[Revision, ...] = ()
    copies: tuple[Copy, ...] = ()  # those of its story that it is or that were made from it
    original: Article | None = None  # what it was copied from
    analysis: Analysis | None = None
    names: tuple[NamedIn, ...] = ()  # of its story, that have pages
    picture: StoryPicture | None = None


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What a version of a page changed of the one before it. ``revisions`` are all versions, oldest first."""

    old: Article
    new: Article
    revisions: tuple[Revision, ...]
    difference: Difference


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages' view of a deployment."""

    app: Deployment
    recent: Recent[Whole] = field(default_factory=lambda: Recent(HELD))
    known: Recent[Outlets] = field(default_factory=lambda: Recent(1))
    named: Recent[tuple[str, ...]] = field(default_factory=lambda: Recent(1))
    pictured: bool = False  # whether pictures are shown at all

    def outlets(self) -> Outlets:
        """Return all known outlets; what came with the news wins over the packaged data."""
        return self.known.get(edition_of(self.app.store), lambda: self.app.outlets.joined(self.app.store.outlets()))

    def by_day(self, *, limit: int, before: StoryId | None = None) -> DayList:
        """Return at most ``limit`` stories behind ``before``, newest day first."""
        heads = tuple(self.app.store.front(limit=limit + 1, before=self._now(before) if before else None))
        return DayList(heads[:limit], heads[limit - 1].id if len(heads) > limit else None)

    def sections(self) -> tuple[str, ...]:
        """Return the sections that have stories, in the order of the masthead; none where the store cannot tell."""
        store = self.app.store
        try:
            return self.named.get(edition_of(store), lambda: sections_of(store))
        except TawaturError:  # the page that says so has a masthead too
            return ()

    def headlines(self, *, section: str = "", behind: StoryId | None = None) -> Listing:
        """Return a page of the stories by weight, of one section where ``section`` names it."""
        return listing(self.app.store, section=section, behind=self._now(behind) if behind else None)

    def front(self) -> Front:
        """Return the lists of the front page."""
        return front(self.app.store)

    def _now(self, story: StoryId) -> StoryId:
        """Return the story where most reports of an ended one are, so that a list goes on behind that."""
        return next(iter(self.app.store.whereabouts(story)), story)

    def story(self, story: StoryId, *, outlets: Outlets) -> StoryPage:
        """Return a whole story.

        Raises:
            StoryNotFound: no story has this id.
            Elsewhere: it has ended.
        """
        store = self.app.store
        self._refuse_ended(story)
        head, reports = store.story_head(story), store.reports(story)
        if not reports:
            raise StoryNotFound(story)
        affair = self._affair(story)
        chained = {one.head.id for one in affair}
        near = [link for link in store.related(story) if link.story not in chained and link.relation is CONTEXT]
        found = [(link, self._head(link.story)) for link in near[:RELATED]]
        related = tuple(RelatedStory(head, link) for link, head in found if head)
        links = tuple(one.link for one in related)
        # Reasons change where somebody corrects a story; everything else that it shows is among what it was made of.
        key = (story, made_of(reports, outlets), links, tuple(one.why for one in reports))
        whole = self.recent.get(
            key, lambda: opened(story, store.telling(story), reports, outlets=outlets, related=links)
        )
        past = history(store, story)
        merged = absorbed(store, story) if past else ()
        rewriting = self._rewriting(story, whole.telling)
        names = store.names_in(story)
        shown = pictures(whole.story.reports, store.pictures_of(story)) if self.pictured else ()
        return StoryPage(whole.story, whole.telling, head, related, merged, past, rewriting, affair, names, shown)

    def _rewriting(self, story: StoryId, telling: Telling) -> Rewriting | None:
        """Return the rewriting of a story's account, if it is of the one that it has now."""
        found = self.app.store.rewriting(story)
        return found if found and found.made_of == fingerprint(telling.account) else None

    def _affair(self, story: StoryId) -> tuple[ChainedStory, ...]:
        """Return the stories of the same affair in the order of time, those before the story first."""
        found = [(self._head(link.story), link) for link in chain(story, self.app.store.related)]
        made = [ChainedStory(head, link) for head, link in found if head]
        return tuple(sorted(made, key=lambda one: (one.link.relation is not BEFORE, one.head.first, one.head.id)))

    def history(self, story: StoryId) -> tuple[Chapter, ...]:
        """Return what became of a story, of one that has ended too.

        Raises:
            StoryNotFound: no story ever had this id.
        """
        if not self.app.store.whereabouts(story):
            raise StoryNotFound(story)
        return history(self.app.store, story)

    def _refuse_ended(self, story: StoryId) -> None:
        now = self.app.store.whereabouts(story)
        if now and story not in now:
            titles = self.app.store.titles(now)
            raise Elsewhere(story, tuple((one, titles.get(one, one)) for one in now))

    def _head(self, story: StoryId) -> StoryHead | None:
        """Return a story's head; None where it has none yet."""
        try:
            return self.app.store.story_head(story)
        except StoryNotFound:
            return None

    def article(self, article: ArticleId) -> ArticlePage:
        """Return one article, with the day of publication that it gets beside the other reports of its story.

        Raises:
            ArticleNotFound: no article has this id.
        """
        store = self.app.store
        found, story, revisions = store.article(article), store.story_of(article), store.revisions(article)
        analysis, picture = store.analysis(article), self._picture(found)
        if story is None:
            return ArticlePage(found, None, revisions, analysis=analysis, picture=picture)
        told = (report.article for report in reconciled(store.reports(story)))
        as_told = next((one for one in told if one.id == article), found)
        names = store.names_in(story)
        return ArticlePage(as_told, self._head(story), revisions, analysis=analysis, names=names, picture=picture)

    def _picture(self, article: Article) -> StoryPicture | None:
        """Return the picture of a report, where it is kept."""
        kept = self.app.store.picture_of(article.id) if self.pictured and article.picture else None
        return of_article(article, kept) if kept and kept.state is PictureState.KEPT else None

    def copies(self, page: ArticlePage, *, outlets: Outlets) -> ArticlePage:
        """Return a report's page with what it copied and who copied it."""
        if page.story is None or page.story.reports == 1:
            return page
        article, whole = page.article.id, self.story(page.story.id, outlets=outlets)
        copies = tuple(one for one in whole.telling.copies if article in (one.article, one.original))
        original = next((one.original for one in copies if one.article == article), None)
        texts = {report.article.id: report.article for report in whole.story.reports}
        return replace(page, copies=copies, original=texts.get(original) if original else None)

    def changes(self, article: ArticleId) -> ChangesPage:
        """Return what an article changed of the version before it.

        Raises:
            ArticleNotFound: no article has this id, or no version was before it.
        """
        new, revisions = self.app.store.article(article), self.app.store.revisions(article)
        at = next((number for number, one in enumerate(revisions) if one.article == article), 0)
        if at == 0:
            raise ArticleNotFound(article)
        old = self.app.store.article(revisions[at - 1].article)
        return ChangesPage(old, new, revisions, difference(old, new))
