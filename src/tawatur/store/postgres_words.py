"""Words as PostgreSQL's full-text index takes them: already made by us, each with its place, so that no parser touches them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

#: PostgreSQL keeps places up to this, and no word longer than 2046 bytes.
LAST, LONGEST = 16_383, 400


def lexeme(word: str) -> str:
    """Return a word as it is written in a tsvector or a tsquery."""
    return "'" + word[:LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"


def vector(placed: Iterable[tuple[str, int]], alone: Iterable[str] = ()) -> str:
    """Return the text of a tsvector of words with their places, from 1, and of some that have none."""
    places: dict[str, list[str]] = defaultdict(list)
    for word, place in placed:
        places[word].append(str(min(place, LAST)))
    words = (f"{lexeme(word)}:{','.join(found)}" for word, found in places.items())
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
