"""The lists that have feeds. A new list is one more function here: what it takes from the address, and what it gives.

Public lists stand under ``/feeds`` with the path of their page; those of one reader under a key of his own (``PRIVATE``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from starlette.exceptions import HTTPException

from tawatur.errors import StoryNotFound
from tawatur.model import Outlets, StoryHead
from tawatur.personal import Personal
from tawatur.reader import Reader
from tawatur.recent import Recent
from tawatur.saved import Saved, SavedKind
from tawatur.searching.query import Order
from tawatur.store.names import NameHead
from tawatur.stories.naming import NameKind
from tawatur.stories.topics import SECTIONS
from tawatur.web.feeds import NEVER, Entry, Listed, stable_id, stamped
from tawatur.web.feeds.content import saved_html, story_html, vias
from tawatur.web.keeping import Keeping
from tawatur.web.names import NameReading, Spelled
from tawatur.web.reading import Elsewhere, Reading
from tawatur.web.saved import wanted_of
from tawatur.web.searching import Asked, Searching
from tawatur.web.view.parts import outlet_view
from tawatur.web.view.ways import PATHS, path_of
from tawatur.web.words import Words

#: How many entries a feed has. Readers ask at most once in a while, and what is new must be among them.
MOST = 40
#: The widest stories are those of so many days with news.
WIDEST_DAYS = 3
#: How many told stories are held.
HELD = 600


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a deployment; ``told`` holds what was told of stories, so that asking again costs nothing."""

    reading: Reading
    names: NameReading
    keeping: Keeping | None = None
    personal: Personal | None = None
    told: Recent[Entry] = field(default_factory=lambda: Recent(HELD))

    def newest(self, words: Words) -> Listed:
        """The stories with the latest reports."""
        heads = (one.head for one in self.reading.app.store.newest(limit=MOST))
        return self.of_stories(words.text("feeds.newest"), "/", heads, words)

    def widest(self, words: Words) -> Listed:
        """The most independently reported stories of the last days."""
        found = self.reading.app.store.widest(days=WIDEST_DAYS, limit=MOST)
        heads = (one.head for one in found if one.head.independent > 1)
        return self.of_stories(words.text("feeds.widest"), "/", heads, words)

    def section(self, words: Words, section: str) -> Listed:
        """The stories of a section."""
        if section not in SECTIONS:
            raise HTTPException(404)
        heads = (one.head for one in self.reading.app.store.headlines(limit=MOST, section=section))
        return self.of_stories(words.text(f"section.{section}"), f"/section/{section}", heads, words)

    def name(self, kind: NameKind, words: Words, key: str) -> Listed:
        """The stories of a person, a place, a body, a topic or an outlet."""
        found = self._named(kind, key)
        heads = (one.head for one in self.reading.app.store.stories_of(found.number, limit=MOST))
        shown = found.name if kind is not NameKind.OUTLET else outlet_view(key, self.names.outlets(), words).name
        title = words.text(f"section.{found.key}") if kind is NameKind.TOPIC and found.key in SECTIONS else shown
        return self.of_stories(title, path_of(kind, found.key), heads, words)

    def _named(self, kind: NameKind, key: str) -> NameHead:
        try:
            return self.names.find(kind, key)
        except Spelled as spelled:  # the one in most stories, as long as it is
            return spelled.found[0]

    def search(self, words: Words, asked: Asked) -> Listed:
        """What answers a search, the newest first; nothing where none has all its words."""
        found = Searching(self.reading).results(replace(asked, sort=Order.NEWEST.value))
        query = replace(found.query, order=Order.RELEVANCE)
        heads = () if found.loose else tuple(one.head for one in found.stories)
        path = f"/search?{urlencode({'q': str(query)})}"
        return self.of_stories(words.text("search.title_of", asked=str(query)), path, heads, words)

    def saved(self, words: Words, reader: Reader, tag: str = "", state: str = "") -> Listed:
        """What a reader saved last, with a tag where one is named."""
        if self.keeping is None:
            raise HTTPException(404)
        store = self.keeping.saving.store
        found = store.saved_list(reader.id, wanted_of(tag=tag, state=state))
        title = words.text("feeds.saved_tagged", tag=tag) if tag else words.text("feeds.saved")
        return Listed(
            title=title,
            path=f"/saved?tag={tag}" if tag else "/saved",
            stamp=stamped(words.language, words.look, *found),
            updated=max((one.at for one in found), default=NEVER),
            entries=lambda: tuple(self._saved(one, words) for one in found),
        )

    def picked(self, words: Words, reader: Reader) -> Listed:
        """What is picked for a reader, the latest first; what he has read stays, so that nothing vanishes from his feed."""
        if self.personal is None:
            raise HTTPException(404)
        picks = self.personal.front(reader, now=datetime.now(UTC), most=MOST, read=True)
        heads = sorted((one.head for one in picks), key=lambda one: one.latest, reverse=True)
        return self.of_stories(words.text("feeds.picked"), "/you", heads, words)

    def of_stories(self, title: str, path: str, heads: Iterable[StoryHead], words: Words) -> Listed:
        """Return a list of stories, whoever made it."""
        outlets = self.reading.outlets()
        found = tuple(heads)
        return Listed(
            title=title,
            path=path,
            stamp=stamped(title, words.language, words.look, *found),
            updated=max((one.latest for one in found), default=NEVER),
            entries=lambda: tuple(self.story(one, outlets, words) for one in found),
        )

    def story(self, head: StoryHead, outlets: Outlets, words: Words) -> Entry:
        """Return a story as an entry: told once, as long as it stays what it is."""
        return self.told.get((head, words.language, words.look), partial(self._story, head, outlets, words))

    def _story(self, head: StoryHead, outlets: Outlets, words: Words) -> Entry:
        try:
            page = self.reading.story(head.id, outlets=outlets)
        except (StoryNotFound, Elsewhere):
            page = None
        return Entry(
            id=stable_id("story", head.id),
            title=head.title,
            updated=head.latest,
            published=head.first,
            path=f"{words.prefix}/story/{head.id}",
            summary=head.lead,
            content=story_html(page, outlets, words) if page else "",
            authors=tuple(outlet_view(key, outlets, words).name for key in head.outlets),
            via=vias(page.story.reports, outlets, words) if page else (),
            counted={"outlets": len(head.outlets), "independent": head.independent},
        )

    def _saved(self, saved: Saved, words: Words) -> Entry:
        assert self.keeping is not None
        own = next(iter(self.keeping.saving.store.clippings(saved.clippings[:1])), None)
        outlets = self.reading.outlets()
        return Entry(
            id=stable_id("saved", saved.id),
            title=saved.title,
            updated=max((saved.at, *(one.at for one in saved.highlights))),
            published=saved.at,
            path=f"{words.prefix}/saved/{saved.id}",
            url=saved.of if saved.kind is SavedKind.PAGE else "",
            summary=saved.lead,
            content=saved_html(saved, own, words),
            authors=tuple(outlet_view(key, outlets, words).name for key in saved.outlets),
            tags=saved.tags,
        )


Public = Callable[..., Listed]


def public(lists: Lists) -> tuple[tuple[str, Public], ...]:
    """Return the lists that everybody may have, by the path behind ``/feeds``."""
    names = tuple((f"/{path}/{{key}}", partial(lists.name, kind)) for kind, (path, _) in PATHS.items())
    return (
        ("/newest", lists.newest),
        ("/widest", lists.widest),
        ("/search", lists.search),
        ("/section/{section}", lists.section),
        *names,
    )
