"""The words of a text around what was asked for: whole words as published, those that answer the query marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tawatur.arabic.words import spans, texts
from tawatur.searching.plan import Choice, Field, Plan
from tawatur.searching.words import exact

#: How many words a snippet has, and how many of them may stand before the first that answers.
WIDTH, BEFORE = 36, 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, which answer the query or not."""

    text: str
    marked: bool = False


def marked(text: str, keys: str, plan: Plan) -> tuple[Piece, ...]:
    """Return a whole short text, such as a headline, with its marks; ``keys`` are those of its words, and more may follow."""
    hits = _hits(text, keys, _sought(plan))
    return _pieces(text, spans(text) if hits else (), hits, 0, len(text))


def snippet(text: str, keys: str, plan: Plan) -> tuple[Piece, ...]:
    """Return the words of a text around the most that was asked for, its beginning where it has none of that.

    ``keys`` are the keys of the text's words, in step with them (``lead`` and ``body`` of ``words.Entry``).
    """
    hits = _hits(text, keys, _sought(plan))
    first = _best(hits, keys.count(" ") + 1)
    own = spans(text, first, WIDTH + 1)
    window = own[:WIDTH]
    if not window:
        return ()
    ends = len(own) <= WIDTH
    start, end = (window[0][0] if first else 0), (len(text) if ends else window[-1][1])
    found = _pieces(text, window, {at - first for at in hits}, start, end)
    opening = (Piece("… "),) if first else ()
    closing = () if ends else (Piece(" …"),)
    return (*opening, *found, *closing)


def _sought(plan: Plan) -> list[Choice]:
    titles = [choice for choice in plan.kept if choice[0].field is Field.TITLE]
    return [*plan.wanted, *titles]


def _hits(text: str, keys: str, sought: Sequence[Choice]) -> dict[int, int]:
    """Return the places of words that answer, each with the number of the choice that it answers."""
    found: dict[int, int] = {}
    single: dict[str, int] = {}
    for number, choice in enumerate(sought):
        for part in choice:
            if part.field is Field.EXACT:
                found |= dict.fromkeys(_rows([exact(word) for word in texts(text)], part.words), number)
            else:
                single |= dict.fromkeys(part.words, number)
    return found | {at: number for one, number in single.items() for at in _places(one, keys)}


def _places(one: str, keys: str) -> Iterator[int]:
    """Yield the places at which a key stands among keys. Looked for as text: splitting them all would cost ten times as much."""
    row, sought = f" {keys} ", f" {one} "
    place, before, at = 0, 0, row.find(sought)
    while at >= 0:
        place += row.count(" ", before, at)
        yield place
        before, at = at, row.find(sought, at + 1)


def _rows(written: Sequence[str], sought: tuple[str, ...]) -> list[int]:
    """Return the places of the words that stand in a row as sought."""
    starts = (at for at, one in enumerate(written) if one == sought[0])
    size = len(sought)
    return [place for at in starts if tuple(written[at : at + size]) == sought for place in range(at, at + size)]


def _best(hits: dict[int, int], length: int) -> int:
    """Return where the window begins that holds the most different answers, then the most answers; the first of equals."""
    best, where = (0, 0), 0
    places = sorted(hits)
    for nth, at in enumerate(places):
        start = max(0, min(at - BEFORE, length - WIDTH))
        inside = places[nth : bisect_left(places, start + WIDTH)]
        worth = (len({hits[place] for place in inside}), len(inside))
        if worth > best:
            best, where = worth, start
    return where


def _pieces(text: str, own: Sequence[tuple[int, int]], hits: Iterable[int], start: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = start
    for first, last in (own[place] for place in sorted(hits) if 0 <= place < len(own)):
        if at < first:
            found.append(Piece(_line(text[at:first])))
        found.append(Piece(text[first:last], True))
        at = last
    if at < end:
        found.append(Piece(_line(text[at:end])))
    return _joined(found)


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return pieces with neighbours that are marked, but for the blank between them, made one."""
    found: list[Piece] = []
    for one in pieces:
        if one.marked and len(found) > 1 and found[-1].text == " " and found[-2].marked:
            before = found[-2].text
            found[-2:] = [Piece(f"{before} {one.text}", True)]
        else:
            found.append(one)
    return tuple(found)
