"""What a copy made of its original: which paragraphs and sentences it cut, added and put into other words, and how much it shares.

Both texts are marked word by word where they share a run; a sentence is judged by the share of its words that are marked. The order
of sentences counts for nothing, so that what only moved is neither cut nor added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tawatur.arabic.sentences import sentences
from tawatur.model import Passage, Span
from tawatur.stories.runs import RUN, Marks, Runs

#: A sentence is the other text's where this share of its words stands there, in other words down to the second share, else its own.
SAME, REWORDED = 0.8, 0.2
#: Words in a row that are shown as cut from or added to a sentence that stays.
FEWEST_WORDS = 4

Judged = tuple[Span, float]  # a sentence with the share of its words that are marked


@dataclass(frozen=True, slots=True)
class Alteration:
    """What a copy made of its original; ``cut`` counts characters of the original's text, ``added`` of the copy's."""

    taken: float
    kept: float
    cut: tuple[Passage, ...]
    added: tuple[Passage, ...]
    reworded: int


def alteration(copy: Runs, original: Runs) -> Alteration:
    """Return what a copy made of its original."""
    taken, kept = _marks(copy, original), _marks(original, copy)
    judged, others = _judged(copy, taken), _judged(original, kept)
    return Alteration(
        taken=_share(taken),
        kept=_share(kept),
        cut=_own(original, kept, others),
        added=_own(copy, taken, judged),
        reworded=sum(REWORDED <= share < SAME for _, share in judged),
    )


def _share(marks: Marks) -> float:
    return float(marks.mean()) if len(marks) else 0.0


def _marks(text: Runs, other: Runs) -> Marks:
    """Return for each word whether the other text has it in a run, or in a sentence that is too short to hold one."""
    marks = text.found_in(other)
    for _, words in _sentences(text):
        if len(words) < RUN:
            marks[words.start : words.stop] |= np.isin(text.words[words.start : words.stop], other.words).all()
    return marks


def _judged(text: Runs, marks: Marks) -> list[Judged]:
    """Return the sentences, each with the share of its words that are marked; those without words are left out."""
    before = [0, *np.cumsum(marks).tolist()]
    return [(span, (before[words.stop] - before[words.start]) / len(words)) for span, words in _sentences(text)]


def _own(text: Runs, marks: Marks, judged: Sequence[Judged]) -> tuple[Passage, ...]:
    """Return what a text has of its own: whole paragraphs, sentences, and longer stretches of words of the other sentences."""
    found: list[Passage] = []
    held = marks.tolist()
    for line in _lines(text.text):
        inside = [(span, share) for span, share in judged if line.start <= span.start < line.end]
        if inside and all(share < REWORDED for _, share in inside):
            found.append(Passage(span=line, unit="paragraph"))
            continue
        for span, share in inside:
            if share < REWORDED:
                found.append(Passage(span=span, unit="sentence"))
            elif share >= SAME:
                found += (Passage(span=words, unit="words") for words in _stretches(text, held, span))
    return tuple(found)


def _stretches(text: Runs, marks: Sequence[bool], sentence: Span) -> Iterator[Span]:
    """Yield the longer stretches of a sentence's words that are not marked."""
    first, last = _between(text, sentence)
    start = first
    for at in range(first, last + 1):
        if at == last or marks[at]:
            if at - start >= FEWEST_WORDS:
                yield Span(text.places[start][0], text.places[at - 1][1])
            start = at + 1


def _lines(text: str) -> list[Span]:
    """Return the paragraphs of a text that hold anything."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
        start += len(line) + 1
    return found


@lru_cache(maxsize=256)
def _sentences(text: Runs) -> tuple[tuple[Span, range], ...]:
    """Return the sentences of a text with the numbers of their words."""
    found = ((span, range(*_between(text, span))) for span in sentences(text.text))
    return tuple((span, words) for span, words in found if words)


def _between(text: Runs, span: Span) -> tuple[int, int]:
    starts = text.starts
    return bisect_left(starts, span.start), bisect_left(starts, span.end)
