"""Organisations: known names, and head words with their complement ("وزارة الخارجية الأميركية")."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from tawatur.model import Name, Span
from tawatur.understand.names import lengths, nationality, place, word_set
from tawatur.understand.reading import Reading
from tawatur.understand.spans import as_names, overlaps
from tawatur.understand.tagger import ORGANIZATION, Tagged
from tawatur.understand.tokens import Sentence, Token

_LONGEST = 8
_CLITICS = "وفبلك"
_OPEN, _CLOSE = '"«“', '"»”'


def find(reading: Reading, people: Collection[Span] = ()) -> tuple[Name, ...]:
    """Return the organisations of a text in the order of their first naming, none across the naming of a person."""
    found: list[tuple[Span, str]] = []
    for tokens, tags in zip(reading.sentences, reading.tags, strict=True):
        found.extend((span, "") for span in _of_sentence(tokens, tags) if not overlaps(span, people))
    return as_names(reading.text, found)


def _of_sentence(tokens: Sentence, tags: tuple[Tagged, ...]) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        match = organization_at(tokens, at) or _tagged_at(tokens, tags, at)
        if match:
            last, cut = match
            found.append(Span(tokens[at].start + cut, tokens[last].end))
            at = last + 1
        else:
            at += 1
    return found


def organization_at(tokens: Sentence, at: int) -> tuple[int, int] | None:
    """Return (last token, letters of clitics) of the organisation whose name starts at a token, or None."""
    return _known(tokens, at) or _headed(tokens, at)


def _known(tokens: Sentence, at: int) -> tuple[int, int] | None:
    """Return the longest name of the list that starts at a token, with or without a clitic on its first word."""
    folded = tokens[at].folded
    found = [match for cut in (0, 1) if (not cut or folded[:1] in _CLITICS) and (match := _listed(tokens, at, cut))]
    return max(found, key=lambda match: (match[0], -match[1]), default=None)


def _listed(tokens: Sentence, at: int, cut: int) -> tuple[int, int] | None:
    first = tokens[at].folded[cut:]
    for length in _lengths().get(first, ()):
        words = [first, *(token.folded for token in tokens[at + 1 : at + length])]
        if len(words) == length and " ".join(words) in word_set("organizations.txt"):
            return at + length - 1, cut
    return None


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    return lengths(word_set("organizations.txt"))


def _headed(tokens: Sentence, at: int) -> tuple[int, int] | None:
    head = _head(tokens[at].folded)
    if head is None:
        return None
    cut, definite = head
    last = _end_of_complement(tokens, at, definite=definite)
    return (last, cut) if last > at else None


@cache
def _head(folded: str) -> tuple[int, bool] | None:
    """Return (letters of clitics, whether it has the article) of a head word, or None."""
    heads = word_set("organization_heads.txt")
    for cut in (0, 1):
        bare = folded[cut:]
        if cut and folded[0] not in _CLITICS:
            break
        if bare in heads or bare.removeprefix("ال") in heads:
            return cut, bare not in heads
    return None


def _end_of_complement(tokens: Sentence, at: int, *, definite: bool) -> int:
    """Return the last token of a name that starts with a head word; the head itself where nothing fits."""
    last = at
    for where in range(at + 1, min(at + _LONGEST, len(tokens))):
        if where == at + 1 and tokens[where].text in _OPEN:
            return _end_of_quoted(tokens, where)
        if not _fits(tokens[where], definite=definite, nearest=where == at + 1):
            break
        last = where
    return last


def _end_of_quoted(tokens: Sentence, opened: int) -> int:
    for where in range(opened + 1, min(opened + 6, len(tokens))):
        if tokens[where].text in _CLOSE:
            follows = where + 1 < len(tokens) and nationality(tokens[where + 1].folded) != ""
            return where + 1 if follows else where
    return opened - 1


def _fits(token: Token, *, definite: bool, nearest: bool) -> bool:
    folded = token.folded
    if not token.is_word or folded in word_set("role_barriers.txt"):
        return False
    if folded in word_set("organization_never.txt"):
        return False
    if nationality(folded):
        return True
    if definite:
        return len(folded) > 4 and folded.startswith("ال") and nearest
    if folded.startswith(("ال", "لل")):
        return True
    return folded.startswith("وال") or (nearest and place(folded) is not None)


def _tagged_at(tokens: Sentence, tags: tuple[Tagged, ...], at: int) -> tuple[int, int] | None:
    """Return the tagger's organisation at a token: two words or more, without a preposition on the first."""
    for tag in tags:
        if tag.kind != ORGANIZATION or not tag.first == at < tag.last or tokens[at].folded.startswith("لل"):
            continue
        if all(token.is_word for token in tokens[tag.first : tag.last + 1]):
            return tag.last, 0
    return None
