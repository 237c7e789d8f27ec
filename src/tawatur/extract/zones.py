"""Tell the parts of a page that are no article: boxes of other articles, comments, menus, embedded posts.

Three things betray them: what the markup calls them (``data/markup.tsv``), a heading such as "مقالات ذات صلة" at the beginning of
a box, and repetition: neighbours of one kind that each hold a link and hardly any text are cards of other articles. A name that
cannot be true, because the headline or most of the text stands in it, counts for nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from tawatur.extract import boilerplate
from tawatur.extract.flow import Piece
from tawatur.extract.lines import is_paragraph

#: Hints of lines that may belong to the article; every other hint is a reason of removal.
INSIDE = frozenset({"", "heading", "caption", "subtitle", "byline"})
#: An element that holds so much of the page's text is not what its name says.
MOST = 0.6
#: A link of fewer words is a section or a tag, not another article's title.
LINK_WORDS = 4
#: The heading of a box is no longer than this.
HEADING_WORDS = 8
#: A card of another article has no more lines and paragraphs than this.
CARD_LINES, CARD_PARAGRAPHS = 8, 2
#: So many of the neighbours of one kind are cards if one of them is.
ALIKE = 0.8
_HEADINGS = ("related_heading", "navigation", "comment_rules")


@dataclass(frozen=True, slots=True)
class _Held:
    """What an element holds: its lines, those that are links, its paragraphs, the words of these, and where it begins."""

    lines: int = 0
    links: int = 0
    paragraphs: int = 0
    words: int = 0
    first: int = 0


def told_apart(pieces: Sequence[Piece], title: Piece | None) -> tuple[tuple[Piece, ...], frozenset[Element]]:
    """Return the lines with hints that can be believed, and the elements that are no part of the article.

    ``title`` is the headline, as far as it is known yet.
    """
    held = _held(pieces)
    above = frozenset((title.element, *title.element.iterancestors())) if title else frozenset()
    boxes = {*_headed(pieces, held, above), *_cards(held, above)}
    covered = {element for box in boxes for element in box.iter()}
    free = [piece for piece in pieces if piece.element not in covered]
    wrong = _misnamed({piece.hinter for piece in free if piece.hinter is not None}, held, above, _running(free))
    found = tuple(_believed(piece, wrong, covered) for piece in pieces)
    named = {piece.hinter for piece in found if piece.line.hint not in INSIDE and piece.hinter is not None}
    return found, frozenset((boxes | named) - above)


def _held(pieces: Sequence[Piece]) -> dict[Element, _Held]:
    """What every element of a page holds."""
    counts: dict[Element, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    first: dict[Element, int] = {}
    above: dict[Element | None, tuple[Element, ...]] = {None: ()}  # neighbours share what is above them
    for at, piece in enumerate(pieces):
        words = piece.line.words
        running = not piece.linked and is_paragraph(piece.line)
        linked = piece.linked and (words >= LINK_WORDS or boilerplate.reason(piece.line.text) in _HEADINGS)
        parent = piece.element.getparent()
        if parent is not None and parent not in above:
            above[parent] = (parent, *parent.iterancestors())
        for element in (piece.element, *above[parent]):
            first.setdefault(element, at)
            count = counts[element]
            count[0] += 1
            count[1] += linked
            count[2] += running
            count[3] += words * running
    return {element: _Held(count[0], count[1], count[2], count[3], first[element]) for element, count in counts.items()}


def _believed(piece: Piece, wrong: set[Element], covered: set[Element]) -> Piece:
    hint = "" if piece.hinter in wrong else piece.line.hint
    if piece.element in covered and hint in INSIDE:
        return replace(piece, line=replace(piece.line, hint="related"), hinter=None)
    return piece if hint == piece.line.hint else replace(piece, line=replace(piece.line, hint=hint), hinter=None)


def _running(pieces: Sequence[Piece]) -> int:
    """How many words of running text lines have."""
    return sum(piece.line.words for piece in pieces if not piece.linked and is_paragraph(piece.line))


def _misnamed(
    named: Collection[Element], held: dict[Element, _Held], above: frozenset[Element], whole: int
) -> set[Element]:
    """The elements that are not what their names say: they hold the headline, or, together with all others of their name, most
    of the ``whole`` words of text and few links.
    """
    alike: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for element in named:
        alike[kind(element)].append(element)
    wrong = {element for element in named if element in above}
    for elements in alike.values():
        words, links, paragraphs = (
            sum(getattr(held[one], name) for one in elements) for name in ("words", "links", "paragraphs")
        )
        if words >= MOST * whole > 0 and links < paragraphs:
            wrong.update(elements)
    return wrong


def _headed(pieces: Sequence[Piece], held: dict[Element, _Held], above: frozenset[Element]) -> Iterator[Element]:
    """The boxes that begin with a heading of other articles."""
    whole = max((one.words for one in held.values()), default=0)
    for at, piece in enumerate(pieces):
        reason = boilerplate.reason(piece.line.text) if piece.line.words <= HEADING_WORDS else ""
        if reason not in _HEADINGS:
            continue
        box = None
        for element in (piece.element, *piece.element.iterancestors()):
            if held[element].first != at or element in above:
                break
            if held[element].words > MOST * whole > 0 and not (above and reason == "comment_rules"):
                break
            box = element
        if box is not None and held[box].lines > 1 and (held[box].links or reason == "comment_rules"):
            yield box


def _cards(held: dict[Element, _Held], above: frozenset[Element]) -> Iterator[Element]:
    """The elements that are cards of other articles: neighbours of one kind, each with a link and little text."""
    children: dict[Element, list[Element]] = defaultdict(list)
    for element in held:
        parent = element.getparent()
        if parent is not None:
            children[parent].append(element)
    for siblings in children.values():
        if len(siblings) < 2:
            continue
        kinds = Counter(kind(element) for element in siblings)
        cards = [element for element in siblings if element not in above and _is_card(held[element])]
        like = Counter(kind(element) for element in cards)
        yield from (one for one in cards if 2 <= like[kind(one)] >= ALIKE * kinds[kind(one)])


def _is_card(held: _Held) -> bool:
    return held.links > 0 and held.lines <= CARD_LINES and held.paragraphs <= min(CARD_PARAGRAPHS, held.links)


def kind(element: Element) -> tuple[str, str]:
    """Return what makes elements alike: the tag, and the first class without its digits."""
    name = (element.get("class") or "").split(maxsplit=1)
    return str(element.tag), name[0].rstrip("0123456789-_") if name else ""
