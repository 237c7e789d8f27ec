"""Sentences with their offsets: Arabic and Latin marks, quotation-aware, with abbreviations, decimals and clock times."""

from __future__ import annotations

import re
from functools import cache

from tawatur.arabic.lexicon import lines
from tawatur.model import Span

# A full stop, question or exclamation mark with closing quotation marks and brackets behind it. Outlets leave out the
# blank behind a full stop ("صفر.وتورينو"), so an Arabic letter on both sides is enough.
_END = re.compile(r"(?:[.!?؟…]+[\"»”’)\]]*)(?=\s|$)|(?<=[\u0621-\u064a]{2})[.؟!](?=[\u0621-\u064a]{3})")
_OPEN, _CLOSE = "«“", "»”"


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, without the white space around them. A line break always ends a sentence.

    A full stop inside «…» or “…” does not end one unless the quotation closes with it.
    """
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        found.extend(_of_line(text, start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _of_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    begin = start
    for mark in _END.finditer(text, start, end):
        if _is_abbreviation(text, begin, mark.start()) or _inside_quotation(text, begin, mark.end()):
            continue
        found.append(_trimmed(text, begin, mark.end()))
        begin = mark.end()
    found.append(_trimmed(text, begin, end))
    return [span for span in found if span.end > span.start]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_abbreviation(text: str, begin: int, stop: int) -> bool:
    """Say whether the word before a full stop is "د.", "م.", "ت.غ" and the like, or a single letter."""
    word = re.split(r"[\s(\[«\"“]", text[begin:stop])[-1]
    return (len(word) == 1 and word.isalpha()) or word in _abbreviations()


def _inside_quotation(text: str, begin: int, at: int) -> bool:
    opened = max(text.rfind(mark, begin, at) for mark in _OPEN)
    closed = max(text.rfind(mark, begin, at) for mark in _CLOSE)
    return opened > closed and any(text.find(mark, at, _line_end(text, at)) >= 0 for mark in _CLOSE)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lines("tawatur.arabic", "abbreviations.txt"))
