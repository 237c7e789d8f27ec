"""Words with their offsets, and the clitics that Arabic writes onto them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import lines

# A word is letters with their marks, or a number with its inner separators ("1.3", "17:42"); a joined Latin "G20" is one word.
_WORD = re.compile(
    r"\d+(?:[.,:٫٬/]\d+)*|[^\W\d_][\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]*",
)


class Word(NamedTuple):
    """A word as published and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words and numbers of a text in order, without punctuation."""
    for found in _WORD.finditer(text):
        yield Word(found.group(), found.start(), found.end())


class Peeled(NamedTuple):
    """A word without its leading clitics: ``prefix + stem`` is the word (with "لل" read as "ل" + "ال")."""

    prefix: str
    stem: str


def peel(word: str, *, known: Callable[[str], bool]) -> Peeled:
    """Take leading و ف ب ك ل off a word as long as the rest is ``known`` to the caller.

    Names begin with the same letters (واشنطن, بوتين, فلسطين), so a clitic comes off only where the word itself is not known
    and the rest is. An unknown word is returned whole.
    """
    if known(word):
        return Peeled("", word)
    for cut in range(1, min(4, len(word) - 1)):
        prefix, rest = word[:cut], word[cut:]
        if not is_proclitic(prefix):
            break
        for stem in (rest, "ال" + rest[1:]) if prefix.endswith("ل") and rest.startswith("ل") else (rest,):
            if known(stem):
                return Peeled(prefix, stem)
    return Peeled("", word)


def is_proclitic(prefix: str) -> bool:
    """Say whether a string can stand as clitics before a word: و ف, then ب ك ل."""
    return re.fullmatch("[وف]?[بكل]?", prefix) is not None and prefix != ""


def stop_words() -> frozenset[str]:
    """Return the folded words that carry no topic: particles, pronouns, reporting verbs; no time or number words."""
    return frozenset(fold_word(word) for word in lines("tawatur.arabic", "stopwords.txt"))
