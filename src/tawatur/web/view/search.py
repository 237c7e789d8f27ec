"""The page of search: results by story, the form that narrows them, and what helps where nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from tawatur.model import Outlets
from tawatur.search import FoundReport, FoundStory, Results
from tawatur.searching.parse import Complaint
from tawatur.searching.query import About, Filter, Order, Query
from tawatur.searching.snippet import Piece
from tawatur.stories.topics import by_section, topics
from tawatur.web.searching import without
from tawatur.web.view.parts import OutletView, Sources, outlet_view
from tawatur.web.words import Words

#: How many outlets a story names before it counts the rest; how many numbers of sources can be chosen.
NAMED, SOURCES = 4, (2, 3, 5, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report that answers. ``when`` is "" where nothing tells."""

    id: str
    outlet: OutletView
    title: tuple[Piece, ...]
    around: tuple[Piece, ...]
    when: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story with its reports that answer: the best one, and the others beneath it."""

    id: str
    title: str
    sources: Sources
    named: tuple[OutletView, ...]
    unnamed: int
    when: str
    iso: str
    best: ReportView
    more: tuple[ReportView, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Link:
    """Words with the address that they lead to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """What stands in the fields: the words with what no field holds, and of each field its value."""

    words: str
    values: dict[str, str]
    sections: tuple[Option, ...]
    sources: tuple[Option, ...]
    orders: tuple[Option, ...]
    narrowed: bool

    def value(self, field: str) -> str:
        """Return what stands in a field."""
        return self.values.get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The whole page. ``chips`` are the filters, each with the address without it."""

    asked: str
    form: FormView
    stories: tuple[StoryView, ...]
    count: str
    chips: tuple[Link, ...]
    complaints: tuple[str, ...]
    better: tuple[tuple[str, str, str, str], ...]  # (what is said, the word, instead, address)
    loose: bool
    few: bool
    page: int
    newer: str
    older: str
    before: str  # the address of what is older than all that was ranked
    invented: bool


def search_view(found: Results, *, outlets: Outlets, words: Words, now: datetime | None = None) -> SearchView:
    """Return a page of results in one language; times are told as they are at ``now``."""
    now, query = now or datetime.now(UTC), found.query
    return SearchView(
        asked=str(replace(query, order=Order.RELEVANCE)),
        form=_form(query, words),
        stories=tuple(_story(one, outlets, words, now) for one in found.stories if one.reports),
        count=_count(found, words),
        chips=tuple(_chips(query, outlets, words)),
        complaints=tuple(_complaint(one, words) for one in dict.fromkeys(found.complaints)),
        better=tuple(_better(found, words)),
        loose=found.loose,
        few=found.few,
        page=found.page,
        newer=address(query, words, page=found.page - 1) if found.page > 1 else "",
        older=address(query, words, page=found.page + 1) if found.page < found.pages else "",
        before=_before(found, words),
        invented=any(one.head.invented for one in found.stories),
    )


def address(query: Query, words: Words, *, page: int = 1) -> str:
    """Return the address of a page of a query's results."""
    values = {"q": str(replace(query, order=Order.RELEVANCE))}
    if query.order is not Order.RELEVANCE:
        values["sort"] = query.order.value
    if page > 1:
        values["page"] = str(page)
    return f"{words.prefix}/search?{urlencode(values)}"


def _count(found: Results, words: Words) -> str:
    if not found.total:
        return ""
    said = words.text("search.found", n=found.total)
    return words.text("search.newest_of", found=said) if found.more else said


def _before(found: Results, words: Words) -> str:
    """Return the address of what is older than all that was ranked, on the last page of newest first."""
    if not (found.more and found.page == found.pages and found.query.order is Order.NEWEST and found.stories):
        return ""
    oldest = min(story.head.latest for story in found.stories).date()
    return address(replace(found.query, until=oldest), words)


def _story(one: FoundStory, outlets: Outlets, words: Words, now: datetime) -> StoryView:
    head, reports = one.head, tuple(_report(report, outlets, words, now) for report in one.reports)
    named = tuple(outlet_view(key, outlets, words) for key in head.outlets[:NAMED])
    return StoryView(
        id=head.id,
        title=head.title,
        sources=Sources(len(head.outlets), head.independent),
        named=named,
        unnamed=len(head.outlets) - len(named),
        when=_day(head.latest, words, now),
        iso=head.latest.isoformat(),
        best=reports[0],
        more=reports[1:],
        others=one.others,
    )


def _report(one: FoundReport, outlets: Outlets, words: Words, now: datetime) -> ReportView:
    at = one.published.at
    return ReportView(
        id=one.id,
        outlet=outlet_view(one.outlet, outlets, words),
        title=one.title,
        around=one.around,
        when=_day(at, words, now) if at else "",
        iso=at.astimezone(UTC).isoformat() if at else "",
    )


def _day(at: datetime, words: Words, now: datetime) -> str:
    return words.short_day(at.astimezone(UTC).date(), year=at.year != now.year)


def _complaint(one: Complaint, words: Words) -> str:
    return words.text(one.key, value=one.value) if one.value else words.text(one.key)


def _better(found: Results, words: Words) -> Iterator[tuple[str, str, str, str]]:
    for one in found.better:
        key = "search.meant" if one.instead else "search.as_words"
        yield words.text(key), one.word, one.instead or str(one.query), address(one.query, words)


def _chips(query: Query, outlets: Outlets, words: Words) -> Iterator[Link]:
    for one in query.filters:
        key = "search.chip_not" if one.excluded else "search.chip"
        name = words.text(key, field=words.text(f"search.field.{one.about.value}"), value=_value(one, outlets, words))
        yield Link(name, address(without(query, one), words))
    for limit, value in (
        ("since", query.since and words.plain_day(query.since)),
        ("until", query.until and words.plain_day(query.until)),
        ("days", query.days and words.text("search.days", n=query.days)),
        ("sources", query.sources and words.text("search.at_least", n=query.sources)),
    ):
        if value:
            name = words.text("search.chip", field=words.text(f"search.field.{limit}"), value=value)
            yield Link(name, address(without(query, limit), words))


def _value(one: Filter, outlets: Outlets, words: Words) -> str:
    if one.about is About.OUTLET and outlets.get(one.value):
        return outlet_view(one.value, outlets, words).name
    topic = by_section(one.value) if one.about is About.SECTION else ""
    return words.text(f"section.{topic}") if topic else one.value


def _form(query: Query, words: Words) -> FormView:
    """Put what fields can hold into the fields, and the rest of the query into the box."""
    values: dict[str, str] = {}
    rest: list[Filter] = []
    for one in query.filters:
        if one.excluded or one.about is About.TITLE or one.about.value in values:
            rest.append(one)
        else:
            values[one.about.value] = one.value
    values |= {name: day.isoformat() for name, day in (("since", query.since), ("until", query.until)) if day}
    chosen = by_section(values.get("section", "")) or values.get("section", "")
    return FormView(
        words=str(Query(wanted=query.wanted, unwanted=query.unwanted, filters=tuple(rest), days=query.days)),
        values=values,
        sections=tuple(Option(key, words.text(f"section.{key}"), key == chosen) for key in topics()),
        sources=tuple(Option(str(n), words.text("search.at_least", n=n), n == query.sources) for n in _choices(query)),
        orders=tuple(Option(one.value, words.text(f"search.order.{one.value}"), one is query.order) for one in Order),
        narrowed=bool(values or query.sources),
    )


def _choices(query: Query) -> tuple[int, ...]:
    return tuple(sorted({*SOURCES, query.sources} - {0, 1}))
