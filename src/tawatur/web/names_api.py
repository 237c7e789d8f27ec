"""Names in the JSON interface: who and what the news is about, and what each outlet does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query

from tawatur.store.names import LeaningTally, NameHead, Ranked, Reported, RoleSpan
from tawatur.stories.naming import NameKind
from tawatur.web.names import SAID_PAGES, NameReading, OutletPage, Overview, SaidIn
from tawatur.web.turns import InTurn

_MISSING: dict[int | str, dict[str, object]] = {300: {}, 404: {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameItem:
    """A name in a list. ``doubtful`` of its stories are tied to it by nothing but the name."""

    kind: str
    key: str
    name: str
    stories: int
    doubtful: int
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedItem:
    """A name with how much was told of it: reports and independent sources, or, beside another name, stories of both."""

    name: NameItem
    reports: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The names of a kind: those most told of from ``since`` to ``until``, and a part of all by key, going on behind ``more``."""

    since: date | None
    until: date | None
    most: tuple[RankedItem, ...]
    listed: tuple[NameItem, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleItem:
    """A role as stories word it, with when it was given and by whom."""

    text: str
    stories: int
    first: datetime
    latest: datetime
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidItem:
    """A statement: where it stands, its chain (nearest to the speaker first), and the outlets that have its words."""

    text: str
    kind: str
    claim: str
    speaker: str
    via: tuple[str, ...]
    at: datetime
    article: str
    story: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidList:
    """One page of the statements of a name."""

    said: tuple[SaidItem, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayItem:
    """How much was told on one day."""

    day: date
    reports: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingItem:
    """A story that has the name; ``reports`` of it name it, of ``sources`` independent ones."""

    story: str
    title: str
    latest: datetime
    reports: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDetail:
    """All that is told of a name. ``beside`` are the names of its newest stories."""

    name: NameItem
    forms: tuple[str, ...]
    namesakes: tuple[NameItem, ...]
    roles: tuple[RoleItem, ...]
    said: tuple[SaidItem, ...]
    stories: tuple[NamingItem, ...]
    older: str | None
    beside: tuple[RankedItem, ...]
    days: tuple[DayItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaningItem:
    """So many reports of an outlet lean on a medium: "copies", "names" or "credits"."""

    outlet: str
    on: str
    name: str
    lean: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletDetail:
    """What an outlet did since a day, and what is told of it."""

    key: str
    since: date
    stories: int
    reports: int
    first: int
    perhaps: int
    alone: int
    leaning: int
    leanings: tuple[LeaningItem, ...]
    health: str | None
    name: NameDetail | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedItem:
    """What an outlet did in a story."""

    story: str
    outlet: str
    reports: int
    first: bool
    doubtful: bool
    leaning: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewItem:
    """The data of the page of pictures."""

    since: date | None
    until: date | None
    reported: tuple[ReportedItem, ...]
    leanings: tuple[LeaningItem, ...]
    topics: tuple[RankedItem, ...]
    people: tuple[RankedItem, ...]


def way(head: NameHead) -> str:
    """Return where a name stands in the interface, behind "/api"."""
    return f"/names/{head.kind.value}/{quote(head.key, safe='')}"


def routes(reading: NameReading) -> APIRouter:
    """Return the routes of names."""
    router = APIRouter(route_class=InTurn)

    @router.get("/api/names/{kind}", summary="The names of a kind: the week's most told of, and all by key")
    def listed(
        kind: NameKind, behind: str = "", q: Annotated[str, Query(max_length=60, description="How it begins")] = ""
    ) -> NameList:
        page = reading.index(kind, now=_today(), behind=behind, asked=q.strip())
        return NameList(
            since=page.week[0] if page.week else None,
            until=page.week[1] if page.week else None,
            most=tuple(_ranked(one.ranked) for one in page.most),
            listed=tuple(map(_item, page.listed)),
            more=page.more,
        )

    @router.get("/api/names/{kind}/{key}", summary="What is told of a name", responses=_MISSING)
    def name(kind: NameKind, key: str, before: str | None = None) -> NameDetail:
        return _detail(reading, kind, key, before)

    @router.get("/api/names/{kind}/{key}/said", summary="What a person or body is quoted with", responses=_MISSING)
    def said(kind: NameKind, key: str, page: Annotated[int, Query(ge=1, le=SAID_PAGES)] = 1) -> SaidList:
        _, found, more = reading.said(kind, key, page=page)
        return SaidList(said=tuple(map(_said, found)), more=more)

    @router.get("/api/outlets/{key}", summary="What an outlet does, and who leans on whom", responses={404: {}})
    def outlet(key: Annotated[str, Path(max_length=200)]) -> OutletDetail:
        return _outlet(reading, key, reading.outlet(key, now=_today()))

    @router.get("/api/charts", summary="The data of the pictures of the whole")
    def charts() -> OverviewItem:
        return _overview(reading.overview(now=_today()))

    return router


def _today() -> date:
    return datetime.now(UTC).date()


def _item(head: NameHead) -> NameItem:
    return NameItem(
        kind=head.kind.value,
        key=head.key,
        name=head.name,
        stories=head.stories,
        doubtful=head.doubtful,
        country=head.country,
    )


def _ranked(one: Ranked) -> RankedItem:
    return RankedItem(name=_item(one.head), reports=one.reports, sources=one.sources)


def _role(one: RoleSpan) -> RoleItem:
    return RoleItem(text=one.text, stories=one.stories, first=one.first, latest=one.latest, outlets=one.outlets)


def _said(one: SaidIn) -> SaidItem:
    statement = one.statement
    return SaidItem(
        text=statement.text,
        kind=statement.kind.value,
        claim=statement.claim.value,
        speaker=statement.speaker,
        via=statement.via,
        at=one.row.at,
        article=one.row.article,
        story=one.row.story,
        outlets=one.row.outlets,
    )


def _detail(reading: NameReading, kind: NameKind, key: str, before: str | None) -> NameDetail:
    page = reading.name(kind, key, now=_today(), before=before)
    return NameDetail(
        name=_item(page.head),
        forms=page.forms,
        namesakes=tuple(map(_item, page.namesakes)),
        roles=tuple(map(_role, page.roles)),
        said=tuple(map(_said, page.said)),
        stories=tuple(
            NamingItem(
                story=one.head.id,
                title=one.head.title,
                latest=one.head.latest,
                reports=one.reports,
                sources=one.sources,
            )
            for one in page.stories
        ),
        older=page.older,
        beside=tuple(_ranked(one) for found in page.company.values() for one in found),
        days=tuple(DayItem(day=day, reports=one.reports, sources=one.sources) for day, one in page.days.items()),
    )


def _outlet(reading: NameReading, key: str, page: OutletPage) -> OutletDetail:
    return OutletDetail(
        key=key,
        since=page.since,
        stories=page.tally.stories,
        reports=page.tally.reports,
        first=page.tally.first,
        perhaps=page.tally.perhaps,
        alone=page.tally.alone,
        leaning=page.tally.leaning,
        leanings=tuple(map(_leaning, page.leanings)),
        health=page.watch.health.value if page.watch else None,
        name=_detail(reading, NameKind.OUTLET, key, None) if page.name else None,
    )


def _leaning(one: LeaningTally) -> LeaningItem:
    return LeaningItem(outlet=one.outlet, on=one.on, name=one.name, lean=one.lean.value, reports=one.reports)


def _overview(page: Overview) -> OverviewItem:
    return OverviewItem(
        since=page.week[0] if page.week else None,
        until=page.week[1] if page.week else None,
        reported=tuple(_reported(story, one) for story, told in page.reported.items() for one in told),
        leanings=tuple(map(_leaning, page.leanings)),
        topics=tuple(_ranked(one.ranked) for one in page.topics),
        people=tuple(map(_ranked, page.people)),
    )


def _reported(story: str, one: Reported) -> ReportedItem:
    return ReportedItem(
        story=story,
        outlet=one.outlet,
        reports=one.reports,
        first=one.first,
        doubtful=one.doubtful,
        leaning=one.leaning,
    )
