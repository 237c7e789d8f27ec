"""Learned residue: lines that an outlet repeats over many articles, though no list knows them.

Each line of running text has a *fingerprint*. Whoever keeps articles counts, per outlet, in how many articles and on how many days
each was seen (``Seen``), and gives ``extract`` a lookup of these counts. Here is decided from which counts on a line is no part of
its article. Good text is repeated too: a teaser under several items, a column's name, a sentence of the house, a follow-up that
quotes yesterday's words. So a line needs many articles, many days and a share of all the outlet's articles, and the more it looks
like text, the more of them: least at an article's end, where prompts stand, most in its middle, where headings are.

The constants are read off 59,558 articles of nineteen outlets (``make bench NAME=residue``, which tells how it went).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple, NewType, Protocol

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines as entries
from tawatur.extract import boilerplate, credits
from tawatur.extract.lines import comparable, ends_sentence
from tawatur.model import RUNNING, Article, OutletKey, Outlets, Removed

#: The reason with which a learned line is removed: a message key under ``removed.``.
REASON = "repeated_line"
#: A longer line is text: of the prompts seen, the longest has 24 words. Longer lines are not even counted.
MOST_WORDS = 40
#: No more than so many lines of an article are counted, half of them its first, half its last: prompts stand at the edges.
MOST_LINES = 60
#: A share is taken of at least so many articles, so that a burst in an outlet's first or latest days is none.
LEAST_OF = 600
#: What stands in every second of an outlet's articles is no news, however few the days are: an archive may hold one day only.
EVERYWHERE, EVERYWHERE_SHARE = 40, 0.5
_DIGITS = re.compile(r"\d+")

Fingerprint = NewType("Fingerprint", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often an outlet's line was seen."""

    articles: int  # different articles; a later revision of one is the same article
    days: int  # different days, at least
    of: int  # how many of the outlet's articles were read since it was first seen, that one included

    @property
    def share(self) -> float:
        """Return the share of the outlet's articles that have the line, 0..1."""
        return self.articles / max(self.of, LEAST_OF)

    @property
    def is_everywhere(self) -> bool:
        """Say whether the outlet puts the line under most of what it publishes."""
        return self.articles >= max(EVERYWHERE, EVERYWHERE_SHARE * self.of)


class Repeated(Protocol):
    """Looks up what was seen of an outlet's lines; those that were never seen are left out."""

    def __call__(self, outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]: ...


def nothing(_outlet: OutletKey, _lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
    """Look up where nothing was learned."""
    return {}


class _Least(NamedTuple):
    """From which counts on a line is residue."""

    articles: int
    days: int
    share: float

    def met(self, seen: Seen) -> bool:
        return seen.articles >= self.articles and seen.days >= self.days and seen.share >= self.share


# The most that good text reached: a teaser 10 articles on 5 days, a background sentence 9 on 3, a columnist's farewell 16 on 13
# (0.6 %), a column's heading 20 on 16 (0.7 %), an agency's house sentence 24 on 17 (0.7 %). What prompts reached: 5 to 12 %.
_END = _Least(25, 10, 0.04)
#: At the end, a line that does not end as a sentence does: "خاص بموقعنا", an author's address.
_END_LOOSE = _Least(12, 5, 0.003)
_BEGINNING = _Least(25, 10, 0.04)
_BEGINNING_LOOSE = _Least(25, 5, 0.02)
_MIDDLE = _Least(25, 10, 0.05)
#: In the middle, a line that could be a heading: an outlet of one subject repeats its headings in many articles.
_HEADING = _Least(25, 10, 0.25)
#: Lines that are equal but for their digits. Figures carry news: only short lines around the text, without an end of a sentence.
_MASKED = _Least(20, 5, 0.03)
HEADING_WORDS = 6
MASKED_WORDS = 10


def fingerprint(text: str) -> Fingerprint | None:
    """Return the fingerprint of a line as it stands; None where it has no word, or more than ``MOST_WORDS``."""
    return _both(text)[0]


def masked(text: str) -> Fingerprint | None:
    """Return the fingerprint of a line whose digits count as equal ("قرأه 312", "14:58"); None where it has none, or is long."""
    return _both(text)[1]


def _hashed(key: str, kind: bytes = b"") -> Fingerprint | None:
    if not 0 < len(key.split()) <= MOST_WORDS:
        return None
    return Fingerprint(int.from_bytes(blake2b(key.encode(), digest_size=8, person=kind).digest(), signed=True))


def fingerprints(article: Article) -> tuple[Fingerprint, ...]:
    """Return what is to be counted of an article, each once: its running text, and the learned lines taken out of it."""
    removed = [one.text for one in article.removed if one.reason == REASON]
    texts = [*_running(article), *removed]
    return _of_texts(texts if len(texts) <= MOST_LINES else [*texts[: MOST_LINES // 2], *texts[-MOST_LINES // 2 :]])


def _running(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.kind in RUNNING]


def _of_texts(texts: Sequence[str]) -> tuple[Fingerprint, ...]:
    found = (one for text in texts for one in _both(text) if one is not None)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)  # a line is asked for when it is judged, and again when it is counted
def _both(text: str) -> tuple[Fingerprint | None, Fingerprint | None]:
    key = comparable(text)
    return _hashed(key), _hashed(_DIGITS.sub("0", key), b"masked") if _DIGITS.search(key) else None


def without(article: Article, repeated: Repeated, outlets: Outlets) -> Article:
    """Return an article without the lines that its outlet repeats; they are among what was removed.

    Its id stays: what was learned meanwhile makes no other article of the same page.
    """
    texts = _running(article)
    seen = repeated(article.outlet, _of_texts(texts))
    gone = residue(texts, seen, outlets) if seen else frozenset()
    if not gone:
        return article
    at = [index for index, block in enumerate(article.blocks) if block.kind in RUNNING]
    dropped = {at[index] for index in gone}
    return replace(
        article,
        blocks=tuple(block for index, block in enumerate(article.blocks) if index not in dropped),
        removed=(*article.removed, *(Removed(texts[index], REASON) for index in sorted(gone))),
    )


def residue(texts: Sequence[str], seen: Mapping[Fingerprint, Seen], outlets: Outlets) -> frozenset[int]:
    """Return which lines of an article, by their index, are residue. If all of them are, none is: an article has some text."""
    last = len(texts) - 1
    behind = _run(texts, range(last, -1, -1), (_END, _END_LOOSE), seen, outlets)
    before = _run(texts, range(last + 1), (_BEGINNING, _BEGINNING_LOOSE), seen, outlets)
    inside = {index for index, text in enumerate(texts) if _is_inside(text, seen, outlets)}
    found = frozenset({*behind, *before, *inside})
    return found if len(found) < len(texts) else frozenset()


def _run(
    texts: Sequence[str],
    order: range,
    least: tuple[_Least, _Least],
    seen: Mapping[Fingerprint, Seen],
    outlets: Outlets,
) -> Iterator[int]:
    """The lines from one edge of an article up to the first that is none; ``least`` for sentences and for other lines."""
    for index in order:
        text = texts[index]
        sentence = ends_sentence(text)
        enough = _is_met(least[not sentence], fingerprint(text), seen)
        counted = not sentence and len(text.split()) <= MASKED_WORDS and _is_met(_MASKED, masked(text), seen)
        if not (enough or counted) or says_source(text, outlets):
            return
        yield index


def _is_inside(text: str, seen: Mapping[Fingerprint, Seen], outlets: Outlets) -> bool:
    least = _HEADING if len(text.split()) <= HEADING_WORDS else _MIDDLE
    return _is_met(least, fingerprint(text), seen) and not says_source(text, outlets)


def _is_met(least: _Least, line: Fingerprint | None, seen: Mapping[Fingerprint, Seen]) -> bool:
    found = seen.get(line) if line is not None else None
    return found is not None and (least.met(found) or found.is_everywhere)


def says_source(text: str, outlets: Outlets) -> bool:
    """Say whether a line tells where an article comes from ("نقلا عن …"): repeated, and yet no residue."""
    if credits.of_line(text, outlets).agency:
        return True
    folded = fold(text)
    return any(pattern.fullmatch(folded) for pattern in _sources())


@cache
def _sources() -> tuple[re.Pattern[str], ...]:
    return tuple(boilerplate.compiled(pattern) for pattern in entries("tawatur.extract", "repeated_sources.txt"))
