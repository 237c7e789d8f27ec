"""Where in a text a date may begin: an index of the first words of all shapes, so that the scanner need not try every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice

from tawatur.arabic.calendar_words import (
    decades,
    dual_units,
    edge_words,
    ordinals,
    part_words,
    relative_days,
    seasons,
    single_units,
    weekdays,
)
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import REMEMBERED
from tawatur.arabic.months import month_names
from tawatur.arabic.remembered import Remembered

_PARTED = re.compile(r"(\w+)")
_DIGIT = re.compile(r"(?<=في)\d|(?<=منذ)\d")
#: First words that the shapes spell themselves.
_OWN = (
    "يوم يومي أيام تاريخ عشية هذ هذا هذه غرة قبل بعد قبلها قبله بعدها بعده القرن النصف الربع الثلث الفصل شهر الشهر عام سنة عامي "
    "عامين أعوام سنوات الأخير الأخيرة أول ثان آخر"
)


def starts(text: str) -> Iterator[int]:
    """Yield the offsets of a folded text at which a date expression, with its clitics, may begin; in order."""
    parts = _PARTED.split(text)  # what stands between two words, a word, what stands between, …
    words = parts[1::2]
    begins = islice(accumulate(map(len, parts)), 0, None, 2)
    for start, offsets in zip(begins, map(_KNOWN.__getitem__, words), strict=False):
        if offsets:
            for offset in offsets:
                yield start + offset


def _offsets(word: str) -> tuple[int, ...]:
    """Return where in a word an expression may begin: at its start, at the digits behind "في", or nowhere."""
    digit = _DIGIT.search(word) if word[0] in "فمو" else None
    return ((0,) if _may_begin(word) else ()) + ((digit.start(),) if digit else ())


def _may_begin(word: str) -> bool:
    return any(form in _first_words() or form[:1].isdigit() or _glued(form) for form in _forms(word))


def _glued(word: str) -> bool:
    """ "عام2017": the number stands without a blank behind its word."""
    return word.rstrip("0123456789") in _first_words()


def _forms(word: str) -> set[str]:
    """Return a word without the clitics that a date may carry, each with and without the article."""
    bare = {word, word[1:] if word[:1] in "وف" else word}
    bare |= {form[1:] for form in bare if form[:1] in "بكل"} | {form[2:] for form in bare if form[:2] == "لل"}
    return bare | {form.removeprefix("ال") for form in bare}


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of all shapes of news, folded, without the article."""
    names = [*month_names("g"), *month_names("h"), *ordinals(), *weekdays(), *relative_days(), *seasons(), *decades()]
    units = [*single_units(), *dual_units()]
    words = [*names, *units, *edge_words(), *part_words(), *_OWN.split()]
    firsts = {fold(word).split()[0] for word in words}
    return frozenset(firsts | {word.removeprefix("ال") for word in firsts})


_KNOWN = Remembered(_offsets, REMEMBERED)
