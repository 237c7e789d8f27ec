"""Two wordings of the same words, word by word: what one of them puts in, leaves out, or says otherwise.

Words are compared folded, so that marks and variants of letters are no difference; signs between words are none either. The edits
are the fewest (Levenshtein); what stands between two changes and carries no weight of its own joins them.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from tawatur.arabic.fold import fold_word
from tawatur.arabic.words import Word, words
from tawatur.model import Mark, Span

#: The share of the shorter wording's words that the other must have in its order.
COMMON = 0.5
#: Above so many pairs of words two texts are no wordings of one statement, and are not compared.
MOST_PAIRS = 250_000


def marks(text: str, base: str) -> tuple[Mark, ...]:
    """Return where a wording differs from the one it is held against, in the order of its own words.

    Nowhere where they have so little in common that one is the other's sense in words of its own.
    """
    here, there = list(words(text)), list(words(base))
    if len(here) * len(there) > MOST_PAIRS:
        return (Mark(span=Span(0, len(text)), instead=base),)
    before, after = _folded(there), _folded(here)
    ops = Levenshtein.opcodes(before, after)
    kept = sum(op.src_end - op.src_start for op in ops if op.tag == "equal")
    if kept < COMMON * min(len(before), len(after)):
        return ()
    return tuple(
        Mark(
            span=_span(here, op.dest_start, op.dest_end),
            instead=_text(base, there[op.src_start : op.src_end]),
        )
        for op in ops
        if op.tag != "equal"
    )


def is_same(text: str, base: str) -> bool:
    """Say whether two wordings have the same words."""
    return _folded(list(words(text))) == _folded(list(words(base)))


def _folded(found: list[Word]) -> list[str]:
    return [fold_word(word.text) for word in found]


def _span(found: list[Word], first: int, last: int) -> Span:
    """Return where some words stand; of none, the empty span behind the word before them."""
    if first < last:
        return Span(found[first].start, found[last - 1].end)
    at = found[first - 1].end if first else 0
    return Span(at, at)


def _text(text: str, found: list[Word]) -> str:
    return text[found[0].start : found[-1].end] if found else ""
