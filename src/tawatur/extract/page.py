"""HTML pages: the article's element, everything in it understood, and what the page says about it.

trafilatura finds the main text (``container``); the lines of its element, with those between the headline and it, go
through the same steps as plain text, after the markup has said what it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lxml.etree import _Element as Element

from tawatur.extract import assemble, boilerplate, compose, container, credits, flow, markers, metadata, published
from tawatur.extract.address import address
from tawatur.extract.flow import Piece
from tawatur.extract.lines import Line, Role, comparable
from tawatur.extract.metadata import Metadata
from tawatur.model import Article, Outlets, Published, RawDocument, Rejected

#: A subtitle or caption is no longer than this.
DECK_WORDS = 60
#: A link of fewer words is a section or a tag, not another article's title.
LINK_WORDS = 4
#: How many lines around the article's element are looked at.
LINES_AROUND = 15
#: An element that holds so much of the main text is not what its name says ("share", "related").
HOLDS_TEXT = 0.3
#: What may stand behind an article's element and belong to it, by its hint.
_BEHIND = ("", "caption", "byline", "tag_list")
_URL_DAY = re.compile(
    r"/(20\d\d)/(?:[a-z_-]+/)?(\d{1,2})/(\d{1,2})(?=[/_-]|$)|/(20\d\d)-(\d{1,2})-(\d{1,2})(?=[/_-]|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page taken apart."""

    pieces: tuple[Piece, ...]
    main: container.Main
    meta: Metadata
    title: Piece | None
    url: str | None


def articles(text: str, document: RawDocument, *, outlets: Outlets, latest: date) -> tuple[Article | Rejected, ...]:
    """Return the articles of an HTML page; it is rejected where it holds no running text."""
    page = _take_apart(text, document)
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
    stated = _of_metadata(page, latest) or next((one.published for one in found if one.published.at), None)
    return tuple(replace(one, published=stated) if stated and not one.published.at else one for one in found)


def _take_apart(text: str, document: RawDocument) -> _Page | None:
    root = flow.parse(text)
    if root is None:
        return None
    pieces = flow.pieces(root)
    main = container.main(root, pieces)
    if main is None:
        return None
    meta = metadata.read(root)
    url = meta.url or address(document.url)
    return _Page(pieces=pieces, main=main, meta=meta, title=_headline(pieces, main, meta), url=url)


def _article(
    page: _Page, element: Element, of: int, document: RawDocument, *, outlets: Outlets, latest: date
) -> Article:
    """The article of one element; ``of`` is how many articles the page has."""
    if of == 1:
        lines = (*_unseen_title(page), *_lines(page, element, page.title))
    else:
        inside = _within(page.pieces, element)
        lines = _lines(page, element, next((piece for piece in inside if piece.level), None), around=0)
    draft = compose.draft(lines, outlets=outlets, latest=latest)
    told = _told(page, draft, outlets=outlets, latest=latest)
    if of > 1:
        told = replace(told, title=draft.title, authors=draft.authors, summary="", published=draft.stated)
    return assemble.article(draft, told, document=document, outlets=outlets)


# The headline


def _headline(pieces: Sequence[Piece], main: container.Main, meta: Metadata) -> Piece | None:
    """The visible headline: a heading that the metadata repeat, before the text; else the last first-level heading before it."""
    inside = {id(piece) for piece in _within(pieces, main.element)}
    first = next((at for at, piece in enumerate(pieces) if id(piece) in inside), 0)
    headings = [piece for at, piece in enumerate(pieces) if piece.level and (at < first or id(piece) in inside)]
    tops = [piece for piece in headings if piece.level == 1]
    own = [piece for piece in tops if id(piece) in inside and piece.line.words >= 2]
    named = _fitting(tops, meta) or (own[0] if len(own) == 1 else None) or _fitting(headings, meta)
    return named or _fitting([piece for piece in pieces[:first][::-1] if not piece.linked], meta) or _last(tops)


def _fitting(headings: Sequence[Piece], meta: Metadata) -> Piece | None:
    """The highest heading that is the most trusted title of the page; the site's name is none."""
    titles = [comparable(title) for title in meta.titles if title != meta.site]
    fitting = ([piece for piece in headings if _same_title(piece.line.key, title)] for title in titles)
    return next((min(found, key=lambda piece: piece.level) for found in fitting if found), None)


def _last(tops: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in reversed(tops) if piece.line.words >= 2), None)


def _same_title(heading: str, title: str) -> bool:
    """Say whether a heading is what a title says, with or without the site's name."""
    if heading == title:
        return True
    shorter, longer = sorted((heading, title), key=len)
    return len(shorter.split()) >= 3 and f" {shorter} " in f" {longer} "


def _unseen_title(page: _Page) -> tuple[Line, ...]:
    """The title of a page that shows no headline, as its metadata give it."""
    title = next((metadata.without_site(title, page.meta.site) for title in page.meta.titles), "")
    return (Line(text=title, role=Role.TITLE),) if title and page.title is None else ()


# The lines


def _within(pieces: Sequence[Piece], element: Element) -> list[Piece]:
    inside = set(element.iter())
    return [piece for piece in pieces if piece.element in inside]


def _lines(page: _Page, element: Element, title: Piece | None, around: int = LINES_AROUND) -> tuple[Line, ...]:
    """The lines of an article: those in its element, and those around it that may belong to it."""
    inside = {id(piece) for piece in _within(page.pieces, element)}
    at = [index for index, piece in enumerate(page.pieces) if id(piece) in inside]
    start, stop = (at[0], at[-1] + 1) if at else (0, 0)
    above = next((index for index, piece in enumerate(page.pieces) if piece is title), 0)
    before = () if above > start else page.pieces[above if title is not None else max(0, start - around) : start]
    shared = _common(element, title.element) if title is not None else element.getparent()
    behind = [piece for piece in page.pieces[stop : stop + 3 * around] if shared in set(piece.element.iterancestors())]
    outer = [*before[:1], *before[-around:]] if len(before) > around else before
    lines = [
        *(_line(piece, page, title, outer=True) for piece in outer if around),
        *(_line(page.pieces[index], page, title, outer=False) for index in at),
        *(_behind(behind, page, title) if around else ()),
    ]
    return _subtitled(tuple(lines))


def _common(one: Element, other: Element) -> Element | None:
    above = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in above), None)


def _behind(pieces: Sequence[Piece], page: _Page, title: Piece | None) -> Iterator[Line]:
    """The lines behind an article's element that may belong to it; of a list of related articles the links."""
    listing = False
    for at, piece in enumerate(pieces):
        reason = boilerplate.reason(piece.line.text)
        listing = reason == "related_heading" or (listing and not reason and (piece.linked or not piece.level))
        dated = compose.is_date(piece.line.text)
        if listing and piece.linked and piece.line.words >= LINK_WORDS and not dated:
            yield _line(piece, page, title, outer=False).is_(Role.RELATED)
        elif at < LINES_AROUND and piece.line.hint in _BEHIND and not reason and not (dated and page.meta.published):
            yield _line(piece, page, title, outer=True)


def _line(piece: Piece, page: _Page, title: Piece | None, *, outer: bool) -> Line:
    """A line with what the markup says about it."""
    outer = outer and id(piece) not in page.main.taken
    line = replace(piece.line, outer=outer, url=address(piece.line.url, page.url))
    if piece is title:
        return line.is_(Role.TITLE)
    hint = "" if _holds_text(piece, page.main) else line.hint
    line = replace(line, hint=hint or ("heading" if piece.level else ""))
    if hint in ("caption", "subtitle") and line.words <= DECK_WORDS:
        return line if hint == "subtitle" else line.is_(Role.CAPTION)
    if hint == "related" or (piece.linked and not outer):
        return _link(line, piece, hint)
    if hint in ("", "byline", "subtitle", "caption") or (outer and hint != "tag_list"):
        return line
    return line.is_(Role.REMOVED, reason=boilerplate.reason(line.text) or hint)


def _holds_text(piece: Piece, main: container.Main) -> bool:
    return piece.hinter is not None and main.words.get(piece.hinter, 0) >= HOLDS_TEXT * main.total


def _link(line: Line, piece: Piece, hint: str) -> Line:
    """A line that is a link, or stands in a box of links: another article's title, the heading of the box, or navigation."""
    marked = markers.mark_related(line)
    if marked.role:
        return marked
    if piece.linked and compose.is_date(line.text):
        return line
    if piece.linked and line.words >= LINK_WORDS and hint in ("", "related", "navigation"):
        return line.is_(Role.RELATED)
    if hint and hint != "related":
        return line.is_(Role.REMOVED, reason=boilerplate.reason(line.text) or hint)
    if piece.linked:
        return line.is_(Role.REMOVED, reason=boilerplate.reason(line.text) or "navigation")
    return line


def _subtitled(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark the subtitle: the line that the markup calls so, or a heading right behind the headline."""
    title = next((at for at, line in enumerate(lines) if line.role is Role.TITLE), None)
    free = [at for at, line in enumerate(lines) if not line.role and line.words <= DECK_WORDS]
    named = [at for at in free if lines[at].hint == "subtitle"]
    next_heading = [at for at in free if title is not None and at == title + 1 and lines[at].hint == "heading"]
    chosen = next((at for at in (*named, *next_heading) if title is None or lines[at].key != lines[title].key), None)
    return tuple(line.is_(Role.SUBTITLE) if at == chosen else line for at, line in enumerate(lines))


def fragment(markup: str, url: str | None) -> tuple[Line, ...]:
    """Return the lines of a piece of markup that is an article's text and nothing else, as a feed's entry holds it."""
    root = flow.parse(f"<div>{markup}</div>")
    if root is None:
        return ()
    nothing = container.Main(root, {}, 1)
    page = _Page(pieces=flow.pieces(root), main=nothing, meta=Metadata(), title=None, url=url)
    return _lines(page, root, None, around=0)


# What the page says about its article


def _told(page: _Page, draft: compose.Draft, *, outlets: Outlets, latest: date) -> assemble.Told:
    meta = page.meta
    outlet = outlets.of_url(page.url)
    sites = {comparable(name) for name in (meta.site, outlet.name if outlet else "", outlet.name_en if outlet else "")}
    read = [credits.of_line(author, outlets) for author in meta.authors if comparable(author) not in sites]
    authors = tuple(dict.fromkeys(author for one in read for author in one.authors))
    return assemble.Told(
        title=draft.title,
        summary=meta.description,
        section=meta.section,
        authors=authors or draft.authors,
        agency=draft.agency or next((one.agency for one in read if one.agency), ""),
        url=page.url,
        published=_published(page, draft, latest=latest),
    )


def _published(page: _Page, draft: compose.Draft, *, latest: date) -> Published | None:
    """The publication time: metadata, then a date line of the page, then the address."""
    return _of_metadata(page, latest) or draft.stated or _of_url(page.url, latest)


def _of_metadata(page: _Page, latest: date) -> Published | None:
    found = (metadata.time_of(value, where) for where, value in page.meta.published)
    likely = (date(1990, 1, 1), latest + timedelta(days=1))
    return next((one for one in found if one and one.day and likely[0] <= one.day <= likely[1]), None)


def _of_url(url: str | None, latest: date) -> Published | None:
    for found in _URL_DAY.finditer(url or ""):
        year, month, day = (int(part) for part in found.groups() if part)
        told = published.from_iso(f"{year}-{month:02}-{day:02}", basis="url")
        if told and told.day and told.day <= latest:
            return told
    return None
