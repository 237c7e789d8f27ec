"""What became of things that readers saved, and how what the pages show is saved: between ``Saving`` and ``Reading``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.digest.interests import Act
from tawatur.errors import ArticleNotFound, StoryNotFound
from tawatur.extract.canonical import canonical
from tawatur.ids import ArticleId, StoryId
from tawatur.model import Outlets
from tawatur.personal import Personal
from tawatur.reader import Reader, ReaderId
from tawatur.saved import Saved, SavedKind
from tawatur.saving import Found, Saving, article_found, story_found
from tawatur.stories.clipping import Since, since, version_of
from tawatur.web.reading import Elsewhere, Reading
from tawatur.web.view.saved import Standing


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether what a page shows is saved by its reader: ``id`` of the saved thing, "" where it is not."""

    kind: str
    of: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What readers save of what a deployment shows."""

    saving: Saving
    reading: Reading
    personal: Personal | None = None  # learns of what is saved, where a reader allows it

    def kept(self, reader: ReaderId | None, kind: SavedKind, of: str) -> Kept:
        """Return whether a page's article or story is saved, under this id or one that it had before."""
        found = self.saving.find(reader, kind, self._names(kind, of)) if reader else None
        return Kept(kind.value, of, found.id if found else "")

    def _names(self, kind: SavedKind, of: str) -> tuple[str, ...]:
        store = self.reading.app.store
        if kind is SavedKind.ARTICLE:
            return (of, *(one.article for one in store.revisions(ArticleId(of)) if one.article != of))
        return (of,)

    def found(self, kind: SavedKind, of: str) -> Found:
        """Return an article or a story as it can be saved.

        Raises:
            ArticleNotFound, StoryNotFound: nothing has this id.
            Elsewhere: the story has ended.
        """
        outlets = self.reading.outlets()
        if kind is SavedKind.ARTICLE:
            page = self.reading.article(ArticleId(of))
            return article_found(page.article, outlets=outlets)
        return story_found(self.reading.story(StoryId(of), outlets=outlets), outlets=outlets)

    def save(self, reader: Reader, kind: SavedKind, of: str, found: Found) -> Saved:
        """Save an article or a story, and let what is learned of a reader know."""
        now = datetime.now(UTC)
        saved = self.saving.save(reader.id, kind, of, found, now=now)
        story = StoryId(of) if kind is SavedKind.STORY else self.reading.app.store.story_of(ArticleId(of))
        if self.personal and story:
            with suppress(StoryNotFound):  # one that has no head yet
                self.personal.teach(reader, story, Act.SAVED, now=now)
        return saved

    def standing(self, saved: Saved) -> Standing:
        """Return what became of something saved, by what an index tells."""
        try:
            if saved.kind is SavedKind.ARTICLE:
                self.reading.app.store.article(ArticleId(saved.of))
                newest = self._newest(saved.of)
                return Standing(newest, f"/article/{newest}")
            if saved.kind is SavedKind.STORY:
                return self._story(StoryId(saved.of))
        except (ArticleNotFound, StoryNotFound):
            return Standing("", "")
        return Standing("", saved.of)

    def _story(self, story: StoryId) -> Standing:
        now = self.reading.app.store.whereabouts(story)
        if not now:
            return Standing("", "")
        head = self.reading.app.store.story_head(story if story in now else now[0])
        return Standing(version_of(head), f"/story/{head.id}")

    def _newest(self, article: str) -> str:
        revisions = self.reading.app.store.revisions(ArticleId(article))
        return revisions[-1].article if revisions else article

    def now(self, saved: Saved, standing: Standing) -> Found | None:
        """Return what stands now where something was saved, None where nothing does."""
        if not standing.version:
            return None
        try:
            return self.found(saved.kind, standing.path.rpartition("/")[2])
        except (ArticleNotFound, StoryNotFound, Elsewhere):
            return None

    def since(self, saved: Saved, found: Found) -> Since | None:
        """Return what is new in what stands there now, None where the reader has no text of it."""
        own = self.saving.store.clippings(saved.clippings[:1])
        return since(own[0], found.clippings[0]) if own and found.clippings else None

    def article_at(self, url: str, outlets: Outlets) -> ArticleId | None:
        """Return the newest article at an address, None where none is known."""
        outlet, address = outlets.of_url(url), canonical(url)
        if outlet is None or not address:
            return None
        known = self.saving.store.at_address(outlet.key, address)
        return known[-1].article if known else None
