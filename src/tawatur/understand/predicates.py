"""Roles that a sentence gives with a verb: "كان عضوا في كذا", "بعد تعيينه وزيرا", "انتخبت رئيسة للجنة"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tawatur.understand.mention import Mention
from tawatur.understand.names import word_set
from tawatur.understand.reading import Reading
from tawatur.understand.role_phrases import Stretch, chain_from, is_definite, is_role, role_head
from tawatur.understand.tokens import Sentence, Token

REACH = 8  # tokens between "كان" with its subject and the role
_OPENING = '"«“'
_IF = ("اذا", "لو")
_WAS = ("كان", "كانت", "وكان", "وكانت")


class _Named(NamedTuple):
    """A naming in a sentence: its first and last token, and the number of the person."""

    first: int
    last: int
    who: int


def predicates(
    reading: Reading, people: Sequence[Sequence[Mention]], taken: Mapping[int, set[int]]
) -> Iterator[tuple[int, int, Stretch]]:
    """Yield (number of the person, sentence, stretch) of each role that a verb gives. ``people`` are the namings of each person.

    ``taken`` are tokens of names and of roles that are given already.
    """
    subject: int | None = None
    named: dict[int, list[_Named]] = {}
    for who, mentions in enumerate(people):
        for mention in mentions:
            named.setdefault(mention.sentence, []).append(_Named(mention.first, mention.last, who))
    for number, tokens in enumerate(reading.sentences):
        here = sorted(named.get(number, ()))
        used = taken.get(number, set())
        for at, token in enumerate(tokens):
            if token.folded in word_set("becoming.txt") and not (at and tokens[at - 1].folded in _IF):
                for who, stretch in _given(tokens, at, here, subject, used):
                    yield who, number, stretch
        subject = here[0].who if here else None


def _given(
    tokens: Sentence, at: int, here: list[_Named], subject: int | None, used: set[int]
) -> Iterator[tuple[int, Stretch]]:
    """Yield (number of the person, stretch) of the roles that the word of becoming at a token gives."""
    named = next((one for one in here if at < one.first <= at + 2), None) if tokens[at].folded in _WAS else None
    if named is None and at and tokens[at - 1].text in _OPENING:
        return  # "قال فلان: «كانت مخرجة كبيرة»"
    start = _accusative(tokens, named.last + 1) if named else _behind(tokens, at)
    who = named.who if named else _subject(tokens, at, here, subject)
    if who is None or not start or start in used:
        return
    for phrase in chain_from(tokens, start, len(tokens), used):
        if is_role(tokens, phrase) and phrase.last + 1 not in used:
            yield who, (phrase.first, phrase.last)


def _behind(tokens: Sentence, at: int) -> int:
    """Return where a role starts right behind a word of becoming, or 0: a phrase with a complement, or an indefinite word."""
    start = at + 1
    head = role_head(tokens[start]) if start < len(tokens) else ""
    if not head or head in word_set("role_heads_definite.txt"):
        return 0
    if (
        head in word_set("role_heads_needy.txt")
        and start + 1 < len(tokens)
        and tokens[start + 1].folded.startswith("لل")
    ):
        return 0  # "كبيرا للغاية"
    definite = is_definite(tokens[start])
    if definite and (tokens[start].folded[0] in "ولبف" or start + 1 >= len(tokens) or not tokens[start + 1].is_word):
        return 0
    return start


def _accusative(tokens: Sentence, start: int) -> int:
    """Return where an indefinite role in the accusative stands behind the subject of "كان", or 0."""
    for at in range(start, min(start + REACH, len(tokens))):
        if tokens[at].text in ".؛" or tokens[at].folded in word_set("complementizers.txt"):
            return 0
        counted = tokens[at - 1].text[0].isdigit() or tokens[at - 1].folded.endswith(("ين", "ون"))
        if _is_accusative(tokens[at]) and not counted:
            return at
    return 0


def _is_accusative(token: Token) -> bool:
    return token.folded.endswith("ا") and bool(role_head(token)) and token.folded not in word_set("role_heads.txt")


def _subject(tokens: Sentence, at: int, here: list[_Named], subject: int | None) -> int | None:
    """Return whom a verb or noun without a subject of its own speaks of: the first named before it, or the one spoken of last."""
    before = [one.who for one in here if one.first < at]
    if before:
        return before[0] if tokens[at].folded.endswith(("ه", "ها")) or len(set(before)) == 1 else before[-1]
    return subject if not here else None
