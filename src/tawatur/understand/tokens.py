"""An article's text as the analysers see it: sentences of tokens with folded forms and offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.arabic.remembered import Remembered
from tawatur.arabic.sentences import sentences
from tawatur.model import Span
from tawatur.understand.traits import traits_of

# Letters with their marks (an underscore separates the words of a hashtag; digits join Latin letters only: "G20", but "و3.5" is
# two tokens), a number with its inner separators, or one sign.
_PARTED = re.compile(
    r"([A-Za-z][^\W_]*|[^\W\d_][^\W\d_A-Za-z]*(?:[\u0610-\u061a\u064b-\u065f\u0670\u200c]+[^\W\d_A-Za-z]*)*|\d+(?:[.,:٫٬/]\d+)*|[^\s\w]|_)",
)
_LEFT_OUT = frozenset(("", "#", "_"))

#: Tokens of the longest sentence. What stands in a sentence is compared with all of it, so that a text without a full stop would
#: cost time by the square of its length; of 29,300 sentences of news three are longer.
LONGEST = 400


class Token(NamedTuple):
    """A word, a number or a punctuation mark as published, its folded form, where it stands, and what it may be."""

    text: str
    folded: str
    start: int
    end: int
    traits: int  # what it may be, as ``traits`` has it

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


Sentence = tuple[Token, ...]


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a stretch of text; the signs of hashtags ("#", "_") and lone tatweel are left out."""
    parts = _PARTED.split(text[start:end])  # what stands between two tokens, a token, what stands between, …
    offsets = list(accumulate(map(len, parts), initial=start))
    known, words = _KNOWN, parts[1::2]
    new = tuple.__new__  # what ``Token`` itself comes to, in a third of the time: an article has hundreds
    return [
        new(Token, (word, told[0], start, end, told[1]))
        for word, start, end in zip(words, offsets[1::2], offsets[2::2], strict=False)
        if (told := known[word])
    ]


def _known(word: str) -> tuple[str, int] | None:
    """Return the folded form of a token and its traits, None of one that is left out."""
    folded = fold(word)
    return (folded, traits_of(word, folded)) if folded not in _LEFT_OUT else None


#: Twice as many tokens are remembered here than words elsewhere, since all are asked for.
_KNOWN = Remembered(_known, 2 * REMEMBERED)


def token_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text as tuples of tokens, without empty ones; one that does not end is cut."""
    found = (tuple(tokenize(text, span.start, span.end)) for span in sentences(text))
    return tuple(part for sentence in found for part in _cut(sentence))


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    for at in range(0, len(sentence), LONGEST):
        yield sentence[at : at + LONGEST]


def span_of(tokens: Sentence, first: int, last: int) -> Span:
    """Return the stretch of text from token ``first`` to token ``last`` (inclusive)."""
    return Span(tokens[first].start, tokens[last].end)
