"""Words with their offsets; ``clitics`` takes them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import lines

# A word is letters with their marks, or a number with its inner separators ("1.3", "17:42"); a joined Latin "G20" is one word.
_WORD = re.compile(
    r"\d+(?:[.,:٫٬/]\d+)*|[^\W\d_][\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]*",
)
_PARTED = re.compile(f"({_WORD.pattern})")


class Word(NamedTuple):
    """A word as published and where it stands."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words and numbers of a text in order, without punctuation."""
    new = tuple.__new__  # what ``Word`` itself comes to, in a third of the time
    for found in _WORD.finditer(text):
        yield new(Word, (found[0], *found.span()))


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each word of a text, and the word."""
    parts = _PARTED.split(text)  # what stands between two words, a word, what stands between, …
    return zip(parts[::2], parts[1::2], strict=False)


def spans(text: str, first: int = 0, most: int | None = None) -> list[tuple[int, int]]:
    """Return where the words of a text stand, from the ``first``th on, at most so many."""
    found = islice(_WORD.finditer(text), first, None if most is None else first + most)
    return [one.span() for one in found]


def each_text(text: str) -> Iterator[str]:
    """Yield the same as ``texts`` one by one, for callers that need the first ones only."""
    return (found[0] for found in _WORD.finditer(text))


def texts(text: str) -> list[str]:
    """Return the words and numbers of a text without where they stand, for callers that go through much text."""
    return _WORD.findall(text)


def stop_words() -> frozenset[str]:
    """Return the folded words that carry no topic: particles, pronouns, reporting verbs; no time or number words."""
    return frozenset(fold_word(word) for word in lines("tawatur.arabic", "stopwords.txt"))
