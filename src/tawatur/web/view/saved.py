"""What a reader saved, as pages show it: cards of a list, and one saved thing with its text, highlights and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from urllib.parse import quote

from tawatur.arabic.sentences import sentences
from tawatur.model import RUNNING, Outlets, Span
from tawatur.saved import ClippedBlock, ClippedReport, Clipping, Highlight, Saved, SavedKind, Wanted
from tawatur.stories.clipping import Since
from tawatur.web.view.parts import Link, OutletView, Sources, When, link, moment, outlet_view
from tawatur.web.words import Words

#: How many outlets a card names before it counts the rest.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of something saved: its ``version`` now, "" where it is here no more; ``path`` leads to it."""

    version: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCard:
    """A saved thing as a list shows it."""

    id: str
    kind: str
    title: str
    lead: str
    named: tuple[OutletView, ...]
    unnamed: int
    saved: When
    published: When | None
    tags: tuple[str, ...]
    note: str
    highlights: int
    read: bool
    archived: bool
    changed: bool
    gone: bool
    link: Link | None


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with how often it was given, and the query of the list that it leads to."""

    name: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A list of what was saved. ``query`` is what stays of the address where another page of it is asked for."""

    cards: tuple[SavedCard, ...]
    tags: tuple[TagView, ...]
    count: int
    page: int
    pages: int
    wanted: Wanted
    asked: str
    query: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text. ``mark`` is the highlight that they are of, None where they are of none."""

    text: str
    mark: Highlight | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that can be marked, by where it stands in the text."""

    span: str
    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block of a reader's own text. ``choices`` are its sentences; ``at`` is where it begins in the whole, None where it is no
    part of it that can be marked."""

    kind: str
    at: int | None
    pieces: tuple[Piece, ...]
    choices: tuple[Choice, ...]
    speaker: str
    sources: Sources | None
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A report behind a clipping."""

    outlet: str
    title: str
    link: Link | None
    when: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A reader's own text of something."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedView:
    """What is new since something was saved. ``compare`` is where two versions of a report are held against each other."""

    sources: tuple[SourceView, ...]
    sentences: tuple[ClippedBlock, ...]
    gone: tuple[ClippedBlock, ...]
    figures: tuple[str, ...]
    before: int
    now: int
    compare: str


def saved_card(saved: Saved, standing: Standing, outlets: Outlets, words: Words) -> SavedCard:
    """Return a saved thing as a list shows it."""
    named = tuple(outlet_view(key, outlets, words) for key in saved.outlets[:NAMED])
    return SavedCard(
        id=saved.id,
        kind=saved.kind.value,
        title=saved.title,
        lead=saved.lead,
        named=named,
        unnamed=len(saved.outlets) - len(named),
        saved=moment(saved.at, words),
        published=moment(saved.published, words) if saved.published else None,
        tags=saved.tags,
        note=saved.note,
        highlights=len(saved.highlights),
        read=saved.read,
        archived=saved.archived,
        changed=bool(standing.version) and standing.version != saved.version,
        gone=not standing.version and saved.kind is not SavedKind.PAGE,
        link=link(saved.of) if saved.kind is SavedKind.PAGE else None,
    )


def tag_views(tags: Mapping[str, int], chosen: str, query: str) -> tuple[TagView, ...]:
    """Return a reader's tags, the most given first; the chosen one leads back to the list of all."""
    ordered = sorted(tags.items(), key=lambda one: (-one[1], one[0]))
    joint = f"{query}&" if query else ""
    return tuple(
        TagView(name, count, query if name == chosen else f"{joint}tag={quote(name)}", name == chosen)
        for name, count in ordered
    )


def text_view(clipping: Clipping, highlights: Iterable[Highlight], words: Words) -> TextView:
    """Return a clipping with a reader's highlights."""
    marks, blocks, at = [one for one in highlights if not one.lost], [], 0
    for block in clipping.blocks:
        running = block.kind in RUNNING
        blocks.append(_block(block, at, marks if running else [], clipping, running=running))
        at += len(block.text) + 1 if running else 0
    return TextView(
        title=clipping.title,
        subtitle=clipping.subtitle,
        authors=clipping.authors,
        blocks=tuple(blocks),
        sources=tuple(source_view(one, words) for one in clipping.reports),
    )


def changed_view(found: Since, words: Words, *, compare: str) -> ChangedView:
    """Return what is new, as a page shows it."""
    return ChangedView(
        sources=tuple(source_view(one, words) for one in found.reports),
        sentences=found.sentences,
        gone=found.gone,
        figures=found.figures,
        before=found.independent[0],
        now=found.independent[1],
        compare=compare,
    )


def source_view(report: ClippedReport, words: Words) -> SourceView:
    """Return a report as it was named when it was clipped."""
    when = moment(report.published, words) if isinstance(report.published, datetime) else None
    return SourceView(report.name, report.title, link(report.url), when)


def _block(block: ClippedBlock, start: int, marks: list[Highlight], own: Clipping, *, running: bool) -> BlockView:
    names = (own.reports[one].name for one in block.reports if one < len(own.reports))
    named = tuple(dict.fromkeys(names))
    return BlockView(
        kind=block.kind.value,
        at=start if running else None,
        pieces=pieces(block.text, start, marks),
        choices=_choices(block.text, start, marks) if running else (),
        speaker=block.speaker,
        sources=Sources(len(named), block.independent) if block.independent else None,
        named=named,
    )


def pieces(text: str, start: int, marks: Iterable[Highlight]) -> tuple[Piece, ...]:
    """Return a block's text cut at the borders of highlights; ``start`` is where it stands in the whole text."""
    here = [one for one in marks if one.span.start < start + len(text) and start < one.span.end]
    edges = {0, len(text), *(max(0, min(len(text), edge - start)) for one in here for edge in _edges(one))}
    return tuple(
        Piece(
            text[begin:end], next((one for one in here if one.span.start - start <= begin < one.span.end - start), None)
        )
        for begin, end in pairwise(sorted(edges))
    )


def _edges(one: Highlight) -> tuple[int, int]:
    return one.span.start, one.span.end


def _choices(text: str, start: int, marks: Iterable[Highlight]) -> tuple[Choice, ...]:
    spans = [Span(start + one.start, start + one.end) for one in sentences(text)]
    return tuple(
        Choice(
            span=f"{one.start}-{one.end}",
            text=text[one.start - start : one.end - start],
            marked=any(mark.span.start < one.end and one.start < mark.span.end for mark in marks),
        )
        for one in spans
    )
