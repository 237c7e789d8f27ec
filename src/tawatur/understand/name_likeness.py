"""Whether two names, from two articles, can be of one person: spelled alike, the one a shorter form of the other, or neither."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.understand.names import PACKAGE, first_name_count, later_name_count

COMMON = 20  # how often a unit must be attested for many people to bear it
_VERY_COMMON = 50  # ... where a name has three units
_SPELLINGS = 5  # letters from which on one more, less or other letter is a spelling of a foreign name


class Likeness(Enum):
    """How much of two names is one: all that both say, a single unit of one of them, or nothing."""

    FULL = "full"
    PART = "part"
    NONE = "none"


def likeness(one: tuple[str, ...], two: tuple[str, ...], fathers: Collection[int] = ()) -> Likeness:
    """Return how alike two names in units are. ``fathers`` are numbers of units by which nobody is called alone.

    Two names are alike in full where both have two units or more and the first units are one, and so are the last ones, or the
    shorter is the beginning of the longer.
    """
    shorter, longer = sorted((one, two), key=len)
    if not shorter:
        return Likeness.NONE
    if len(shorter) == 1:
        callable_by = [unit for at, unit in enumerate(longer) if at in (0, len(longer) - 1) and at not in fathers]
        return Likeness.PART if any(one_unit(shorter[0], unit) for unit in callable_by) else Likeness.NONE
    if not one_unit(shorter[0], longer[0]):
        return Likeness.NONE
    starts = all(one_unit(a, b) for a, b in zip(shorter, longer, strict=False))
    ends = one_unit(shorter[-1], longer[-1]) and _in_order(shorter, longer)
    return Likeness.FULL if starts or ends else Likeness.NONE


def _in_order(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Say whether all units of the shorter name stand in the longer one in order."""
    rest = iter(longer)
    return all(any(one_unit(unit, other) for other in rest) for unit in shorter)


def one_unit(one: str, two: str) -> bool:
    """Say whether two units are spellings of one: the same letters, a listed pair, or a foreign name with one letter changed."""
    if one == two or two in _spellings().get(one, ()):
        return True
    if min(len(one), len(two)) < _SPELLINGS or one.startswith("ال") or two.startswith("ال"):
        return False  # "الشمري" and "الشهري" are two families
    if min(_weight(one), _weight(two)) >= COMMON:
        return False
    return DamerauLevenshtein.distance(one, two, score_cutoff=1) <= 1


def _weight(unit: str) -> int:
    return max(first_name_count(unit), later_name_count(unit))


def is_common_name(units: tuple[str, ...]) -> bool:
    """Say whether many people may bear a name: one unit, two common ones, or three that are all very common."""
    if len(units) < 2:
        return True
    if len(units) == 2:
        return first_name_count(units[0]) >= COMMON and later_name_count(units[1]) >= COMMON
    return len(units) == 3 and all(_weight(unit) >= _VERY_COMMON for unit in units)


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lines(PACKAGE, "spellings.txt"):
        group = frozenset(fold(word) for word in line.split())
        found.update((word, group) for word in group)
    return found
