"""Numbers in digits and in words, with where they stand: "1.3 مليار", "ألفان وخمسمئة", "مليوني", "بين 3 و5".

Everything here works on folded text (``arabic.folded``); positions count in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern

_PACKAGE = "tawatur.arabic"
# Digits with separators of thousands (1,300,000 or 1٬300 or 1.300.000), or with a decimal mark.
_DIGITS = r"\d{1,3}(?:[,٬،]\d{3})+(?:[.٫]\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,٫]\d+)?"


class Number(NamedTuple):
    """A number and where it stands in folded text. ``upper`` is the other end of a range.

    ``bound`` is "least", "most" or "about" where the text says so, else "". ``start`` and ``end`` cover the bounding words.
    """

    value: float
    start: int
    end: int
    upper: float | None = None
    bound: str = ""


@dataclass(frozen=True)
class _Word:
    value: float
    role: str


@cache
def _words() -> dict[str, _Word]:
    """Number words by their folded form. A form that is a scale and a dual ("ألفا") is a scale."""
    found: dict[str, _Word] = {}
    for value, role, forms in rows(_PACKAGE, "number_words.tsv"):
        for form in forms.split("|"):
            found.setdefault(fold(form), _Word(float(value), role))
    return found


def _of_roles(*roles: str) -> str:
    return words_pattern(word for word, entry in _words().items() if entry.role in roles)


@cache
def number_pattern() -> str:
    """Return a pattern, without groups, that matches one number in digits or words in folded text."""
    plain, scale = _of_roles("small", "ten", "dual", "scale", "scales"), _of_roles("scale", "scales")
    vague = rf"(?!{_of_roles('scales')}(?!\w)|احدي(?!{BLANK}(?:عشر|و)))"  # "آلاف القتلى", "إحدى الطائرات" count nothing
    more = rf"{BLANK}(?:و?{MAYBE}{plain}|و{MAYBE}(?:{_DIGITS}){BLANK}{scale})(?!\w)"
    half = rf"(?:{BLANK}{_half()}(?!\w))?"
    digits = rf"(?:{_DIGITS})(?:{MAYBE}{scale}(?!\w)(?:{more})*)?{half}"
    return rf"(?:{digits}|{_of_roles('part')}{BLANK}{scale}(?!\w)|{vague}{plain}(?!\w)(?:{more})*{half})"


def _half() -> str:
    """A fraction of the scale before it: "ونصف", "ونصف المليون"."""
    return rf"و{_of_roles('part')}(?:{BLANK}(?:ال)?{_of_roles('scale', 'scales')})?"


@cache
def _token() -> re.Pattern[str]:
    half = _half().replace("(?:", "(?P<half>", 1)
    return re.compile(
        rf"(?P<digits>{_DIGITS})|{MAYBE}{half}(?!\w)|{MAYBE}و?(?:ال)?(?P<word>{words_pattern(_words())})(?!\w)"
    )


def evaluate(text: str) -> float:
    """Return the value of a folded text that ``number_pattern`` matched."""
    total, current, last = 0.0, 0.0, 1.0
    for found in _token().finditer(text):
        word = _words()[squeezed(found["word"] or found["half"])] if not found["digits"] else None
        if word is None:
            current += _of_digits(found["digits"])
        elif found["half"]:
            total += word.value * last
        elif word.role in ("scale", "scales"):
            total, current, last = total + (current or 1.0) * word.value, 0.0, word.value
        elif word.role == "dual":
            total, last = total + word.value, word.value / 2
        else:
            current += word.value
    return total + current


def _of_digits(digits: str) -> float:
    """Read digits: a comma before exactly three digits parts thousands, another one marks decimals."""
    if re.fullmatch(r"\d{1,3}(?:[,٬،]\d{3})+(?:[.٫]\d+)?", digits):
        return float(re.sub("[,٬،]", "", digits).replace("٫", "."))
    if digits.count(".") > 1:
        return float(digits.replace(".", ""))
    return float(digits.replace(",", ".").replace("٫", "."))


def parse(text: str) -> float | None:
    """Return the number that a whole string stands for ("ثلاثة عشر", "1.3 مليار", "١٢"), or None."""
    folded = fold(text).strip()
    return evaluate(folded) if _whole().fullmatch(folded) else None


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(number_pattern())


@cache
def _bounds(side: str) -> dict[str, str]:
    return {fold(words): bound for bound, where, words in rows(_PACKAGE, "bounds.tsv") if where == side}


@cache
def bound_pattern(side: str) -> str:
    """Return a pattern for the words "before" or "behind" a number that say how exact it is."""
    return words_pattern(_bounds(side))


def bound_of(words: str | None) -> str:
    """Return "least", "most" or "about" for bounding words in folded text, "" for others."""
    found = squeezed(words or "")
    return _bounds("before").get(found) or _bounds("behind").get(found, "")


@cache
def range_pattern() -> str:
    """Return a pattern with groups for a number with its bounds and range: before, low, high, behind."""
    one = number_pattern()
    to = rf"(?:{BLANK}(?:الي|حتي|و|او){MAYBE}|{MAYBE}[-–]{MAYBE})"
    between = rf"(?P<between>بين|من){BLANK}(?P<low>{one}){to}(?P<high>{one})"
    joined = rf"(?P<first>{one})(?:{BLANK}(?:الي|او){BLANK}|[-–])(?P<second>{one})"
    return (
        rf"(?:(?P<before>{bound_pattern('before')}){BLANK})?(?:{between}|{joined}|(?P<single>{one}))"
        rf"(?:{BLANK}(?P<behind>{bound_pattern('behind')})(?!\w))?"
    )


@cache
def _finder() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/:])(?:[وفبكل]{{1,2}})?{range_pattern()}(?!\w)")


def find(text: str) -> list[Number]:
    """Return the numbers of a folded text in order, with their bounds and ranges."""
    return [number_of(found) for found in _finder().finditer(text)]


def number_of(found: re.Match[str]) -> Number:
    """Read a match of ``range_pattern``. The scale behind the second number counts for the first ("3 إلى 5 ملايين")."""
    low, high = found["low"] or found["first"], found["high"] or found["second"]
    bound = bound_of(found["before"]) or bound_of(found["behind"])
    groups = ("before", "between", "first", "single")
    start = min(found.start(name) for name in groups if found[name] is not None)
    if low is None or high is None:
        return Number(evaluate(found["single"]), start, found.end(), bound=bound)
    return Number(_scaled(evaluate(low), low, high), start, found.end(), evaluate(high), bound)


def _scaled(value: float, low: str, high: str) -> float:
    """Lend the low end the scale of the high end where it has none of its own."""
    if value < 1000 and low.strip().replace(".", "").isdigit():
        scales = [_words()[squeezed(word["word"])] for word in _token().finditer(high) if word["word"]]
        return value * next((word.value for word in scales if word.role in ("scale", "scales")), 1.0)
    return value
