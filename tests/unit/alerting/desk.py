"""A store with stories that come up, and readers who watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from tests.contract.test_search import CASES, add

from tawatur.alerting.carrying import carry
from tawatur.alerting.finding import Finding
from tawatur.alerting.telling import Telling
from tawatur.digest.breaking import Rise, Source
from tawatur.digest.interests import Choice, Stance, Subject, SubjectKind
from tawatur.letters import Letters
from tawatur.model import ArticleId, OutletKey, Outlets, Related, Relation, StoryHead, StoryId, Why
from tawatur.newsletter import (
    About,
    Channel,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    Threshold,
)
from tawatur.personal import Candidates
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store
from tawatur.stories.glance import Glance

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW - DAY)
OMAR = Reader(id=ReaderId("omar"), email="omar@nabd.example", made=NOW - DAY)
THREE = Threshold(sources=3, within=2 * HOUR)


def breaking(id: str, owner: Reader = SALMA, **more: object) -> Newsletter:
    made = Newsletter(
        id=NewsletterId(id), owner=owner.id, kind=NewsletterKind.BREAKING, made=NOW - DAY, threshold=THREE
    )
    return replace(made, **more)  # type: ignore[arg-type]


def searching(id: str, query: str, **more: object) -> Newsletter:
    about = About(kind="search", key=query)
    return breaking(id, kind=NewsletterKind.SEARCH, threshold=None, subject=about, **more)


@dataclass
class Desk:
    """What finds and tells, over a store."""

    store: Store

    def __post_init__(self) -> None:
        for reader in (SALMA, OMAR):
            self.store.add_reader(reader)
        self.finding = Finding(self.store, Outlets, Candidates(self.store))
        letters = Letters(self.store, Outlets(()), carriers=(partial(carry, self.store),))
        self.telling = Telling(self.store, letters)

    def watch(self, *newsletters: Newsletter) -> None:
        for one in newsletters:
            self.store.put_newsletter(one, due=None)

    def rise(
        self, story: str, *minutes: float, prefix: str = "", related: Sequence[str] = (), section: str = ""
    ) -> None:
        """Let a story have been told by a source so many minutes ago each."""
        self.show(story, len(minutes), related=related, section=section)
        ordered = sorted(minutes, reverse=True)
        found = [
            Source(at=NOW - one * MINUTE, reports=(ArticleId(f"{prefix or story}-{n}"),))
            for n, one in enumerate(ordered)
        ]
        self.store.put_rise(StoryId(story), Rise(sources=tuple(found), collected=NOW))

    def show(self, story: str, sources: int, *, related: Sequence[str] = (), section: str = "") -> None:
        if not self.store.story_of(ArticleId(f"in-{story}")):
            case = {**CASES["articles"][0], "id": f"in-{story}", "story": story}
            add(self.store, case)
        head = StoryHead(
            id=StoryId(story),
            title=f"title of {story}",
            lead="",
            first=NOW - HOUR,
            latest=NOW,
            reports=sources,
            outlets=tuple(OutletKey(f"o{n}") for n in range(sources)),
            independent=sources,
        )
        links = [Related(story=StoryId(one), why=Why(key="same"), relation=Relation.BEFORE) for one in related]
        self.store.put_story(head, links, glance=Glance(section=section))

    def look(self, now: datetime = NOW) -> None:
        while self.finding.look(now):
            pass

    def tell(self, now: datetime = NOW + MINUTE) -> None:
        while self.telling.tell_due(now):
            pass

    def told(self, newsletter: str) -> list[list[str]]:
        """Return the stories of each issue of a newsletter, the first issue first."""
        heads = self.store.issues(NewsletterId(newsletter), limit=99)
        return [[one.id for one in self.store.issue(head.id).content.stories] for head in reversed(heads)]

    def choose(self, reader: Reader, kind: str, key: str, stance: Stance) -> None:
        choice = Choice(subject=Subject(SubjectKind(kind), key), name=key, stance=stance, at=NOW)
        self.store.put_choice(reader.id, choice)


EVERY_CHANNEL = frozenset(Channel)
