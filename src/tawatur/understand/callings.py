"""Role phrases without a name that mean a person named elsewhere: "الوزير", "الرئيس الروسي", "وزير خارجية الإمارات"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.model import Span
from tawatur.understand.features import is_common, strip_clitics
from tawatur.understand.mention import Mention
from tawatur.understand.names import PACKAGE, is_name_unit, nationality, place, word_set
from tawatur.understand.peers import peer_words
from tawatur.understand.reading import Reading
from tawatur.understand.role_meaning import Role, role_of
from tawatur.understand.role_phrases import Stretch, is_definite, phrase_at, role_head
from tawatur.understand.tokens import Sentence, tokenize
from tawatur.understand.traits import ROLE

_NEAR_PEER = 30  # tokens before "نظيره" among which stands who or what it is like
_LOOK_BACK = 100  # the most namings that are looked at for one phrase


@dataclass(frozen=True, slots=True)
class Known:
    """What a text has said of a person: the roles, and where the person is named."""

    roles: tuple[Role, ...]
    mentions: tuple[Mention, ...]

    @property
    def lands(self) -> frozenset[str]:
        return frozenset(land for role in self.roles for land in role.lands)


class _Calling(NamedTuple):
    """A role phrase without a name: where it starts, what it says, and whether it has the article or none at all."""

    start: int
    role: Role
    definite: bool
    indefinite: bool


def known(text: str, roles: Sequence[Span], mentions: Sequence[Mention]) -> Known:
    """Return what is known of a person from where roles stand."""
    return Known(tuple(role_of(tuple(tokenize(text, span.start, span.end))) for span in roles), tuple(mentions))


def callings(
    reading: Reading, people: Sequence[Known], taken: dict[int, set[int]]
) -> Iterator[tuple[int, int, Stretch]]:
    """Yield (number of the person, sentence, stretch) of each role phrase that means a person of the text."""
    index = _People(people)
    for number, tokens in enumerate(reading.sentences):
        here = taken.get(number, set())
        resume = 0
        for at in [at for at, token in enumerate(tokens) if token.traits & ROLE]:
            end = _end(tokens, at, here) if at >= resume and at not in here else 0
            if end >= at and end:
                another = _is_peer_of_body(tokens, at, here) or _is_of_kin(tokens, at)
                who = None if another else index.meant(_calling(tokens, at, end))
                if who is not None:
                    yield who, number, (at, end)
            resume = max(resume, end + 1)


def _is_peer_of_body(tokens: Sentence, at: int, taken: Collection[int]) -> bool:
    """Say whether "نظيره" at a token is a team or a body, not somebody: "المنتخب المصري مع نظيره المغربي"."""
    if role_head(tokens[at]) not in peer_words():
        return False
    for near in range(at - 1, max(-1, at - _NEAR_PEER), -1):
        if near in taken or role_head(tokens[near]):
            return False
        if strip_clitics(tokens[near].folded).removeprefix("ال") in word_set("peer_bodies.txt"):
            return True
    return True  # nobody stands before it


def _is_of_kin(tokens: Sentence, at: int) -> bool:
    """Say whether a role is of a kinsman of whom the text names: "فلان، والد الملك الحالي"."""
    return at > 1 and tokens[at - 1].folded in word_set("kinship.txt")


def _calling(tokens: Sentence, at: int, end: int) -> _Calling:
    role = role_of(tokens[at : end + 1])
    definite = is_definite(tokens[at]) or not (role.lands or role.words)
    closes = any(token.folded.startswith(("ال", "لل")) or place(token.folded) for token in tokens[at + 1 : end + 1])
    return _Calling(
        tokens[at].start, role, is_definite(tokens[at]) or (definite and closes), not definite and not closes
    )


def _end(tokens: Sentence, at: int, taken: Collection[int]) -> int:
    """Return the last token of the role phrase that starts at a token, or 0."""
    head = role_head(tokens[at])
    if not head or tokens[at].folded.startswith("لل") or head in word_set("role_heads_not_behind.txt"):
        return 0
    if head in word_set("role_heads_definite.txt"):
        return 0  # mostly another word
    phrase = phrase_at(tokens, at, len(tokens), taken)
    end = _adjectives(tokens, at, phrase.last) if is_definite(tokens[at]) else _before_clitic(tokens, at, phrase.last)
    if end + 1 in taken or (end + 1 < len(tokens) and _is_name(tokens, end + 1)):
        return 0  # it leads up to a name, of this person or another
    if end == at and not is_definite(tokens[at]):
        return 0
    return 0 if phrase.is_open and end == phrase.last and not is_definite(tokens[at]) else end


def _before_clitic(tokens: Sentence, at: int, last: int) -> int:
    """Return the last token of a phrase before "ب" or "و": what follows is more often of the verb than of the role."""
    for near in range(at + 1, last + 1):
        if tokens[near].folded.startswith(("بال", "وال")):
            return near - 1
    return last


def _adjectives(tokens: Sentence, at: int, last: int) -> int:
    """Return the last of the adjectives of country and role behind a definite role word."""
    end = at
    while end < last and (
        _is_land_adjective(tokens[end + 1].folded) or tokens[end + 1].folded in word_set("role_words.txt")
    ):
        end += 1
    return end


def _is_land_adjective(folded: str) -> bool:
    return folded.startswith("ال") and nationality(folded) != ""


def _is_name(tokens: Sentence, at: int) -> bool:
    token = tokens[at]
    return token.is_word and not role_head(token) and is_name_unit(token.folded) and not is_common(token.text)


# --- Who is meant? -------------------------------------------------------------------------------------------------------


class _People:
    """The people of a text by the head words and countries of their roles, with where they are named."""

    def __init__(self, people: Sequence[Known]) -> None:
        self._people = people
        self._lands = [person.lands for person in people]
        keys = [{role.head for role in person.roles} | self._lands[number] for number, person in enumerate(people)]
        self._named: dict[
            str, list[tuple[int, int]]
        ] = {}  # (start of a naming, number of the person), by head or country
        for number, person in enumerate(people):
            for key in keys[number]:
                self._named.setdefault(key, []).extend((mention.span.start, number) for mention in person.mentions)
        for named in self._named.values():
            named.sort()

    def meant(self, calling: _Calling) -> int | None:
        """Return the number of the person, named last before the phrase, whose roles it repeats; else the only one named behind."""
        heads = (
            sorted(calling.role.lands)
            if calling.role.head in peer_words()
            else _synonyms().get(calling.role.head, (calling.role.head,))
        )
        for key in heads:
            named = self._named.get(key, [])
            behind = bisect_left(named, (calling.start, 0))
            if not calling.indefinite:
                for _, number in reversed(named[max(0, behind - _LOOK_BACK) : behind]):
                    if self._fits(calling, number):
                        return number
        return self._only(calling)

    def _only(self, calling: _Calling) -> int | None:
        """Return the only person of the text whose role a phrase with a complement repeats, wherever he or she is named."""
        if not calling.role.lands and not calling.role.words:
            return None
        numbers = {number for _, number in self._named.get(calling.role.head, [])[:_LOOK_BACK]}
        fitting = [number for number in numbers if self._fits(calling, number)]
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, calling: _Calling, number: int) -> bool:
        said, lands = calling.role, self._lands[number]
        if said.head in peer_words():  # "نظيره الكوري" is whoever has a role in that country
            return bool(said.lands & lands)
        heads = _synonyms().get(said.head, (said.head,))
        alike = [role for role in self._people[number].roles if role.head in heads and (said.former or not role.former)]
        if not alike or (said.lands and lands and not said.lands & lands):
            return False
        if said.lands and not lands and len({who for _, who in self._named[alike[0].head][:_LOOK_BACK]}) > 1:
            return bool(said.words) and any(role.words == said.words for role in alike)
        if not said.words and (calling.definite or not said.lands):
            return True
        return any(_tells(said, role, lands) for role in alike if role.head == said.head)


def _tells(said: Role, role: Role, lands: frozenset[str]) -> bool:
    """Say whether two role phrases are of one person: the words of one are among those of the other, and so are the countries."""
    if said.words and role.words:
        return said.words <= role.words or role.words <= said.words
    if said.words or role.words:
        return False
    return bool(said.lands) and said.lands <= lands


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Return by head word the words for the same role, itself first."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines(PACKAGE, "role_synonyms.txt"):
        group = tuple(dict.fromkeys(fold(word) for word in line.split()))
        found.update((word, (word, *(other for other in group if other != word))) for word in group)
    return found
