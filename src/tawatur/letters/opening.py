"""Stories opened for an issue: what is kept of their telling, with the reports that an issue may name. Nothing is composed anew.

What was opened last is held until the news changes: the briefs of a morning tell many readers the same stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from tawatur.digest.issue import Memory
from tawatur.digest.issue_pick import Picked
from tawatur.digest.issue_story import Page
from tawatur.model import Article, ArticleId, OutletKey, Outlets, StoryHead
from tawatur.newsletter import IssueMoment, IssueReason
from tawatur.reader import Language
from tawatur.recent import Recent
from tawatur.store import Store
from tawatur.stories.whole import Kept, Whole, kept, opened

#: How many reports of a story an issue may name, and how many of those that say one sentence.
ARTICLES, SAYING = 40, 6
#: How many stories are held, some hundred kilobytes each: more than an issue has.
HELD = 64


@dataclass(frozen=True, slots=True)
class Opened:
    """What is kept of a story, and the reports that an issue may name."""

    kept: Kept
    articles: Mapping[ArticleId, Article]


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens stories of a store."""

    store: Store
    outlets: Callable[[], Outlets]
    _held: Recent[Opened | None] = field(default_factory=lambda: Recent(HELD))

    def pages(self, picked: Iterable[Picked], memory: Memory, language: Language) -> Iterator[Page]:
        """Yield picked stories as they are asked for; one that has ended meanwhile is left out."""
        outlets, edition = self.outlets(), self.store.edition()
        for one in picked:
            if found := self._held.get((edition, one.head.id), partial(self._opened, one.head, outlets)):
                yield self._page(one, found, memory, outlets, language)

    def _opened(self, head: StoryHead, outlets: Outlets) -> Opened | None:
        found = self.store.telling(head.id) or self._made(head, outlets)
        return Opened(found, self.store.articles(named(found))) if found else None

    def _page(self, one: Picked, told: Opened, memory: Memory, outlets: Outlets, language: Language) -> Page:
        found, articles = told.kept, told.articles
        seen = memory.of(one.head.id, found.order)
        new = frozenset(found.order) - seen if seen else frozenset[ArticleId]()
        whole = self._whole(one.head, found) if new else None
        return Page(
            head=one.head,
            kept=found,
            articles=articles,
            names=names_of((article.outlet for article in articles.values()), outlets, language),
            reasons=tuple(_called(each, outlets, language) for each in one.reasons),
            section=one.section,
            seen=seen,
            whole=whole,
            chains={article: self.store.revisions(article) for article in new},
            before=tuple(map(_moment, one.before)),
            after=tuple(map(_moment, one.after)),
            days=one.days,
        )

    def _whole(self, head: StoryHead, found: Kept) -> Whole:
        """Return a story as it is kept, with its reports: an issue tells what was kept last, and composes nothing."""
        reports = {one.article.id: one for one in self.store.reports(head.id)}
        return Whole(
            replace(found.story, reports=tuple(reports[id] for id in found.order if id in reports)), found.telling
        )

    def _made(self, head: StoryHead, outlets: Outlets) -> Kept | None:
        """Return the telling of a story of which an older release kept none; None of a story that has ended."""
        reports = self.store.reports(head.id)
        return kept(opened(head.id, None, reports, outlets=outlets), reports, outlets=outlets) if reports else None


def named(found: Kept) -> list[ArticleId]:
    """Return the reports that an issue may name: those that sentences and differing points are taken from, then the others."""
    telling = found.telling
    cited = [said.article for one in telling.account.sentences for said in one.sayings[:SAYING]]
    cited += [
        one.article for point in telling.agreement.differ for version in point.versions for one in version.wordings
    ]
    return list(dict.fromkeys((*cited, *reversed(found.order))))[:ARTICLES]


def names_of(keys: Iterable[OutletKey], outlets: Outlets, language: Language) -> dict[OutletKey, str]:
    """Return what outlets are called in a language; one that nobody knows is called by its key."""
    found: dict[OutletKey, str] = {}
    for key in keys:
        outlet = outlets.get(key)
        found[key] = (outlet.name_en if language == "en" and outlet.name_en else outlet.name) or key if outlet else key
    return found


def _called(reason: IssueReason, outlets: Outlets, language: Language) -> IssueReason:
    """Return a reason with outlets by their names: readers follow them by key."""
    keys = [OutletKey(one.key) for one in reason.subjects if one.kind == "outlet"]
    names = names_of(keys, outlets, language)
    subjects = (
        replace(one, name=names[OutletKey(one.key)]) if one.kind == "outlet" else one for one in reason.subjects
    )
    return replace(reason, subjects=tuple(subjects)) if keys else reason


def _moment(head: StoryHead) -> IssueMoment:
    return IssueMoment(at=head.first, day_only=True, text=head.title, story=head.id, independent=head.independent)
