"""Why a report belongs to a story, in words that people read: names first, then places, then the most telling shared words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tawatur.stories.entry import Entry
from tawatur.stories.similarity import Idf

MOST = 5


def shared_terms(new: Entry, members: Sequence[Entry], idf: Idf) -> tuple[str, ...]:
    """Return at most ``MOST`` words that the article shares with the story's reports, as the article writes them."""
    shared = {key for member in members for key in member.counts} & new.counts.keys()
    ranked = sorted(shared, key=lambda key: (-idf(key) * new.counts[key], key))
    profile = new.profile
    written = dict(reversed([(key, word) for key, word in zip(profile.keys, profile.words, strict=True) if key]))
    return tuple(_unique(written[key] for key in ranked))[:MOST]


def _unique(terms: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(terms)
