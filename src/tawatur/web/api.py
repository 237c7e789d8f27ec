"""A small read-only JSON interface: lists of stories, one story, the versions of a report, and whether the service is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from tawatur.ids import ArticleId, StoryId
from tawatur.model import Report, StoryHead
from tawatur.operating.outlets import operations
from tawatur.stories.revision import Revision
from tawatur.web.account_api import AccountItem, RewritingItem, account_item, rewriting_item
from tawatur.web.affair_api import ChainItem, chain_items
from tawatur.web.agreement_api import AgreementItem, WhyItem, agreement_item
from tawatur.web.copies_api import CopyItem, FirstItem, copy_items, first_item
from tawatur.web.operations_api import OperationsItem, operations_item
from tawatur.web.reading import ChangesPage, Reading, StoryPage
from tawatur.web.turns import InTurn

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """A story in a list. Times are ISO 8601 in UTC; ``sources`` are outlets, of which ``independent`` stand alone."""

    id: str
    title: str
    lead: str
    first: datetime
    latest: datetime
    reports: int
    outlets: tuple[str, ...]
    independent: int
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """Some stories, and behind which story the next list begins (None at the end)."""

    stories: tuple[StoryItem, ...]
    older: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One report of a story."""

    id: str
    outlet: str
    url: str | None
    title: str
    published: datetime | None
    certainty: str
    agency: str
    why: WhyItem


@dataclass(frozen=True, slots=True, kw_only=True)
class DependenceItem:
    """Why a report is no source of its own, with the evidence: the share of words, the credit as published."""

    article: str
    on: str
    reason: str
    detail: str
    share: float
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDetail:
    """A whole story. ``day`` is the day of the happening; ``certainty`` says how it is known."""

    id: str
    title: str
    day: datetime | None
    certainty: str
    outlets: int
    independent: int
    invented: bool
    reports: tuple[ReportItem, ...]
    dependences: tuple[DependenceItem, ...]
    account: AccountItem
    rewriting: RewritingItem | None  # by a model, of the account above
    agreement: AgreementItem
    sources: tuple[tuple[str, ...], ...]
    copies: tuple[CopyItem, ...]
    first: FirstItem | None
    affair: tuple[ChainItem, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """What a version changed of the one before it: the kind, the facts it touches, how many words."""

    kind: str
    facts: tuple[str, ...]
    added: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionItem:
    """One version of a report's page; ``at`` is when the page stood so. The first one has no ``change``."""

    article: str
    at: datetime
    change: ChangeItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionList:
    """All versions of a report's page, oldest first; none where it has no address."""

    revisions: tuple[RevisionItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceItem:
    """Some words in a row: "same", "added" or "removed"."""

    op: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartItem:
    """One block of either version, with where it belongs and whether it moved."""

    place: str
    moved: bool
    pieces: tuple[PieceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between two versions, in the order of the newer one."""

    before: str
    article: str
    parts: tuple[PartItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The service answers, and its store holds this much."""

    status: str
    articles: int
    stories: int


def routes(reading: Reading) -> APIRouter:
    """Return the routes of the interface."""
    router = APIRouter(route_class=InTurn)

    @router.get("/api/stories", summary="Stories, newest day first, then most independently reported")
    def stories(limit: Annotated[int, Query(ge=1, le=MOST)] = 24, before: str | None = None) -> StoryList:
        page = reading.by_day(limit=limit, before=StoryId(before) if before else None)
        return StoryList(stories=tuple(map(_item, page.heads)), older=page.older)

    @router.get("/api/stories/{story}", summary="One story with its reports", responses={404: {}})
    def story(story: str) -> StoryDetail:
        return _detail(reading.story(StoryId(story), outlets=reading.outlets()))

    @router.get("/api/articles/{article}/revisions", summary="The versions of a report's page", responses={404: {}})
    def revisions(article: str) -> RevisionList:
        return RevisionList(revisions=tuple(map(_revision, reading.article(ArticleId(article)).revisions)))

    @router.get(
        "/api/articles/{article}/changes", summary="What a version changed of the last one", responses={404: {}}
    )
    def changes(article: str) -> Changes:
        return _changes(reading.changes(ArticleId(article)))

    @router.get("/api/operations", summary="How the outlets are that are read, and what came of it in the last day")
    def how() -> OperationsItem:
        return operations_item(operations(reading.app.store, datetime.now(UTC)))

    @router.get("/healthz", summary="Whether the service can read its store")
    def healthz() -> Health:
        counts = reading.app.store.counts()
        return Health(status="ok", articles=counts.articles, stories=counts.stories)

    return router


def _item(head: StoryHead) -> StoryItem:
    return StoryItem(
        id=head.id,
        title=head.title,
        lead=head.lead,
        first=head.first,
        latest=head.latest,
        reports=head.reports,
        outlets=head.outlets,
        independent=head.independent,
        invented=head.invented,
    )


def _detail(page: StoryPage) -> StoryDetail:
    story = page.story
    return StoryDetail(
        id=story.id,
        title=story.title,
        day=story.day.at,
        certainty=story.day.certainty.value,
        outlets=story.outlets,
        independent=story.independent,
        invented=page.head.invented,
        reports=tuple(map(_report, story.reports)),
        dependences=tuple(
            DependenceItem(
                article=one.article,
                on=one.on,
                reason=one.reason,
                detail=one.detail,
                share=one.share,
                quote=one.quote,
            )
            for one in story.dependences
        ),
        account=account_item(page.telling.account),
        rewriting=rewriting_item(page.rewriting),
        agreement=agreement_item(page.telling.agreement),
        sources=story.sources,
        copies=copy_items(page.story, page.telling),
        first=first_item(page.telling.first),
        affair=chain_items(page.affair),
        related=tuple(related.head.id for related in page.related),
    )


def _report(report: Report) -> ReportItem:
    article = report.article
    return ReportItem(
        id=article.id,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        published=article.published.at,
        certainty=article.published.certainty.value,
        agency=article.agency,
        why=WhyItem(key=report.why.key, score=report.why.score, terms=report.why.terms),
    )


def _revision(one: Revision) -> RevisionItem:
    change = one.change
    item = (
        ChangeItem(kind=change.kind, facts=tuple(change.facts), added=change.added, removed=change.removed)
        if change
        else None
    )
    return RevisionItem(article=one.article, at=one.at, change=item)


def _changes(page: ChangesPage) -> Changes:
    parts = (
        PartItem(
            place=part.place,
            moved=part.moved,
            pieces=tuple(PieceItem(op=piece.op, text=piece.text) for piece in part.pieces),
        )
        for part in page.difference.parts
    )
    return Changes(before=page.old.id, article=page.new.id, parts=tuple(parts))
