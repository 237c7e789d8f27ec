"""The window: the grouped articles of the days around an article, in memory, with an index of their words.

What it holds is a function of the time it stands at and of what the store recalls, never of the process's history: the window
spans whole hours around an hour, and only members inside that span count. A move costs what enters and leaves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from tawatur.model import ArticleId, StoryId
from tawatur.stories.background import Background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.pairs import Pairs
from tawatur.stories.postings import Postings
from tawatur.stories.profile import Member, Profile, fresh, headline
from tawatur.stories.vocabulary import Vocabulary
from tawatur.stories.weights import Weights, weights

Recall = Callable[[datetime, datetime], Iterable[Member]]

Key = TypeVar("Key", bound=str)

#: A word points to nothing where more than one in ``COMMON`` members holds it, but always where no more than ``COMMON_LEAST`` do.
COMMON, COMMON_LEAST = 10, 50
#: How far a window reaches back, and ahead for articles that come late, in hours.
HOURS = 72


class _Made(dict[str, float]):
    """A table that makes what it lacks; what it has costs no call of Python's."""

    def __init__(self, make: Callable[[str], float]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> float:
        made = self[key] = self._make(key)
        return made


class Window:
    """The members within ``HOURS`` of the hour it stands at, with document frequencies and an inverted index."""

    def __init__(self, recall: Recall, background: Background, by: Weights | None = None) -> None:
        self._recall = recall
        self._background = background
        self._hour: int | None = None
        self._by_hour: dict[int, dict[ArticleId, None]] = {}
        self._held: dict[ArticleId, Entry] = {}
        self._index = Postings()
        self._stories: dict[StoryId, dict[ArticleId, Entry]] = defaultdict(dict)
        self._vocabulary = Vocabulary(background)
        self._idf: dict[str, float] = _Made(self._counted_idf)  # of what was asked for since the members last changed
        self.pairs = Pairs(self._index, self.held, by or weights())

    def move(self, time: datetime) -> None:
        """Stand at a time: recall what the window now covers, and let go what it no longer does."""
        hour = _hour(time)
        if hour == self._hour:
            return
        wanted = range(hour - HOURS, hour + HOURS + 1)
        for old in [held for held in self._by_hour if held not in wanted]:
            for gone in list(self._by_hour[old]):
                self._remove(self._held[gone])
            del self._by_hour[old]
        for first, last in _runs([new for new in wanted if new not in self._by_hour]):
            for new in range(first, last + 1):
                self._by_hour[new] = {}
            for member in self._recall(_time(first), _time(last + 1)):
                self.add(member)
        self._hour = hour

    def add(self, member: Member) -> None:
        """Take in a member; one that is held already is replaced. A member outside the window is left out."""
        self.discard(member.profile.article)
        hour = _hour(member.profile.time)
        if hour not in self._by_hour:
            return
        added = entry(member)
        self._by_hour[hour][added.article] = None
        self._held[added.article] = added
        self._stories[added.story][added.article] = added
        self._index.add(added)
        self._vocabulary.add(added.article, added.counts)
        self._idf.clear()  # words weigh otherwise
        self.pairs.added(added)

    def discard(self, article: ArticleId) -> None:
        """Let an article go, if it is held."""
        if (held := self.entry(article)) is not None:
            self._remove(held)

    def carry(self, articles: Iterable[ArticleId], story: StoryId) -> None:
        """Let some of the members that are held stand in another story."""
        for article in articles:
            held = self.entry(article)
            if held is not None:
                _drop(self._stories, held.story, article)
                moved = replace(held, story=story)
                self._held[article] = self._stories[story][article] = moved

    def entry(self, article: ArticleId) -> Entry | None:
        """Return a member, if it is held."""
        return self._held.get(article)

    def held(self, article: ArticleId) -> Entry:
        """Return a member that is held."""
        return self._held[article]

    def _remove(self, gone: Entry) -> None:
        del self._by_hour[_hour(gone.time)][gone.article], self._held[gone.article]
        _drop(self._stories, gone.story, gone.article)
        self._index.discard(gone)
        self._vocabulary.discard(gone.article, gone.counts)
        self._idf.clear()
        self.pairs.dropped(gone.article)

    def story(self, story: StoryId) -> tuple[Entry, ...]:
        """Return the members of a story that the window holds, oldest first."""
        return tuple(sorted(self._stories.get(story, {}).values(), key=lambda held: (held.time, held.article)))

    def size(self, story: StoryId) -> int:
        """Return how many members of a story the window holds."""
        return len(self._stories.get(story, ()))

    def near(self, report: Entry, most: int, *, outside: StoryId | None = None) -> tuple[Entry, ...]:
        """Return the members that share most of a report's rare words, at most ``most``, none of the story ``outside``."""
        rare = self._index.held_by_few(report.text, max(COMMON_LEAST, len(self) // COMMON))
        own = self.size(outside) if outside else 0
        shared = self._index.sums({key: self._idf[key] ** 2 for key in rare}, most=most + own)
        ranked = sorted(shared, key=lambda article: (-shared[article], article))
        found = (held for held in map(self.held, ranked) if held.story != outside)
        return tuple(islice(found, most))

    def frequency(self, key: str) -> int:
        """Return how many members hold a matching key."""
        return self._index.frequency(key)

    def idf(self, key: str) -> float:
        """Return the inverse document frequency of a matching key over the window and the background."""
        return self._idf[key]

    def _counted_idf(self, key: str) -> float:
        return self._background.idf(key, self.frequency(key), len(self))

    def cosines(self, one: Entry, others: Sequence[Entry]) -> list[float]:
        """Return the cosine of a report's words with those of members, each word weighed by how rare it is in the window, 0..1."""
        return self._vocabulary.cosines(one.counts, [other.article for other in others])

    def noted(self, profile: Profile) -> Profile:
        """Return a profile with how rare the words of its headline are among what the window holds and itself."""
        return replace(profile, fresh=tuple(map(self._fresh, headline(profile))))

    def _fresh(self, key: str) -> int:
        return fresh(self._background.fresh(key, self.frequency(key) + 1, len(self) + 1))

    def __len__(self) -> int:
        return len(self._held)


def frequencies(entries: Iterable[Entry]) -> Counter[str]:
    """Return how many of some members hold each matching key."""
    return Counter(key for held in entries for key in held.counts)


def _drop(table: dict[Key, dict[ArticleId, Entry]], key: Key, article: ArticleId) -> None:
    del table[key][article]
    if not table[key]:
        del table[key]


def _hour(time: datetime) -> int:
    return int(time.timestamp() // 3600)


def _time(hour: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)


def _runs(hours: list[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of consecutive hours."""
    start = 0
    for at in range(1, len(hours) + 1):
        if at == len(hours) or hours[at] != hours[at - 1] + 1:
            yield hours[start], hours[at - 1]
            start = at
