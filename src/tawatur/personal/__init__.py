"""What readers have of their own here: what they follow and mute, what is picked for them and why, what they have read and what is
new since. ``Personal`` is the door; pages and letters stand on it.

    personal.front(reader, now=now)             stories picked for a reader, each with its grounds
    personal.states(reader, stories)            which of some stories are read, or changed since
    personal.open(reader, story, telling, …)    notes that a story was opened, and gives what is new in it
    personal.interests(reader, now=now)         what a reader cares about
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tawatur.digest.interests import Act, Choice, Facet, Interests, Stance, Subject, interests, lesson
from tawatur.digest.news_since import Seen, Since, news_since
from tawatur.digest.select import Pick, choose, muted
from tawatur.errors import StoryNotFound
from tawatur.model import ArticleId, Story, StoryHead, StoryId, Telling
from tawatur.personal.candidates import Candidates
from tawatur.reader import Reader
from tawatur.store import Store
from tawatur.store.reads import Read, ReadState

__all__ = ["Candidates", "Personal"]

#: How many stories are picked for a front page.
MOST = 24
#: A story that is opened again within this time is shown with what was new when it was opened first.
SITTING = timedelta(hours=1)


@dataclass(frozen=True)
class Personal:
    """What the readers of a deployment have of their own."""

    store: Store
    candidates: Candidates = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", Candidates(self.store))

    # -- what a reader cares about -----------------------------------------------------------------------------------

    def interests(self, reader: Reader, *, now: datetime) -> Interests:
        """Return what a reader cares about: what was chosen, and what is learned as far as the reader allows it."""
        choices, lessons = self.store.choices(reader.id), self.store.lessons(reader.id)
        return interests(choices, lessons, now=now, learn=reader.preferences.learn)

    def choose(self, reader: Reader, subject: Subject, name: str, stance: Stance | None, *, now: datetime) -> bool:
        """Follow or mute a subject, or neither (None); return False where a reader has chosen too many."""
        if stance is None:
            self.store.drop_choice(reader.id, subject)
            return True
        return self.store.put_choice(reader.id, Choice(subject=subject, name=name, stance=stance, at=now))

    def teach(self, reader: Reader, story: StoryId, act: Act, *, now: datetime) -> None:
        """Learn from what a reader did with a story; what he did not ask for is learned only if he allows it.

        Raises:
            StoryNotFound: no story has this id.
        """
        if act.asked or reader.preferences.learn:
            found = self.candidates.of(self.store.story_head(story))
            self.store.put_lesson(reader.id, lesson(story, found.head.title, act, found.facets.values(), at=now))

    # -- what is picked for a reader ---------------------------------------------------------------------------------

    def front(self, reader: Reader, *, now: datetime, most: int = MOST, read: bool = False) -> tuple[Pick, ...]:
        """Return stories picked for a reader, the best first; those ``read`` already, and not changed since, only if asked for."""
        cares = self.interests(reader, now=now)
        found = list(self.candidates.for_interests(cares))
        states = {} if read else self.states(reader, (one.head.id for one in found))
        return choose(found, cares, most=most, known={one for one, state in states.items() if state is ReadState.READ})

    def hidden(self, reader: Reader, heads: Iterable[StoryHead]) -> Mapping[StoryId, tuple[Facet, ...]]:
        """Return which of some stories are hidden from a reader, each with what he mutes of it."""
        cares = interests(self.store.choices(reader.id), now=reader.made)  # choices never fade
        found = {head.id: muted(self.candidates.of(head), cares) for head in heads} if cares.muted else {}
        return {story: facets for story, facets in found.items() if facets}

    # -- what a reader has read --------------------------------------------------------------------------------------

    def states(self, reader: Reader, stories: Iterable[StoryId]) -> Mapping[StoryId, ReadState]:
        """Return how a reader stands to some stories."""
        return self.store.read_states(reader.id, tuple(stories))

    def open(self, reader: Reader, story: Story, telling: Telling, *, now: datetime) -> Since | None:
        """Note that a reader opened a story, and return what is new in it since he read it; None where nothing is."""
        last = self.store.read_of(reader.id, story.id)
        held = frozenset(report.article.id for report in story.reports)
        same = last is not None and now - last.at < SITTING and held <= last.reports
        before = last.before if last and same else self._known(reader, story, last)
        if not same:
            with suppress(StoryNotFound):  # it may end between its being read and this; its page is shown all the same
                self.store.put_read(reader.id, Read(story=story.id, at=now, reports=held, before=before))
                self.teach(reader, story.id, Act.OPENED, now=now)
        return self._since(before, story, telling)

    def mark(self, reader: Reader, story: StoryId, *, now: datetime) -> None:
        """Note that a reader calls a story read, without having opened it.

        Raises:
            StoryNotFound: no story has this id.
        """
        self.store.story_head(story)
        held = frozenset(one.article for one in self.store.standing(story))
        last = self.store.read_of(reader.id, story)
        before = last.reports if last else frozenset()
        self.store.put_read(reader.id, Read(story=story, at=now, reports=held, before=before))

    def _known(self, reader: Reader, story: Story, last: Read | None) -> frozenset[ArticleId]:
        """Return the reports of a story that a reader knows: those he read, and those that were there when he called all read."""
        known = last.reports if last else frozenset()
        if (until := self.store.all_read(reader.id)) is None:
            return known
        return known | {one.article.id for one in story.reports if one.article.collected <= until}

    def _since(self, before: frozenset[ArticleId], story: Story, telling: Telling) -> Since | None:
        if not before:
            return None
        new = [one.article.id for one in story.reports if one.article.id not in before]
        chains = {article: self.store.revisions(article) for article in new}
        found = news_since(Seen(before), story, telling=telling, chains=chains)
        return found if found.material else None
