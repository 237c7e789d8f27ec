"""The words of a text around what was asked for: whole words as published, those that answer the query marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice

from tawatur.arabic.words import Word, words
from tawatur.searching.plan import Choice, Field, Plan
from tawatur.searching.words import exact, key

#: How many words a snippet has, and how many of them may stand before the first that answers.
WIDTH, BEFORE = 36, 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text, which answer the query or not."""

    text: str
    marked: bool = False


def marked(text: str, plan: Plan) -> tuple[Piece, ...]:
    """Return a whole short text, such as a headline, with its marks."""
    own = list(words(text))
    hits = _hits(text, [key(word.text) for word in own], _sought(plan))
    return _pieces(text, own, set(hits), 0, len(text))


def snippet(text: str, keys: str, plan: Plan) -> tuple[Piece, ...]:
    """Return the words of a text around the most that was asked for, its beginning where it has none of that.

    ``keys`` are the keys of the text's words, in step with them (``lead`` and ``body`` of ``words.Entry``).
    """
    row = keys.split()
    hits = _hits(text, row, _sought(plan))
    first = _best(hits, len(row))
    own = list(islice(words(text), first + WIDTH + 1))
    window = own[first : first + WIDTH]
    if not window:
        return ()
    ends = len(own) <= first + WIDTH
    start, end = (window[0].start if first else 0), (len(text) if ends else window[-1].end)
    found = _pieces(text, window, {at - first for at in hits}, start, end)
    opening = (Piece("… "),) if first else ()
    closing = () if ends else (Piece(" …"),)
    return (*opening, *found, *closing)


def _sought(plan: Plan) -> list[Choice]:
    titles = [choice for choice in plan.kept if choice[0].field is Field.TITLE]
    return [*plan.wanted, *titles]


def _hits(text: str, keys: Sequence[str], sought: Sequence[Choice]) -> dict[int, int]:
    """Return the places of words that answer, each with the number of the choice that it answers."""
    found: dict[int, int] = {}
    single: dict[str, int] = {}
    for number, choice in enumerate(sought):
        for part in choice:
            if part.field is Field.EXACT:
                found |= dict.fromkeys(_rows([exact(word.text) for word in words(text)], part.words), number)
            else:
                single |= dict.fromkeys(part.words, number)
    return found | {at: single[one] for at, one in enumerate(keys) if one in single}


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


def _pieces(text: str, own: Sequence[Word], hits: Set[int], start: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = start
    for place, word in enumerate(own):
        if place in hits:
            if at < word.start:
                found.append(Piece(_line(text[at : word.start])))
            found.append(Piece(word.text, True))
            at = word.end
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
