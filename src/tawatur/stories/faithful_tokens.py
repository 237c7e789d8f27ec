"""Sentences as a checker of rewritings compares them: words and numbers, with the clauses and quotations in which they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawatur.arabic import numbers
from tawatur.arabic.fold import fold
from tawatur.stories.faithful_words import canon

_TOKEN = re.compile(r"\d+(?:[.,:٫٬/]\d+)*|[^\W\d_]+|[^\s\w]|_")
_OPENS, _CLOSES, _EITHER = "«“„‹", "»”›", "\"'‘’″"
#: Signs that end a clause, and those that end more than one; a dash only with a blank on either side.
_CLAUSE, _WHOLE, _ASIDE, _DASHES = "،,؛;.!؟?…", "؛;.!؟?…", "()[]", "-–—ـ"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number. ``key`` is what is compared; ``broken`` are the signs before it that end a clause."""

    text: str
    key: str
    number: bool = False
    quoted: bool = False
    broken: str = ""
    colon: bool = False

    @property
    def whole(self) -> bool:
        """Whether more than a clause ended before it."""
        return any(sign in _WHOLE for sign in self.broken)

    @property
    def aside(self) -> bool:
        """Whether a bracket or a dash stands before it."""
        return any(sign in _ASIDE + _DASHES for sign in self.broken)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of a sentence; numbers that are told in several words are one."""
    return _with_numbers(_hundredths(_plain(text)))


def _plain(text: str) -> list[Token]:
    folded = fold(text.replace("%", " % ").replace("٪", " % "))
    found: list[Token] = []
    inside, signs, marked = False, "", False
    for match in _TOKEN.finditer(folded):
        sign = match.group()
        if sign in _OPENS + _CLOSES + _EITHER and not _in_word(folded, match.start()):
            opens = _opens(folded, match.start(), inside)
            if not opens and not inside and not marked:  # a quotation that began in a sentence before
                found = [replace(one, quoted=True) for one in found]
            inside, marked = opens, True
        elif sign.isalnum() or sign[0].isalnum() or sign in "%$€£":
            found.append(Token(sign, canon(sign), quoted=inside, broken=signs, colon=":" in signs))
            signs = ""
        elif sign in _CLAUSE + _ASIDE + ":" or (sign in _DASHES and _is_parting(folded, match.start())):
            signs += sign
    return [replace(one, broken=one.broken.replace(":", "")) for one in found]


def _opens(text: str, at: int, inside: bool) -> bool:
    """Say whether a quotation mark opens: by its form, or by what stands beside it."""
    if text[at] in _OPENS + _CLOSES:
        return text[at] in _OPENS
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if inside:
        return before.isspace() and behind.isalnum()
    return not (before.isalnum() and not behind.isalnum() and not _clitic(text, at)) and bool(behind.strip())


def _clitic(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in "بلكو" and not text[at - 2 : at - 1].isalnum()


def _in_word(text: str, at: int) -> bool:
    """Say whether an apostrophe stands inside a word."""
    return text[at] in "'’‘" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _is_parting(text: str, at: int) -> bool:
    return text[at - 1 : at].isspace() or text[at + 1 : at + 2].isspace()


def _hundredths(plain: list[Token]) -> list[Token]:
    """Write every way to say "per cent" as the sign."""
    found: list[Token] = []
    at = 0
    while at < len(plain):
        for length in (2, 1):
            if " ".join(one.text for one in plain[at : at + length]) in numbers.glue("hundredths"):
                found.append(replace(plain[at], text="%", key="%"))
                at += length
                break
        else:
            found.append(plain[at])
            at += 1
    return found


def _with_numbers(plain: list[Token]) -> tuple[Token, ...]:
    words = [one.text for one in plain]
    found: list[Token] = []
    at = 0
    while at < len(plain):
        number = _number(words, at)
        end = number.end if number else at + 1
        broken = any(one.broken for one in plain[at + 1 : end])
        if number is None or broken:
            found.append(plain[at])
            end = at + 1
        else:
            found.append(replace(plain[at], key=_key(number, words), number=True))
        at = end
    return tuple(found)


def _number(words: Sequence[str], at: int) -> numbers.Number | None:
    sure = words[at][0].isdigit() or words[at] in numbers.starts()
    return numbers.read(words, at) if sure else None


def _key(number: numbers.Number, words: Sequence[str]) -> str:
    """Return the value with what is written onto it; a conjunction is kept apart as it is from words."""
    if number.bound == "vague":
        return " ".join(words[number.start : number.end])
    upper = "" if number.upper is None else f"-{number.upper:g}"
    return f"{number.lead.replace('ال', '')}{number.value!r}{upper}"
