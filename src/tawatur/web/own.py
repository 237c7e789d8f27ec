"""What the pages of news show to the reader who asks alone: what is picked for him, what he has read, and what is new since.

Of a stranger nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from tawatur.digest.interests import Act, SubjectKind
from tawatur.digest.select import Pick
from tawatur.model import Outlets, StoryHead, StoryId
from tawatur.personal import Personal
from tawatur.reader import Reader
from tawatur.store.headlines import Headline
from tawatur.store.reads import ReadState
from tawatur.web.fronting import LEADING, PAGE, Front, Listing
from tawatur.web.reading import StoryPage
from tawatur.web.session import reader_of
from tawatur.web.view.personal import Hidden, SinceView, SubjectView, since_view, subject_view
from tawatur.web.words import Words

States = Mapping[StoryId, ReadState]
#: How many picks stand on the front page, and of how many they are taken: those that the lead has already are not told twice.
ON_FRONT, OF = 4, 12
#: How many subjects of a story are offered to be followed.
OFFERED = 9
#: How many stories are looked through at a time for those that were not read, and how often.
STEP, STEPS = 60, 8
#: How central a subject is at least that is offered.
CENTRAL = 0.3


@dataclass(frozen=True, slots=True)
class OwnFront:
    """What the front page shows to its reader alone: which of the ``leading`` stories are his, and the picks ``beside`` them."""

    leading: tuple[Pick, ...] = ()
    beside: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnStory:
    """What a story's page shows to its reader alone."""

    since: SinceView | None
    subjects: tuple[SubjectView, ...]
    asked: str  # "more", "less", or "" where neither was asked for


@dataclass(frozen=True, slots=True)
class Own:
    """What readers have of their own on the pages of news; without ``personal`` nobody has anything."""

    personal: Personal | None = None
    nobody: States = field(default_factory=dict)

    def reader(self, request: Request) -> Reader | None:
        """Return who asks, where readers have anything of their own here."""
        return reader_of(request) if self.personal else None

    def states(self, request: Request, stories: Iterable[StoryId]) -> States:
        """Return how whoever asks stands to some stories."""
        reader = self.reader(request)
        return self.personal.states(reader, stories) if self.personal and reader else self.nobody

    def hidden(self, request: Request, heads: Iterable[StoryHead]) -> Hidden:
        """Return which of some stories are hidden from whoever asks."""
        reader = self.reader(request)
        found = self.personal.hidden(reader, heads) if self.personal and reader else {}
        facets = {facet.subject: facet for one in found.values() for facet in one}
        return Hidden(frozenset(found), tuple(facets.values()))

    def front(self, request: Request, page: Front, *, now: datetime) -> OwnFront:
        """Return what is picked for whoever asks: those that lead the front page anyway, and a few beside them."""
        reader = self.reader(request)
        if not self.personal or not reader:
            return OwnFront()
        leading = {one.head.id for one in page.top.found[:LEADING]}
        picks = self.personal.front(reader, now=now, most=OF, read=True)
        own = [one for one in picks if one.grounds[0].own]
        unread = self.states(request, (one.head.id for one in own))
        beside = [one for one in own if one.head.id not in leading and unread.get(one.head.id) is not ReadState.READ]
        return OwnFront(tuple(one for one in own if one.head.id in leading), tuple(beside[:ON_FRONT]))

    def unread(self, request: Request, lists: Personal, behind: StoryId | None) -> Listing:
        """Return a page of the stories by weight that whoever asks has not read, or that changed since."""
        found: list[Headline] = []
        for _ in range(STEPS):
            step = lists.store.headlines(limit=STEP, behind=behind)
            states = self.states(request, (one.head.id for one in step))
            hidden = self.hidden(request, (one.head for one in step)).stories
            left = (one for one in step if one.head.id not in hidden)
            found += [one for one in left if states.get(one.head.id) is not ReadState.READ]
            if len(found) > PAGE or len(step) < STEP:
                more = len(found) > PAGE
                return Listing(tuple(found[:PAGE]), found[PAGE - 1].head.id if more else None)
            behind = step[-1].head.id
        return Listing(tuple(found), behind)

    def story(
        self, request: Request, page: StoryPage, *, outlets: Outlets, words: Words, now: datetime
    ) -> OwnStory | None:
        """Note that whoever asks has opened a story, and return what its page shows to him alone."""
        reader = self.reader(request)
        if not self.personal or not reader:
            return None
        opened = request.method == "GET" and "prefetch" not in request.headers.get("sec-purpose", "")
        since = self.personal.open(reader, page.story, page.telling, now=now) if opened else None
        asked = {one.act for one in self.personal.store.lessons(reader.id) if one.story == page.story.id}
        return OwnStory(
            since_view(since, page, outlets=outlets, words=words),
            tuple(self._subjects(self.personal, page, outlets, words)),
            next((act.value for act in (Act.MORE, Act.LESS) if act in asked), ""),
        )

    def _subjects(self, personal: Personal, page: StoryPage, outlets: Outlets, words: Words) -> Iterable[SubjectView]:
        """Yield the subjects of a story that can be followed, the most central first, the topic last."""
        facets = personal.candidates.of(page.head).facets.values()
        named = [one for one in facets if one.subject.kind not in (SubjectKind.WORD, SubjectKind.OUTLET)]
        ranked = sorted(named, key=lambda one: (one.subject.kind is SubjectKind.TOPIC, -one.share, one.subject))
        for facet in [one for one in ranked if one.share >= CENTRAL][:OFFERED]:
            yield subject_view(facet.subject, facet.name, outlets, words)
