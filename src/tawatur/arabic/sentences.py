"""Sentences with their offsets: Arabic and Latin marks, quotation-aware, with abbreviations, decimals and clock times.

One pass over each line; nothing looks back or ahead further than a word or a quotation, so that time grows with length alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tawatur.arabic.lexicon import lines, rows
from tawatur.model import Span

# A full stop, question or exclamation mark with closing quotation marks and brackets behind it, before a blank. Outlets leave that
# blank out ("صفر.وتورينو"): then the mark must stand behind a word of two letters, a number or a closing mark, and before a word.
_LETTER = "[\u0621-\u064a]"
_END = re.compile(
    rf"[.!?؟…]+[\"»”’)\]]*(?=\s|$)|(?:(?<={_LETTER}{{2}})|(?<=[0-9\u0660-\u0669%٪\"»”)\]]))[.؟!](?={_LETTER}{{3}})"
)
_BLANKLESS_WORD = re.compile(f"{_LETTER}+")
_MARK = re.compile('[«»“”"]')
_CLOSED_BY = {"«": "»", "“": "”", '"': '"'}
_BEFORE_OPENING = " \t\u00a0([:،؛-–/ـبلكو"
#: Characters of the longest short form, those that are looked at behind one, and of the longest quotation that is kept whole.
_SHORT, _NEXT, _QUOTED = 12, 8, 4000
_NUMBERED = re.compile(r"\s*[0-9\u0660-\u0669]{1,3}")


@lru_cache(maxsize=64)  # all that read an article, or the articles of one story, ask for them one after the other
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, without the white space around them. A line break always ends a sentence.

    A full stop inside a quotation that is closed in its line does not end one, unless the quotation closes with it.
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
    quotations = _quotations(text, start, end)
    quotation = next(quotations, None)
    for mark in _END.finditer(text, start, end):
        while quotation and quotation.end < mark.end():
            quotation = next(quotations, None)
        inside = quotation is not None and quotation.start < mark.start()
        if inside or _goes_on(text, begin, mark, end):
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


def _goes_on(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    """Say whether a mark ends no sentence: behind a short form or the number of a list item, several dots, in an address."""
    stop, behind = mark.start(), mark.end()
    sign = mark.group()
    if sign[0] in "!?؟":
        return False
    if sign.startswith(("..", "…")):
        only_two = sign.startswith("..") and not sign.startswith("...")
        return behind < end and (only_two or not _new(text, behind, end))
    if behind < end and not text[behind].isspace():
        word = _BLANKLESS_WORD.match(text, behind, min(end, behind + _SHORT))
        return word is not None and word.group() in _address_endings()
    if stop - begin <= _SHORT and _NUMBERED.fullmatch(text, begin, stop):
        return True
    return len(sign) == 1 and _is_abbreviation(text, max(begin, stop - _SHORT), stop, end)


def _is_abbreviation(text: str, begin: int, stop: int, end: int) -> bool:
    """Say whether the word before a full stop is a short form that the sentence goes on behind."""
    word = re.split(r"[\s(\[«\"“]", text[begin:stop])[-1]
    ends = _abbreviations().get(word)
    if ends is None and word[:1] in ("و", "ف") and len(word) > 1:
        ends = _abbreviations().get(word[1:])
    if ends is None:
        letters = word.split(".")
        return all(len(letter) == 1 and letter.isalpha() for letter in letters)
    if not ends or not _counted(text, begin, stop - len(word)):
        return True
    return not _new(text, stop + 1, end)


def _new(text: str, at: int, end: int) -> bool:
    """Say whether the word at an offset begins a sentence: with و, or with ف in a word too long for a preposition."""
    word = text[at : min(end, at + _NEXT)].split()[:1]
    return bool(word) and (word[0][0] == "و" or (word[0][0] == "ف" and len(word[0]) > 3))


def _counted(text: str, begin: int, at: int) -> bool:
    """Say whether a number or an hour stands before a short form."""
    before = text[begin:at].rstrip()
    return before[-1:].isdecimal()


def _quotations(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the quotations that are opened and closed in a line, from mark to mark, in order; nested ones are part of the outer."""
    opened = -1
    for mark in _MARK.finditer(text, start, end):
        at, sign = mark.start(), mark.group()
        if opened >= 0 and at - opened > _QUOTED:
            opened = -1
        if opened >= 0 and sign == _CLOSED_BY[text[opened]]:
            yield Span(opened, at)
            opened = -1
        elif opened < 0 and sign in _CLOSED_BY and (sign != '"' or at == start or text[at - 1] in _BEFORE_OPENING):
            opened = at


@cache
def _abbreviations() -> dict[str, bool]:
    """Return by short form whether it can end a sentence behind a number."""
    return {row[0]: len(row) > 1 for row in rows("tawatur.arabic", "abbreviations.txt")}


@cache
def _address_endings() -> frozenset[str]:
    return frozenset(lines("tawatur.arabic", "address_endings.txt"))
