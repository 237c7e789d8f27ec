"""The timeline of a story: its timed updates, and the first sentence of each report, oldest first."""

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
    """Return the dated events of a story's reports; reports without a known day of publication give none."""
    entries = [entry for article in articles for entry in _of_article(article)]
    return tuple(sorted(entries, key=lambda entry: (entry.at, not entry.day_only, entry.article, entry.text)))


def told_once(entries: Iterable[TimelineEntry]) -> tuple[tuple[TimelineEntry, ...], ...]:
    """Return the entries in groups of those that say nearly the same (an agency text in five outlets), in the order of time.

    A group stands at its first entry with a clock time, which comes first in it.
    """
    groups: list[tuple[frozenset[str], list[TimelineEntry]]] = []
    for entry in sorted(entries, key=lambda entry: (entry.day_only, entry.at)):
        said = frozenset(fold_word(word.text) for word in words(entry.text))
        same = next((group for before, group in groups if _echoes(said, before)), None)
        if same is None:
            groups.append((said, [entry]))
        else:
            same.append(entry)
    return tuple(sorted((tuple(group) for _, group in groups), key=lambda group: (group[0].at, not group[0].day_only)))


def _echoes(said: frozenset[str], before: frozenset[str]) -> bool:
    return len(said & before) >= ECHO * min(len(said), len(before))


def _of_article(article: Article) -> Iterator[TimelineEntry]:
    published = article.published
    lead = first_sentence("\n".join(article.paragraphs)) or (
        "" if article.updates else lead_of(article) or article.title
    )
    if published.at is not None and lead:
        told = published.at if published.day_only else published.at.astimezone(UTC)
        yield TimelineEntry(at=told, day_only=published.day_only, text=lead, article=article.id)
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
