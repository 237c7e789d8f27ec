"""The stories among which a reader's are chosen: the heaviest, the most independently told, and the latest of each subject that he
cares about, each made ready for choosing once.

Every list is read off an index, so that picking costs what a reader follows, and not what the store holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from tawatur.digest.facets import Candidate, NamedHere, candidate
from tawatur.digest.interests import Interests, Subject, SubjectKind
from tawatur.model import StoryHead
from tawatur.recent import Recent
from tawatur.store import Store
from tawatur.stories.naming import NameKind

#: How many of the heaviest stories are looked at, and how many of the most told of how many days with news.
HEAVIEST, WIDEST, DAYS = 60, 12, 2
#: How many of the latest stories of a subject that is followed, and of one that was learned; and of how many learned ones.
OF_FOLLOWED, OF_LEARNED, LEARNED = 12, 6, 12
#: For how long a story with a word that is followed is looked for.
WITHIN = timedelta(days=7)
#: How many candidates are held: some kilobytes each.
HELD = 4096
#: Names that choosing reads off a story's head.
_OF_HEAD = (NameKind.TOPIC, NameKind.OUTLET)


class Candidates:
    """Makes stories ready for choosing. One object serves many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: Recent[Candidate] = Recent(HELD)

    def of(self, head: StoryHead) -> Candidate:
        """Return a story made ready for choosing; it is made anew when its head has changed."""
        return self._made.get(head, lambda: self._make(head))

    def for_interests(self, cares: Interests) -> Iterator[Candidate]:
        """Yield the stories among which those of a reader are chosen, each once."""
        general = [one.head for one in self._store.headlines(limit=HEAVIEST)]
        widest = [one.head for one in self._store.widest(days=DAYS, limit=WIDEST)]
        heads = {head.id: head for head in chain(general, widest, self._own(cares))}
        return map(self.of, heads.values())

    def _own(self, cares: Interests) -> Iterator[StoryHead]:
        for subject in cares.followed:
            yield from self._stories_of(subject, OF_FOLLOWED)
        liked = [one for one in cares.learned.values() if one.strength > 0]
        for one in sorted(liked, key=lambda one: -one.strength)[:LEARNED]:
            yield from self._stories_of(one.subject, OF_LEARNED)

    def _stories_of(self, subject: Subject, most: int) -> Iterable[StoryHead]:
        """Return the latest stories of a subject."""
        if subject.kind is SubjectKind.WORD:
            return self._stories_with(subject.key, most)
        name = self._store.name(NameKind(subject.kind.value), subject.key)
        return (one.head for one in self._store.stories_of(name.number, limit=most)) if name else ()

    def _stories_with(self, key: str, most: int) -> Iterable[StoryHead]:
        """Return the latest stories that are known by a word."""
        for newest in self._store.newest(limit=1):
            held = self._store.holders([key], at=newest.head.latest, within=WITHIN, most=most)
            return self._store.heads(one.story for one in held.get(key, ())).values()
        return ()

    def _make(self, head: StoryHead) -> Candidate:
        signature = self._store.signatures([head.id]).get(head.id)
        names = self._store.names_in(head.id)
        topic = next((one.head.key for one in names if one.head.kind is NameKind.TOPIC), "")
        named = [
            NamedHere(
                subject=Subject(SubjectKind(one.head.kind.value), one.head.key),
                name=one.head.name,
                reports=one.reports,
                stories=one.head.stories,
            )
            for one in names
            if one.head.kind not in _OF_HEAD
        ]
        return candidate(head, signature, section=topic, named=named)
