"""The words of a text around what was asked for: whole words as published, those that answer the query marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    hits = _hits(own, [key(word.text) for word in own], _sought(plan))
    return _pieces(text, own, set(hits), 0, len(text))


def snippet(text: str, keys: str, plan: Plan) -> tuple[Piece, ...]:
    """Return the words of a text around the most that was asked for, its beginning where it has none of that.

    ``keys`` are the keys of the text's words, in step with them (``lead`` and ``body`` of ``words.Entry``).
    """
    own = list(words(text))
    if not own:
        return ()
    hits = _hits(own, keys.split(), _sought(plan))
    first = _best(hits, len(own))
    last = min(len(own), first + WIDTH)
    start, end = (own[first].start if first else 0), (own[last - 1].end if last < len(own) else len(text))
    found = _pieces(text, own, set(hits), start, end)
    opening = (Piece("… "),) if start else ()
    closing = (Piece(" …"),) if last < len(own) else ()
    return (*opening, *found, *closing)


def _sought(plan: Plan) -> list[Choice]:
    titles = [choice for choice in plan.kept if choice[0].field is Field.TITLE]
    return [*plan.wanted, *titles]


def _hits(own: Sequence[Word], keys: Sequence[str], sought: Sequence[Choice]) -> dict[int, int]:
    """Return the places of words that answer, each with the number of the choice that it answers."""
    found: dict[int, int] = {}
    written: list[str] | None = None
    for number, choice in enumerate(sought):
        for part in choice:
            row: Sequence[str] = keys
            if part.field is Field.EXACT:
                row = written = written or [exact(word.text) for word in own]
            for at in _places(row, part.words):
                found |= {place: number for place in range(at, at + len(part.words)) if place < len(own)}
    return found


def _places(row: Sequence[str], sought: Sequence[str]) -> list[int]:
    first, size = sought[0], len(sought)
    return [
        at for at, one in enumerate(row) if one == first and (size == 1 or list(row[at : at + size]) == list(sought))
    ]


def _best(hits: dict[int, int], length: int) -> int:
    """Return where the window begins that holds the most different answers, then the most answers; the first of equals."""
    best, where = (0, 0), 0
    places = sorted(hits)
    for at in places:
        start = max(0, min(at - BEFORE, length - WIDTH))
        inside = [place for place in places if start <= place < start + WIDTH]
        worth = (len({hits[place] for place in inside}), len(inside))
        if worth > best:
            best, where = worth, start
    return where


def _pieces(text: str, own: Sequence[Word], hits: set[int], start: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at = start
    for place, word in enumerate(own):
        if place in hits and word.start >= start and word.end <= end:
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
