"""Places with their country and kind. Adjectives of nationality are no places ("السلطات السعودية" names none).

Where a country or capital stands for its government is decided in ``governments``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.model import Name, Span
from tawatur.understand import traits
from tawatur.understand.features import is_everyday
from tawatur.understand.governments import acts
from tawatur.understand.names import Place, nationality, place, place_lengths, word_set, word_sets
from tawatur.understand.reading import Reading
from tawatur.understand.spans import name_at, overlaps
from tawatur.understand.tagger import ORGANIZATION, PERSON, PLACE, Tagged
from tawatur.understand.tokens import Sentence
from tawatur.understand.traits import PLACE_HEAD, place_openings

_CLITICS = "وفبلك"
# Countries whose name is the feminine adjective of itself.
_OWN_ADJECTIVE = frozenset(("السعوديه",))


class Naming(NamedTuple):
    """A place as named once; ``sure`` is False where the word could be something else."""

    span: Span
    country: str
    kind: str
    sure: bool
    acts: bool


def find(reading: Reading, people: Collection[Span] = ()) -> tuple[Name, ...]:
    """Return the places of a text in the order of their first naming, none inside the naming of a person."""
    found: list[Naming] = []
    for tokens, tags in zip(reading.sentences, reading.tags, strict=True):
        found.extend(naming for naming in _of_sentence(tokens, tags) if not overlaps(naming.span, people))
    known = {name_at(reading.text, naming.span) for naming in found if naming.sure}
    groups: dict[str, list[Naming]] = {}
    for naming in sorted(found):
        name = name_at(reading.text, naming.span)
        if naming.sure or name in known:
            groups.setdefault(_key(name), []).append(naming)
    return tuple(_name(reading.text, namings) for namings in groups.values())


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """Return what all spellings of a name share: "الولايات المتحدة" with any spelling of its adjective, or with none."""
    words = fold(name).replace('"', "").split()
    return " ".join(words[:-1] if len(words) > 2 and nationality(words[-1]) else words)


def _name(text: str, namings: list[Naming]) -> Name:
    forms = list(dict.fromkeys(name_at(text, naming.span) for naming in namings))
    return Name(
        name=forms[0],
        spans=tuple(naming.span for naming in namings),
        country=next((naming.country for naming in namings if naming.country), ""),
        aliases=tuple(form for form in forms[1:] if fold(form) != fold(forms[0])),
        kind=next((naming.kind for naming in namings if naming.kind), ""),
        governments=tuple(naming.span for naming in namings if naming.acts),
    )


def _of_sentence(tokens: Sentence, tags: tuple[Tagged, ...]) -> Iterator[Naming]:
    """Yield the places of a sentence."""
    kinds = {at: tag.kind for tag in tags for at in range(tag.first, tag.last + 1)}
    acting: frozenset[int] = frozenset()
    last = -1
    behind_head = False
    for at, token in enumerate(tokens):
        led, behind_head = behind_head, bool(token.traits & PLACE_HEAD)
        if at <= last:
            continue
        may_open = token.traits & traits.PLACE and kinds.get(at) not in (PERSON, ORGANIZATION)
        match = _longest(tokens, at) if may_open else None
        if match:
            last = match[0]
            naming = _listed(tokens, at, match, kinds, acting)
            acting |= {last} if naming.acts else frozenset()
            yield naming
        elif led and _starts_place(tokens, at, kinds):
            last = _last_of(kinds, at)
            yield Naming(Span(token.start, tokens[last].end), "", _kind_by_head(tokens, at), sure=True, acts=False)


def _listed(
    tokens: Sentence, at: int, match: tuple[int, int, Place], kinds: dict[int, str], acting: frozenset[int]
) -> Naming:
    """Return the naming of a place of the gazetteer."""
    last, cut, found = match
    span = Span(tokens[at].start + cut, tokens[last].end)
    sure = _is_sure(tokens, at, last, cut, found, kinds)
    governs = found.kind == "country" or _is_capital(tokens, at, last, cut)
    does = governs and acts(tokens, at, last, cut, acting)
    return Naming(span, "" if found.country == "-" else found.country, found.kind, sure=sure or does, acts=does)


def _is_capital(tokens: Sentence, at: int, last: int, cut: int) -> bool:
    words = [tokens[at].folded[cut:], *(token.folded for token in tokens[at + 1 : last + 1])]
    return " ".join(words) in word_set("capitals.txt")


def _longest(tokens: Sentence, at: int) -> tuple[int, int, Place] | None:
    """Return (last token, letters of clitics, place) of the longest place name that starts at a token."""
    openings = place_openings(tokens[at].folded)
    found = [match for cut, first in openings if (match := _from(tokens, at, cut, first))]
    return max(found, key=lambda match: (match[0], -match[1]), default=None)


def _from(tokens: Sentence, at: int, cut: int, first: str) -> tuple[int, int, Place] | None:
    """Return the longest place whose first word this is."""
    for length in place_lengths().get(first, ()):
        rest = [token.folded for token in tokens[at + 1 : at + length]]
        found = place(" ".join([first, *rest])) if len(rest) == length - 1 else None
        if found and not (tokens[at].folded in _OWN_ADJECTIVE and _is_adjective(tokens, at)):
            return at + length - 1, cut, found
    return None


def _is_adjective(tokens: Sentence, at: int) -> bool:
    return at > 0 and tokens[at - 1].is_word and tokens[at - 1].folded.removeprefix("و").startswith("ال")


def _is_sure(tokens: Sentence, at: int, last: int, cut: int, found: Place, kinds: dict[int, str]) -> bool:
    if kinds.get(at) == PLACE or last > at:
        return True
    folded = tokens[at].folded[cut:]
    if found.kind != "city" and folded not in word_set("places_ambiguous.txt"):
        return True
    before = tokens[at - 1].folded if at else ""
    bare = before[1:] if before[:1] in _CLITICS else before
    heads = word_sets("place_heads.txt", "place_prepositions.txt")
    return before in heads or bare in heads


def _starts_place(tokens: Sentence, at: int, kinds: dict[int, str]) -> bool:
    """Say whether a place of no gazetteer starts: behind a word for one, tagged, or no everyday word and no adjective."""
    head = _head_before(tokens, at)
    token = tokens[at]
    if not head or not token.is_word or token.folded in word_set("place_heads.txt"):
        return False
    if kinds.get(at) == PLACE and kinds.get(at - 1) != PLACE:
        return True
    if kinds.get(at) is not None or head not in word_set("place_heads_sure.txt") or token.text.isascii():
        return False
    return len(token.folded) > 2 and not is_everyday(token.text) and not nationality(token.folded)


def _head_before(tokens: Sentence, at: int) -> str:
    """Return the word for a place before a token, without its clitic, or ""."""
    before = tokens[at - 1].folded if at else ""
    heads = word_set("place_heads.txt")
    return before if before in heads else before[1:] if before[1:] in heads else ""


def _kind_by_head(tokens: Sentence, at: int) -> str:
    return "city" if _head_before(tokens, at) in word_set("place_heads_city.txt") else "region"


def _last_of(kinds: dict[int, str], at: int) -> int:
    while kinds.get(at) == PLACE == kinds.get(at + 1):
        at += 1
    return at
