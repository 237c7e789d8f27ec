"""What a feed holds: how many entries, how new, how whole, in which language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tawatur.extract.feed import Entry, Feed
from tawatur.outlets.health import Contents, arabic_share


def contents(feed: Feed) -> Contents:
    """Return what a feed holds. Entries that are dated ahead of the day of reading tell nothing of its rhythm."""
    count = len(feed.entries)
    dated = (entry.published.at for entry in feed.entries if entry.published and not entry.ahead)
    times = sorted(at for at in dated if at is not None)
    return Contents(
        title=feed.title,
        entries=count,
        latest=times[-1] if times else None,
        gap=(times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else None,
        whole=sum(entry.whole for entry in feed.entries) / count if count else 0.0,
        arabic=arabic_share(" ".join(_words(feed.entries))),
    )


def _words(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what tells the language: titles, and summaries that are no markup, whose names of elements are Latin."""
    for entry in entries:
        yield entry.title
        yield "" if entry.summary.markup else entry.summary.value
