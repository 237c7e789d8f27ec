"""The order of an account: what happened, then who said what, then what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tawatur.arabic.fold import fold
from tawatur.model import AccountPart, Report, Statement, Story
from tawatur.stories.told import Told
from tawatur.understand.reporting import cue_of

#: The share of a sentence from which on what somebody says makes it a statement.
MOSTLY = 0.45
#: What lies longer before the day of a happening is background.
BEFORE = timedelta(days=7)


def part_of(one: Told, story: Story) -> AccountPart:
    """Return what a sentence does in an account: it tells background, what somebody said, or what happened."""
    report = next(report for report in story.reports if report.article.id == one.article)
    if one.opening == "background" or _is_old(one, report, story):
        return AccountPart.BACKGROUND
    said = sum(
        min(statement.span.end, one.span.end) - max(statement.span.start, one.span.start) for statement in _apart(one)
    )
    reports = said > 0 and _begins_with_saying(one)
    return AccountPart.SAID if reports or said >= MOSTLY * len(one.text) else AccountPart.HAPPENED


def _begins_with_saying(one: Told) -> bool:
    return any(cue_of(fold(word)) is not None for word in one.text.split()[:2])


def _apart(one: Told) -> list[Statement]:
    """Return the statements of a sentence that stand in no other one of it."""
    whole = sorted(one.statements, key=lambda statement: (statement.span.start, -statement.span.end))
    kept: list[Statement] = []
    for statement in whole:
        if not kept or statement.span.start >= kept[-1].span.end:
            kept.append(statement)
    return kept


def _is_old(one: Told, report: Report, story: Story) -> bool:
    """Say whether all days that a sentence names lie well before the happening."""
    day = story.day.day or report.article.published.day
    ends = [
        date.fromisoformat(mention.end[:10])
        for mention in report.analysis.dates
        if one.span.start <= mention.span.start < one.span.end and len(mention.end) >= 10
    ]
    return day is not None and bool(ends) and all(end < day - BEFORE for end in ends)


def ordered(chosen: Sequence[Told], parts: Mapping[int, AccountPart]) -> list[Told]:
    """Return chosen sentences, which come in the order of their worth, in the order of telling.

    Within a part those of one report keep its order, and the reports stand by their best sentence; the very first stays first.
    """
    reports = list(dict.fromkeys(one.article for one in chosen))
    part_order = list(AccountPart)

    def place(one: Told) -> tuple[bool, int, int, int]:
        return one is not chosen[0], part_order.index(parts[id(one)]), reports.index(one.article), one.place

    return sorted(chosen, key=place)
