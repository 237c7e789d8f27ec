"""Whether two headlines agree, disagree, or are about other things: a linear model over what they share and where they part.

The weights are those of ``scripts/train_stance.py``. A headline is short, so that every word that only one of the two has tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from math import exp

from rapidfuzz.distance import Indel

from tawatur.arabic.fold import fold_word
from tawatur.arabic.lexicon import rows
from tawatur.arabic.words import words
from tawatur.stories.assertions import keyed
from tawatur.stories.background import at_large
from tawatur.stories.opposites import opposites

#: Letters that begin or end a word are a feature of their own.
ENDS = 3
#: Steps into which the measures of likeness are cut, since what they say does not rise evenly.
STEPS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8)
#: Where each headline has no more words of its own than these, each of the one may stand for each of the other.
FEW = 4
#: A feature of a word weighs less the more there are of its sort.
HALF, THIRD = 0.5, 0.3


class Stance(StrEnum):
    """How two headlines stand to each other."""

    AGREE = "agree"
    DISAGREE = "disagree"
    OTHER = "other"  # they are about different things


def stance(one: str, other: str) -> dict[Stance, float]:
    """Return how probable each stance of two headlines is; the order of the two does not count."""
    if set(_tokens(one)) == set(_tokens(other)):
        return {kind: float(kind is Stance.AGREE) for kind in Stance}
    found = features(one, other)
    values = {kind: sum(weights.get(name, 0.0) * found[name] for name in sorted(found)) for kind, weights in _weights()}
    highest = max(values.values())
    parts = {kind: exp(value - highest) for kind, value in values.items()}
    return {kind: part / sum(parts.values()) for kind, part in parts.items()}


def features(one: str, other: str) -> dict[str, float]:
    """Return what is measured of two headlines; names with a colon are those of single words."""
    found = {"bias": 1.0, **_shares(one, other), **_conflicts(one, other)}
    for name in ("dice", "cover", "fuzzy", "tokens", "shared"):
        found |= {f"{name}>{step}": HALF for step in STEPS if found[name] > step}
    for name in ("opposite", "number", "replaced"):
        found[f"{name}*cover"] = found[name] * found["cover"]
    return found | dict(_words(one, other))


def _shares(one: str, other: str) -> dict[str, float]:
    """Return how much two headlines share: by weight, by number, in order, and nearly."""
    first, second = frozenset(keyed(one).keys), frozenset(keyed(other).keys)
    mine, theirs, both = first - second, second - first, first & second
    weight, whole, less = _weight(both), _weight(first) + _weight(second), min(_weight(first), _weight(second))
    tokens, others = frozenset(_tokens(one)), frozenset(_tokens(other))
    near = [*_nearest(mine, theirs), *_nearest(theirs, mine)]
    return {
        "dice": 2 * weight / whole if whole else 0.0,
        "cover": weight / less if less else 0.0,
        "shared": len(both) / 5,
        "least_own": min(len(mine), len(theirs)) / 3,
        "most_own": max(len(mine), len(theirs)) / 5,
        "lengths": min(len(first), len(second)) / max(len(first), len(second), 1),
        "fuzzy": sum(near) / len(near) if near else 1.0,
        "order": _in_order(keyed(one).keys, keyed(other).keys, both),
        "tokens": len(tokens & others) / max(len(tokens | others), 1),
        "replaced": float(1 <= len(tokens - others) <= 2 and 1 <= len(others - tokens) <= 2),
        "same": float(tokens == others),
        "foreign": sum(value < HALF for value in near) / 6,
        "begins": min(_beginning(_tokens(one), _tokens(other)), 5) / 5,
        "least_tokens": min(len(tokens), len(others)) / 10,
        "most_tokens": max(len(tokens), len(others)) / 10,
    }


def _conflicts(one: str, other: str) -> dict[str, float]:
    """Return what speaks against two headlines' agreeing."""
    first, second = keyed(one), keyed(other)
    mine, theirs = (frozenset(side.keys) for side in (first, second))
    numbers, others = ({key for key in side if key[0].isdecimal()} for side in (mine, theirs))
    return {
        "negated": float(bool(first.negated) != bool(second.negated)),
        "opposite": float(any(opposites().get(key, frozenset()) & (theirs - mine) for key in mine - theirs)),
        "number": float(bool(numbers - others) and bool(others - numbers)),
        "one_number": float(bool(numbers) != bool(others)),
        "question": float(_asks(one) != _asks(other)),
    }


def _words(text: str, against: str) -> Iterator[tuple[str, float]]:
    """Yield the features of single words: those that only one headline has, and those of both."""
    first, second = keyed(text).keys, keyed(against).keys
    mine, theirs = frozenset(first) - frozenset(second), frozenset(second) - frozenset(first)
    own = mine | theirs
    if len(mine) <= FEW and len(theirs) <= FEW:
        yield from ((f"for:{min(one, other)}|{max(one, other)}", 1.0) for one in mine for other in theirs)
    yield from ((f"own:{key}", 1.0) for key in own)
    yield from ((f"both:{key}", HALF) for key in frozenset(first) & frozenset(second))
    yield from ((f"first:{keys[0]}", HALF) for keys in (first, second) if keys)
    yield from ((f"stem:{key[: ENDS + 1]}", HALF) for key in own)
    for token in frozenset(_tokens(text)) ^ frozenset(_tokens(against)):
        yield f"token:{token}", HALF
        if len(token) > ENDS:
            yield f"begins:{token[:ENDS]}", THIRD
            yield f"ends:{token[-ENDS:]}", THIRD


def _tokens(text: str) -> list[str]:
    return [fold_word(word.text) for word in words(text)]


def _nearest(mine: Iterable[str], theirs: Iterable[str]) -> list[float]:
    """Return how near each of some keys comes to another one by its letters."""
    return [max((Indel.normalized_similarity(key, at) for at in theirs), default=0.0) for key in sorted(mine)]


def _beginning(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two headlines begin with alike."""
    parts = (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs)
    return next(parts, min(len(one), len(other)))


def _asks(text: str) -> bool:
    return "?" in text or "؟" in text


def _weight(keys: Iterable[str]) -> float:
    return sum(at_large(key) for key in sorted(keys))


def _in_order(one: Sequence[str], other: Sequence[str], both: frozenset[str]) -> float:
    mine, theirs = ([key for key in keys if key in both] for keys in (one, other))
    return Indel.normalized_similarity(mine, theirs) if both else 0.0


@cache
def _weights() -> tuple[tuple[Stance, Mapping[str, float]], ...]:
    """Return the packaged weights by stance."""
    table = rows("tawatur.stories", "stance.tsv.gz")
    return tuple((kind, {row[0]: float(row[at]) for row in table}) for at, kind in enumerate(Stance, 1))
