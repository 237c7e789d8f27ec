"""Role phrases without a name that mean a person named before: "الوزير", "الرئيس الروسي", "وزير خارجية الإمارات"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tawatur.arabic.fold import fold
from tawatur.model import Span
from tawatur.understand.features import is_common, strip_clitics
from tawatur.understand.mention import Mention
from tawatur.understand.names import is_name_unit, nationality, place, word_set
from tawatur.understand.reading import Reading
from tawatur.understand.roles import Stretch, role_head
from tawatur.understand.tokens import Sentence

_PEERS = ("نظيره", "نظيرته", "نظيرها", "نظيرتها")


@dataclass(frozen=True, slots=True)
class Known:
    """What a text has said of a person: the words and countries of each role, and where the person is named."""

    roles: tuple[tuple[str, ...], ...]
    lands: frozenset[str]
    mentions: tuple[Mention, ...]


def known(text: str, roles: Sequence[Span], mentions: Sequence[Mention]) -> Known:
    """Return what is known of a person from where roles stand."""
    words = tuple(tuple(_bare(word) for word in fold(text[s.start : s.end]).split()) for s in roles)
    lands = {_land(word) for s in roles for word in fold(text[s.start : s.end]).split()} - {""}
    return Known(words, frozenset(lands), tuple(mentions))


def callings(
    reading: Reading, people: Sequence[Known], taken: dict[int, set[int]]
) -> Iterator[tuple[int, int, Stretch]]:
    """Yield (number of the person, sentence, stretch) of each role phrase that means a person named before it."""
    for number, tokens in enumerate(reading.sentences):
        at = 0
        while at < len(tokens):
            end = 0 if at in taken.get(number, ()) else _end(tokens, at, taken.get(number, ()))
            if end:
                who = _meant(tokens[at : end + 1], people)
                if who is not None:
                    yield who, number, (at, end)
            at = max(at, end) + 1


def _end(tokens: Sentence, at: int, taken: Collection[int]) -> int:
    """Return the last token of the role phrase that starts at a token, or 0."""
    if not role_head(tokens[at]) or tokens[at].folded.startswith("لل"):
        return 0
    definite = strip_clitics(tokens[at].folded).startswith("ال")
    end = at
    while (
        end + 1 < len(tokens)
        and end - at < 3
        and end + 1 not in taken
        and _belongs(tokens[end + 1].folded, definite=definite)
    ):
        end += 1
    if end + 1 in taken or (end + 1 < len(tokens) and _is_name(tokens, end + 1)):
        return 0  # it leads up to a name, of this person or another
    return end if definite or end > at else 0


def _belongs(folded: str, *, definite: bool) -> bool:
    if nationality(folded) and folded.startswith("ال"):
        return True
    if definite:
        return folded in word_set("role_words.txt")
    return (
        folded.startswith("ال") or place(folded) is not None or folded in ("خارجيه", "دفاع", "داخليه", "وزراء", "دوله")
    )


def _is_name(tokens: Sentence, at: int) -> bool:
    token = tokens[at]
    return token.is_word and not role_head(token) and is_name_unit(token.folded) and not is_common(token.text)


def _meant(phrase: Sentence, people: Sequence[Known]) -> int | None:
    """Return the number of the person, named last before the phrase, whose roles the phrase repeats."""
    start = phrase[0].start
    fitting: list[tuple[int, int]] = []
    for number, person in enumerate(people):
        before = [mention.span.start for mention in person.mentions if mention.span.start < start]
        if before and _fits(phrase, person):
            fitting.append((max(before), number))
    return max(fitting)[1] if fitting else None


def _fits(phrase: Sentence, person: Known) -> bool:
    head = role_head(phrase[0])
    if head in _PEERS:  # "نظيره الكوري" is whoever has a role in that country
        return bool({_land(token.folded) for token in phrase[1:]} & person.lands - {""})
    same_head = [role for role in person.roles if role and role[0] == head]
    lands = {_land(token.folded) for token in phrase[1:]} - {""}
    if not same_head or (lands and person.lands and not lands & person.lands):
        return False
    if strip_clitics(phrase[0].folded).startswith("ال"):
        return not lands or bool(person.lands)
    rest = {_bare(token.folded) for token in phrase[1:] if not _land(token.folded)} - {"دوله", "جمهوريه", "مملكه"}
    return bool(lands) and any(rest <= set(role) for role in same_head)


def _land(folded: str) -> str:
    found = place(folded)
    return nationality(folded) or (found.country if found and found.kind == "country" else "")


def _bare(word: str) -> str:
    return strip_clitics(word).removeprefix("ال")
