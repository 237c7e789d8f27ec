"""Stretches of words that look like a name and name nobody: places, bodies, titles of works, labels, everyday words."""

from __future__ import annotations

from tawatur.understand.features import is_common, is_everyday, owned
from tawatur.understand.names import first_name_count, nationality, place, word_set
from tawatur.understand.roles import role_head, roles_before
from tawatur.understand.tokens import Sentence

_LIKELY = 3  # how often a word must be attested as a first name to be one
_SHORTEST_DUAL = 5  # letters that a dual has at least and one more ("وهتان" is a name)
_WORK = 4  # tokens before a name in the marks of a title
_OPENING, _CLOSING = '"«“', '"»”'


def is_no_name(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether a tagged stretch is a place, a label, or everyday words."""
    words = [token.folded for token in tokens[first : last + 1]]
    if is_listed_as_none(tokens, first, last):
        return True
    if words[0].endswith(("تان", "تين")) and len(words[0]) > _SHORTEST_DUAL and first_name_count(words[0]) < _LIKELY:
        return True  # two of something
    if words[0] in ("ال", "وال") and tokens[first].text.endswith("آل"):
        return True  # a family
    if last == first and words[0].endswith("هما"):
        return True  # "أطفالهما"
    if last > first and words[0] in word_set("role_heads_names.txt") and place(words[1]):
        return True  # "بابا الإسكندرية"
    if _is_place(tokens, first, last) or not _has_letters(words):
        return True
    if first and (
        _is_body(tokens[first - 1].folded) or _is_marked(tokens, first, last) or _is_club(tokens, first, last)
    ):
        return True
    if last > first and not word_set("name_never.txt").isdisjoint(words):
        return True
    if tokens[first].text[0].isascii() or (not first_name_count(words[0]) and owned(tokens[first].text)):
        return True
    common = [is_common(token.text) and not first_name_count(token.folded) for token in tokens[first : last + 1]]
    return all(common) or (words[0] == "باسم" and first > 0 and bool(role_head(tokens[first - 1])))


def _is_place(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether a stretch is a place: whole, behind a word that is no name ("تواطأت بيونغ يانغ"), or the start of one."""
    words = [token.folded for token in tokens[first : last + 2]]
    if last == first:
        return len(words) == 2 and place(" ".join(words)) is not None
    whole = " ".join(words[: last - first + 1])
    rest = whole.partition(" ")[2]
    spoken = " " in rest or is_everyday(tokens[first].text)  # none of "أوليفيه" before a town that is a family as well
    return place(whole) is not None or (not first_name_count(words[0]) and spoken and place(rest) is not None)


def _is_marked(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether words stand in marks of their own, as the names of bodies and works do, and no role leads up to them."""
    if first_name_count(tokens[first].folded) >= _LIKELY or last + 1 >= len(tokens):
        return False
    opens = next((at for at in range(first - 1, max(-1, first - _WORK), -1) if tokens[at].text in _OPENING), None)
    if (
        opens is None
        or tokens[last + 1].text not in _CLOSING
        or any(t.text in _CLOSING for t in tokens[opens + 1 : first])
    ):
        return False
    return not roles_before(tokens, first, ())


def _is_club(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether words in brackets that end with a country's adjective are a club: "فلان (قاسم باشا التركي)"."""
    if tokens[first - 1].text != "(":
        return False
    close = next((at for at in range(last + 1, min(last + 3, len(tokens))) if tokens[at].text == ")"), 0)
    folded = tokens[close - 1].folded
    return close > 0 and folded.startswith("ال") and nationality(folded) != ""


def _is_body(folded: str) -> bool:
    """Say whether a word opens the name of a body, with or without a preposition: "لنادي", but not the adjective "المنظمة"."""
    heads = word_set("organization_heads.txt")
    return folded in heads or (folded[0] in "ولب" and folded[1:] in heads)


def is_listed_as_none(tokens: Sentence, first: int, last: int) -> bool:
    """Say whether words stand in the list of what is taken for people and is none, or are a club in brackets."""
    if first and _is_club(tokens, first, last):
        return True
    ends = (last + 1, last + 2) if last + 1 < len(tokens) else (last + 1,)  # "شاهد" of "شاهد عيان" too
    wholes = (" ".join(token.folded for token in tokens[first:end]) for end in ends)
    return any(one in _none() or (one[0] in "لبو" and one[1:] in _none()) for one in wholes)


def _none() -> frozenset[str]:
    return word_set("people_not.txt")


def _has_letters(words: list[str]) -> bool:
    """Say whether a stretch is no abbreviation, as "بي كا كا" and "اليو اس بي" are."""
    short = sum(len(word) < 3 for word in words)
    return short < len(words) and (short < 2 or len(words) > short + 1)
