"""The front page: stories by day, the first of all as the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import groupby

from tawatur.model import Outlets, StoryHead
from tawatur.web.reading import FrontPage
from tawatur.web.view.grid import COLUMNS, widths
from tawatur.web.view.parts import OutletView, Sources, iso, outlet_view
from tawatur.web.words import Words

#: How many outlets a card names before it counts the rest.
NAMED = 4
#: How many stories stand beside the lead.
BESIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story as a list shows it."""

    id: str
    title: str
    lead: str
    clock: str
    iso: str
    sources: Sources
    named: tuple[OutletView, ...]
    unnamed: int
    width: int = COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The stories of one day (``iso`` is "" for those without one).

    ``lead`` and ``beside`` are only filled on one day of the first page.
    """

    title: str
    iso: str
    lead: Card | None
    beside: tuple[Card, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front page."""

    days: tuple[Day, ...]
    invented: bool


def front_view(page: FrontPage, *, outlets: Outlets, words: Words, with_lead: bool) -> FrontView:
    """Return the stories of a page by the day of their latest report, those without a day behind all others.

    ``with_lead`` gives a lead: the first story that several independent sources tell, or the first of all.
    """
    dated = [head for head in page.heads if head.id not in page.undated]
    groups = [(day, list(group)) for day, group in groupby(dated, key=lambda head: head.latest.date())]
    leading = _leading([group for _, group in groups]) if with_lead else None
    days = tuple(
        _day(
            words.day(day), iso(day), [card(head, outlets, words) for head in group], 1 + BESIDE if at == leading else 0
        )
        for at, (day, group) in enumerate(groups)
    )
    undated = [replace(card(head, outlets, words), clock="") for head in page.heads if head.id in page.undated]
    if undated:
        days = (*days, _day(words.text("web.day_unknown"), "", undated, 0))
    return FrontView(days, any(head.invented for head in page.heads))


def _leading(days: Sequence[Sequence[StoryHead]]) -> int | None:
    """Return which day opens the page with its first story; a day that only single sources tell waits for a better one."""
    return next((at for at, day in enumerate(days) if day[0].independent > 1), 0 if days else None)


def card(head: StoryHead, outlets: Outlets, words: Words) -> Card:
    """Return a story as a list shows it, as wide as the page."""
    named = tuple(outlet_view(key, outlets, words) for key in head.outlets[:NAMED])
    return Card(
        id=head.id,
        title=head.title,
        lead=head.lead,
        clock=_clock(head.latest, words),
        iso=head.latest.isoformat(),
        sources=Sources(len(head.outlets), head.independent),
        named=named,
        unnamed=len(head.outlets) - len(named),
    )


def _day(title: str, machine: str, cards: list[Card], leads: int) -> Day:
    """Return a day whose first ``leads`` cards are the lead and those beside it."""
    rest = cards[leads:]
    return Day(
        title=title,
        iso=machine,
        lead=cards[0] if leads else None,
        beside=tuple(cards[1:leads]),
        cards=tuple(replace(card, width=width) for card, width in zip(rest, widths(len(rest)), strict=True)),
    )


def _clock(at: datetime, words: Words) -> str:
    """Return the clock time of a story; a report of which only the day is known stands at midnight sharp."""
    return "" if at.time() == time() else words.clock(at)
