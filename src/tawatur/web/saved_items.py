"""What readers saved, as the JSON interface gives and takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from tawatur.saved import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, Clipping, Saved
from tawatur.stories.clipping import Since

Note = Annotated[str, Field(max_length=LONGEST_NOTE)]
Tags = Annotated[tuple[Annotated[str, Field(max_length=LONGEST_TAG)], ...], Field(max_length=MOST_TAGS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItem:
    """A highlight: characters ``start`` to ``end`` of ``text`` of the saved thing. ``lost``: its words stand there no more."""

    id: str
    start: int
    end: int
    text: str
    note: str
    at: datetime
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedItem:
    """Something saved. ``of`` is the id of the story or the article, or the address of a page.

    ``changed`` says that it is no longer what it was, ``gone`` that it is here no more; the reader's own text stays.
    """

    id: str
    kind: str
    of: str
    title: str
    lead: str
    outlets: tuple[str, ...]
    published: datetime | None
    saved: datetime
    note: str
    tags: tuple[str, ...]
    read: bool
    archived: bool
    changed: bool
    gone: bool
    highlights: tuple[MarkItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A part of a list, and how much the whole of it has."""

    saved: tuple[SavedItem, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """A report behind a text."""

    article: str
    outlet: str
    name: str
    title: str
    url: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A block of a text; of a story a sentence, with the numbers of the reports that say it."""

    kind: str
    text: str
    speaker: str
    reports: tuple[int, ...]
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem:
    """A text of the reader's own."""

    title: str
    text: str  # in which highlights count
    blocks: tuple[TextBlock, ...]
    reports: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceItem:
    """What is new since it was saved."""

    sources: tuple[str, ...]
    sentences: tuple[str, ...]
    gone: tuple[str, ...]
    figures: tuple[str, ...]
    independent_before: int
    independent_now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDetail:
    """Something saved with its texts: its own, then those of the reports behind it."""

    item: SavedItem
    texts: tuple[TextItem, ...]
    since: SinceItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSave:
    """What is to be saved: a story or an article by its id, or a page by its address."""

    kind: Literal["story", "article", "page"]
    of: Annotated[str, Field(min_length=1, max_length=2000)]
    title: Annotated[str, Field(max_length=500)] = ""
    note: Note = ""
    tags: Tags = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToChange:
    """What is to be changed; null leaves it as it is."""

    note: Note | None = None
    tags: Tags | None = None
    read: bool | None = None
    archived: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters ``start`` to ``end`` of the own text."""

    start: Annotated[int, Field(ge=0, le=10_000_000)]
    end: Annotated[int, Field(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMark:
    """Stretches that are to be highlighted; those that are no part of the text are left out."""

    stretches: Annotated[tuple[Stretch, ...], Field(max_length=200)]
    note: Annotated[str, Field(max_length=500)] = ""


def saved_item(saved: Saved, *, changed: bool, gone: bool) -> SavedItem:
    """Return something saved as the interface gives it."""
    return SavedItem(
        id=saved.id,
        kind=saved.kind.value,
        of=saved.of,
        title=saved.title,
        lead=saved.lead,
        outlets=saved.outlets,
        published=saved.published,
        saved=saved.at,
        note=saved.note,
        tags=saved.tags,
        read=saved.read,
        archived=saved.archived,
        changed=changed,
        gone=gone,
        highlights=tuple(
            MarkItem(
                id=one.id,
                start=one.span.start,
                end=one.span.end,
                text=one.text,
                note=one.note,
                at=one.at,
                lost=one.lost,
            )
            for one in saved.highlights
        ),
    )


def text_item(clipping: Clipping) -> TextItem:
    """Return a clipping as the interface gives it."""
    return TextItem(
        title=clipping.title,
        text=clipping.text,
        blocks=tuple(
            TextBlock(
                kind=one.kind.value,
                text=one.text,
                speaker=one.speaker,
                reports=one.reports,
                independent=one.independent,
            )
            for one in clipping.blocks
        ),
        reports=tuple(
            SourceItem(
                article=one.article,
                outlet=one.outlet,
                name=one.name,
                title=one.title,
                url=one.url,
                published=one.published,
            )
            for one in clipping.reports
        ),
    )


def since_item(found: Since | None) -> SinceItem | None:
    """Return what is new as the interface gives it."""
    if found is None:
        return None
    return SinceItem(
        sources=tuple(one.name for one in found.reports),
        sentences=tuple(one.text for one in found.sentences),
        gone=tuple(one.text for one in found.gone),
        figures=found.figures,
        independent_before=found.independent[0],
        independent_now=found.independent[1],
    )
