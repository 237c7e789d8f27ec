"""Words that say the opposite of each other: two like sentences that have one each cannot both be so."""

from __future__ import annotations

from functools import cache

from tawatur.arabic.lexicon import rows
from tawatur.stories.keys import key_of


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
