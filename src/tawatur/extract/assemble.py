"""From the parts of an article to the article: its id, its outlet, its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tawatur.extract import published, update_times
from tawatur.extract.address import address
from tawatur.extract.compose import Draft
from tawatur.model import (
    Article,
    ArticleId,
    BlockKind,
    Certainty,
    OutletKey,
    Outlets,
    Picture,
    Published,
    RawDocument,
    content_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page's metadata, a feed's entry or a JSON line says beside the text."""

    id: str = ""
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    url: str | None = None
    outlet: str = ""
    published: Published | None = None
    picture: Picture | None = None


def article(draft: Draft, told: Told, *, document: RawDocument, outlets: Outlets) -> Article:
    """Return the article of a draft; what is told counts before what the text shows. Its day may be unknown still."""
    url = told.url or address(document.url)
    outlet = outlet_of(document, outlets, url=url, told=told.outlet)
    title = told.title or draft.title
    text = "\n".join(block.text for block in draft.blocks)
    return Article(
        id=ArticleId(told.id or content_id(outlet, url or "", title, text)),
        outlet=outlet,
        origin=document.origin,
        collected=document.collected,
        url=url,
        title=title,
        subtitle=told.subtitle or draft.subtitle,
        authors=told.authors or draft.authors,
        section=told.section,
        summary=told.summary,
        published=told.published or draft.stated or Published(),
        blocks=draft.blocks,
        removed=draft.removed,
        agency=told.agency or draft.agency,
        picture=told.picture,
    )


def outlet_of(document: RawDocument, outlets: Outlets, *, url: str | None, told: str = "") -> OutletKey:
    """Return the outlet: as given from outside, as the address says, as told, else the host or the file's stem."""
    known = outlets.of_url(url)
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    stem = PurePosixPath(document.origin.partition("#")[0]).stem
    return document.outlet or (known.key if known else OutletKey(told or host or stem))


def has_text(found: Article) -> bool:
    """Say whether an article has any running text."""
    return any(block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) for block in found.blocks)


def dated(articles: tuple[Article, ...], document: RawDocument, *, latest: date, page: str) -> tuple[Article, ...]:
    """Return the articles of one page with their days and the absolute times of their updates.

    A stated day is kept. Then counts the day given from outside; then what the text betrays, with the page as context; then the
    day of another article on the page.
    """
    found = [_own_day(one, document, latest=latest, page=page) for one in articles]
    first = next((one.published for one in found if one.published.at), None)
    if first:
        found = [one if one.published.at else _lent(one, first) for one in found]
    return tuple(replace(one, blocks=update_times.dated(one.blocks, one.published, one.collected)) for one in found)


def _own_day(one: Article, document: RawDocument, *, latest: date, page: str) -> Article:
    if one.published.certainty is Certainty.STATED:
        return one
    if document.published:
        return replace(one, published=published.on_day(document.published, Certainty.STATED, "given"))
    if one.published.at:
        return one
    return replace(one, published=published.infer(one.text, latest=latest, context=page))


def _lent(one: Article, first: Published) -> Article:
    return replace(one, published=published.near(first, one.text))
