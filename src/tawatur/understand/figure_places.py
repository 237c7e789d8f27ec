"""Where a figure of people stands: the place that its clause names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from tawatur.model import Name
from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import PEOPLE
from tawatur.understand.names import word_set, word_sets

_BEHIND, _BEFORE = 16, 24  # words between a figure and its place
_CLITICS = "وفبلك"


class Stands(NamedTuple):
    """Where the places of a text stand, in order, and their names."""

    starts: tuple[int, ...]
    names: tuple[str, ...]


def stands(places: Iterable[Name]) -> Stands:
    """Return the stretches of an article's places in order."""
    found = sorted((span.start, place.name) for place in places for span in place.spans)
    return Stands(tuple(start for start, _ in found), tuple(name for _, name in found))


def led(line: Line, places: Stands, away: frozenset[int]) -> list[tuple[int, str]]:
    """Return (word, name) of the places of a line where things happen, in order.

    Such a place stands behind a preposition or a word such as "مدينة". ``away`` are words behind a distance: nothing happened at a
    place there ("50 كلم شرق الرمادي").
    """
    first, last = line.tokens[0].start, line.tokens[-1].end
    inside = range(bisect_left(places.starts, first), bisect_left(places.starts, last))
    found = ((_token_at(line, places.starts[nth]), places.names[nth]) for nth in inside)
    return [(at, name) for at, name in found if at not in away and _is_led(line, at)]


def place_of(line: Line, draft: Draft, at: list[tuple[int, str]]) -> str:
    """Return the place where something happened to the people of a figure, "" where the clause names none.

    ``at`` is what ``led`` gives. The first place behind the figure counts, else the last one before it.
    """
    if not at or draft.category not in PEOPLE:
        return ""
    nth = bisect_left(at, (draft.end, ""))
    if nth < len(at) and at[nth][0] < draft.end + _BEHIND and not _is_cut(line, draft.end, at[nth][0]):
        return at[nth][1]
    return at[nth - 1][1] if nth and at[nth - 1][0] >= draft.start - _BEFORE else ""


def _token_at(line: Line, start: int) -> int:
    return max(0, bisect_left(line.tokens, start + 1, key=lambda token: token.start) - 1)


def _is_led(line: Line, at: int) -> bool:
    """Say whether a place is where something happens: behind a preposition, written onto it, or behind "مدينة" and the like."""
    before = line.word(at - 1)
    bare = before[1:] if before[:1] in _CLITICS else before
    led = word_sets("place_prepositions.txt", "place_heads.txt")
    return line.words[at][0] == "ب" or any(word in led for word in (before, bare, bare.removeprefix("ال")))


def _is_cut(line: Line, start: int, end: int) -> bool:
    """Say whether a new clause starts between two words."""
    return any(word in word_set("figure_clauses.txt") for word in line.words[start:end])
