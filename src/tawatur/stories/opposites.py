"""Words that say the opposite of each other, and days of the week: two like sentences that have one each cannot both be so."""

from __future__ import annotations

from functools import cache, lru_cache

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import rows
from tawatur.arabic.words import words
from tawatur.stories.keys import key_of

#: The letters of the article.
ARTICLE = "\u0627\u0644"


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Return for each key the keys of its opposites."""
    found: dict[str, set[str]] = {}
    for one, other in rows("tawatur.stories", "opposites.tsv"):
        sides = [{key_of(word) for word in side.split()} for side in (one, other)]
        for mine, theirs in (sides, sides[::-1]):
            for key in mine:
                found.setdefault(key, set()).update(theirs - mine)
    return {key: frozenset(keys) for key, keys in found.items()}


def other_day(one: str, other: str) -> bool:
    """Say whether two texts name one day of the week each, with its article, and not the same."""
    mine, theirs = _days(one), _days(other)
    return len(mine) == len(theirs) == 1 and mine != theirs


@lru_cache(maxsize=4096)
def _days(text: str) -> frozenset[str]:
    return frozenset(day for word in words(text) if (day := _weekdays().get(fold_word(word.text))))


@cache
def _weekdays() -> dict[str, str]:
    """Return the number of each day by its folded name with the article."""
    named = (row for row in rows("tawatur.arabic", "weekdays.tsv") if row[2] == "sure")
    return {fold_word(f"{ARTICLE}{name}"): number for number, name, _ in named}
