"""What pages and interface ask of search: the words of the box and the fields of the form as one query, and its results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from inspect import signature
from typing import Annotated

from fastapi import Depends
from fastapi import Query as Field

from tawatur.search import Results, Searcher
from tawatur.searching.parse import LONGEST, Parsed, narrowed, parse
from tawatur.searching.query import About, Filter, Order, Query
from tawatur.searching.terms import Suggestion
from tawatur.web.reading import Reading

#: A value of the form is no longer than this, and pages of results are not counted beyond this.
LONGEST_VALUE, MOST_PAGES = 200, 1000

Text = Annotated[str, Field(max_length=LONGEST, description='Words, "phrases", -exclusions, ORs and filters.')]
Value = Annotated[str, Field(max_length=LONGEST_VALUE)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form or a program asks for. Every field may be empty; fields narrow what ``q`` says."""

    q: Text = ""
    outlet: Value = ""
    person: Value = ""
    place: Value = ""
    organization: Value = ""
    section: Value = ""
    since: Annotated[Value, Field(description="A day, month or year: 2018-03-09, 2018-03, 2018.")] = ""
    until: Value = ""
    sources: Annotated[Value, Field(description="At least so many independent sources.")] = ""
    sort: Annotated[Value, Field(description="relevance, newest or sources.")] = ""

    def read(self) -> Parsed:
        """Return the query that box and form ask together, with what of them was not understood."""
        typed, form = parse(self.q), parse(self._limits())
        fields = ((about, getattr(self, about.value).strip()) for about in About if about is not About.TITLE)
        filters = tuple(Filter(about, value.replace('"', " ").strip()) for about, value in fields if value)
        query = narrowed(typed.query, replace(form.query, filters=filters))
        return Parsed(query, (*typed.complaints, *form.complaints) if query.asks else typed.complaints)

    def _limits(self) -> str:
        values = (("since", self.since), ("until", self.until), ("sources", self.sources), ("sort", self.sort))
        return " ".join(f'{key}:"{value.replace(chr(34), " ")}"' for key, value in values if value.strip())


async def _asked(**values: str) -> Asked:
    """Return what is asked for; a class that stood here itself would be called in a thread of its own."""
    return Asked(**values)


setattr(_asked, "__signature__", signature(Asked))  # noqa: B010 (by it FastAPI knows the fields)
#: What a form or a program asks for, as an argument of a page.
Asking = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Searching:
    """Search of a deployment."""

    reading: Reading

    def results(self, asked: Asked, *, page: int = 1) -> Results:
        """Return a page of what answers; an empty one, without complaint, where nothing is asked."""
        parsed = asked.read()
        if not parsed.query.asks:
            return Results(query=parsed.query, complaints=parsed.complaints)
        found = self._searcher().search(parsed.query, now=datetime.now(UTC), page=page)
        return replace(found, complaints=(*parsed.complaints, *found.complaints))

    def suggestions(self, typed: str) -> tuple[str, tuple[Suggestion, ...]]:
        """Return what of the typed text stays, and what the rest may become."""
        return self._searcher().suggest(typed)

    def _searcher(self) -> Searcher:
        return Searcher(self.reading.app.store, self.reading.outlets())


def without(query: Query, one: Filter | str) -> Query:
    """Return a query without a filter, or without the limit of that name."""
    if isinstance(one, Filter):
        return replace(query, filters=tuple(other for other in query.filters if other != one))
    empty: dict[str, object] = {"since": None, "until": None, "days": None, "sources": 0, "order": Order.RELEVANCE}
    return replace(query, **{one: empty[one]})  # type: ignore[arg-type]
