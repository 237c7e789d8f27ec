"""Places with the country they belong to. Adjectives of nationality are no places ("السلطات السعودية" names none)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from tawatur.model import Name, Span
from tawatur.understand.names import Place, place, place_lengths, word_set
from tawatur.understand.reading import Reading
from tawatur.understand.spans import as_names, overlaps
from tawatur.understand.tagger import ORGANIZATION, PERSON, PLACE, Tagged
from tawatur.understand.tokens import Sentence

_CLITICS = "وفبلك"
# Countries whose name is the feminine adjective of itself.
_OWN_ADJECTIVE = frozenset(("السعوديه",))


def find(reading: Reading, people: Collection[Span] = ()) -> tuple[Name, ...]:
    """Return the places of a text in the order of their first naming, none inside the naming of a person."""
    sure: list[tuple[Span, str]] = []
    unsure: list[tuple[Span, str]] = []
    for tokens, tags in zip(reading.sentences, reading.tags, strict=True):
        for span, country, is_sure in _of_sentence(tokens, tags):
            if overlaps(span, people):
                continue
            (sure if is_sure else unsure).append((span, country))
    known = {reading.text[span.start : span.end] for span, _ in sure}
    sure.extend(found for found in unsure if reading.text[found[0].start : found[0].end] in known)
    return as_names(reading.text, sure)


def _of_sentence(tokens: Sentence, tags: tuple[Tagged, ...]) -> Iterator[tuple[Span, str, bool]]:
    """Yield (span, country code, sure?) of the places of a sentence."""
    kinds = {at: tag.kind for tag in tags for at in range(tag.first, tag.last + 1)}
    at = 0
    while at < len(tokens):
        match = None if kinds.get(at) in (PERSON, ORGANIZATION) else _longest(tokens, at)
        if match:
            last, cut, found = match
            yield (
                Span(tokens[at].start + cut, tokens[last].end),
                _code(found),
                _is_sure(tokens, at, last, cut, found, kinds),
            )
            at = last + 1
        elif kinds.get(at) == PLACE and kinds.get(at - 1) != PLACE and _starts_place(tokens, at):
            last = _last_of(kinds, at)
            yield Span(tokens[at].start, tokens[last].end), "", True
            at = last + 1
        else:
            at += 1


def _code(found: Place) -> str:
    return "" if found.country == "-" else found.country


def _longest(tokens: Sentence, at: int) -> tuple[int, int, Place] | None:
    """Return (last token, letters of clitics, place) of the longest place name that starts at a token."""
    found = [match for cut, first in _without_clitics(tokens[at].folded) if (match := _from(tokens, at, cut, first))]
    return max(found, key=lambda match: (match[0], -match[1]), default=None)


def _from(tokens: Sentence, at: int, cut: int, first: str) -> tuple[int, int, Place] | None:
    """Return the longest place whose first word this is."""
    for length in place_lengths().get(first, ()):
        rest = [token.folded for token in tokens[at + 1 : at + length]]
        found = place(" ".join([first, *rest])) if len(rest) == length - 1 else None
        if found and not (tokens[at].folded in _OWN_ADJECTIVE and _is_adjective(tokens, at)):
            return at + length - 1, cut, found
    return None


@lru_cache(maxsize=100_000)
def _without_clitics(folded: str) -> tuple[tuple[int, str], ...]:
    """Return (letters cut, rest) of every way in which a word can be read."""
    found = [(0, folded)]
    if folded[:2] == "لل" and len(folded) > 5:
        found.append((1, "ا" + folded[1:]))
    elif folded[:3] in ("ولل", "فلل") and len(folded) > 6:
        found.append((2, "ا" + folded[2:]))
    elif folded[:1] in _CLITICS and len(folded) > 4:
        found.append((1, folded[1:]))
        if folded[0] in "وف" and folded[1:2] in ("ب", "ل") and len(folded) > 5:
            found.append((2, folded[2:]))
    return tuple(found)


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
    heads = word_set("place_heads.txt") | word_set("place_prepositions.txt")
    return before in heads or bare in heads


def _starts_place(tokens: Sentence, at: int) -> bool:
    """Say whether a tagged place of no gazetteer is a name: no article-less common word, no clitic to peel."""
    heads = word_set("place_heads.txt")
    before = tokens[at - 1].folded if at else ""
    return tokens[at].is_word and tokens[at].folded not in heads and (before in heads or before[1:] in heads)


def _last_of(kinds: dict[int, str], at: int) -> int:
    while kinds.get(at + 1) == PLACE:
        at += 1
    return at
