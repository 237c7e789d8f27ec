"""The page of an outlet and the page of pictures, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tawatur.model import Outlet, Outlets
from tawatur.operating.outlets import Watch
from tawatur.store.names import LeaningTally, OutletTally, Ranked
from tawatur.stories.naming import Lean, NameKind
from tawatur.web.charts.shapes import Chart
from tawatur.web.names import OutletPage, Overview
from tawatur.web.view.charts import flow_chart, matrix_chart
from tawatur.web.view.names import NameView, PlacedView, Way, name_view, placed_view, span
from tawatur.web.view.parts import Link, link, moment, outlet_view
from tawatur.web.view.ways import path_of
from tawatur.web.words import Words

#: How many media of each sort the page names.
MEDIA = 10


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with what it counts, and its share in words where it has one."""

    number: str
    text: str
    share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """How an outlet that is read is doing."""

    health: str
    label: str
    last: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPageView:
    """Everything that an outlet's page shows; ``name`` is None where no story has it yet."""

    key: str
    path: str
    title: str
    about: tuple[str, ...]
    homepage: Link | None
    since: str
    facts: tuple[Fact, ...]
    copies: tuple[Way, ...]
    copied_by: tuple[Way, ...]
    agencies: tuple[Way, ...]
    kin: tuple[Way, ...]
    family: str
    flow: Chart | None
    health: HealthView | None
    name: NameView | None
    invented: bool


def outlet_page_view(key: str, page: OutletPage, *, outlets: Outlets, words: Words) -> OutletPageView:
    """Return the page of an outlet."""
    outlet, shown = outlets.get(key), outlet_view(key, outlets, words)
    copies = [one for one in page.leanings if one.outlet == key and one.lean is not Lean.CREDITS]
    copied = [one for one in page.leanings if one.on == key and one.outlet != key]
    agencies = [one for one in page.leanings if one.outlet == key and one.lean is Lean.CREDITS]
    family = outlet.family if outlet else ""
    return OutletPageView(
        key=key,
        path=path_of(NameKind.OUTLET, key),
        title=shown.name,
        about=_about(outlet, words),
        homepage=link(outlet.homepage) if outlet and not outlet.invented else None,
        since=words.plain_day(page.since),
        facts=_facts(page.tally, words),
        copies=_media(copies, "on", outlets, words),
        copied_by=_media(copied, "outlet", outlets, words),
        agencies=_media(agencies, "on", outlets, words),
        kin=_kin(key, family, outlets, words),
        family=outlets.family_name(family) if family else "",
        flow=flow_chart(page.leanings, outlets=outlets, words=words, since=page.since),
        health=_health(page.watch, words) if page.watch else None,
        name=name_view(page.name, outlets=outlets, words=words) if page.name else None,
        invented=shown.invented,
    )


def _about(outlet: Outlet | None, words: Words) -> tuple[str, ...]:
    """Return what is known of an outlet: its sort, its country, whether it is a government's."""
    if outlet is None:
        return (words.text("naming.outlet.unknown"),)
    told = [words.text(f"naming.outlet.kind.{outlet.kind.value}")]
    if outlet.country:
        told.append(words.country(outlet.country))
    if outlet.state:
        told.append(words.text("naming.outlet.state"))
    return tuple(told)


def _facts(tally: OutletTally, words: Words) -> tuple[Fact, ...]:
    """Return what an outlet did, as numbers with what they count."""
    if not tally.stories:
        return ()
    followed = tally.stories - tally.alone
    return (
        Fact(words.number(tally.stories), words.text("naming.fact.stories")),
        Fact(words.number(tally.reports), words.text("naming.fact.reports")),
        Fact(words.number(tally.first), words.text("naming.fact.first"), _of(tally.first, followed, "followed", words)),
        *([Fact(words.number(tally.perhaps), words.text("naming.fact.perhaps"))] if tally.perhaps else ()),
        Fact(
            words.number(tally.alone),
            words.text("naming.fact.alone"),
            _of(tally.alone, tally.stories, "stories", words),
        ),
        Fact(
            words.number(tally.leaning),
            words.text("naming.fact.leaning"),
            _of(tally.leaning, tally.reports, "reports", words),
        ),
    )


def _of(part: int, whole: int, what: str, words: Words) -> str:
    return words.text(f"naming.share.{what}", share=words.percent(min(part / whole, 1.0))) if whole else ""


def _media(found: Iterable[LeaningTally], end: str, outlets: Outlets, words: Words) -> tuple[Way, ...]:
    """Return the media at one end of leanings, those with most reports first."""
    counted: dict[str, int] = {}
    named: dict[str, str] = {}
    for one in found:
        key = getattr(one, end)
        counted[key] = counted.get(key, 0) + one.reports
        named[key] = one.name if end == "on" else one.outlet
    ranked = sorted(counted, key=lambda key: (-counted[key], key))[:MEDIA]
    return tuple(_way(key, named[key], words.text("picture.reports", n=counted[key]), outlets, words) for key in ranked)


def _way(key: str, name: str, count: str, outlets: Outlets, words: Words) -> Way:
    if outlets.get(key) is None:
        return Way(name, "", count)
    return Way(outlet_view(key, outlets, words).name, path_of(NameKind.OUTLET, key), count)


def _kin(key: str, family: str, outlets: Outlets, words: Words) -> tuple[Way, ...]:
    kin = [one for one in outlets.known if family and one.family == family and one.key != key]
    return tuple(Way(outlet_view(one.key, outlets, words).name, path_of(NameKind.OUTLET, one.key)) for one in kin)


def _health(watch: Watch, words: Words) -> HealthView:
    last = moment(watch.last, words) if watch.last else None
    return HealthView(
        health=watch.health.value,
        label=words.text(f"operations.health.{watch.health.value}"),
        last=words.text("picture.moment", day=last.day, clock=last.clock) if last else "",
        expected=words.text("naming.outlet.a_day", n=round(watch.a_day)) if watch.a_day and watch.a_day >= 1 else "",
    )


# --- The page of pictures ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """The page of pictures."""

    week: str
    stories: tuple[Way, ...]
    matrix: Chart | None
    flow: Chart | None
    topics: tuple[PlacedView, ...]
    people: tuple[Way, ...]
    invented: bool = False


def overview_view(page: Overview, *, outlets: Outlets, words: Words) -> OverviewView:
    """Return the page of pictures."""
    shown = [story for story in page.stories if story.id in page.reported]
    until = page.week[1] if page.week else None
    return OverviewView(
        week=span(page.week, words) if page.week else "",
        stories=tuple(Way(one.title, f"/story/{one.id}") for one in shown),
        matrix=matrix_chart(page.stories, page.reported, outlets=outlets, words=words),
        flow=flow_chart(page.leanings, outlets=outlets, words=words, since=page.since) if page.since else None,
        topics=tuple(placed_view(one, until, outlets, words) for one in page.topics) if until else (),
        people=_ways(page.people, words),
    )


def _ways(found: Iterable[Ranked], words: Words) -> tuple[Way, ...]:
    return tuple(
        Way(one.head.name, path_of(one.head.kind, one.head.key), words.text("picture.reports", n=one.reports))
        for one in found
    )
