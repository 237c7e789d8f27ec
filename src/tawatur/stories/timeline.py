"""The times of a story's reports: their timed updates, and the first sentence of each; ``events`` puts them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from tawatur.model import Article, TimelineEntry, Update
from tawatur.stories.lead import lead_of, opening


def timeline(articles: Iterable[Article]) -> tuple[TimelineEntry, ...]:
    """Return the dated events of a story's reports; reports without a known day of publication give none."""
    entries = [entry for article in articles for entry in _of_article(article)]
    return tuple(sorted(entries, key=lambda entry: (entry.at, not entry.day_only, entry.article, entry.text)))


def _of_article(article: Article) -> Iterator[TimelineEntry]:
    published = article.published
    updates = article.updates
    lead = opening(article.paragraphs) or ("" if updates else lead_of(article) or article.title)
    if published.at is not None and lead:
        told = published.at if published.day_only else published.at.astimezone(UTC)
        yield TimelineEntry(at=told, day_only=published.day_only, text=lead, article=article.id)
    for update in updates:
        at = _time_of(update, article)
        text = opening(update.paragraphs)
        if at is not None and text:
            yield TimelineEntry(at=at, day_only=False, text=text, article=article.id)


def _time_of(update: Update, article: Article) -> datetime | None:
    """Return an update's own time, or its clock time on the day of publication."""
    if update.at is not None or update.clock is None or article.published.day is None:
        return update.at
    return datetime.combine(article.published.day, time.fromisoformat(update.clock), tzinfo=UTC)
