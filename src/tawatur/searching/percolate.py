"""Searching the other way round: which of many queries does one article answer?

Each query is kept under words of which an article must have one (those of its rarest choice, as far as letters tell), so that an
article is held against the queries that share such a word with it, and not against all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from tawatur.searching.plan import Choice, Field, Part, Plan
from tawatur.searching.words import Entry

Key = TypeVar("Key", bound=Hashable)

#: Fields in which many articles have the same word: a query is kept under them only where it has no others.
_COMMON = (Field.OUTLET, Field.SECTION)


class Percolator(Generic[Key]):
    """Holds queries, and gives those that an article answers."""

    def __init__(self, plans: Mapping[Key, Plan]) -> None:
        self._plans = dict(plans)
        self._under: dict[tuple[Field, str], list[Key]] = defaultdict(list)
        self._anywhere: list[Key] = []
        for key, plan in self._plans.items():
            self._keep(key, plan)

    def __len__(self) -> int:
        return len(self._plans)

    def _keep(self, key: Key, plan: Plan) -> None:
        choices = (*plan.wanted, *plan.kept)
        if not choices:
            self._anywhere.append(key)
            return
        for part in min(choices, key=_commonness):
            self._under[part.field, max(part.words, key=len)].append(key)

    def answered(self, entry: Entry) -> Iterator[Key]:
        """Yield the queries whose words and filters an article meets; their limits of time and sources are not asked."""
        near = dict.fromkeys(self._anywhere)
        for field, words in fields_of(entry):
            for word in words:
                near.update(dict.fromkeys(self._under.get((field, word), ())))
        yield from (key for key in near if answers(entry, self._plans[key]))


def answers(entry: Entry, plan: Plan) -> bool:
    """Say whether an article has all that a plan wants of its words, and nothing that it does not."""
    return all(has(entry, one) for one in (*plan.wanted, *plan.kept)) and not has(entry, plan.unwanted)


def has(entry: Entry, choice: Choice) -> bool:
    """Say whether an article has one of some words or rows of words."""
    return any(_is_in(part, entry) for part in choice)


def _is_in(part: Part, entry: Entry) -> bool:
    row = f" {' '.join(part.words)} "
    if part.field is Field.WORDS:
        return any(row in f" {field} " for field in (entry.title, entry.lead, entry.body))
    return row in f" {getattr(entry, part.field.value)} "


def fields_of(entry: Entry) -> Iterator[tuple[Field, Iterable[str]]]:
    """Yield the words of an article by the fields that plans name, each once."""
    yield Field.WORDS, set(f"{entry.title} {entry.lead} {entry.body}".split())
    for field in Field:
        if field is not Field.WORDS:
            yield field, set(getattr(entry, field.value).split())


def _commonness(choice: Choice) -> tuple[bool, int, int]:
    """Return how many articles a choice may be in, as far as its letters tell: few words, long ones, in a field that tells much."""
    longest = min(max(map(len, part.words)) for part in choice)
    return any(part.field in _COMMON for part in choice), len(choice), -longest
