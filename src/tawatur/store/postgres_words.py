"""Words as PostgreSQL's full-text index takes them: already made by us, each with its place, so that no parser touches them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: PostgreSQL keeps places up to this, and no word longer than 2046 bytes.
LAST, LONGEST = 16_383, 400
_PLACES = tuple(map(str, range(LAST)))


def lexeme(word: str) -> str:
    """Return a word as it is written in a tsvector or a tsquery."""
    short = word[:LONGEST]
    if "'" in short or "\\" in short:
        short = short.replace("\\", "\\\\").replace("'", "''")
    return f"'{short}'"


def vector(placed: Iterable[tuple[str, int]], alone: Iterable[str] = ()) -> str:
    """Return the text of a tsvector of words with their places, from 1, and of some that have none."""
    places: dict[str, str] = {}
    for word, place in placed:
        known, written = places.get(word), _PLACES[place] if place < LAST else str(LAST)
        places[word] = f"{known},{written}" if known else written
    words = [f"{lexeme(word)}:{found}" for word, found in places.items()]
    return " ".join((*words, *map(lexeme, alone)))


def row_of(words: Sequence[str | None]) -> str:
    """Return the text of a tsquery for words in a row; None stands for any word in between."""
    text, gap = "", 0
    for word in words:
        gap += 1
        if word is not None:
            text += (f" <{gap}> " if text else "") + lexeme(word)
            gap = 0
    return f"({text})" if text else lexeme("?")
