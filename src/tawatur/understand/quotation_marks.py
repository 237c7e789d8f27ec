"""Pair quotation marks by direction, never by counting: many paragraphs hold an odd number of them.

A mark that follows a blank, a bracket, a colon or a bare clitic ("ب", "بـ") opens; one before a blank or punctuation closes. A
quotation that nothing closes ends with its paragraph; none crosses paragraphs, unless the next one starts with a mark again.
"""

from __future__ import annotations

import re

from tawatur.model import Span

_MARK = re.compile('["«»“”]')
_OPENS_BEHIND = re.compile(r"(?:^|[\s(\[:،؛/\-–]|(?:^|[\s\"«])[وف]?[بلكو]ـ?)$")
_CLOSES_BEFORE = re.compile(r"[\s)\].,،؛:;!؟?\"»”]|$")


LONGEST_NESTED = 600  # characters in which a quotation inside another one and the other one end


def find(text: str) -> tuple[Span, ...]:
    """Return the stretches inside quotation marks, without the marks, in order."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        here = _of_line(text, start, start + len(line))
        if found and here and _goes_on(text, found[-1], here[0], start):
            found[-1] = Span(found[-1].start, here.pop(0).end)
        found.extend(here)
        start += len(line) + 1
    return tuple(span for span in found if span.end > span.start)


def _goes_on(text: str, before: Span, here: Span, start: int) -> bool:
    """Say whether an unclosed quotation of one paragraph goes on with the mark that opens the next."""
    return not text[before.end : start].strip() and here.start == start + 1


def _of_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened, inner, nested = -1, 0, -1
    marks = [(mark.start(), *_directions(text, mark.start(), start, end)) for mark in _MARK.finditer(text, start, end)]
    for number, (at, opens, closes) in enumerate(marks):
        if number <= nested:
            continue
        if opened < 0:
            opened = at + 1 if opens or _must_open(text, marks, number) else -1
        elif inner or (text[at] == text[opened - 1] == "«" and _nests(text, at, end)):
            inner += 1 if text[at] == "«" else -1 if text[at] == "»" else 0
        elif text[opened - 1] == '"' and _nests_straight(marks, number):
            nested = number + 1
        elif closes or not opens:
            found.append(_trimmed(text, opened, at))
            opened = -1
        else:  # it opens while one is open: the first was never closed
            found.append(_trimmed(text, opened, at))
            opened = at + 1
    if opened >= 0:
        found.append(_trimmed(text, opened, end))
    return found


def _nests(text: str, at: int, end: int) -> bool:
    """Say whether a mark that opens inside a quotation has an end of its own: "«قال «نعم» وذهب»"."""
    end = min(end, at + LONGEST_NESTED)
    first, second = text.find("»", at, end), -1
    if first >= 0:
        second = text.find("»", first + 1, end)
    opens = text.find("«", at + 1, end)
    return second >= 0 and (opens < 0 or second < opens)


def _nests_straight(marks: list[tuple[int, bool, bool]], number: int) -> bool:
    """Say whether a straight mark opens inside a quotation and both have an end: "دمرنا قاعدة "كذا" في الجنوب"."""
    ahead = marks[number : number + 3]
    if len(ahead) < 3 or ahead[2][0] - ahead[0][0] > LONGEST_NESTED:
        return False
    (_, opens, closes), *ends = ahead
    return opens and not closes and all(end and not start for _, start, end in ends)


def _must_open(text: str, marks: list[tuple[int, bool, bool]], number: int) -> bool:
    """Say whether a mark that looks like none or a closing one opens, as the next one can only close: قال فلان" نعم"."""
    at = marks[number][0]
    if number + 1 == len(marks) or (text[at] == "»" and not text[at + 1 : at + 2].isalpha()):
        return False
    _, opens, closes = marks[number + 1]
    return closes and not opens


def _directions(text: str, at: int, start: int, end: int) -> tuple[bool, bool]:
    """Return (can open, can close) of the mark at an offset."""
    if text[at] in "«»":
        return text[at] == "«", text[at] == "»"
    after = text[at + 1 : at + 2] if at + 1 < end else ""
    behind = _OPENS_BEHIND.search(text[max(start, at - 4) : at]) is not None or at == start
    opens = behind and (not _CLOSES_BEFORE.match(after) or text[at - 1 : at] == ":" or after in ('"', "«"))
    return opens, _CLOSES_BEFORE.match(after) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
