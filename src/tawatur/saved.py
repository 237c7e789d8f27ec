"""What a reader saves, as nouns: an article, a story or an address, with notes, tags, highlights and clippings.

A ``Clipping`` is a text of one's own: what an article or a story's account said when it was saved. It stays whatever becomes of
what it was taken from, and is kept once for all who saved the same. All are frozen values; times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NewType

from tawatur.analysis import Span
from tawatur.article import RUNNING, BlockKind
from tawatur.ids import ArticleId, OutletKey, content_id
from tawatur.reader import ReaderId

SavedId = NewType("SavedId", str)
ClippingId = NewType("ClippingId", str)

#: The longest note, tag and list of tags of one saved thing, and its most highlights: what a page can still show.
LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, MOST_HIGHLIGHTS = 10_000, 60, 30, 500


class SavedKind(StrEnum):
    """What was saved."""

    ARTICLE = "article"
    STORY = "story"
    PAGE = "page"  # an address that was brought in and of which no article is known


class SavedOrder(StrEnum):
    """How a list of what was saved is sorted."""

    NEWEST = "newest"  # saved last first
    OLDEST = "oldest"
    PUBLISHED = "published"  # published last first
    TITLE = "title"


class SavedState(StrEnum):
    """Which of what was saved a list shows."""

    OPEN = "open"  # not archived
    UNREAD = "unread"  # not archived and not read
    ARCHIVED = "archived"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClippedReport:
    """A report that a clipping stands on, as it was named then."""

    outlet: OutletKey
    name: str  # of the outlet
    article: ArticleId
    title: str
    url: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClippedBlock:
    """A block of a clipping, as published: of a story a sentence, with the reports that say it by number."""

    kind: BlockKind
    text: str
    reports: tuple[int, ...] = ()
    independent: int = 0  # how many independent sources say it; 0: of an article
    speaker: str = ""  # who says it, where the sentence itself does not name him


@dataclass(frozen=True, kw_only=True)
class Clipping:
    """A text as it stood when it was saved. ``figures`` are the amounts by which a later one can be told to differ."""

    title: str
    blocks: tuple[ClippedBlock, ...]
    reports: tuple[ClippedReport, ...]  # of an article the one that it is
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    independent: int = 0
    figures: tuple[str, ...] = ()
    invented: bool = False

    @cached_property
    def id(self) -> ClippingId:
        """The same text has the same id, whoever saved it."""
        blocks = (f"{one.kind}:{one.independent}:{one.reports}:{one.speaker}:{one.text}" for one in self.blocks)
        return ClippingId(content_id(self.title, *(one.article for one in self.reports), *blocks))

    @cached_property
    def text(self) -> str:
        """Return the running text, one block a line; highlights count in it, and of an article it is the article's own."""
        return "\n".join(block.text for block in self.blocks if block.kind in RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A stretch of a clipping's text that a reader has marked. ``text`` is what stood there; ``lost``: it stands there no more."""

    id: str
    span: Span
    text: str
    at: datetime
    note: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Something that a reader saved. ``of`` is the id of the article or the story, or the address of the page.

    ``version`` tells what it was when the reader last looked: where it is another one now, it has changed since. ``clippings``
    are the ids of his own text and, of a story, of the reports behind it.
    """

    reader: ReaderId
    kind: SavedKind
    of: str
    title: str
    at: datetime
    lead: str = ""
    outlets: tuple[OutletKey, ...] = ()
    published: datetime | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    read: bool = False
    archived: bool = False
    version: str = ""
    highlights: tuple[Highlight, ...] = ()
    clippings: tuple[ClippingId, ...] = ()

    @property
    def id(self) -> SavedId:
        """One reader saves one thing once."""
        return saved_id(self.reader, self.kind, self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of saved things is asked for. ``phrases`` are runs of search keys, each of which must occur."""

    state: SavedState = SavedState.OPEN
    kind: SavedKind | None = None
    tag: str = ""
    phrases: tuple[tuple[str, ...], ...] = field(default=())
    order: SavedOrder = SavedOrder.NEWEST
    limit: int = 24
    skip: int = 0


def saved_id(reader: ReaderId, kind: SavedKind, of: str) -> SavedId:
    """Return the id of what a reader saved or may save."""
    return SavedId(content_id(reader, kind.value, of))


def clean_tags(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are kept: without blanks and marks around them, each once, no more and no longer than allowed."""
    cut = (" ".join(text.split()).lstrip("#").strip()[:LONGEST_TAG].strip() for text in texts)
    return tuple(dict.fromkeys(tag for tag in cut if tag))[:MOST_TAGS]


def anchored(highlight: Highlight, text: str) -> Highlight:
    """Return where a highlight stands in another text: where its words stand there, nearest to where they stood; else lost."""
    starts: list[int] = []
    at = text.find(highlight.text)
    while at >= 0 and highlight.text:
        starts.append(at)
        at = text.find(highlight.text, at + 1)
    if not starts:
        return replace(highlight, lost=True)
    start = min(starts, key=lambda one: abs(one - highlight.span.start))
    return replace(highlight, span=Span(start, start + len(highlight.text)), lost=False)
