"""The day of the happening, reconciled over a story's reports.

Each report bears witness by its lead: a date or weekday there, or a word such as "أمس" counted from its own day, or else the day
on which it appeared. The days that weigh most win. A report whose own day is unknown, or was only given from outside for a whole
run, then gets the day that agrees: one that says "أمس" appeared on the day after the happening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from tawatur.arabic.fold import fold, fold_map
from tawatur.arabic.lexicon import rows
from tawatur.model import Article, ArticleId, Certainty, DateMention, Published, Report
from tawatur.stories.lead import lead_of

#: How much a day counts for by what it rests on: a date or weekday of the lead; a relative word counted from a day of the report's
#: own; one counted from a day that was given for the whole run; the mere day of publication.
WEIGHTS = {"dated": 8, "relative": 6, "given": 3, "published": 1}
#: A date of the lead that lies further from publication is background ("منذ 2011"), in days.
NEAR = 4
#: Of how many leads the relative word is remembered: a story's days are told twice of the same reports.
LEADS = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one report says of the day of the happening."""

    day: date
    rests_on: str  # a key of WEIGHTS
    published: Published  # of the report
    text: str = ""


def day_of(reports: Sequence[Report]) -> Published:
    """Return the day of the happening; its certainty is that of the report's day which it rests on."""
    found = [evidence for report in reports if (evidence := _evidence(report)) is not None]
    if not found:
        return Published()
    weights: dict[date, int] = {}
    for evidence in found:
        weights[evidence.day] = weights.get(evidence.day, 0) + WEIGHTS[evidence.rests_on]
    day = min(weights, key=lambda one: (-weights[one], one))
    agreeing = [evidence for evidence in found if evidence.day == day]
    return _as_published(max(agreeing, key=_strength))


def reconcile(reports: Sequence[Report]) -> tuple[tuple[ArticleId, Published], ...]:
    """Return new days of publication for the reports whose own day is unknown or given, and whose lead is relative."""
    day = day_of(reports)
    if day.day is None:
        return ()
    found = []
    for report in reports:
        published = report.article.published
        word = relative_word(lead_of(report.article))
        if word is None or not _is_open(published):
            continue
        agreed = replace(_moved(day, -word[1], word[0]), certainty=Certainty.INFERRED)
        if agreed.day != published.day:
            found.append((report.article.id, agreed))
    return tuple(found)


def reconciled(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports with the days of publication that ``reconcile`` finds."""
    days = dict(reconcile(reports))
    return tuple(_with(report, days[report.article.id]) if report.article.id in days else report for report in reports)


@lru_cache(maxsize=LEADS)
def relative_word(lead: str) -> tuple[str, int] | None:
    """Return the first word of a lead that counts from the day of publication, as published, with its days; else None."""
    if _pattern().search(fold(lead)) is None:  # as most: only a word that is there is led back to how it was written
        return None
    folded, offsets = fold_map(lead)
    match = _pattern().search(folded)
    if match is None:
        return None
    return lead[offsets[match.start(1)] : offsets[match.end(1)]], _relative_days()[match.group(1)]


def _evidence(report: Report) -> Evidence | None:
    article = report.article
    published = article.published
    if published.day is None:
        return None
    mention = _dated(report, published.day)
    if mention is not None:
        return Evidence(date.fromisoformat(mention.value), "dated", published, mention.text)
    word = relative_word(lead_of(article))
    if word is not None:
        rests_on = "given" if _is_open(published) else "relative"
        return Evidence(published.day + timedelta(days=word[1]), rests_on, published, word[0])
    return Evidence(published.day, "published", published)


def _dated(report: Report, published: date) -> DateMention | None:
    """Return the first date or weekday of the lead, other than relative words, that lies near publication."""
    lead = lead_of(report.article)
    start = report.article.text.find(lead)
    for mention in report.analysis.dates:
        if start <= mention.span.start < start + len(lead) and _is_near(mention, published):
            return mention
    return None


def _is_near(mention: DateMention, published: date) -> bool:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value) is None or relative_word(mention.text) is not None:
        return False
    return -NEAR <= (date.fromisoformat(mention.value) - published).days <= 1


def _is_open(published: Published) -> bool:
    """Say whether a day of publication is not the report's own: unknown, or given for a whole run."""
    return published.at is None or (published.basis == "given" and published.day_only)


def _strength(evidence: Evidence) -> tuple[int, bool]:
    return WEIGHTS[evidence.rests_on], evidence.published.certainty is Certainty.STATED


def _as_published(evidence: Evidence) -> Published:
    """Return the day of the evidence; what else the report's day could be, the happening's could be too."""
    published = evidence.published
    days = (evidence.day - published.day).days if published.day else 0
    return _moved(published, days, evidence.text or published.basis)


def _moved(published: Published, days: int, basis: str) -> Published:
    """Return a day moved by a number of days, with its alternatives."""
    step = timedelta(days=days)
    day = published.day
    return replace(
        published,
        at=datetime.combine(day + step, time(), tzinfo=UTC) if day else None,
        day_only=True,
        basis=basis,
        alternatives=tuple(other + step for other in published.alternatives),
    )


def _with(report: Report, published: Published) -> Report:
    article: Article = replace(report.article, published=published)
    return replace(report, article=article)


@cache
def _relative_days() -> dict[str, int]:
    return {fold(phrase): int(days) for phrase, days in rows("tawatur.stories", "relative_days.tsv")}


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(_relative_days(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)[وف]?({'|'.join(map(re.escape, phrases))})(?!\w)")
