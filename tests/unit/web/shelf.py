"""A library in memory, filled from ``data/edition.json``: invented reports that were never grouped by a program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import msgspec

from tawatur.errors import ArticleNotFound, CorrectionNotFound, StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Correction,
    Decision,
    Outlet,
    Outlets,
    Related,
    Repaired,
    Report,
    Rewriting,
    StoryHead,
    StoryId,
)
from tawatur.store import Prepared
from tawatur.store.headlines import Headline, widest
from tawatur.store.memory_search import MemorySearch
from tawatur.store.memory_sources import MemorySources
from tawatur.stories.agreement import agreement
from tawatur.stories.change import Change, ChangeKind, Fact
from tawatur.stories.compose import compose, head
from tawatur.stories.glance import Glance, glance
from tawatur.stories.named import identified, unidentified
from tawatur.stories.people import Scene
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision, first
from tawatur.stories.topics import topic_of
from tawatur.stories.weight import weight
from tawatur.understand import analyze

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Amounts:
    articles: int
    stories: int


@dataclass
class Shelf(MemorySources, MemorySearch):
    """Keeps what ``tawatur.web.reading.Library`` asks for; of sources, the queue and the history what a store in memory does."""

    named: tuple[Outlet, ...] = ()
    told: dict[str, tuple[Report, ...]] = field(default_factory=dict)
    links: dict[str, tuple[Related, ...]] = field(default_factory=dict)
    versions: dict[str, tuple[Revision, ...]] = field(default_factory=dict)
    earlier: dict[str, Article] = field(default_factory=dict)
    rewritten: dict[str, Rewriting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._heads = {}

    def learn_names(self) -> None:
        """Keep what the stories add to the pages of names."""
        outlets = Outlets(self.named)
        for story, reports in self.told.items():
            made = compose(story, reports, outlets=outlets)
            for report in reports:
                compared = profile(report.article, report.analysis)
                self._enter(Prepared(article=report.article, analysis=report.analysis, profile=compared))
                self._decisions[report.article.id] = Decision(
                    article=report.article.id, story=StoryId(story), joined=True, why=report.why
                )
            topic = topic_of([profile(report.article, report.analysis) for report in reports])
            self._heads[story] = head(made, outlets=outlets)
            self._put_names(
                story, identified(unidentified(Scene(made), topic, outlets=outlets), made, bearers=self.bearers)
            )

    def front(self, *, limit: int, before: str | None = None) -> tuple[StoryHead, ...]:
        heads = sorted(
            map(self.story_head, self.told), key=lambda one: (one.latest.date(), one.independent), reverse=True
        )
        ids = [one.id for one in heads]
        start = 0 if before is None else ids.index(before) + 1 if before in ids else len(ids)
        return tuple(heads[start : start + limit])

    def seen(self) -> list[Headline]:
        """Return all stories as lists show them, the heaviest first; by turns they are of a section."""
        found = [Headline(self.story_head(story), self._glance(story, at)) for at, story in enumerate(self.told)]
        return sorted(found, key=lambda one: (-_weight(one), one.head.id))

    def _glance(self, story: str, at: int) -> Glance:
        reports = self.told[story]
        members = [profile(report.article, report.analysis) for report in reports]
        section = ("politics", "sport", "")[at % 3]
        made = compose(story, reports, outlets=Outlets(self.named))
        return glance(made, members, agreement(made), section=section)

    def headlines(self, *, limit: int, section: str = "", behind: str | None = None) -> tuple[Headline, ...]:
        found = [one for one in self.seen() if not section or one.glance.section == section]
        ids = [one.head.id for one in found]
        start = 0 if behind is None else ids.index(behind) + 1 if behind in ids else len(ids)
        return tuple(found[start : start + limit])

    def newest(self, *, limit: int) -> tuple[Headline, ...]:
        return tuple(sorted(self.seen(), key=lambda one: one.head.latest, reverse=True)[:limit])

    def lone(self, *, limit: int) -> tuple[Headline, ...]:
        return tuple([one for one in self.newest(limit=len(self.told)) if len(one.head.outlets) == 1][:limit])

    def widest(self, *, days: int, limit: int) -> tuple[Headline, ...]:
        return widest(self.seen(), limit)

    def glances(self, stories: Iterable[str]) -> dict[str, Glance]:
        known = {one.head.id: one.glance for one in self.seen()}
        return {story: known[story] for story in stories if story in known}

    def sections(self) -> tuple[str, ...]:
        return tuple(sorted({one.glance.section for one in self.seen()} - {""}))

    def edition(self) -> int:
        return hash((tuple(map(len, self.told.values())), self.named))

    def story_head(self, story: str) -> StoryHead:
        if story not in self.told:
            raise StoryNotFound(story)
        outlets = Outlets(self.named)
        return head(compose(story, self.told[story], outlets=outlets), outlets=outlets)

    def reports(self, story: str) -> tuple[Report, ...]:
        return self.told.get(story, ())

    def related(self, story: str) -> tuple[Related, ...]:
        return self.links.get(story, ())

    def whereabouts(self, story: str) -> tuple[str, ...]:
        return (story,) if story in self.told else ()

    def repairs(self, story: str) -> tuple[Repaired, ...]:
        return ()

    def correction(self, number: int) -> Correction:
        raise CorrectionNotFound(str(number))

    def telling(self, story: str) -> None:
        return None

    def rewriting(self, story: str) -> Rewriting | None:
        return self.rewritten.get(story)

    def titles(self, stories: Iterable[str]) -> dict[str, str]:
        return {story: self.story_head(story).title for story in stories}

    def article(self, article: str) -> Article:
        for reports in self.told.values():
            for report in reports:
                if report.article.id == article:
                    return report.article
        if article in self.earlier:
            return self.earlier[article]
        raise ArticleNotFound(article)

    def analysis(self, article: str) -> Analysis:
        """Return what a text says; where a report of the shelf has people without places in it, those of the fast grade."""
        made = analyze(self.article(article))
        found = [report for reports in self.told.values() for report in reports if report.article.id == article]
        given = found[0].analysis if found else made
        placed = all(person.spans for person in given.people)
        return given if placed else replace(made, statements=(*given.statements, *made.statements))

    def story_of(self, article: str) -> str | None:
        ids = {report.article.id: story for story, reports in self.told.items() for report in reports}
        return ids.get(article)

    def revisions(self, article: str) -> tuple[Revision, ...]:
        return self.versions.get(article, ())

    def outlets(self) -> tuple[Outlet, ...]:
        return self.named

    def counts(self) -> Amounts:
        return Amounts(sum(map(len, self.told.values())), len(self.told))


def _weight(one: Headline) -> float:
    return weight(one.head.latest, independent=one.head.independent, outlets=len(one.head.outlets))


@dataclass
class Deployed:
    """What ``tawatur.web.create`` asks for."""

    store: Shelf
    outlets: Outlets = field(default_factory=Outlets)


def filled() -> Shelf:
    """Return the shelf with the invented edition."""
    edition = json.loads((DATA / "edition.json").read_text(encoding="utf-8"))
    shelf = Shelf(
        msgspec.convert(edition["outlets"], tuple[Outlet, ...]),
        {story["id"]: msgspec.convert(story["reports"], tuple[Report, ...]) for story in edition["stories"]},
        {story["id"]: msgspec.convert(story.get("related", []), tuple[Related, ...]) for story in edition["stories"]},
    )
    revise(shelf, "a-sarw")
    shelf.learn_names()
    return shelf


def revise(shelf: Shelf, article: str) -> None:
    """Let an article have an earlier version, an hour older: with two words as headline and another order of paragraphs."""
    new = shelf.article(article)
    title = " ".join(new.title.split()[1::-1])
    old = replace(new, id=ArticleId(f"{article}-before"), title=title, blocks=(*new.blocks[1:], new.blocks[0]))
    at, before = first(new), first(old)
    change = Change(kind=ChangeKind.MATERIAL, facts=(Fact.HEADLINE,), added=4, removed=1)
    chain = (replace(before, at=at.at - timedelta(hours=1)), replace(at, chain=old.id, change=change))
    shelf.earlier[old.id] = old
    shelf.versions |= {one.article: chain for one in chain}
