"""Find the element of a page that holds the article.

trafilatura says which words are the main text; the lowest element that holds most of them is the article's. It is given the page
without the parts that are known to be no article (``zones``), which makes it surer and faster. What it left out of the article's
element (captions, links, source lines, prompts) is then still there to be understood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from lxml.etree import XPath
from lxml.etree import _Element as Element
from lxml.html import HtmlElement

from tawatur.extract.flow import Piece
from tawatur.extract.lines import comparable, is_paragraph
from tawatur.extract.update_clock import update_clock
from tawatur.extract.zones import kind

#: The element holds at least so much of the main text.
MOST = 0.8
#: A line of text that does not end like a sentence has at least so many words.
LEAST_WORDS = 8
#: Hints of lines that may be main text.
_TEXT = frozenset({"", "heading", "subtitle"})
_INLINE = frozenset({
    "p", "span", "b", "strong", "i", "em", "font", "a", "u", "li", "blockquote", "ul", "ol", "h1", "h2",
    "h3", "h4",
})  # fmt: skip
#: The mark of what is cut out of the copy that trafilatura sees, and where it is.
_CUT = "data-tawatur-cut"
_marked = XPath(f"descendant-or-self::*[@{_CUT}]")


@dataclass(frozen=True, slots=True)
class Main:
    """The element of the article, and its share of each element's text: words of main text by element."""

    element: Element
    words: dict[Element, int]
    total: int
    taken: frozenset[int] = frozenset()  # the ids of the pieces that are main text


def main(root: Element, pieces: Sequence[Piece], outside: Collection[Element]) -> Main | None:
    """Return the element that holds the main text of a page, or None where a page has none.

    ``outside`` are the elements that are known to be no part of the article.
    """
    running = [_words(piece) for piece in pieces]
    if not any(running):
        running = [_words(piece, sentences=False) for piece in pieces]
    if not any(running):
        return None
    text = _main_text(root, outside)
    weights = [words if words and piece.line.key in text else 0 for piece, words in zip(pieces, running, strict=True)]
    return _main(pieces, weights if any(weights) else running)


def given(pieces: Sequence[Piece], element: Element) -> Main | None:
    """Return the element as the article's, as an outlet's rule gives it, or None where it holds no text."""
    inside = set(element.iter())
    weights = [_words(piece) if piece.element in inside else 0 for piece in pieces]
    found = _main(pieces, weights) if any(weights) else None
    return Main(element, found.words, found.total, found.taken) if found else None


def _main(pieces: Sequence[Piece], weights: Sequence[int]) -> Main:
    words: dict[Element, int] = defaultdict(int)
    for piece, weight in zip(pieces, weights, strict=True):
        if weight:
            for element in (piece.element, *piece.element.iterancestors()):
                words[element] += weight
    taken = frozenset(id(piece) for piece, weight in zip(pieces, weights, strict=True) if weight)
    total = sum(weights)
    return Main(_block(_lowest(words, total * MOST)), dict(words), total, taken)


def _words(piece: Piece, *, sentences: bool = True) -> int:
    """How many words a line counts: all of running text, nothing else; without ``sentences`` all of a line of some length."""
    if piece.linked or piece.line.hint not in _TEXT or (piece.level and not is_paragraph(piece.line)):
        return 0
    return piece.line.words if is_paragraph(piece.line) or (not sentences and piece.line.words >= LEAST_WORDS) else 0


def _block(element: Element) -> Element:
    """The element itself, or the block around it where it is a single paragraph: its neighbours are the article's too."""
    while element.tag in _INLINE and (parent := element.getparent()) is not None and parent.tag != "html":
        element = parent
    return element


def _main_text(root: Element, outside: Collection[Element]) -> str:
    """The main text for looking lines up, each between two bars."""
    import trafilatura  # late: with what it needs, it takes a tenth of the start of commands that read nothing

    found = trafilatura.bare_extraction(_without(root, outside), fast=True, include_comments=False, with_metadata=False)
    text = (getattr(found, "text", None) or "") if found else ""
    return "|" + "|".join(comparable(line) for line in text.splitlines()) + "|"


def _without(root: Element, outside: Collection[Element]) -> Element:
    """A copy of a page without some elements; the text behind each stays."""
    for element in outside:
        element.set(_CUT, "")
    copy = deepcopy(root)
    for element in outside:
        del element.attrib[_CUT]
    for cut in cast(list[HtmlElement], _marked(copy)):
        if cut.getparent() is not None:
            cut.drop_tree()
    return copy


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
        alike = [child for child in whole if _alike(child) == _alike(whole[0])]
        if len(alike) < 2 or sum(found.words.get(child, 0) for child in alike) < found.total * MOST:
            continue
        if title is None or any(child in (title.element, *title.element.iterancestors()) for child in alike):
            return tuple(alike)
    return (found.element,)


def _alike(element: Element) -> tuple[str, str]:
    return ("article", "") if element.tag == "article" else kind(element)


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
