"""Nouns to the rows of a store and back. Times are ISO 8601 in UTC with microseconds: text order is time order."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import msgspec

from tawatur.decoding import decoded
from tawatur.model import Article, DocumentId, Kind, OutletKey, RawDocument, StoryHead, StoryId
from tawatur.store.contract import Prepared
from tawatur.stories.profile import Profile

T = TypeVar("T")
Row = Mapping[str, Any]


def stamp(time: datetime) -> str:
    """Return an aware time as text that sorts by time."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def dump(value: object) -> str:
    """Return a noun as JSON."""
    return msgspec.json.encode(value).decode()


def dump_sorted(value: object) -> str:
    """Return a value that holds sets as JSON, the same whatever order they stand in."""
    return msgspec.json.encode(value, order="deterministic").decode()


def load(text: str | bytes, kind: type[T]) -> T:
    """Return the noun that JSON holds."""
    return decoded(text, kind)


def document_row(document: RawDocument) -> dict[str, object]:
    """Return a document as a row of ``documents``."""
    return {
        "id": document.id,
        "origin": document.origin,
        "kind": document.kind.value,
        "url": document.url,
        "charset": document.charset,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "collected": stamp(document.collected),
        "content": zlib.compress(document.content),
    }


def document_of(row: Row) -> RawDocument:
    """Return the document of a row of ``documents``."""
    return RawDocument(
        content=zlib.decompress(row["content"]),
        origin=row["origin"],
        kind=Kind(row["kind"]),
        collected=datetime.fromisoformat(row["collected"]),
        url=row["url"],
        charset=row["charset"],
        outlet=OutletKey(row["outlet"]) if row["outlet"] else None,
        published=date.fromisoformat(row["published"]) if row["published"] else None,
    )


def article_row(article: Article, document: DocumentId) -> dict[str, object]:
    """Return an article as a row of ``articles``."""
    return {
        "id": article.id,
        "document": document,
        "outlet": article.outlet,
        "url": article.url,
        "title": article.title,
        "published": stamp(article.published.at) if article.published.at else None,
        "collected": stamp(article.collected),
        "article": dump(article),
    }


def profile_row(prepared: Prepared) -> dict[str, object]:
    """Return a profile as a row of ``profiles``."""
    return {
        "article": prepared.article.id,
        "time": stamp(prepared.profile.time),
        "clocked": int(prepared.clocked),
        "profile": dump(prepared.profile),
    }


def profile_of(row: Row) -> Profile:
    """Return the profile of a row of ``profiles``, with the row's time."""
    found, time = load(row["profile"], Profile), datetime.fromisoformat(row["time"])
    return found if found.time == time else replace(found, time=time)


def head_row(head: StoryHead) -> dict[str, object]:
    """Return a story's head as the columns of ``stories``."""
    return {
        "id": head.id,
        "title": head.title,
        "lead": head.lead,
        "first": stamp(head.first),
        "latest": stamp(head.latest),
        "day": stamp(head.latest)[:10],
        "reports": head.reports,
        "outlets": dump(head.outlets),
        "independent": head.independent,
        "invented": int(head.invented),
    }


def head_of(row: Row) -> StoryHead:
    """Return the head that stands in the columns of ``stories``."""
    return StoryHead(
        id=StoryId(row["id"]),
        title=row["title"],
        lead=row["lead"],
        first=datetime.fromisoformat(row["first"]),
        latest=datetime.fromisoformat(row["latest"]),
        reports=row["reports"],
        outlets=load(row["outlets"], tuple[OutletKey, ...]),
        independent=row["independent"],
        invented=bool(row["invented"]),
    )


def hour(time: datetime) -> datetime:
    """Return the beginning of a time's hour, in UTC."""
    return time.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def midnight(time: datetime) -> datetime:
    """Return the beginning of a time's day, in UTC."""
    return hour(time).replace(hour=0)
