"""Bytes to articles: decoding, telling pages from feeds and lines, splitting, updates, residue, dates.

``extract`` is the way in. What cannot become an article is a ``Rejected`` with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tawatur.extract import feed, jsonl, page, plaintext
from tawatur.extract.decode import decode
from tawatur.extract.repeated import Repeated, nothing, without
from tawatur.model import Article, Kind, Outlets, RawDocument, Rejected

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gives: its articles, and what could not become one."""

    articles: tuple[Article, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class _Reader(Protocol):
    """How each kind is read: text in, articles and rejections out, in page order."""

    def __call__(
        self, text: str, document: RawDocument, *, outlets: Outlets, latest: date
    ) -> tuple[Article | Rejected, ...]: ...


def extract(document: RawDocument, *, outlets: Outlets, latest: date, repeated: Repeated = nothing) -> Extraction:
    """Return the articles of a document, in page order.

    Args:
        document: bytes with their kind.
        outlets: the outlets that are known: hosts, names, agency credits.
        latest: the latest possible day of publication: the day of reading.
        repeated: what was seen of the outlet's lines before; without it, only what is known of all pages is taken out.
    """
    if not document.content.strip():
        return Extraction(rejected=(Rejected(origin=document.origin, reason="empty"),))
    text = decode(document)
    if text is None:
        return Extraction(rejected=(Rejected(origin=document.origin, reason="undecodable"),))
    found = _READERS[document.kind](text, document, outlets=outlets, latest=latest)
    return Extraction(
        tuple(without(one, repeated, outlets) for one in found if isinstance(one, Article)),
        tuple(one for one in found if isinstance(one, Rejected)),
    )


_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: plaintext.articles,
    Kind.HTML: page.articles,
    Kind.FEED: feed.articles,
    Kind.JSONL: jsonl.articles,
}
