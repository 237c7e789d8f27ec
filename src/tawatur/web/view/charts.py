"""Pictures in one language: what is drawn, with its title, its description and the table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from tawatur.model import ArticleId, Outlets, Report, Story, StoryHead, StoryId
from tawatur.store.names import LeaningTally, Reported
from tawatur.stories.naming import Lean, Told
from tawatur.stories.profile import time_of
from tawatur.web.charts.coverage import Amount, Period, coverage, periods
from tawatur.web.charts.flow import Tie, chosen, flow
from tawatur.web.charts.matrix import Mark, Named, matrix
from tawatur.web.charts.shapes import NARROW, WIDE, Bar, Chart, Drawing, Table
from tawatur.web.charts.spread import Point, spread
from tawatur.web.names import widest_first
from tawatur.web.view.parts import outlet_view
from tawatur.web.words import Words

#: How many outlets a picture of outlets and stories names, and of how many reports a story has a picture of its spread.
OUTLETS, SPREAD = 12, 3
#: The least days that coverage spans.
LEAST = 14
_DAY = timedelta(days=1)


def _drawn(draw: Callable[[float], Drawing]) -> tuple[Drawing, Drawing]:
    return draw(NARROW), draw(WIDE)


# --- Coverage ----------------------------------------------------------------------------------------------------------


def coverage_chart(days: Mapping[date, Told], *, until: date, words: Words) -> Chart | None:
    """Return coverage over time up to a day; None where there is nothing to show."""
    if not days:
        return None
    since = min(min(days), until - (LEAST - 1) * _DAY)
    told = {day: (one.reports, one.sources) for day, one in days.items()}
    found = periods(told, since=since, until=max(until, max(days)))
    shown = [_period(one, words) for one in found]
    most = max(found, key=lambda one: one.reports)
    top = words.text("picture.reports", n=most.reports)
    rows = tuple(
        (one.label, words.number(amount.reports), words.number(amount.sources))
        for one, amount in zip(shown, found, strict=True)
        if amount.reports
    )
    return Chart(
        key="coverage",
        title=words.text(f"picture.coverage.{_grain(found)}"),
        description=words.text(
            "picture.coverage.text",
            reports=words.text("picture.reports", n=sum(one.reports for one in found)),
            most=top,
            when=_long(most, words),
        ),
        table=Table(
            columns=tuple(words.text(f"picture.column.{name}") for name in ("when", "reports", "sources")), rows=rows
        ),
        legend=(("bar", words.text("picture.key.reports")), ("bar full", words.text("picture.key.sources"))),
        drawings=_drawn(lambda width: coverage(shown, width=width, rtl=True, most=top)),
    )


def _grain(found: Sequence[Amount]) -> str:
    length = (found[0].end - found[0].start).days
    return "days" if length == 0 else "weeks" if length < 7 else "months"


def _period(one: Amount, words: Words) -> Period:
    told = words.text(
        "picture.coverage.told",
        when=_long(one, words),
        reports=words.text("picture.reports", n=one.reports),
        sources=words.text("web.independent", n=one.sources),
    )
    return Period(one.start, one.reports, one.sources, words.short_day(one.start), told)


def _long(one: Amount, words: Words) -> str:
    first = words.plain_day(one.start)
    return first if one.start == one.end else words.text("picture.span", first=first, last=words.plain_day(one.end))


def spark(days: Mapping[date, Told], *, until: date, count: int) -> Drawing:
    """Return the small picture beside a name: a bar for each of the last days, the newest where reading ends."""
    told = [days[day].reports if (day := until - (count - 1 - at) * _DAY) in days else 0 for at in range(count)]
    top, width, height = max(told) or 1, 6.0 * count, 22.0
    bars = [
        Bar(
            width - 6.0 * (at + 1) + 1,
            height - max(height * one / top, 1.5),
            4.0,
            max(height * one / top, 1.5),
            "bar full",
        )
        for at, one in enumerate(told)
        if one
    ]
    return Drawing(width=width, height=height, bars=tuple(bars))


# --- Outlets and stories -----------------------------------------------------------------------------------------------


def matrix_chart(
    stories: Sequence[StoryHead], reported: Mapping[StoryId, Sequence[Reported]], *, outlets: Outlets, words: Words
) -> Chart | None:
    """Return who reports which of some stories; None where that says nothing: one story, or one outlet."""
    shown = [story for story in stories if story.id in reported]
    keys = widest_first({story.id: reported[story.id] for story in shown})[:OUTLETS]
    if len(shown) < 2 or len(keys) < 2:
        return None
    rows = [Named(outlet_view(key, outlets, words).name, f"{words.prefix}/outlet/{key}") for key in keys]
    marks = [
        Mark(keys.index(one.outlet), at, _mark(one), _told(one, story, outlets, words))
        for at, story in enumerate(shown)
        for one in reported[story.id]
        if one.outlet in keys
    ]
    columns = [words.number(at + 1) for at in range(len(shown))]
    table = tuple(
        (f"{columns[at]}. {story.title}", _listed(reported[story.id], outlets, words)) for at, story in enumerate(shown)
    )
    return Chart(
        key="matrix",
        title=words.text("picture.matrix.title"),
        description=words.text(
            "picture.matrix.text",
            outlets=words.text("web.outlets", n=len(keys)),
            stories=words.text("web.stories_count", n=len(shown)),
        ),
        table=Table(columns=(words.text("picture.column.story"), words.text("picture.column.outlets")), rows=table),
        legend=tuple((kind, words.text(f"picture.key.{kind}")) for kind in ("first", "full", "hollow")),
        drawings=_drawn(lambda width: matrix(rows, columns, marks, width=width, rtl=True)),
    )


def _mark(one: Reported) -> str:
    if one.first and not one.doubtful:
        return "first"
    return "hollow" if one.leaning >= one.reports else "full"


def _told(one: Reported, story: StoryHead, outlets: Outlets, words: Words) -> str:
    name, kind = outlet_view(one.outlet, outlets, words).name, words.text(f"picture.key.{_mark(one)}")
    return words.text("picture.matrix.told", outlet=name, story=story.title, kind=kind)


def _listed(told: Sequence[Reported], outlets: Outlets, words: Words) -> str:
    return words.listed(outlet_view(one.outlet, outlets, words).name for one in told)


# --- Who leans on whom -------------------------------------------------------------------------------------------------


def flow_chart(leanings: Sequence[LeaningTally], *, outlets: Outlets, words: Words, since: date) -> Chart | None:
    """Return who leans on whom; None where nobody does."""
    names = {f"o {one.outlet}": _outlet(one.outlet, outlets, words) for one in leanings}
    names |= {f"m {one.on}": _outlet(one.on, outlets, words, one.name) for one in leanings}
    ties = chosen([_tie(one, names, words) for one in leanings])
    if not ties:
        return None
    told = [one for one in leanings if any(tie.one == f"o {one.outlet}" and tie.other == f"m {one.on}" for tie in ties)]
    rows = tuple(
        (
            names[f"o {one.outlet}"].name,
            words.text(f"picture.lean.{one.lean.value}"),
            names[f"m {one.on}"].name,
            words.number(one.reports),
        )
        for one in told
    )
    columns = tuple(words.text(f"picture.column.{name}") for name in ("outlet", "lean", "medium", "reports"))
    return Chart(
        key="flow",
        title=words.text("picture.flow.title"),
        description=words.text(
            "picture.flow.text", day=words.plain_day(since), reports=words.text("picture.reports", n=_all(told))
        ),
        table=Table(columns=columns, rows=rows),
        legend=(("band", words.text("picture.key.copies")), ("band credits", words.text("picture.key.credits"))),
        note=words.text("picture.flow.note"),
        drawings=_drawn(lambda width: flow(ties, names, width=width, rtl=True)),
    )


def _all(leanings: Sequence[LeaningTally]) -> int:
    return sum(one.reports for one in leanings)


def _outlet(key: str, outlets: Outlets, words: Words, name: str = "") -> Named:
    known = outlets.get(key)
    if known is None:
        return Named(name or key)
    return Named(outlet_view(key, outlets, words).name, f"{words.prefix}/outlet/{key}")


def _tie(one: LeaningTally, names: Mapping[str, Named], words: Words) -> Tie:
    lean = words.text(f"picture.lean.{one.lean.value}")
    told = words.text(
        "picture.flow.told",
        outlet=names[f"o {one.outlet}"].name,
        lean=lean,
        medium=names[f"m {one.on}"].name,
        reports=words.text("picture.reports", n=one.reports),
    )
    kind = "band credits" if one.lean is Lean.CREDITS else "band"
    return Tie(f"o {one.outlet}", f"m {one.on}", one.reports, kind, told)


# --- How a story spread ------------------------------------------------------------------------------------------------


def spread_chart(story: Story, *, outlets: Outlets, words: Words) -> Chart | None:
    """Return how a story spread over time; None where few reports tell their hour, or all have the same one.

    A report that tells no more than its day has no place on a line of hours.
    """
    told = [(report, report.article.published) for report in story.reports]
    dated = [report for report, published in told if published.at is not None and not published.day_only]
    times = [_at(report) for report in dated]
    keys = tuple(dict.fromkeys(report.article.outlet for report in dated))[:OUTLETS]
    if len(dated) < SPREAD or len(keys) < 2 or min(times) == max(times):
        return None
    rows = [Named(outlet_view(key, outlets, words).name, f"{words.prefix}/outlet/{key}") for key in keys]
    shown = [(keys.index(one.article.outlet), one) for one in dated if one.article.outlet in keys]
    table = tuple((rows[row].name, _moment(report, words)) for row, report in shown)
    leaning = {one.article for one in story.dependences if one.reason not in ("same_outlet", "same_family")}
    points = _points(shown, rows, leaning, (min(times), max(times)), words=words)
    ends = (_short(min(times), words), _short(max(times), words))
    return Chart(
        key="spread",
        title=words.text("picture.spread.title"),
        description=words.text(
            "picture.spread.text",
            reports=words.text("picture.reports", n=len(points)),
            outlets=words.text("web.outlets", n=len(keys)),
            first=_clocked(min(times), words),
            last=_clocked(max(times), words),
        ),
        table=Table(columns=(words.text("picture.column.outlet"), words.text("picture.column.when")), rows=table),
        legend=(("full", words.text("picture.key.full")), ("hollow", words.text("picture.key.hollow"))),
        drawings=_drawn(lambda width: spread(rows, points, width=width, rtl=True, ends=ends)),
    )


def _points(
    shown: Sequence[tuple[int, Report]],
    rows: Sequence[Named],
    leaning: Collection[ArticleId],
    reach: tuple[datetime, datetime],
    *,
    words: Words,
) -> list[Point]:
    """Return a point for each report in the row of its outlet, by the time from the first to the last; hollow where it leans."""
    first, last = reach
    length = (last - first).total_seconds()
    return [
        Point(
            row,
            (_at(report) - first).total_seconds() / length,
            "hollow" if report.article.id in leaning else "full",
            words.text("picture.spread.told", outlet=rows[row].name, when=_moment(report, words)),
        )
        for row, report in shown
    ]


def _at(report: Report) -> datetime:
    return time_of(report.article.published, report.article.collected)


def _moment(report: Report, words: Words) -> str:
    return _clocked(_at(report), words)


def _clocked(at: datetime, words: Words) -> str:
    return words.text("picture.moment", day=words.plain_day(at.date()), clock=words.clock(at))


def _short(at: datetime, words: Words) -> str:
    return words.text("picture.moment", day=words.short_day(at.date()), clock=words.clock(at))
