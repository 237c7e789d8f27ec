"""Saving: what readers keep for themselves. ``Saving`` is the door; exports and what is brought in stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from tawatur.accounts.tokens import new_token
from tawatur.errors import SavedNotFound
from tawatur.model import Article, Outlets, Span, Story, StoryHead, Telling
from tawatur.reader import ReaderId
from tawatur.saved import (
    LONGEST_NOTE,
    MOST_HIGHLIGHTS,
    Clipping,
    Highlight,
    Saved,
    SavedId,
    SavedKind,
    anchored,
    clean_tags,
    saved_id,
)
from tawatur.saving.words import search_words
from tawatur.store import Store
from tawatur.stories.clipping import clip_article, clip_story, clipped_reports, version_of
from tawatur.stories.lead import lead_of

__all__ = ["Found", "Saving", "Whole"]


class Whole(Protocol):
    """A whole story with what is told of it."""

    @property
    def head(self) -> StoryHead:
        """Return its head."""

    @property
    def story(self) -> Story:
        """Return the story."""

    @property
    def telling(self) -> Telling:
        """Return what is told of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What can be saved, as it stands now: how it is shown in a list, and the clippings of it, its own first."""

    title: str
    version: str
    clippings: tuple[Clipping, ...]
    lead: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """What the readers of a deployment save."""

    store: Store

    def find(self, reader: ReaderId, kind: SavedKind, ids: Iterable[str]) -> Saved | None:
        """Return what a reader saved under the first of some ids that he has: a story or an article may have had several."""
        for of in ids:
            try:
                return self.store.saved(reader, saved_id(reader, kind, of))
            except SavedNotFound:
                continue
        return None

    def save(self, reader: ReaderId, kind: SavedKind, of: str, found: Found, *, now: datetime) -> Saved:
        """Save something; what is saved already stays as it is."""
        if known := self.find(reader, kind, (of,)):
            return known
        saved = Saved(reader=reader, kind=kind, of=of, title=found.title, at=now)
        return self._put(_with(saved, found), found.clippings)

    def restore(self, saved: Saved, clippings: Sequence[Clipping]) -> bool:
        """Save what was brought in, with its notes, tags and highlights; return whether it was not saved already."""
        if self.find(saved.reader, saved.kind, (saved.of,)):
            return False
        ids = {one.id for one in clippings}
        kept = tuple(one for one in saved.clippings if one in ids)
        self._put(replace(saved, clippings=kept, tags=clean_tags(saved.tags)), clippings)
        return True

    def renew(self, saved: Saved, found: Found) -> Saved:
        """Keep what stands there now in place of the older text; highlights go to where their words stand in it."""
        text = found.clippings[0].text if found.clippings else ""
        moved = tuple(anchored(one, text) for one in saved.highlights)
        return self._put(replace(_with(saved, found), highlights=moved), found.clippings)

    def seen(self, saved: Saved, version: str) -> Saved:
        """Note that the reader has seen what changed, and wants to keep his older text."""
        return self._put(replace(saved, version=version))

    def annotate(self, saved: Saved, *, note: str | None = None, tags: Sequence[str] | None = None) -> Saved:
        """Change the note or the tags; None leaves them."""
        text = saved.note if note is None else note.replace("\r\n", "\n").strip()[:LONGEST_NOTE]
        return self._put(replace(saved, note=text, tags=saved.tags if tags is None else clean_tags(tuple(tags))))

    def mark(self, saved: Saved, *, read: bool | None = None, archived: bool | None = None) -> Saved:
        """Mark as read or archived, or not; None leaves it."""
        return self._put(
            replace(
                saved,
                read=saved.read if read is None else read,
                archived=saved.archived if archived is None else archived,
            )
        )

    def highlight(self, saved: Saved, spans: Iterable[Span], *, note: str = "", now: datetime) -> Saved:
        """Mark stretches of the reader's own text, in place of earlier marks that they touch; what is no part of it is left out."""
        text = self.text_of(saved)
        fresh = tuple(
            Highlight(id=new_token()[:12], span=one, text=text[one.start : one.end], at=now, note=note[:LONGEST_NOTE])
            for one in sorted(set(spans))
            if 0 <= one.start < one.end <= len(text)
        )
        kept = (one for one in saved.highlights if one.lost or not any(_touch(one.span, new.span) for new in fresh))
        both = sorted((*kept, *fresh), key=lambda one: (one.lost, one.span))
        return self._put(replace(saved, highlights=tuple(both[:MOST_HIGHLIGHTS])))

    def unmark(self, saved: Saved, highlight: str) -> Saved:
        """Take a highlight away; an unknown one is none."""
        return self._put(replace(saved, highlights=tuple(one for one in saved.highlights if one.id != highlight)))

    def drop(self, reader: ReaderId, saved: SavedId) -> None:
        """Forget what a reader saved."""
        self.store.drop_saved(reader, saved)

    def text_of(self, saved: Saved) -> str:
        """Return the reader's own text of what he saved, "" where there is none."""
        return next((one.text for one in self.store.clippings(saved.clippings[:1])), "")

    def _put(self, saved: Saved, clippings: Sequence[Clipping] | None = None) -> Saved:
        texts = self.store.clippings(saved.clippings) if clippings is None else clippings
        self.store.put_saved(saved, words=search_words(saved, texts), clippings=clippings or ())
        return saved


def article_found(article: Article, *, outlets: Outlets) -> Found:
    """Return an article as it can be saved: a newer version of its page is a change of it."""
    lead = lead_of(article)
    title = article.title or lead
    return Found(
        title=title,
        version=article.id,
        clippings=(clip_article(article, outlets),),
        lead=lead if lead != title else "",
        published=article.published.at,
    )


def story_found(page: Whole, *, outlets: Outlets) -> Found:
    """Return a story as it can be saved: its account, and the longest report of each of its sources."""
    reports = tuple(clip_article(one, outlets) for one in clipped_reports(page.story))
    own = clip_story(page.story, page.telling, page.head, outlets)
    return Found(
        title=page.head.title,
        version=version_of(page.head),
        clippings=(own, *reports),
        lead=page.head.lead,
        published=page.head.first,
    )


def _with(saved: Saved, found: Found) -> Saved:
    own = found.clippings[0] if found.clippings else None
    return replace(
        saved,
        title=found.title,
        lead=found.lead,
        outlets=tuple(dict.fromkeys(one.outlet for one in own.reports)) if own else (),
        published=found.published,
        version=found.version,
        clippings=tuple(dict.fromkeys(one.id for one in found.clippings)),
    )


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
