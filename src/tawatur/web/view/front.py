"""The front page and the pages of sections: stories as cards, by weight, the heaviest as the lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from tawatur.model import Outlets, StoryHead, StoryId
from tawatur.store.headlines import Headline
from tawatur.store.reads import ReadState
from tawatur.stories.glance import Glance
from tawatur.web.fronting import BESIDE, LEADING, Front, Listing
from tawatur.web.view.grid import COLUMNS, widths
from tawatur.web.view.parts import OutletView, Sources, outlet_view
from tawatur.web.view.picture import PictureView, picture_view
from tawatur.web.words import Words

States = Mapping[StoryId, ReadState]
#: How many outlets a card names before it counts the rest.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Split:
    """A difference between the sources of a story: what is counted ("" where that is not known), and the values."""

    about: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story as a list shows it. ``when`` is in words, "" where no report says it."""

    id: str
    title: str
    lead: str
    when: str
    iso: str
    sources: Sources
    named: tuple[OutletView, ...]
    unnamed: int
    section: str = ""
    differ: int = 0
    alone: int = 0
    split: Split | None = None
    width: int = COLUMNS
    state: str = ""  # of a reader who is signed in: "unread", "read" or "changed"
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with some of its stories."""

    key: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """The front page: the lead with the stories ``beside`` and ``under`` it, then the lists."""

    lead: Card | None
    beside: tuple[Card, ...]
    under: tuple[Card, ...]
    grid: tuple[Card, ...]
    newest: tuple[Card, ...]
    widest: tuple[Card, ...]
    lone: tuple[Card, ...]
    sections: tuple[SectionView, ...]
    older: str | None
    invented: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list of stories."""

    cards: tuple[Card, ...]
    older: str | None
    invented: bool


def front_view(
    page: Front,
    *,
    outlets: Outlets,
    words: Words,
    now: datetime,
    states: States | None = None,
    pictured: bool = False,
) -> FrontView:
    """Return the front page in one language; times are told as they are at ``now``, ``states`` how its reader stands to stories.

    ``pictured``: the stories that lead it have their pictures.
    """

    def cards(found: Iterable[Headline]) -> tuple[Card, ...]:
        return _cards(found, outlets, words, now, states)

    top = cards(page.top.found)
    if pictured:
        leading = zip(top[:LEADING], page.top.found, strict=False)
        top = (*(_pictured(card, one.glance, outlets, words) for card, one in leading), *top[LEADING:])
    return FrontView(
        lead=top[0] if top else None,
        beside=top[1 : 1 + BESIDE],
        under=top[1 + BESIDE : LEADING],
        grid=spread(top[LEADING:]),
        newest=cards(page.newest),
        widest=cards(page.widest),
        lone=cards(page.lone),
        sections=tuple(SectionView(key, section_title(key, words), cards(found)) for key, found in page.sections),
        older=page.top.older,
        invented=any(one.head.invented for one in (*page.top.found, *page.newest)),
    )


def _pictured(card: Card, seen: Glance, outlets: Outlets, words: Words) -> Card:
    """Give a card the picture that leads its story, which came with the row of the list."""
    if seen.picture is None:
        return card
    return replace(card, picture=picture_view(seen.picture, outlets=outlets, words=words))


def list_view(
    page: Listing, *, outlets: Outlets, words: Words, now: datetime, states: States | None = None
) -> ListView:
    """Return one page of a list in one language."""
    cards = _cards(page.found, outlets, words, now, states)
    return ListView(spread(cards), page.older, any(one.head.invented for one in page.found))


def _cards(
    found: Iterable[Headline], outlets: Outlets, words: Words, now: datetime, states: States | None
) -> tuple[Card, ...]:
    known = states or {}
    return tuple(
        card(one.head, outlets, words, glance=one.glance, now=now, state=known.get(one.head.id)) for one in found
    )


def spread(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return cards that share the columns of the page without holes."""
    return tuple(replace(card, width=width) for card, width in zip(cards, widths(len(cards)), strict=True))


def section_title(key: str, words: Words) -> str:
    """Return what a section is called."""
    return words.text(f"section.{key}")


def card(
    head: StoryHead,
    outlets: Outlets,
    words: Words,
    *,
    glance: Glance | None = None,
    now: datetime | None = None,
    section: str = "",
    state: ReadState | None = None,
) -> Card:
    """Return a story as a list shows it, as wide as the page."""
    seen = glance or Glance(section=section)
    named = tuple(outlet_view(key, outlets, words) for key in head.outlets[:NAMED])
    return Card(
        id=head.id,
        title=head.title,
        lead=head.lead,
        when=_when(head.latest, words, now or datetime.now(UTC)) if seen.lent is None else "",
        iso=head.latest.isoformat(),
        sources=Sources(len(head.outlets), head.independent),
        named=named,
        unnamed=len(head.outlets) - len(named),
        section=section_title(seen.section, words) if seen.section else "",
        differ=seen.differ,
        alone=seen.alone,
        split=_split(seen, words),
        state=state.value if state else "",
    )


def _split(glance: Glance, words: Words) -> Split | None:
    key = f"figure.{glance.about}"
    return Split(words.text(key) if key in words.messages else "", glance.split) if glance.split else None


def _when(at: datetime, words: Words, now: datetime) -> str:
    """Return when a story's latest report appeared: the clock's time today, else the day with it.

    A report of which only the day is known stands at midnight sharp.
    """
    at = at.astimezone(UTC)
    clock = "" if at.time() == time() else words.clock(at)
    if at.date() == now.date() and clock:
        return clock
    day = words.short_day(at.date(), year=at.year != now.year)
    return words.text("front.day_clock", day=day, clock=clock) if clock else day
