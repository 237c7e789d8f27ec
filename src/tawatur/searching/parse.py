"""Read what somebody typed as a query. Nothing typed is an error: what cannot be read is left out, and said in a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.arabic.words import words
from tawatur.searching.days import Period, period
from tawatur.searching.names import key_of_name, order_of_name
from tawatur.searching.query import MOST_TERMS, About, Filter, Order, Query, Term

#: More text than this is not read.
LONGEST = 2000
#: The most days and the most sources that can be asked for.
MOST_DAYS, MOST_SOURCES = 36_600, 999

# "-" or another dash before a word excludes it; a quotation that is never closed goes to the end.
_TOKEN = re.compile(
    r"(?P<no>[-−–!]*)(?:(?P<key>[^\s:\"“”„«»‹›]+):[ \t]*)?"
    r"(?:[\"“„«‹](?P<quoted>[^\"“”„«»‹›]*)[\"“”»›]?|(?P<bare>[^\s\"“”„«»‹›]+))"
)
_COUNT = re.compile(r"(\d+)\D{0,4}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What of a query was not understood: a message key, and the words that are meant."""

    key: str
    value: str = ""


class Parsed(NamedTuple):
    """A query, and what of the text is not in it."""

    query: Query
    complaints: tuple[Complaint, ...] = ()


class _Token(NamedTuple):
    """One thing typed: a term, a filter, or with the meaning "or" what stands between two terms."""

    meaning: str  # of its key; "" for a term
    text: str
    excluded: bool = False
    quoted: bool = False


@dataclass(slots=True)
class _Draft:
    """A query while it is read."""

    wanted: list[tuple[Term, ...]] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    limits: dict[str, object] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, key: str, value: str = "") -> None:
        self.complaints.append(Complaint(f"search.bad.{key}", value))


def parse(text: str) -> Parsed:
    """Read a query: words, "phrases", -exclusions, ORs and filters ("منفذ:الجزيرة", "since:2018-03")."""
    draft, joining = _Draft(), False
    for token in _tokens(text[:LONGEST]):
        if token.meaning == "or" and not token.excluded:
            joining = bool(draft.wanted)
        elif token.meaning:
            _read_filter(draft, token)
        else:
            _read_terms(draft, token, joining)
            joining = False
    if len(draft.wanted) > MOST_TERMS:
        draft.complain("long", str(MOST_TERMS))
    query = Query(
        wanted=tuple(dict.fromkeys(draft.wanted))[:MOST_TERMS],
        unwanted=tuple(dict.fromkeys(draft.unwanted))[:MOST_TERMS],
        filters=tuple(dict.fromkeys(draft.filters)),
    )
    query = _in_order(replace(query, **draft.limits))  # type: ignore[arg-type]
    if (query.unwanted or query.filters) and not query.asks:
        draft.complain("only_excluded")
    return Parsed(query, tuple(draft.complaints))


def narrowed(query: Query, narrower: Query) -> Query:
    """Return a query with what another one asks besides; limits and order of the other win where it has them."""
    return replace(
        query,
        wanted=tuple(dict.fromkeys((*query.wanted, *narrower.wanted))),
        unwanted=tuple(dict.fromkeys((*query.unwanted, *narrower.unwanted))),
        filters=tuple(dict.fromkeys((*query.filters, *narrower.filters))),
        since=narrower.since or query.since,
        until=narrower.until or query.until,
        days=narrower.days or query.days,
        sources=narrower.sources or query.sources,
        order=query.order if narrower.order is Order.RELEVANCE else narrower.order,
    )


def _in_order(query: Query) -> Query:
    """Return a query whose first day is not behind its last one."""
    if query.since and query.until and query.since > query.until:
        return replace(query, since=query.until, until=query.since)
    return query


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        excluded, quoted = bool(found["no"]), found["quoted"] is not None
        content = found["quoted"] if quoted else found["bare"]
        meaning = key_of_name(found["key"]) if found["key"] else ""
        if found["key"] and meaning in ("", "or"):  # no key of ours: words with a colon
            at = found.end("key") + 1
            meaning, quoted, content = "", False, found["key"]
            if found["bare"] and found["key"].isdecimal():  # "17:42"
                at, content = found.end(), f"{found['key']}:{found['bare']}"
        elif not quoted and not found["key"] and key_of_name(content) == "or":
            meaning = "or"
        yield _Token(meaning, content, excluded, quoted)


def _read_terms(draft: _Draft, token: _Token, joining: bool) -> None:
    texts = [word.text for word in words(token.text) if token.quoted or key_of_name(word.text) != "or"]
    terms = [Term(" ".join(texts), exact=True)] if token.quoted and texts else [Term(text) for text in texts]
    if token.excluded:
        draft.unwanted += terms
    elif joining and terms:
        last = draft.wanted[-1]
        draft.wanted[-1] = tuple(dict.fromkeys((*last, terms[0])))
        draft.wanted += [(term,) for term in terms[1:]]
    else:
        draft.wanted += [(term,) for term in terms]


def _read_filter(draft: _Draft, token: _Token) -> None:
    value = " ".join(token.text.split())
    if not value:
        draft.complain("empty", token.meaning)
    elif token.meaning in set(About):
        draft.filters.append(Filter(About(token.meaning), value, token.excluded))
    elif token.meaning in ("since", "until"):
        _read_day(draft, token.meaning, value)
    elif token.meaning == "sort":
        _read_order(draft, value)
    else:
        _read_count(draft, token.meaning, value)


def _read_day(draft: _Draft, meaning: str, value: str) -> None:
    found: Period | None = period(value)
    if found is None:
        draft.complain("date", value)
    else:
        draft.limits[meaning] = found.first if meaning == "since" else found.last


def _read_order(draft: _Draft, value: str) -> None:
    if order := order_of_name(value):
        draft.limits["order"] = Order(order)
    else:
        draft.complain("order", value)


def _read_count(draft: _Draft, meaning: str, value: str) -> None:
    found = _COUNT.fullmatch(fold(value))
    if found and 0 < int(found[1]) <= (MOST_DAYS if meaning == "days" else MOST_SOURCES):
        draft.limits[meaning] = int(found[1])
    else:
        draft.complain("count", value)


def first_day(query: Query, today: date) -> date | None:
    """Return the first day that a query asks for, of its own days and those that it counts back."""
    days: Sequence[date | None] = (query.since, _back(query.days, today))
    return max((day for day in days if day), default=None)


def _back(days: int | None, today: date) -> date | None:
    return date.fromordinal(max(1, today.toordinal() - days + 1)) if days else None
