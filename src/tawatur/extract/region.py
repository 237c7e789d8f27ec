"""The lines of one article of a page: those of its element, those between the headline and it, and what stands around.

Each gets what the markup says about it; what it means is decided by ``compose``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lxml.etree import _Element as Element

from tawatur.arabic.fold import clean
from tawatur.extract import boilerplate, compose, markers, zones
from tawatur.extract.address import address
from tawatur.extract.credits import BYLINE_WORDS
from tawatur.extract.flow import Piece
from tawatur.extract.lines import Line, Role, ends_sentence, is_paragraph
from tawatur.extract.update_clock import update_clock
from tawatur.extract.zones import LINK_WORDS

#: A subtitle or caption is no longer than this.
DECK_WORDS = 60
#: How many lines around the article's element are looked at, and how many above the headline.
LINES_AROUND, LINES_ABOVE = 15, 6
#: A line of so many words in an element for text is text, however it looks.
TEXT_WORDS = 8
#: A caption that only its picture tells has no more words than this.
PICTURE_WORDS = 20
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
#: How many levels above the element that holds headline and text the date may stand.
LEVELS_ABOVE = 2
#: What may stand behind an article's element and belong to it, by its hint.
_BEHIND = ("", "caption", "byline", "tag_list")
#: Elements whose short lines are text: a list, a table, a quotation.
_TEXT_TAGS = frozenset({"p", "li", "td", "th", "dd", "dt", "pre", "blockquote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where an article stands: the page's lines, the article's element, which lines are main text, its headline."""

    pieces: Sequence[Piece]
    element: Element
    taken: Collection[int]  # the ids of the pieces that are main text
    title: Piece | None
    url: str | None
    dated: bool = False  # the metadata say when it was published


def within(pieces: Sequence[Piece], element: Element) -> list[Piece]:
    """Return the lines that stand in an element."""
    inside = set(element.iter())
    return [piece for piece in pieces if piece.element in inside]


def common(one: Element, other: Element) -> Element | None:
    """Return the lowest element that holds both, or None."""
    above = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in above), None)


def lines(region: Region, *, around: bool = True) -> tuple[Line, ...]:
    """Return the lines of an article; ``around``: with those outside its element that may belong to it."""
    inside = {id(piece) for piece in within(region.pieces, region.element)}
    at = [index for index, piece in enumerate(region.pieces) if id(piece) in inside]
    if not at:
        return ()
    above = next((index for index, piece in enumerate(region.pieces) if piece is region.title), None)
    texts = _texts(region, at, above)
    start, stop = texts[0] if texts else at[-1] + 1, texts[-1] + 1 if texts else at[-1] + 1
    own = [_own(region, index, above=above, start=start, stop=stop) for index in at]
    if not around:
        return _subtitled(tuple(own))
    before = [_before(region, index) for index in _between(at[0], above)]
    return _subtitled((*before, *own, *_behind(region, at[-1] + 1), *_overhead(region, above)))


def _texts(region: Region, at: Sequence[int], above: int | None) -> list[int]:
    """Which lines of the element are running text, the headline passed."""
    return [
        index
        for index in at
        if (above is None or index > above)
        and not region.pieces[index].linked
        and region.pieces[index].line.hint in ("", "subtitle")
        and is_paragraph(region.pieces[index].line)
    ]


def _between(start: int, above: int | None) -> list[int]:
    """The lines from the headline to the element: where they are many, the headline and the last ones."""
    if above is not None and above > start:
        return []
    first = above if above is not None else max(0, start - LINES_AROUND)
    between = list(range(first, start))
    return [*between[:1], *between[-LINES_AROUND:]] if len(between) > LINES_AROUND else between


def _before(region: Region, index: int) -> Line:
    """A line between headline and element: running text there is the lead."""
    piece = region.pieces[index]
    if piece is region.title:
        return piece.line.is_(Role.TITLE)
    lead = not piece.linked and not piece.line.hint and is_paragraph(piece.line) and region.title
    known = boilerplate.reason(piece.line.text)
    if lead and not known and shared(piece, region):
        return replace(_line(piece, region, outer=False), hint="")
    return _line(piece, region, outer=True)


def shared(piece: Piece, region: Region) -> bool:
    """Say whether a line stands in the lowest element that holds headline and text."""
    whole = common(region.element, region.title.element) if region.title else region.element.getparent()
    return whole is None or whole in (piece.element, *piece.element.iterancestors())


def _own(region: Region, index: int, *, above: int | None, start: int, stop: int) -> Line:
    """A line of the article's element; short ones around the running text that look otherwise are the page's."""
    piece = region.pieces[index]
    if above is not None and index < above:
        return _line(piece, region, outer=True)
    line = _line(piece, region, outer=False)
    if line.role or piece.level or id(piece) in region.taken or start <= index < stop:
        return line if line.role or not _foreign(piece, region, inner=True) else _left(line)
    return _left(line) if _foreign(piece, region, inner=False) else line


def _left(line: Line) -> Line:
    return replace(line, hint=line.hint or "leftover", outer=True)


def _foreign(piece: Piece, region: Region, *, inner: bool) -> bool:
    """Say whether a short line looks otherwise than the article's paragraphs: a block of its own with another class."""
    if piece.line.hint or piece.level or ends_sentence(piece.line.text) or is_paragraph(piece.line):
        return False
    if update_clock(piece.line.text) or (inner and _CLOCK.search(piece.line.text)):
        return False
    if piece.element.tag in _TEXT_TAGS and piece.line.words >= TEXT_WORDS:
        return False
    if piece.element is region.element or (
        inner and (piece.element.tag in _TEXT_TAGS or not piece.element.get("class"))
    ):
        return False
    own = {zones.kind(other.element) for other in region.pieces if id(other) in region.taken}
    return zones.kind(piece.element) not in own


def _behind(region: Region, stop: int) -> Iterator[Line]:
    """The lines behind an article's element that may belong to it; of a list of related articles the links."""
    whole = common(region.element, region.title.element) if region.title else region.element.getparent()
    listing = False
    behind = [piece for piece in region.pieces[stop : stop + 3 * LINES_AROUND] if whole in _above(piece)]
    for at, piece in enumerate(behind):
        reason = boilerplate.reason(piece.line.text)
        listing = reason == "related_heading" or (listing and not reason and (piece.linked or not piece.level))
        is_date = compose.is_date(piece.line.text)
        if listing and piece.linked and piece.line.words >= LINK_WORDS and not is_date:
            yield _line(piece, region, outer=False).is_(Role.RELATED)
        elif at < LINES_AROUND and piece.line.hint in _BEHIND and not reason and not (is_date and region.dated):
            yield _line(piece, region, outer=True)


def _above(piece: Piece) -> set[Element]:
    return set(piece.element.iterancestors())


def _overhead(region: Region, above: int | None) -> Iterator[Line]:
    """The date that stands above the headline, in the element that holds headline and text."""
    if above is None or region.title is None or region.dated:
        return
    whole = common(region.element, region.title.element)
    wider = {whole, *([] if whole is None else list(whole.iterancestors())[:LEVELS_ABOVE])}
    for piece in region.pieces[max(0, above - LINES_ABOVE) : above][::-1]:
        if not piece.linked and wider & _above(piece) and compose.loose_date_of(piece.line.text, date.max):
            yield _line(piece, region, outer=True)


def _line(piece: Piece, region: Region, *, outer: bool) -> Line:
    """A line with what the markup says about it."""
    outer = outer and id(piece) not in region.taken
    line = replace(piece.line, outer=outer, url=address(piece.line.url, region.url))
    if piece is region.title:
        return line.is_(Role.TITLE)
    hint = line.hint or ("caption" if _under_picture(piece) else "")
    line = replace(line, hint=hint or ("heading" if piece.level else ""))
    if hint in ("caption", "subtitle") and line.words <= DECK_WORDS:
        return line if hint == "subtitle" else line.is_(Role.CAPTION)
    if hint == "related" or (piece.linked and not outer):
        return _link(line, piece, hint)
    if hint == "byline" and line.words > BYLINE_WORDS and not outer:
        return line.is_(Role.REMOVED, reason="byline")
    if hint in zones.INSIDE or (outer and hint != "tag_list"):
        return line
    return line.is_(Role.REMOVED, reason=boilerplate.reason(line.text) or hint)


def _under_picture(piece: Piece) -> bool:
    """Say whether a short line is all the text of an element that holds a picture."""
    if piece.level or piece.linked or piece.line.words > PICTURE_WORDS or is_paragraph(piece.line):
        return False
    for element in (piece.element, piece.element.getparent()):
        if element is not None and next(element.iter("img", "amp-img", "picture"), None) is not None:
            return clean(" ".join("".join(str(part) for part in element.itertext()).split())) == piece.line.text
    return False


def _link(line: Line, piece: Piece, hint: str) -> Line:
    """A line that is a link, or stands in a box of links: another article's title, the heading of the box, or navigation."""
    marked = markers.mark_related(line)
    if marked.role:
        return marked
    if piece.linked and compose.is_date(line.text):
        return line
    if piece.linked and line.words >= LINK_WORDS and hint in ("", "related", "navigation"):
        return line.is_(Role.RELATED)
    reason = boilerplate.reason(line.text)
    if hint == "related" and not piece.linked:
        return line.is_(Role.REMOVED, reason=reason or "related_text")
    return line.is_(Role.REMOVED, reason=reason or hint or "navigation")


def _is_lead(line: Line) -> bool:
    """Say whether a heading is the first paragraph all the same: some pages set whole texts in headings."""
    return is_paragraph(line) and line.text.rstrip().endswith(".")


def _subtitled(found: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark the subtitle: the line that the markup calls so, or a heading right behind the headline."""
    title = next((at for at, line in enumerate(found) if line.role is Role.TITLE), None)
    free = [at for at, line in enumerate(found) if not line.role and line.words <= DECK_WORDS]
    named = [at for at in free if found[at].hint == "subtitle"]
    next_heading = [
        at
        for at in free
        if title is not None and at == title + 1 and found[at].hint == "heading" and not _is_lead(found[at])
    ]
    chosen = next((at for at in (*named, *next_heading) if title is None or found[at].key != found[title].key), None)
    return tuple(line.is_(Role.SUBTITLE) if at == chosen else line for at, line in enumerate(found))
