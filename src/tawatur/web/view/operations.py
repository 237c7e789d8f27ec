"""The page of the sources in words: health, rhythm, bars of the last day, reasons of failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_timedelta

from tawatur.model import Outlets
from tawatur.operating.outlets import HOURS, Health, Operations, Watch
from tawatur.source import SourceState, Tally
from tawatur.store.sources import Trouble
from tawatur.web.view.parts import Link, OutletView, link, outlet_view
from tawatur.web.words import Words

#: Bars are drawn in a box of this height; each hour has a place of this width.
HEIGHT, STEP = 32, 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour: where its bar begins from the top, and how high it is; ``failed`` of an hour in which nothing else came."""

    x: int
    y: float
    height: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of the last hours, with the same in words."""

    bars: tuple[Bar, ...]
    text: str
    width: int = HOURS * STEP
    height: int = HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source: where it stands, when it was and will be asked, why then, and what fails."""

    address: Link | None
    text: str
    error: str
    reason: str
    asked: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCard:
    """One outlet."""

    outlet: OutletView
    health: str
    label: str
    since: str
    last: str
    expected: str
    got: str
    waiting: str
    chart: Chart
    troubles: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the summary with what it counts."""

    number: str
    text: str
    alarming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The outlets of one health, with what that means."""

    health: str
    title: str
    about: str
    cards: tuple[OutletCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsView:
    """The whole page. ``groups`` are outlets by health, the worst first."""

    at: str
    verdict: str
    figures: tuple[Figure, ...]
    chart: Chart
    groups: tuple[Group, ...]


def operations_view(found: Operations, *, outlets: Outlets, words: Words) -> OperationsView:
    """Return the page in one language."""
    cards = [(one.health, card(one, found.at, outlets, words)) for one in found.outlets]
    groups = tuple(
        Group(
            health=health.value,
            title=words.text(f"operations.group.{health.value}"),
            about=words.text(f"operations.about.{health.value}"),
            cards=of_health,
        )
        for health in Health
        if (of_health := tuple(made for its, made in cards if its is health))
    )
    return OperationsView(
        at=words.text("operations.at", day=words.day(found.at.date()), clock=words.clock(found.at)),
        verdict=_verdict(found, words),
        figures=_figures(found, words),
        chart=chart(found.hours, found.at, words),
        groups=groups,
    )


def _verdict(found: Operations, words: Words) -> str:
    need = found.count(Health.FAILING, Health.SILENT, Health.PARTLY)
    if not found.outlets:
        return words.text("operations.verdict.none")
    return words.text("operations.verdict.need", n=need) if need else words.text("operations.verdict.well")


def _figures(found: Operations, words: Words) -> tuple[Figure, ...]:
    done = sum(found.hours, Tally())
    waiting = sum(one.waiting for one in found.outlets)
    failing, silent = found.count(Health.FAILING), found.count(Health.SILENT)
    return (
        Figure(words.number(len(found.outlets)), words.text("operations.figure.outlets")),
        Figure(words.number(failing), words.text("operations.figure.failing"), failing > 0),
        Figure(words.number(silent), words.text("operations.figure.silent"), silent > 0),
        Figure(words.number(done.articles), words.text("operations.figure.articles")),
        Figure(words.number(waiting), words.text("operations.figure.waiting")),
        Figure(words.number(done.asked + done.pages), words.text("operations.figure.requests")),
        Figure(words.number(done.failed), words.text("operations.figure.failed")),
    )


def card(one: Watch, now: datetime, outlets: Outlets, words: Words) -> OutletCard:
    """Return one outlet in words."""
    troubled = one.health in (Health.FAILING, Health.SILENT, Health.PARTLY)
    return OutletCard(
        outlet=outlet_view(one.outlet, outlets, words),
        health=one.health.value,
        label=words.text(f"operations.health.{one.health.value}"),
        since=_since(one, now, words) if troubled else "",
        last=words.text("operations.last", ago=ago(now - one.last, words)) if one.last else "",
        expected="" if one.a_day is None else words.text("operations.expected", a_day=words.number(amount(one.a_day))),
        got=words.text("operations.got", n=one.done.articles),
        waiting=words.text("operations.waiting", n=one.waiting) if one.waiting else "",
        chart=chart(one.hours, now, words),
        troubles=tuple(trouble(its, words) for its in one.troubles),
        sources=tuple(source_line(its, now, words) for its in one.sources),
        open=troubled,
    )


def _since(one: Watch, now: datetime, words: Words) -> str:
    return words.text(f"operations.since.{one.health.value}", span=span(now - one.since, words)) if one.since else ""


def trouble(one: Trouble, words: Words) -> str:
    """Return a failure in words, with how often it happened."""
    return words.text(
        "operations.trouble", reason=words.text(one.reason), times=words.text("operations.times", n=one.count)
    )


def source_line(state: SourceState, now: datetime, words: Words) -> SourceLine:
    """Return one source in words."""
    values = {name: str(value) if name != "n" else value for name, value in state.reason.values.items()}
    return SourceLine(
        address=link(state.address),
        text=state.address,
        error=words.text(state.error) if state.error else "",
        reason=words.text(f"schedule.{state.reason.key}", **values),
        asked=words.text("operations.asked", ago=ago(now - state.asked, words)) if state.asked else "",
        next=words.text("operations.next", ago=ago(now - state.next_at, words)) if state.next_at > now else "",
    )


def chart(hours: Sequence[Tally], now: datetime, words: Words) -> Chart:
    """Return the articles of each hour as bars. An hour of nothing but failures has a low mark of its own."""
    most = max((hour.articles for hour in hours), default=0)
    bars = tuple(bar for at, hour in enumerate(hours) if (bar := _bar(at, hour, most)))
    got = words.text("operations.got", n=sum(hour.articles for hour in hours))
    if not most:
        return Chart(bars, got)
    best = max(range(len(hours)), key=lambda at: hours[at].articles)
    clock = words.clock(now - timedelta(hours=len(hours) - 1 - best, minutes=now.minute))
    return Chart(bars, words.text("operations.chart", got=got, most=most, clock=clock))


def _bar(at: int, hour: Tally, most: int) -> Bar | None:
    if hour.articles:
        height = round(max(3.0, HEIGHT * hour.articles / most), 1)
        return Bar(at * STEP, HEIGHT - height, height)
    return Bar(at * STEP, HEIGHT - 3, 3, failed=True) if hour.failed else None


def ago(delta: timedelta, words: Words) -> str:
    """Return how long ago something was, or, where it is negative, until something is: "3 hours ago"."""
    return words.number(format_timedelta(-delta, add_direction=True, locale=words.language))


def span(delta: timedelta, words: Words) -> str:
    """Return how long something lasts: "3 hours"."""
    return words.number(format_timedelta(delta, locale=words.language))


def amount(a_day: float) -> str:
    """Return a rate without a false precision."""
    return f"{a_day:.0f}" if a_day >= 3 else f"{a_day:.1f}"
