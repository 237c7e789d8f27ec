"""Numbers in digits and in words: "1.3 مليار", "ألفان وخمسمئة", "مليوني", "عشرات الآلاف", "بضعة", "بين 3 و5".

Everything here works on the folded words of a sentence (``arabic.fold``), signs being words of their own; positions count words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.arabic.patterns import BLANK, MAYBE, words_pattern

_PACKAGE = "tawatur.arabic"
# Digits with separators of thousands (1,300,000 or 1٬300 or 1.300.000), with a decimal mark, or with the "ر" that agencies write
# for it: behind it stands the whole part ("46ر5" is 5.46), as it is typed from the left.
_DIGITS = r"\d{1,3}(?:[,٬،]\d{3})+(?:[.٫]\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,٫]\d+)?"
_THOUSANDS = re.compile(r"\d{1,3}(?:[,٬،\s'’]\d{3})+(?:[.٫]\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:[.,٫]\d+)?")
_TURNED = re.compile(r"(\d+)ر(\d+)")
# Numbers that tokens may part: "1 300 000", "1،300", "46ر5".
PARTED = re.compile(r"\d{1,3}(?:[  \u202f'’،]\d{3})+(?![\d.,٫٬:/])|\d+ر\d+")
_LONGEST = 15  # digits; what is longer is an account or a telephone number
_PREFIXES = ("", "ال", "و", "وال", "ب", "بال", "وب", "وبال", "ل", "لل", "ول", "ولل", "ف", "فب", "فال")


class Number(NamedTuple):
    """A number and where it stands: words ``start`` to ``end`` (exclusive), with the words that bound it.

    ``upper`` is the other end of a range. ``bound`` is "least", "most", "more", "less", "about", "nearly" or "vague" where the text
    says so, else "". ``way`` says how a range opens, "between" or "from"; ``joined`` says that و stands before the number.
    """

    value: float
    start: int
    end: int
    upper: float | None = None
    bound: str = ""
    way: str = ""
    joined: bool = False
    lead: str = ""  # the clitics of the first word: "و", "ب", "وال"


class _Entry(NamedTuple):
    value: float
    role: str
    lead: str


@cache
def _entries() -> dict[str, _Entry]:
    """Number words with all that can be written onto them. A form that is a scale and a dual ("ألفا") is a scale."""
    found: dict[str, _Entry] = {}
    table = [
        (fold(form), float(value), role)
        for value, role, forms in rows(_PACKAGE, "number_words.tsv")
        for form in forms.split("|")
        if " " not in form
    ]
    for lead in _PREFIXES:
        for form, value, role in table:
            found.setdefault(lead + form, _Entry(value, role, lead))
    return found


@cache
def glue(kind: str) -> frozenset[str]:
    """Return the folded small words of one kind, see ``number_glue.tsv``."""
    table = rows(_PACKAGE, "number_glue.tsv")
    return frozenset(fold(form) for what, forms in table if what == kind for form in forms.split("|"))


@cache
def starts() -> frozenset[str]:
    """Return the folded words that can start a number in words."""
    never = {fold(word) for word in lines(_PACKAGE, "number_never.txt")}
    parts = {word for word, entry in _entries().items() if entry.role == "part" and entry.lead != ""}
    return frozenset(_entries()) - never - parts - doubtful()


@cache
def doubtful() -> frozenset[str]:
    """Return the folded words that start a number only where the thing counted makes it sure ("لست سنوات", "لست أدري")."""
    return frozenset(fold(word) for word in lines(_PACKAGE, "number_doubtful.txt"))


@cache
def bare_words() -> frozenset[str]:
    """Return the folded words that can open a number in words, without clitics."""
    return frozenset(word for word, entry in _entries().items() if entry.lead in ("", "ال"))


@cache
def scale_of(word: str) -> float:
    """Return what a folded word such as "مليون" or "آلاف" multiplies by, 1 for any other word."""
    entry = _entries().get(word)
    return entry.value if entry and entry.role in ("scale", "scales") else 1.0


def of_digits(digits: str) -> float | None:
    """Read a word of digits: a comma before exactly three digits parts thousands, another one marks decimals.

    None for what is no number: a clock time, a date, a telephone number.
    """
    if sum(map(str.isdigit, digits)) > _LONGEST or (digits[0] == "0" and digits[1:2].isdigit()):
        return None
    if _THOUSANDS.fullmatch(digits):
        return float(re.sub(r"[,٬،\s'’]", "", digits).replace("٫", "."))
    if _DOTTED.fullmatch(digits):
        return float(digits.replace(".", ""))
    turned = _TURNED.fullmatch(digits)
    if turned:
        return float(f"{turned[2]}.{turned[1]}")
    return float(re.sub("[,٫]", ".", digits)) if _PLAIN.fullmatch(digits) else None


class _Group(NamedTuple):
    """A part of a number, up to its scale: "خمسة وعشرون ألفا". ``scale`` is 1 where there is none."""

    value: float
    scale: float
    end: int
    lead: str
    bound: str = ""
    upper: float | None = None


def read(words: Sequence[str], at: int) -> Number | None:
    """Return the number that starts at a word, without bounds and ranges, or None."""
    first = _group(words, at)
    if first is None:
        return None
    total, last, end = first.value, first.scale, first.end
    while first.upper is None and (more := _more(words, end, last)):
        total, last, end = total + more.value, more.scale, more.end
    total, end = _with_part(words, end, total, last) if first.upper is None else (total, end)
    return Number(total, at, end, first.upper, first.bound, joined=first.lead[:1] == "و", lead=first.lead)


def _more(words: Sequence[str], at: int, last: float) -> _Group | None:
    """Return the group that و joins to a number whose last scale is ``last``: it must be smaller than that scale."""
    found = None
    if at + 1 < len(words) and words[at] == "و" and words[at + 1][0].isdigit():
        found = _group(words, at + 1)
    elif at < len(words) and words[at][0] == "و" and (entry := _entries().get(words[at])) and entry.lead == "و":
        found = _group(words, at)
    fits = found is not None and found.upper is None and found.scale < last and found.value < last
    return found if fits else None


def _group(words: Sequence[str], at: int) -> _Group | None:
    """Read small numbers or digits with the scales behind them, a scale or a dual alone, or a vague number."""
    word = words[at]
    if word[0].isdigit():
        value = of_digits(word)
        return _scaled(words, *_with_decimals(words, at + 1, value), "") if value is not None else None
    entry = _entries().get(word)
    if entry is None:
        return None
    if entry.role == "dual":
        return _Group(entry.value, entry.value / 2, at + 1, entry.lead)
    if entry.role in ("scale", "scales"):
        return (
            _scaled(words, at + 1, entry.value, entry.lead, entry.value) if entry.role == "scale" else _vague(words, at)
        )
    if entry.role == "few":
        return _vague(words, at)
    if entry.role == "part":
        return _part_of_scale(words, at, entry)
    small = _small(words, at, entry)
    return _scaled(words, *_with_decimals(words, small[1], small[0]), entry.lead) if small else None


def _small(words: Sequence[str], at: int, entry: _Entry) -> tuple[float, int] | None:
    """Return the value and end of a number below a thousand: "ثلاثة عشر", "خمسة وعشرون", "مئة وسبعين"."""
    value, at = entry.value, at + 1
    following = _entries().get(words[at]) if at < len(words) else None
    if value < 10 and following and following.role == "ten" and following.lead == "":
        return value + 10, at + 1
    if value < 10 and following and following.value == 100 and following.role == "small" and following.lead == "":
        value, at = value * 100, at + 1
    if entry.role == "ten" and value != 10:
        return None
    while at < len(words) and (joined := _joined(words, at, value)):
        value, at = value + joined[0], joined[1]
    if (
        entry.role == "only"
        and value < 10
        and not {" ".join(words[at : at + 2]), *words[at : at + 1]} & glue("hundredths")
    ):
        return None
    return value, at


def _joined(words: Sequence[str], at: int, value: float) -> tuple[float, int] | None:
    """Return what و joins to a small number: tens to units ("خمسة وعشرون"), less than a hundred to hundreds."""
    entry = _entries().get(words[at])
    if entry is None or entry.lead != "و" or entry.role not in ("small", "ten", "only"):
        return None
    if value < 10 and 20 <= entry.value < 100:
        return entry.value, at + 1
    if value % 100 == 0 and entry.value < 100:
        ten = _entries().get(words[at + 1]) if at + 1 < len(words) else None
        if entry.value < 10 and ten and ten.role == "ten" and ten.lead == "":
            return entry.value + 10, at + 2
        return entry.value, at + 1
    if value % 100 < 10 and value > 100 and 20 <= entry.value < 100:
        return entry.value, at + 1
    return None


def _with_decimals(words: Sequence[str], at: int, value: float) -> tuple[int, float]:
    """Return where a number ends and its value, with decimals that are spelled out: "ثلاثة وأربعين فاصلة ثمانية"."""
    entry = _entries().get(words[at + 1]) if at + 1 < len(words) and words[at] in glue("point") else None
    found = (
        _small(words, at + 1, entry) if entry and entry.role in ("small", "only", "ten") and not entry.lead else None
    )
    if found is None or not 0 < found[0] < 100:
        return at, value
    return found[1], value + found[0] / (10 if found[0] < 10 else 100)


def _scaled(words: Sequence[str], at: int, value: float, lead: str, scale: float = 1.0) -> _Group:
    """Multiply a value by the scales that follow it: "200 ألف", "مئة ألف مليون"."""
    while at < len(words):
        entry = _entries().get(words[at])
        if entry is None or entry.role not in ("scale", "scales") or entry.lead or entry.value < 1000:
            break
        value, scale, at = value * entry.value, scale * entry.value, at + 1
    return _Group(value, scale, at, lead)


def _vague(words: Sequence[str], at: int) -> _Group:
    """Read "عشرات", "مئات الآلاف", "بضعة", "بضع عشرات": the ends of what they can mean."""
    entry = _entries()[words[at]]
    few, scale = entry.role == "few", 1.0 if entry.role == "few" else entry.value
    end = at + 1
    while end < len(words):
        following = _entries().get(words[end])
        if following is None or following.role not in ("scales", "scale") or following.lead not in ("", "ال"):
            break
        scale, end = scale * following.value, end + 1
    low = 3.0 if few else 2.0
    return _Group(low * scale, scale, end, entry.lead, "vague", 9.0 if few and scale == 1 else 10 * scale - 1)


def _part_of_scale(words: Sequence[str], at: int, entry: _Entry) -> _Group | None:
    following = _entries().get(words[at + 1]) if at + 1 < len(words) else None
    if following is None or following.role != "scale" or following.lead:
        return None
    return _Group(entry.value * following.value, following.value, at + 2, entry.lead)


def _with_part(words: Sequence[str], at: int, value: float, scale: float) -> tuple[float, int]:
    """Add a fraction of the last scale: "ونصف", "ونصف المليون"."""
    entry = _entries().get(words[at]) if at < len(words) else None
    if entry is None or entry.role != "part" or entry.lead != "و":
        return value, at
    following = _entries().get(words[at + 1]) if at + 1 < len(words) else None
    named = following is not None and following.role == "scale" and following.lead in ("", "ال")
    return value + entry.value * scale, at + 1 + named


_WORDS = re.compile(r"\d+(?:[.,:٫٬/]\d+)*|[^\W\d]+|[^\s\w]")


def split(folded: str) -> list[str]:
    """Return the words, numbers and signs of a folded text as ``read`` takes them."""
    found: list[str] = []
    at = 0
    while match := _WORDS.search(folded, at):
        parted = PARTED.match(folded, match.start()) if match[0][0].isdigit() else None
        match = parted if parted and parted.end() > match.end() else match
        found.append(match[0])
        at = match.end()
    return found


def parse(text: str) -> float | None:
    """Return the number that a whole string stands for ("ثلاثة عشر", "1.3 مليار", "١٢"), or None."""
    words = split(fold(text))
    found = read(words, 0) if words else None
    return found.value if found and found.end == len(words) and found.bound != "vague" else None


def evaluate(text: str) -> float:
    """Return the value of a folded text that ``number_pattern`` matched."""
    found = read(split(text), 0)
    return found.value if found else 0.0


@cache
def number_pattern() -> str:
    """Return a pattern, without groups, that matches one exact number in digits or words within a larger expression."""
    plain, scale = _of_roles("small", "only", "ten", "dual", "scale", "scales"), _of_roles("scale", "scales")
    vague = rf"(?!{_of_roles('scales')}(?!\w)|احد(?:ي)?(?!{BLANK}(?:عشر|و)))"  # "آلاف القتلى", "إحدى الطائرات" count nothing
    more = rf"{BLANK}(?:و?{MAYBE}{plain}|و{MAYBE}(?:{_DIGITS}){BLANK}{scale})(?!\w)"
    part = rf"و{_of_roles('part')}(?:{BLANK}(?:ال)?{scale})?"
    half = rf"(?:{BLANK}{part}(?!\w))?"
    digits = rf"(?:{_DIGITS})(?:{MAYBE}{scale}(?!\w)(?:{more})*)?{half}"
    return rf"(?:{digits}|{_of_roles('part')}{BLANK}{scale}(?!\w)|{vague}{plain}(?!\w)(?:{more})*{half})"


def _of_roles(*roles: str) -> str:
    table = rows(_PACKAGE, "number_words.tsv")
    return words_pattern(form for _, role, forms in table if role in roles for form in forms.split("|"))
