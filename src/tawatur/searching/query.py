"""A query as a value, and its one canonical text, by which it can be kept and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawatur.searching.names import key_name, order_name

#: More terms than these are no query of a person; the rest is left out, and that is said.
MOST_TERMS = 40


class Order(StrEnum):
    """In which order results come."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    SOURCES = "sources"  # most independently reported first


class About(StrEnum):
    """What a filter looks at. Of the first two an article has one, and their values are alternatives; others must all be met."""

    OUTLET = "outlet"
    SECTION = "section"
    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    TITLE = "title"  # words of the headline


#: Filters whose values are alternatives.
ALTERNATIVE = (About.OUTLET, About.SECTION)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a phrase whose words stand in a row as written (``exact``)."""

    text: str
    exact: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.exact else self.text


@dataclass(frozen=True, slots=True)
class Filter:
    """What an article must be or, where ``excluded``, must not be."""

    about: About
    value: str
    excluded: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if set(self.value) & set(' :"-') else self.value
        return f"{'-' * self.excluded}{key_name(self.about)}:{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked. Each of ``wanted`` is a choice of terms, one of which an article must have; it has none of ``unwanted``.

    ``days`` asks for the last so many days, counted when it is asked; ``since`` and ``until`` are days, both included.
    """

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    days: int | None = None
    sources: int = 0  # at least so many independent sources report the story
    order: Order = Order.RELEVANCE

    def __str__(self) -> str:
        """Return the canonical text: parsing it gives this query again."""
        return " ".join((*self._terms(), *map(str, self.filters), *self._limits()))

    def _terms(self) -> list[str]:
        choice = f" {key_name('or')} "
        return [choice.join(map(str, terms)) for terms in self.wanted] + [f"-{term}" for term in self.unwanted]

    def _limits(self) -> list[str]:
        found = []
        for name, value in (("since", self.since), ("until", self.until)):
            if value:
                found.append(f"{key_name(name)}:{value.isoformat()}")
        for name, count in (("days", self.days), ("sources", self.sources)):
            if count:
                found.append(f"{key_name(name)}:{count}")
        if self.order is not Order.RELEVANCE:
            found.append(f"{key_name('sort')}:{order_name(self.order)}")
        return found

    @property
    def asks(self) -> bool:
        """Whether anything is asked for: words, or filters that say what an article must be, or limits."""
        kept = any(not one.excluded for one in self.filters)
        return bool(self.wanted or kept or self.since or self.until or self.days or self.sources)

    def of(self, about: About, *, excluded: bool = False) -> tuple[str, ...]:
        """Return the values of the filters of one kind."""
        return tuple(one.value for one in self.filters if one.about is about and one.excluded is excluded)
