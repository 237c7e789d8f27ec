"""Searching in PostgreSQL: the same words as in SQLite, in one tsvector an article, found by a GIN index.

A word has a letter before it that says in which field it stands; further words say when the article appeared. By them the newest
articles are looked through first (migration 24), so that what a search costs does not grow with the store, as in SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tawatur.searching.plan import Choice, Field, Part
from tawatur.searching.words import BETWEEN, NOTHING
from tawatur.store.postgres_words import lexeme, row_of, vector
from tawatur.store.sqlite_search import BITS, SqliteSearch

#: The letters of each field of the index. The headline and the text share one, as words are mostly looked for in both.
_LETTERS = {
    "title": "kt",
    "lead": "k",
    "body": "k",
    "exact": "x",
    "people": "p",
    "places": "l",
    "organizations": "g",
    "outlet": "o",
    "section": "s",
}
#: Minutes shifted by so many bits are the periods by which articles are looked through, from eight hours to half a year.
_PERIODS = (9, 12, 15, 18)
#: What every article has.
_EVERY = lexeme(f"x{BETWEEN}")


class PostgresSearch(SqliteSearch):
    """``Search`` in PostgreSQL."""

    def _entered(self, number: int, words: Mapping[str, str]) -> Mapping[str, str]:
        return {"words": found_words(number, words)}

    def _expression(self, choices: Iterable[Choice], unwanted: Iterable[Part]) -> str:
        wanted = " & ".join(f"({' | '.join(map(_row, choice))})" for choice in choices)
        without = " | ".join(map(_row, unwanted))
        return f"{wanted or _EVERY} & !({without})" if without else wanted


def found_words(number: int, words: Mapping[str, str]) -> str:
    """Return the text of the tsvector of an article, by which it is found."""
    return vector(_placed(words), (f"m{wide}:{number >> BITS + wide}" for wide in _PERIODS))


def _placed(fields: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the words of an article with their places. No two fields touch, so that no words in a row reach over their border."""
    place = 0
    for field, text in fields.items():
        place += 1
        letters = _LETTERS[field]
        for word in text.lower().split():
            place += 1
            if word != NOTHING:
                for letter in letters:
                    yield letter + word, place


def _row(part: Part) -> str:
    letter = _LETTERS["lead" if part.field is Field.WORDS else part.field.value][-1]
    return row_of([None if word == NOTHING else letter + word.lower() for word in part.words])
