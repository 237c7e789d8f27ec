"""What readers saved, in PostgreSQL: found by words as in SQLite, with another index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tawatur.reader import ReaderId
from tawatur.store.postgres_words import row_of, vector
from tawatur.store.sqlite_saved import SqliteSaved

_WORD = re.compile(r"[^\W_]+")


class PostgresSaved(SqliteSaved):
    """``SavedThings`` in PostgreSQL."""

    def _found_by(self, words: Sequence[str]) -> Mapping[str, str]:
        text = " ".join(words)
        return {"words": text, "found": found_by(text)}

    def _saved_match(self, reader: ReaderId, phrases: Iterable[Sequence[str]]) -> str:
        return " & ".join(row_of(_words(" ".join(phrase))) for phrase in phrases)


def found_by(text: str) -> str:
    """Return the text of the tsvector of a saved thing's words."""
    return vector((word, place) for place, word in enumerate(_words(text), 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
