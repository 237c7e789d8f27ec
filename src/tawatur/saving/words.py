"""By which words what was saved is found: the keys that articles are searched by, of all that its reader can see of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tawatur.arabic.words import words
from tawatur.saved import Clipping, Saved
from tawatur.searching.words import key

#: The first keys of a saved thing are kept: what a very long story says behind them is found by its reports alone.
MOST_KEYS = 20_000
_QUOTED = re.compile('["«“”]([^"«»“”]*)["»“”]')


def search_words(saved: Saved, clippings: Iterable[Clipping]) -> Sequence[str]:
    """Return the search keys of a saved thing with its texts, in order."""
    found: list[str] = []
    for text in _texts(saved, clippings):
        found.extend(keys(text))
        if len(found) >= MOST_KEYS:
            break
    return found[:MOST_KEYS]


def phrases(asked: str) -> tuple[tuple[str, ...], ...]:
    """Return what a reader asks for: each word a phrase of its own, what stands in quotation marks one together."""
    together = [tuple(keys(text)) for text in _QUOTED.findall(asked)]
    alone = [(one,) for one in keys(_QUOTED.sub(" ", asked))]
    return tuple(dict.fromkeys(one for one in (*together, *alone) if one))


def keys(text: str) -> list[str]:
    """Return the keys of a text's words in order; words that carry no topic have none."""
    return [found for word in words(text) if (found := key(word.text))]


def _texts(saved: Saved, clippings: Iterable[Clipping]) -> Iterator[str]:
    yield from (saved.title, saved.note, *saved.tags, saved.lead)
    yield from (one.note for one in saved.highlights)
    for one in clippings:
        yield from (one.title, one.subtitle, *(report.name for report in one.reports), *one.authors)
        yield from (block.text for block in one.blocks)
