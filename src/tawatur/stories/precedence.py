"""Who published first: an order of reports that says how sure it is, for times known to the second, to the day, or not at all.

A report is known to have appeared within a stretch of time; one is first for sure where its stretch ends before the other's begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tawatur.model import Article, Certainty, First

_NEVER = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)


def stretch(article: Article) -> tuple[datetime, datetime]:
    """Return from when to when a report can have appeared, in UTC: a moment, a day, or any time before it was collected."""
    published = article.published
    if published.at is None:
        return _NEVER, article.collected.astimezone(UTC)
    if not published.day_only:
        return published.at.astimezone(UTC), published.at.astimezone(UTC)
    start = published.at.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return start, start + _DAY


def surely_before(one: Article, other: Article) -> bool:
    """Say whether a report appeared before another one for sure."""
    return stretch(one)[1] < stretch(other)[0]


def first_of(articles: Sequence[Article]) -> First:
    """Return which of some reports, at least one, was the first to publish, and which others can have been.

    Of several that can, the first in the given order stands for them.
    """
    latest = min(stretch(article)[1] for article in articles)
    able = [article for article in articles if stretch(article)[0] <= latest]
    sure = len(able) == 1 and all(article.published.certainty is Certainty.STATED for article in able)
    return First(
        article=able[0].id,
        certainty=Certainty.STATED if sure else Certainty.UNKNOWN if len(able) > 1 else Certainty.INFERRED,
        others=tuple(article.id for article in able[1:]),
    )
