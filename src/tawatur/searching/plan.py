"""What a store looks up for a query: words in the fields of its index, and the limits. The same for every store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from tawatur.arabic.words import words
from tawatur.searching.parse import first_day
from tawatur.searching.query import ALTERNATIVE, About, Order, Query, Term
from tawatur.searching.words import NOTHING, exact_words, key, name_words, whole
from tawatur.stories.topics import by_section


class Field(StrEnum):
    """Where words are looked up; ``WORDS`` is the headline and the text."""

    WORDS = "words"
    TITLE = "title"
    EXACT = "exact"
    PEOPLE = "people"
    PLACES = "places"
    ORGANIZATIONS = "organizations"
    OUTLET = "outlet"
    SECTION = "section"


_NAMES = {About.PERSON: Field.PEOPLE, About.PLACE: Field.PLACES, About.ORGANIZATION: Field.ORGANIZATIONS}


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand in a row in one field. ``keys`` are those by which a phrase is ranked and its places are found."""

    field: Field
    words: tuple[str, ...]
    keys: tuple[str, ...] = ()


#: An article must have one of these.
Choice = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is looked up. ``first`` is included, ``last`` is not; ``sources`` is the least number of independent sources."""

    wanted: tuple[Choice, ...] = ()  # the words, by which results are ranked
    kept: tuple[Choice, ...] = ()  # the filters
    unwanted: tuple[Part, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    sources: int = 1
    order: Order = Order.RELEVANCE
    read_after: datetime | None = None  # only articles that were read later than this

    @property
    def looks(self) -> bool:
        """Whether there is anything to look up."""
        return bool(self.wanted or self.kept or self.first or self.last or self.sources > 1)


def plan(query: Query, *, now: datetime, outlet_keys: Callable[[str], Iterable[str]] = lambda name: (name,)) -> Plan:
    """Return what is looked up for a query.

    Words that carry no topic are left out. ``outlet_keys`` gives the keys of the outlets that a name means.
    """
    first, today = first_day(query, now.date()), query.until
    return Plan(
        wanted=tuple(choice for terms in query.wanted for choice in _choices(terms)),
        kept=_kept(query, outlet_keys),
        unwanted=(
            *(part for term in query.unwanted for part in _parts(term)),
            *(part for one in query.filters if one.excluded for part in _filtered(one.about, one.value, outlet_keys)),
        ),
        first=_midnight(first) if first else None,
        last=_midnight(today) + timedelta(days=1) if today else None,
        sources=max(1, query.sources),
        order=query.order,
    )


def _choices(terms: tuple[Term, ...]) -> tuple[Choice, ...]:
    """Return one choice of several terms; of a single term that is several words, each of them."""
    found = [_parts(term) for term in terms]
    if len(found) == 1:
        return tuple((part,) for part in found[0])
    choice = tuple(part for parts in found for part in parts[:1])
    return (choice,) if choice else ()


def _parts(term: Term) -> tuple[Part, ...]:
    if term.exact:
        row = exact_words(term.text)
        return (Part(Field.EXACT, row, tuple(key(one.text) or NOTHING for one in words(term.text))),) if row else ()
    return tuple(Part(Field.WORDS, (found,), (found,)) for one in words(term.text) if (found := key(one.text)))


def _kept(query: Query, outlet_keys: Callable[[str], Iterable[str]]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for about in About:
        values = query.of(about)
        if about in ALTERNATIVE and values:
            found.append(tuple(part for value in values for part in _filtered(about, value, outlet_keys)))
        elif about is About.TITLE:
            found += [(part,) for value in values for part in _filtered(about, value, outlet_keys)]
        else:
            found += [_filtered(about, value, outlet_keys) for value in values]
    return tuple(choice for choice in found if choice)


def _filtered(about: About, value: str, outlet_keys: Callable[[str], Iterable[str]]) -> tuple[Part, ...]:
    if about is About.OUTLET:
        return tuple(Part(Field.OUTLET, (whole(key),)) for key in outlet_keys(value))
    if about is About.SECTION:
        return tuple(Part(Field.SECTION, (one,)) for one in dict.fromkeys((whole(value), by_section(value))) if one)
    if about is About.TITLE:
        keys = (key(one.text) for one in words(value))
        return tuple(Part(Field.TITLE, (found,), (found,)) for found in keys if found)
    row = name_words(value)
    return (Part(_NAMES[about], row),) if row else ()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
