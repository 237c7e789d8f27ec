"""Searching in PostgreSQL: the same words as in SQLite, in one tsvector an article, found by a GIN index.

A word has a letter before it that says in which field it stands. All postings of a query are read, and the newest of them
kept: what a search costs grows with how often its words stand in the store, which in SQLite it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tawatur.searching.plan import Choice, Field, Part
from tawatur.searching.words import BETWEEN, NOTHING
from tawatur.store.postgres_words import lexeme, row_of, vector
from tawatur.store.sqlite_search import SqliteSearch

#: The letter of each field of the index. Those of the headline and of the text share one, and differ by weight.
_LETTERS = {
    "title": "k",
    "lead": "k",
    "body": "k",
    "exact": "x",
    "people": "p",
    "places": "l",
    "organizations": "g",
    "outlet": "o",
    "section": "s",
}
_WEIGHTS = {"title": "A", "lead": "B", "body": "C"}
#: What every article has.
_EVERY = lexeme(f"x{BETWEEN}")


class PostgresSearch(SqliteSearch):
    """``Search`` in PostgreSQL."""

    def _entered(self, words: Mapping[str, str]) -> Mapping[str, str]:
        return {"words": found_words(words)}

    def _expression(self, choices: Iterable[Choice], unwanted: Iterable[Part]) -> str:
        wanted = " & ".join(f"({' | '.join(map(_row, choice))})" for choice in choices)
        without = " | ".join(map(_row, unwanted))
        return f"{wanted or _EVERY} & !({without})" if without else wanted


def found_words(words: Mapping[str, str]) -> str:
    """Return the text of the tsvector of an article, by which it is found."""
    return vector(_placed(words))


def _placed(fields: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield the words of an article with their places. No two fields touch, so that no words in a row reach over their border."""
    place = 0
    for field, text in fields.items():
        place += 1
        for word in text.split():
            place += 1
            if word != NOTHING:
                yield _LETTERS[field] + word.lower(), place, _WEIGHTS.get(field, "")


def _row(part: Part) -> str:
    field = "title" if part.field is Field.WORDS else part.field.value
    words = [None if word == NOTHING else _LETTERS[field] + word.lower() for word in part.words]
    return row_of(words, _WEIGHTS.get(field, "") if part.field is not Field.WORDS else "")
