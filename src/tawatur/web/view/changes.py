"""The versions of a report's page, and what one of them changed, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tawatur.model import ArticleId, Outlets
from tawatur.stories.change import Change
from tawatur.stories.difference import Part, Piece, Place
from tawatur.stories.lead import lead_of
from tawatur.stories.revision import Revision
from tawatur.web.reading import ChangesPage
from tawatur.web.view.parts import OutletView, When, moment, outlet_view
from tawatur.web.words import Words

#: Places that the page names; what a paragraph is, everybody sees.
_NAMED = (Place.TITLE, Place.SUBTITLE, Place.CAPTION, Place.UPDATE, Place.SOURCE_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One version: its number from 1 on, when the page stood so, and what it changed, in words ("" for the first)."""

    id: str
    number: int
    when: When
    kind: str
    facts: str
    amounts: tuple[str, ...]
    shown: bool  # it is the one on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A block that changed. ``label`` names its place where that is no paragraph."""

    label: str
    heading: bool
    moved: bool
    pieces: tuple[Piece, ...]
    text: str  # all of its words, for their direction


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks in a row that changed, or that stayed as they were; the latter are named by their number."""

    changed: bool
    parts: tuple[PartView, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """Everything that the page of a change shows."""

    id: str
    title: str
    outlet: OutletView
    old: RevisionView
    new: RevisionView
    newest: str
    stretches: tuple[Stretch, ...]
    invented: bool


def revision_views(revisions: Sequence[Revision], shown: ArticleId, words: Words) -> tuple[RevisionView, ...]:
    """Return the versions of a page, oldest first; none where there is only one."""
    if len(revisions) < 2:
        return ()
    return tuple(_revision(number, one, shown, words) for number, one in enumerate(revisions, 1))


def changes_view(page: ChangesPage, *, outlets: Outlets, words: Words) -> ChangesView:
    """Return what the page of a change shows, in one language."""
    views = {one.id: one for one in revision_views(page.revisions, page.new.id, words)}
    outlet = outlet_view(page.new.outlet, outlets, words)
    return ChangesView(
        id=page.new.id,
        title=page.new.title or lead_of(page.new),
        outlet=outlet,
        old=views[page.old.id],
        new=views[page.new.id],
        newest=page.revisions[-1].article,
        stretches=tuple(_stretches(page.difference.parts, words)),
        invented=outlet.invented,
    )


def _revision(number: int, one: Revision, shown: ArticleId, words: Words) -> RevisionView:
    change = one.change
    return RevisionView(
        id=one.article,
        number=number,
        when=moment(one.at, words),
        kind=words.text(f"revision.kind.{change.kind}") if change else words.text("web.revision.first"),
        facts=words.listed(words.text(f"revision.fact.{fact}") for fact in change.facts) if change else "",
        amounts=tuple(_amounts(change, words)) if change else (),
        shown=one.article == shown,
    )


def _amounts(change: Change, words: Words) -> Iterator[str]:
    if change.added:
        yield words.text("web.words_added", n=change.added)
    if change.removed:
        yield words.text("web.words_removed", n=change.removed)


def _stretches(parts: Iterable[Part], words: Words) -> Iterator[Stretch]:
    for changed, found in groupby(parts, lambda part: part.is_changed or part.moved):
        views = tuple(_part(part, words) for part in found)
        yield Stretch(changed, views, "" if changed else words.text("web.blocks_same", n=len(views)))


def _part(part: Part, words: Words) -> PartView:
    return PartView(
        label=words.text(f"revision.place.{part.place}") if part.place in _NAMED else "",
        heading=part.place in (Place.TITLE, Place.HEADING),
        moved=part.moved,
        pieces=part.pieces,
        text=f"{part.old} {part.new}",
    )
