"""The chain through which words came: the medium to which they were said or that published them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.understand.cast import Cast
from tawatur.understand.names import PACKAGE, lengths, word_set, word_sets
from tawatur.understand.phrases import behind_li, end_of_phrase
from tawatur.understand.reporting import cue_of
from tawatur.understand.units import Unit

SAID = 8  # words between a verb of saying and the site or channel to which it was said
NEAR = 4  # words between "مقابلة" and the medium with which it was held


@cache
def _own() -> tuple[tuple[str, ...], ...]:
    return tuple((key, *(fold(name) for name in names)) for key, *names in rows(PACKAGE, "own_names.tsv"))


def own_names(outlet: str, url: str | None) -> tuple[str, ...]:
    """Return what the outlet of an article calls itself, folded: its interviews have no chain."""
    host = (url or "").split("//", 1)[-1].split("/", 1)[0].lower()
    key = outlet.lower()
    return tuple(name for word, *names in _own() if word in host or word == key for name in names)


def told_to(unit: Unit, start: int, end: int, cast: Cast) -> tuple[str, ...] | None:
    """Return the medium between two tokens to which something was said or that published it.

    "لوكالة رويترز", "في مقابلة مع قناة كذا", "في رسالة نشرها النادي". Empty where a new occasion or the outlet itself stands
    there ("في بيان", "في مقابلة معنا"): nothing lies between; None where nothing is said of it.
    """
    found: tuple[str, ...] | None = None
    for at in range(start, min(end, len(unit))):
        medium = _medium_at(unit, at, start, end, cast.text)
        if medium:
            return () if is_own(medium, cast.own) else (cast.fuller(medium, unit.tokens[at].start) or medium,)
        if _is_occasion(unit, at):
            found = ()
    return found


def is_own(medium: str, own: Sequence[str]) -> bool:
    """Say whether a medium is the outlet itself."""
    words = fold(medium.translate(_MARKS)).split()
    forms = [words, words[1:]] if words[:1] and words[0] in word_set("media_heads.txt") else [words]
    return any(f"{' '.join(form)} ".startswith(f"{name} ") for form in forms for name in own)


_MARKS = str.maketrans(dict.fromkeys('"«»“”()', " "))


def _is_occasion(unit: Unit, at: int) -> bool:
    return (
        at > 0
        and unit.tokens[at].folded in word_set("speech_occasions.txt")
        and unit.tokens[at - 1].folded in ("في", "خلال", "عبر", "وفي")
    )


def _medium_at(unit: Unit, at: int, start: int, end: int, text: str) -> str:
    """Return the medium whose phrase starts at a token, or ""."""
    folded = unit.tokens[at].folded
    if not (_may_open(folded) or (at > start and _published_by(unit.tokens[at - 1].folded))):
        return ""
    known = _name_length(unit, at, 0)
    if unit.quotes[at] >= 0 and not (known and unit.words_in_quote(at) <= NEAR + 1):
        return ""
    if folded in ("ل", "لل") and at + 1 < end and (_name_length(unit, at + 1, 0) or _is_named_head(unit, at + 1, 0)):
        return _medium(unit, at + 1, 0, end, text)
    told = folded in ("ل", "لل") and at + 1 < end and unit.marked_off(at + 1)
    if told and (_is_said(unit, start, at) or _publishing(unit, start, at)):
        return _in_marks(unit, at + 1, end, text)
    heard = behind_li(unit, at) in word_set("weak_media_heads.txt") and _is_said(unit, start, at)
    if folded[:1] == "ل" and (heard or _is_named_head(unit, at, 1) or _name_length(unit, at, 1)):
        return _medium(unit, at, 1, end, text)
    before = [token.folded for token in unit.tokens[max(start, at - NEAR) : at]]
    if before and _published_by(before[-1]) and (folded.startswith("ال") or _is_head(unit, at) or known):
        return _medium(unit, at, 0, end, text)
    if (known or _is_head(unit, at)) and any(word in word_set("publishing.txt") for word in before):
        return _medium(unit, at, 0, end, text)
    verb = unit.tokens[start - 1].folded if start else ""
    if known and (before or unit.marked_off(at)) and cue_of(verb) and _tells(verb):
        return _medium(unit, at, 0, end, text)
    return ""


@lru_cache(maxsize=20_000)
def _may_open(folded: str) -> bool:
    """Say whether the phrase of a medium, or of whom something is told, can open with a word: most do not."""
    heads = _openings()
    return (
        folded in ("ل", "لل")
        or folded in heads
        or (folded[:1] == "ل" and (folded[1:] in heads or f"ال{folded[2:]}" in word_set("heard_with_article.txt")))
    )


@cache
def _openings() -> frozenset[str]:
    return word_sets("media_heads.txt", "weak_media_heads.txt") | _media_lengths().keys()


def _is_named_head(unit: Unit, at: int, cut: int) -> bool:
    """Say whether a token without ``cut`` letters opens the phrase of a medium: "قناة «كذا»", no canal and no station."""
    head = _word(unit, at, cut)
    if head not in word_set("media_heads.txt") or at + 1 >= len(unit):
        return head in word_set("media_heads.txt") and head not in word_set("weak_media_heads.txt")
    behind = unit.tokens[at + 1]
    if head not in word_set("weak_media_heads.txt"):
        return behind.folded not in word_set("agencies_not_media.txt")
    marked = behind.start - unit.tokens[at].end > 1  # a mark stands between
    return (
        marked
        or behind.text[0].isascii()
        or any(_name_length(unit, near, 0) for near in range(at + 1, min(at + 3, len(unit))))
    )


def _publishing(unit: Unit, start: int, at: int) -> bool:
    """Say whether an interview or a statement to a medium is told of right before a token: "في تصريحات لـ«كذا»"."""
    return any(unit.tokens[near].folded in word_set("publishing.txt") for near in range(max(start, at - 2), at))


def _in_marks(unit: Unit, at: int, end: int, text: str) -> str:
    """Return the short name in marks that starts at a token, or ""."""
    for last in range(at, min(at + NEAR, end)):
        if text[unit.tokens[last].end : unit.tokens[last].end + 1] in tuple('"»”'):
            return text[unit.tokens[at].start : unit.tokens[last].end]
    return ""


def _is_said(unit: Unit, start: int, at: int) -> bool:
    """Say whether whom a token names is spoken to: "قال فلان لموقع النادي", no preposition or comma lies between."""
    cue = cue_of(unit.tokens[start - 1].folded) if start else None
    between = unit.tokens[start:at]
    return (
        bool(cue)
        and at - start < SAID
        and not any(token.text in "،,." or token.folded in word_set("object_prepositions.txt") for token in between)
    )


def _is_head(unit: Unit, at: int) -> bool:
    """Say whether a token is the head of a medium's name, not how an interview was held: "في حوار تلفزيوني"."""
    folded = unit.tokens[at].folded
    adjective = (
        folded in ("تلفزيوني", "تلفزيونيه") and at > 0 and unit.tokens[at - 1].folded in word_set("publishing.txt")
    )
    return folded in word_set("media_heads.txt") and not adjective


def _tells(folded: str) -> bool:
    """Say whether a verb takes whom it tells as its object: "أبلغ فلان رويترز"."""
    return folded.lstrip("و") in word_set("telling.txt")


def _published_by(folded: str) -> bool:
    """Say whether a word has the publisher as its subject: "نشرها"."""
    return folded in word_set("published_by.txt")


@cache
def _media_lengths() -> dict[str, tuple[int, ...]]:
    return lengths(word_set("media_names.txt"))


def _word(unit: Unit, at: int, cut: int) -> str:
    """Return a folded token, without the preposition where ``cut`` letters of it come off."""
    return behind_li(unit, at) if cut else unit.tokens[at].folded


def _name_length(unit: Unit, at: int, cut: int) -> int:
    """Return how many tokens the name of a medium has that starts at a token without ``cut`` letters (0: none)."""
    first = _word(unit, at, cut)
    for length in _media_lengths().get(first, ()):
        words = [first, *(token.folded for token in unit.tokens[at + 1 : at + length])]
        if " ".join(words) in word_set("media_names.txt"):
            return length
    return 0


def _medium(unit: Unit, at: int, cut: int, end: int, text: str) -> str:
    """Return the phrase of a medium that starts at a token, without ``cut`` letters, with the marks of its name."""
    length = _name_length(unit, at, cut)
    stop = at + length if length else max(end_of_phrase(unit, at + 1, end), at + 1)
    last = unit.tokens[stop - 1].end
    phrase = text[unit.tokens[at].start + cut : last]
    if _word(unit, at, cut) != unit.tokens[at].folded[cut:]:
        phrase = f"ا{phrase}"  # "للجزيرة"
    return phrase + text[last : last + (phrase.count('"') % 2 or phrase.count("«") > phrase.count("»"))]
