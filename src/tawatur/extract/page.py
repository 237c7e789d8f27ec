"""HTML pages: the article's element, everything in it understood, and what the page says about it.

trafilatura finds the main text (``container``) of what is left when boxes of other articles and the like are told apart
(``zones``); the lines of its element, with those between the headline and it (``region``), go through the same steps as plain
text, after the markup has said what it knows. A page that shows no text but carries it in a script is read from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lxml.etree import _Element as Element

from tawatur.extract import (
    assemble,
    compose,
    container,
    evidence,
    flow,
    live_blog,
    metadata,
    page_title,
    picture,
    picture_shown,
    region,
    rules,
    scripted,
    zones,
)
from tawatur.extract.address import address
from tawatur.extract.flow import Piece
from tawatur.extract.lines import Line, Role
from tawatur.extract.metadata import Metadata
from tawatur.extract.rules import Ruled
from tawatur.model import Article, Outlets, Picture, RawDocument, Rejected

#: A page whose visible text has fewer words than this is looked through for the article in its scripts.
SPARSE = 60
#: The text of a script counts where the visible one has at most this share of its words.
CUT_OFF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page taken apart."""

    pieces: tuple[Piece, ...]
    main: container.Main
    meta: Metadata
    title: Piece | None
    url: str | None
    outside: frozenset[Element] = frozenset()  # what is no part of the article


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return the articles of an HTML page; it is rejected where it holds no running text."""
    page = _take_apart(text, document, outlets=outlets, latest=latest)
    if page is None:
        return (Rejected(origin=document.origin, reason="no_article"),)
    elements = container.parts(page.main, page.pieces, page.title)
    found = [_article(page, element, len(elements), document, outlets=outlets, latest=latest) for element in elements]
    whole = _of_one_day(tuple(one for one in found if assemble.has_text(one)), page, latest)
    if not whole:
        return (Rejected(origin=document.origin, reason="no_article"),)
    return assemble.dated(whole, document, latest=latest, page="\n".join(one.text for one in whole))


def _of_one_day(found: tuple[Article, ...], page: _Page, latest: date) -> tuple[Article, ...]:
    """Articles of one page that state no day of their own have the page's, which its metadata or its first date line state."""
    stated = evidence.of_metadata(page.meta, latest) or next((one.published for one in found if one.published.at), None)
    return tuple(replace(one, published=stated) if stated and not one.published.at else one for one in found)


def _take_apart(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> _Page | None:
    root = flow.parse(text)
    if root is None:
        return None
    at = address(document.url)
    meta = metadata.read(root, at)
    url = meta.url or at
    ruled = rules.applied(root, outlets.of_url(url), url, latest)
    visible = _visible(root, meta, ruled)
    shown = visible.main.total if visible else 0
    if shown < SPARSE:
        told, at = scripted.text_of(root, meta)
        if told and shown <= CUT_OFF * scripted.words(told):
            return _of_script(told, at, meta, url)
    return replace(visible, url=url) if visible else None


def _visible(root: Element, meta: Metadata, ruled: Ruled) -> _Page | None:
    """The page as a reader sees it, or None where it shows no running text."""
    pieces = flow.pieces(root, removed=ruled.removed)
    named = _in(pieces, ruled.title)
    pieces, outside = zones.told_apart(pieces, named or page_title.announced(pieces, meta))
    main = container.given(pieces, ruled.body) if ruled.body is not None else None
    main = main or container.main(root, pieces, outside)
    if main is None:
        return None
    inside = {id(piece) for piece in region.within(pieces, main.element)}
    title = _in(pieces, ruled.title) or page_title.headline(pieces, inside, meta)
    whole = metadata.with_times(meta, root, outside, region.common(main.element, title.element) if title else None)
    return _Page(pieces=pieces, main=main, meta=whole, title=title, url=None, outside=frozenset(outside))


def _in(pieces: Sequence[Piece], element: Element | None) -> Piece | None:
    return next(iter(region.within(pieces, element)), None) if element is not None else None


def _of_script(told: str, at: str, meta: Metadata, url: str | None) -> _Page | None:
    """The page as its script tells it."""
    root = flow.parse(f"<div>{scripted.as_markup(told)}</div>")
    if root is None:
        return None
    pieces = flow.pieces(root)
    stated = (*meta.published, ("script", at)) if at else meta.published
    meta = replace(meta, published=stated)
    main = container.given(pieces, root)
    return _Page(pieces=pieces, main=main, meta=meta, title=None, url=url) if main else None


def _article(
    page: _Page, element: Element, of: int, document: RawDocument, *, outlets: Outlets, latest: date
) -> Article:
    """The article of one element; ``of`` is how many articles the page has."""
    if of == 1:
        shown = region.lines(_region(page, element, page.title))
        lines = (*_unseen_title(page), *live_blog.timed(shown, page.meta.live))
    else:
        title = next((piece for piece in region.within(page.pieces, element) if piece.level), None)
        lines = region.lines(_region(page, element, title), around=False)
    draft = compose.draft(page_title.bare(lines, page.meta), outlets=outlets, latest=latest)
    told = evidence.told(page.meta, draft, page.url, outlets=outlets, latest=latest)
    told = replace(told, picture=_picture(page, element, of, outlets))
    if of == 1 and told.published is None:
        told = replace(told, published=evidence.elsewhere(page.pieces, latest))
    if of > 1:
        told = replace(told, title=draft.title, authors=draft.authors, summary="", published=draft.stated)
    return assemble.article(draft, told, document=document, outlets=outlets)


def _picture(page: _Page, element: Element, of: int, outlets: Outlets) -> Picture | None:
    """The picture of the article of one element. What a page declares counts where it has a single article."""
    if page.meta.pictureless:
        return None
    whole = region.common(element, page.title.element) if of == 1 and page.title else element
    base = page.url
    shown = picture_shown.shown(element if whole is None else whole, page.outside, base)
    return picture.best(page.meta.pictures if of == 1 else (), shown, outlets)


def _region(page: _Page, element: Element, title: Piece | None) -> region.Region:
    dated = bool(page.meta.published)
    taken = page.main.taken
    return region.Region(pieces=page.pieces, element=element, taken=taken, title=title, url=page.url, dated=dated)


def _unseen_title(page: _Page) -> tuple[Line, ...]:
    """The title of a page that shows no headline, as its metadata give it."""
    title = next((metadata.without_site(title, page.meta.site) for title in page.meta.titles), "")
    return (Line(text=title, role=Role.TITLE),) if title and page.title is None else ()


def pictures_in(markup: str, url: str | None) -> tuple[Picture, ...]:
    """Return the pictures in a piece of markup that is an article's text, in its order."""
    root = flow.parse(f"<div>{markup}</div>") if "<img" in markup.lower() else None
    return tuple(picture_shown.shown(root, (), url)) if root is not None else ()


def fragment(markup: str, url: str | None) -> tuple[Line, ...]:
    """Return the lines of a piece of markup that is an article's text and nothing else, as a feed's entry holds it."""
    root = flow.parse(f"<div>{markup}</div>")
    if root is None:
        return ()
    pieces = flow.pieces(root)
    return region.lines(
        region.Region(pieces=pieces, element=root, taken={id(piece) for piece in pieces}, title=None, url=url),
        around=False,
    )
