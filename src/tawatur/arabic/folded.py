"""A text folded for matching, with the way back to the published letters; cheap enough for every article."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from tawatur.arabic.fold import fold
from tawatur.model import Span

# The characters that ``fold`` drops, asked from it once: marks and invisible controls all stand in these blocks.
_BLOCKS = (*range(0xA0, 0xB0), *range(0x600, 0x700), *range(0x2000, 0x2070), 0xFEFF)
_DROPPED = re.compile(f"[{''.join(chr(code) for code in _BLOCKS if fold(chr(code)) == '')}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded form of ``source``; ``shifts[k]`` is the folded offset at which the k-th character was dropped."""

    source: str
    text: str
    shifts: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the source behind ``text[start:end]``, with the marks that follow its letters."""
        first = start + bisect_right(self.shifts, start)
        last = end + bisect_right(self.shifts, end)
        while last > first and self.source[last - 1].isspace():
            last -= 1
        return Span(first, last)

    def published(self, start: int, end: int) -> str:
        """Return the published letters behind ``text[start:end]``."""
        span = self.span(start, end)
        return self.source[span.start : span.end]


def folded(source: str) -> Folded:
    """Fold a text and remember what was dropped; every other letter folds to one."""
    text = fold(source)
    dropped = [found.start() for found in _DROPPED.finditer(source)] if len(text) != len(source) else []
    return Folded(source, text, tuple(at - nth for nth, at in enumerate(dropped)))
