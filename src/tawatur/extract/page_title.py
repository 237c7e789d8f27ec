"""Find the visible headline of a page: a line that its metadata repeat, else the first-level heading before the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from tawatur.extract.flow import Piece
from tawatur.extract.lines import Line, Role, comparable, is_paragraph, is_short
from tawatur.extract.metadata import Metadata

#: A headline has at least so many words where only its level speaks for it.
LEAST_WORDS = 2
_TO_ITSELF = (None, "", "#")
_TITLE_ROOM = 2.5
#: A site's name has no more words than this.
SITE_WORDS = 4
#: A section's name before the headline has no more characters than this.
KICKER = 24
#: How many lines before the text may be the headline by their name.
LINES_ABOVE = 8
_TITLE_NAME = re.compile(r"title|head_?line|(?<![a-z])ttl|3nwan|onwan|(?<![a-z])head(?![a-z])")


def announced(pieces: Sequence[Piece], meta: Metadata) -> Piece | None:
    """Return the heading that the metadata repeat, wherever it stands, or None: what is known before the text is found."""
    headings = [piece for piece in pieces if piece.level and not piece.linked]
    return _fitting(headings, meta) or _fitting([piece for piece in pieces if piece.level], meta)


def headline(pieces: Sequence[Piece], inside: Collection[int], meta: Metadata) -> Piece | None:
    """Return the visible headline, or None where a page shows none.

    ``inside`` are the ids of the lines of the article's element. Headings in it and before it count; a line that is no heading
    counts if the metadata repeat it.
    """
    first = next((at for at, piece in enumerate(pieces) if id(piece) in inside), 0)
    headings = [piece for at, piece in enumerate(pieces) if piece.level and (at < first or id(piece) in inside)]
    tops = [piece for piece in headings if piece.level == 1]
    own = [piece for piece in tops if id(piece) in inside and piece.line.words >= LEAST_WORDS]
    named = _fitting(tops, meta) or (own[0] if len(own) == 1 else None) or _fitting(headings, meta)
    plain = [piece for piece in pieces[:first][::-1] if not piece.linked or piece.line.url in _TO_ITSELF]
    within = [piece for piece in pieces if id(piece) in inside and not piece.linked]
    fitting = named or _fitting(plain, meta) or _fitting(within, meta) or _last(tops, meta)
    return fitting or _named(plain[:LINES_ABOVE], within, meta)


def _fitting(headings: Sequence[Piece], meta: Metadata) -> Piece | None:
    """The highest heading that is the most trusted title of the page; the site's name is none."""
    titles = [comparable(title) for title in meta.titles if title != meta.site]
    fitting = ([piece for piece in headings if _same(piece, title)] for title in titles)
    return next((min(found, key=lambda piece: piece.level or 7) for found in fitting if found), None)


def _same(piece: Piece, title: str) -> bool:
    """Say whether a line is what a title says; a path to it ("الأولى » اقتصاد » …") and what is much longer are none."""
    return same_title(piece.line.key, title) and len(piece.line.key) <= _TITLE_ROOM * len(title)


def _named(plain: Sequence[Piece], within: Sequence[Piece], meta: Metadata) -> Piece | None:
    """The line before the text that the markup calls the title, where the metadata name the site only."""
    if any(len(title.split()) > SITE_WORDS for title in meta.titles if title != meta.site):
        return None
    first = next((at for at, piece in enumerate(within) if is_paragraph(piece.line)), 0)
    found = (*within[:first][::-1], *plain)
    return next((one for one in found if is_short(one.line) and one.line.words >= 3 and _is_called_title(one)), None)


def _is_called_title(piece: Piece) -> bool:
    near = (piece.element, *list(piece.element.iterancestors())[:1])
    names = " ".join(f"{element.get('class') or ''} {element.get('id') or ''}" for element in near).lower()
    return _TITLE_NAME.search(names) is not None


def _last(tops: Sequence[Piece], meta: Metadata) -> Piece | None:
    sites = {comparable(meta.site)}
    return next((one for one in tops[::-1] if one.line.words >= LEAST_WORDS and one.line.key not in sites), None)


def same_title(heading: str, title: str) -> bool:
    """Say whether a heading is what a title says, with or without the site's name; both as ``comparable`` gives them."""
    if heading == title:
        return bool(heading)
    shorter, longer = sorted((heading, title), key=len)
    return len(shorter.split()) >= 3 and f" {shorter} " in f" {longer} "


def bare(lines: Sequence[Line], meta: Metadata) -> tuple[Line, ...]:
    """Return the lines with the headline without the word or two of its section that stand in the same element.

    "محاكمسجن أربعة متهمين …" is shown as two lines; the metadata know where the headline begins.
    """
    return tuple(one for line in lines for one in (_bare(line, meta) if line.role is Role.TITLE else (line,)))


def _bare(line: Line, meta: Metadata) -> tuple[Line, ...]:
    for title in meta.titles:
        kicker = line.text.removesuffix(title)
        if line.text.endswith(title) and kicker[-1:].isalpha() and len(kicker) <= min(KICKER, len(title) // 3):
            return (replace(line, text=title), Line(text=kicker, role=Role.REMOVED, reason="navigation"))
    return (line,)
