"""What the worker processes do: documents to articles with what they say. Each process has the outlets, and reads the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tawatur import pipeline
from tawatur.extract.decode import is_binary
from tawatur.extract.kinds import detect
from tawatur.extract.repeated import nothing
from tawatur.model import Kind, OutletKey, Outlets, RawDocument, Rejected
from tawatur.store import Prepared, Store, open_store
from tawatur.understand import Analyzer
from tawatur.understand import analyze as fast

_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document with what came out of it, ready to be kept."""

    document: RawDocument
    prepared: tuple[Prepared, ...]
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class _Room:
    """What a process has at hand."""

    outlets: Outlets
    store: Store | None
    analyze: Analyzer


_ROOM = _Room(Outlets(), None, fast)


def begin(outlets: Outlets, store: str | Path | None, analyzer: Callable[[], Analyzer]) -> None:
    """Furnish this process. ``store`` is only read: for what was learned of an outlet's lines. ``analyzer`` loads its models."""
    _ROOM.outlets = outlets
    _ROOM.analyze = analyzer()
    _ROOM.store = open_store(store) if store else None


def prepare(document: RawDocument) -> Made:
    """Return what comes out of a document."""
    repeated = _ROOM.store.repeated if _ROOM.store else nothing
    prepared, rejected = pipeline.prepare(document, _ROOM.outlets, repeated, analyze=_ROOM.analyze)
    return Made(document=document, prepared=prepared, rejected=rejected)


def prepare_page(
    content: bytes,
    *,
    url: str,
    content_type: str,
    charset: str | None,
    outlet: OutletKey,
    collected: datetime,
    day: date | None,
) -> Made | Rejected:
    """Return what comes out of a page that was fetched.

    Args:
        content: its bytes, unpacked.
        url: where it stands, behind all redirects.
        content_type, charset: as its header declares them.
        day: of publication, as its source states it; the page's own word counts before it.
    """
    if not content.strip():
        return Rejected(origin=url, reason="empty")
    kind = Kind.HTML if content_type in _HTML and not is_binary(content) else detect(content, url)
    if kind is None:
        return Rejected(origin=url, reason="binary" if is_binary(content) else "unknown_kind", detail=content_type)
    return prepare(
        RawDocument(
            content=content,
            origin=url,
            kind=kind,
            collected=collected,
            url=url,
            charset=charset,
            outlet=outlet,
            published=day,
        )
    )


def by_rules() -> Analyzer:
    """Return the analyser of a process for which no other is chosen."""
    return fast
