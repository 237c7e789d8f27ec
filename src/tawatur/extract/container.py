"""Find the element of a page that holds the article.

trafilatura says which words are the main text; the lowest element that holds most of them is the article's. What
trafilatura left out of it (captions, links, source lines, prompts) is then still there to be understood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml.etree import _Element as Element

from tawatur.extract.flow import Piece
from tawatur.extract.lines import comparable, is_paragraph
from tawatur.extract.update_clock import update_clock

#: The element holds at least so much of the main text.
MOST = 0.8


_INLINE = frozenset({
    "p", "span", "b", "strong", "i", "em", "font", "a", "u", "li", "blockquote", "ul", "ol", "h1", "h2",
    "h3", "h4",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Main:
    """The element of the article, and its share of each element's text: words of main text by element."""

    element: Element
    words: dict[Element, int]
    total: int
    taken: frozenset[int] = frozenset()  # the ids of the pieces that are main text


def main(root: Element, pieces: Sequence[Piece]) -> Main | None:
    """Return the element that holds the main text of a page, or None where a page has none."""
    text = _main_text(root)
    weights = [_weight(piece, text) for piece in pieces]
    if not any(weights):
        weights = [piece.line.words if is_paragraph(piece.line) and not piece.linked else 0 for piece in pieces]
    total = sum(weights)
    if not total:
        return None
    words: dict[Element, int] = defaultdict(int)
    for piece, weight in zip(pieces, weights, strict=True):
        if weight:
            for element in (piece.element, *piece.element.iterancestors()):
                words[element] += weight
    taken = frozenset(id(piece) for piece, weight in zip(pieces, weights, strict=True) if weight)
    return Main(_block(_lowest(words, total * MOST)), dict(words), total, taken)


def _block(element: Element) -> Element:
    """The element itself, or the block around it where it is a single paragraph: its neighbours are the article's too."""
    while element.tag in _INLINE and (parent := element.getparent()) is not None and parent.tag != "html":
        element = parent
    return element


def _main_text(root: Element) -> str:
    """The main text for looking lines up, each between two bars."""
    found = trafilatura.bare_extraction(deepcopy(root), fast=True, include_comments=False, with_metadata=False)
    text = (getattr(found, "text", None) or "") if found else ""
    return "|" + "|".join(comparable(line) for line in text.splitlines()) + "|"


def _weight(piece: Piece, text: str) -> int:
    """How many words a line counts: all of running text that trafilatura took, nothing else."""
    line = piece.line
    if piece.linked or not is_paragraph(line):
        return 0
    return line.words if line.key in text else 0


def _lowest(words: dict[Element, int], least: float) -> Element:
    """The deepest element that holds at least so many words."""
    enough = [element for element, count in words.items() if count >= least]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def parts(found: Main, pieces: Sequence[Piece], title: Piece | None) -> tuple[Element, ...]:
    """Return the elements of the articles of a page: mostly the one of ``main``.

    A page is several articles where one element, at most two above the main one, has children of one kind that each hold
    a heading and two paragraphs, and the headline of the page is one of those headings.
    """
    held = _held(pieces)
    above = [found.element, *list(found.element.iterancestors())[:2]]
    for parent in (*above, *(one for one in found.element.iter() if len(one) > 1)):
        whole = [child for child in parent if held.get(child, (0, 0))[0] >= 1 and held[child][1] >= 2]
        alike = [child for child in whole if _kind(child) == _kind(whole[0])]
        if len(alike) < 2 or sum(found.words.get(child, 0) for child in alike) < found.total * MOST:
            continue
        if title is None or any(child in (title.element, *title.element.iterancestors()) for child in alike):
            return tuple(alike)
    return (found.element,)


def _kind(element: Element) -> tuple[str, str]:
    return element.tag, "" if element.tag == "article" else element.get("class") or ""


def _held(pieces: Sequence[Piece]) -> dict[Element, tuple[int, int]]:
    """How many headings (none of a timed update) and paragraphs each element holds."""
    held: dict[Element, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for piece in pieces:
        heading = int(piece.level > 0 and not piece.linked and update_clock(piece.line.text) is None)
        paragraph = int(is_paragraph(piece.line) and not piece.linked and not piece.level)
        if heading or paragraph:
            for element in (piece.element, *piece.element.iterancestors()):
                held[element] = (held[element][0] + heading, held[element][1] + paragraph)
    return dict(held)
