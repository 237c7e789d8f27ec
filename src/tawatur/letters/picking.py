"""The stories that an issue may tell, by the kind of its newsletter: read off indexes, and decided by ``digest.issue_pick``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur.digest.facets import Candidate
from tawatur.digest.interests import Interests, Subject, SubjectKind
from tawatur.digest.issue import HEADLINES, Span
from tawatur.digest.issue_pick import Picked, daily, of_subject, weekly
from tawatur.ids import StoryId
from tawatur.model import Outlets, Related, Relation, StoryHead
from tawatur.newsletter import About, Newsletter, NewsletterKind
from tawatur.personal import Candidates
from tawatur.search import Searcher
from tawatur.searching.parse import parse
from tawatur.store import Store
from tawatur.store.newsletters import ToldStory
from tawatur.stories.chains import chain
from tawatur.stories.naming import NameKind

#: How many stories of a subject are looked at, and how many of the most told of a week.
OF_SUBJECT, OF_WEEK = 60, 30
#: How many stories beyond those that an issue tells and names are picked: some turn out to tell nothing new.
SPARE = 6
#: What was told within this time can still be among what has weight.
RECENT = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Picking:
    """Picks stories for issues."""

    store: Store
    candidates: Candidates
    outlets: Callable[[], Outlets]

    def pick(
        self, newsletter: Newsletter, cares: Interests, told: Iterable[ToldStory], found: Span
    ) -> tuple[Picked, ...]:
        """Return the stories that an issue may tell, the best first. What was saved and what breaks is no matter of picking."""
        most = newsletter.most + HEADLINES[newsletter.length] + SPARE
        match newsletter.kind:
            case NewsletterKind.MORNING | NewsletterKind.EVENING:
                known = self._unchanged(told, found.until)
                return daily(self.candidates.for_interests(cares), cares, since=found.since, most=most, known=known)
            case NewsletterKind.WEEKLY:
                return self._weekly(cares, most)
            case NewsletterKind.TOPIC | NewsletterKind.NAME | NewsletterKind.SEARCH:
                heads, subject = self._of(newsletter.subject, found)
                ready = map(self.candidates.of, heads)
                return of_subject(ready, cares, since=found.since, most=most, subject=subject)
            case _:
                return ()

    def _of(self, about: About | None, found: Span) -> tuple[Iterable[StoryHead], Subject | None]:
        """Return the latest stories of what a newsletter is about, and the subject that they must be about, not in passing."""
        if about is None:
            return (), None
        if about.kind == "search":
            searcher = Searcher(self.store, self.outlets())
            answers = searcher.new_since(parse(about.key).query, found.since, now=found.until)
            return (one.head for one in answers), None
        if about.kind == "topic":
            return (one.head for one in self.store.headlines(limit=OF_SUBJECT, section=about.key)), None
        name = self.store.name(NameKind(about.kind), about.key)
        named = self.store.stories_of(name.number, limit=OF_SUBJECT) if name else ()
        return (one.head for one in named), Subject(SubjectKind(about.kind), about.key)

    def _weekly(self, cares: Interests, most: int) -> tuple[Picked, ...]:
        widest = self.store.widest(days=7, limit=OF_WEEK)
        ready: list[Candidate] = [self.candidates.of(one.head) for one in widest]
        return weekly(ready, cares, most=most, affairs=Affairs(self.store).of)

    def _unchanged(self, told: Iterable[ToldStory], now: datetime) -> frozenset[StoryId]:
        """Return the stories told of late that have no other reports since."""
        return frozenset(
            one.story
            for one in told
            if now - one.at <= RECENT and {each.article for each in self.store.standing(one.story)} <= one.reports
        )


class Affairs:
    """Finds the stories of affairs; what is related to a story is asked for once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._links: dict[StoryId, tuple[Related, ...]] = {}

    def of(self, story: StoryId) -> tuple[Sequence[StoryHead], Sequence[StoryHead]]:
        """Return the stories before and after one in the same affair, each oldest first."""
        links = chain(story, self._related)
        heads = self._store.heads(one.story for one in links)
        before, after = (
            sorted(
                (heads[one.story] for one in links if one.relation is way and one.story in heads),
                key=lambda head: (head.first, head.id),
            )
            for way in (Relation.BEFORE, Relation.AFTER)
        )
        return before, after

    def _related(self, story: StoryId) -> tuple[Related, ...]:
        if story not in self._links:
            self._links[story] = self._store.related(story)
        return self._links[story]
