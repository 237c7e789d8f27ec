"""The copies of a story: each report that was made from another one, with its original and what it cut and added.

A copy's original is the report before it of which it holds most. Which of two comes first is told by what they say of themselves
(an agency's own report, a credit), else by their times, else by length (a cut text is shorter), else by their order.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.model import Copy, Outlets, Story
from tawatur.stories.alteration import alteration
from tawatur.stories.copies import copied, likely
from tawatur.stories.precedence import surely_before
from tawatur.stories.provenance import Provenance, provenance

#: How much longer a text must be than its copy to be taken for the original by that.
LONGER = 1.2
#: Shares that differ by less are the same: of two originals the earlier one counts.
STEP = 0.05


def republished(story: Story, *, outlets: Outlets) -> tuple[Copy, ...]:
    """Return the copies among a story's reports, in their order; a report has one original at most."""
    if len(story.reports) == 1:  # as most
        return ()
    reports = [provenance(report, outlets) for report in story.reports]
    found = (_copy(at, reports) for at in range(len(reports)))
    return tuple(one for one in found if one is not None)


def _copy(at: int, reports: Sequence[Provenance]) -> Copy | None:
    """Return a report as a copy of the one before it of which it holds most, None where it is no copy."""
    mine = reports[at]
    near = [(likely(mine.runs, other.runs), number) for number, other in enumerate(reports) if number != at]
    ranked = sorted((-round(share / STEP), number) for share, number in near if share)
    for _, number in ranked:
        other = reports[number]
        basis = before(other, mine, listed=number < at)
        if basis and copied(mine.runs, other.runs):
            return _made(mine, other, basis)
    return None


def _made(copy: Provenance, original: Provenance, basis: str) -> Copy:
    altered = alteration(copy.runs, original.runs)
    both = [name for key, name in copy.agencies.items() if key in original.agencies]
    return Copy(
        article=copy.article.id,
        outlet=copy.article.outlet,
        original=original.article.id,
        original_outlet=original.article.outlet,
        basis=basis,
        agency="" if basis == "credit" else next(iter(both), ""),
        taken=altered.taken,
        kept=altered.kept,
        cut=altered.cut,
        added=altered.added,
        reworded=altered.reworded,
    )


def before(one: Provenance, other: Provenance, *, listed: bool) -> str:
    """Return by what a report is known to come before another one, "" where it does not; one of the two always does.

    ``listed``: it stands before it in the story's order.
    """
    if _credits(other, one) != _credits(one, other):
        return "credit" if _credits(other, one) else ""
    if surely_before(one.article, other.article) or surely_before(other.article, one.article):
        return "time" if surely_before(one.article, other.article) else ""
    lengths = len(one.runs), len(other.runs)
    if max(lengths) >= LONGER * min(lengths):
        return "length" if lengths[0] > lengths[1] else ""
    return "order" if listed else ""


def _credits(report: Provenance, other: Provenance) -> bool:
    """Say whether a report names the outlet of another one as its source."""
    outlet = other.article.outlet
    named = (*report.agencies, *(one.medium.key for one in report.leanings))
    return report.article.outlet != outlet and str(outlet) in named
