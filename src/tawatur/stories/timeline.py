"""The timeline of a story: its timed updates, and the first sentence of each report, oldest first, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from tawatur.arabic.fold import fold_word
from tawatur.arabic.words import words
from tawatur.model import Article, TimelineEntry, Update
from tawatur.stories.lead import first_sentence, lead_of

#: The share of the shorter sentence's words that an earlier one holds, from which on it tells nothing new.
ECHO = 0.75


def timeline(articles: Iterable[Article]) -> tuple[TimelineEntry, ...]:
    """Return the dated events of a story's reports; reports without a known day of publication give none.

    Of sentences that are nearly the same (an agency text in five outlets) the first with a clock time stays.
    """
    entries = [entry for article in articles for entry in _of_article(article)]
    told: list[tuple[frozenset[str], TimelineEntry]] = []
    for entry in sorted(entries, key=lambda entry: (entry.day_only, _order(entry))):
        said = frozenset(fold_word(word.text) for word in words(entry.text))
        if not any(_echoes(said, before) for before, _ in told):
            told.append((said, entry))
    return tuple(sorted((entry for _, entry in told), key=_order))


def _order(entry: TimelineEntry) -> tuple[datetime, bool, str, str]:
    return entry.at, not entry.day_only, entry.article, entry.text


def _echoes(said: frozenset[str], before: frozenset[str]) -> bool:
    return len(said & before) >= ECHO * min(len(said), len(before))


def _of_article(article: Article) -> Iterator[TimelineEntry]:
    published = article.published
    lead = first_sentence("\n".join(article.paragraphs)) or (
        "" if article.updates else lead_of(article) or article.title
    )
    if published.at is not None and lead:
        yield TimelineEntry(at=published.at, day_only=published.day_only, text=lead, article=article.id)
    for update in article.updates:
        at = _time_of(update, article)
        text = first_sentence("\n".join(update.paragraphs))
        if at is not None and text:
            yield TimelineEntry(at=at, day_only=False, text=text, article=article.id)


def _time_of(update: Update, article: Article) -> datetime | None:
    """Return an update's own time, or its clock time on the day of publication."""
    if update.at is not None or update.clock is None or article.published.day is None:
        return update.at
    return datetime.combine(article.published.day, time.fromisoformat(update.clock), tzinfo=UTC)
