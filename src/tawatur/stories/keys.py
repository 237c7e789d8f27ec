"""The key by which grouping compares words: the matching key, with the endings and spellings that part outlets led together.

A country, its people and its adjective are one for grouping (فرنسا, الفرنسي), and so are the spellings of a foreign name
(ترامب, ترمب).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tawatur.arabic.lexicon import REMEMBERED, rows
from tawatur.arabic.stems import matched

# The ending of country names, and of the accusative (هجوما).
_ENDING = re.compile("(?<=.{3})(?:يا|ا)$")


@lru_cache(maxsize=REMEMBERED)
def key_of(word: str, *, is_name: bool = False) -> str:
    """Return the key of a word as published; ``is_name`` keeps the lemmatiser off it."""
    key = _bare(word, is_name=is_name)
    return _spellings().get(key, key)


@lru_cache(maxsize=50_000)
def keys_of(words: str) -> tuple[str, ...]:
    """Return the keys of a name or phrase, blank by blank."""
    return tuple(key_of(word) for word in words.split())


def _bare(word: str, *, is_name: bool = False) -> str:
    return _ENDING.sub("", matched(word, is_name=is_name))


@cache
def _spellings() -> dict[str, str]:
    table = rows("tawatur.stories", "spellings.tsv")
    return {_bare(other): _bare(first) for first, *others in table for other in others}
