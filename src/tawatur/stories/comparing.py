"""A story made ready for comparing: its assertions, the weight of their words, and how alike each two of them are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

from tawatur.arabic.words import texts
from tawatur.model import Point, PointKind, Span, Standing, Story, Version, Why, Wording
from tawatur.stories.alignment import Common, Likeness, Weights
from tawatur.stories.assertions import FEWEST, Assertion, Read, keyed, read, spoken, word_key
from tawatur.stories.backing import backing

#: How many words a reason names.
TERMS = 5


@dataclass(frozen=True)
class Compared:
    """A story's reports taken apart, and how alike what they assert is."""

    story: Story
    reads: tuple[Read, ...]
    sentences: tuple[Assertion, ...]
    said: tuple[Assertion, ...]  # the statements
    weights: Weights
    common: Common  # of the sentences and, behind them, the statements
    row: dict[Assertion, int]  # where each stands in ``common``
    whole: tuple[frozenset[str], ...]  # all keys of each report, headline included
    _others: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def pairs(self) -> list[tuple[int, int, Likeness]]:
        """The pairs of sentences that share much, by their places."""
        return self.common.pairs(0, len(self.sentences))

    @cached_property
    def said_pairs(self) -> list[tuple[int, int, Likeness]]:
        """The same of statements."""
        return self.common.pairs(len(self.sentences), len(self.row))

    def weight(self, one: Assertion) -> float:
        """Return what all words of an assertion weigh."""
        return self.common.sums[self.row[one]]

    def alike(self, one: Assertion, other: Assertion) -> Likeness:
        """Return how alike two assertions are."""
        return self.common.likeness(self.row[one], self.row[other])

    def held_by_sentence(self, one: Assertion) -> float:
        """Return the most weight of an assertion that a sentence of another source holds."""
        return self.common.held_elsewhere(self.row[one], len(self.sentences))

    def others(self, source: int) -> frozenset[str]:
        """Return the keys of all reports of other sources."""
        if source not in self._others:
            held = (self.whole[each.number] for each in self.reads if each.source != source)
            self._others[source] = frozenset[str]().union(*held)
        return self._others[source]


def compare(story: Story) -> Compared:
    """Take a story's reports apart and hold what they assert against each other."""
    reads = read(story)
    sentences = tuple(one for each in reads for one in each.sentences if len(one.keys) >= FEWEST)
    said = tuple(one for each in reads for one in spoken(each))
    weights, rows = Weights(sentences), (*sentences, *said)
    return Compared(
        story=story,
        reads=reads,
        sentences=sentences,
        said=said,
        weights=weights,
        common=Common(rows, weights),
        row={one: at for at, one in enumerate(rows)},
        whole=tuple(_keys(each) for each in reads),
    )


def _keys(each: Read) -> frozenset[str]:
    title = keyed(f"{each.article.title}\n{each.article.subtitle}").keys
    return frozenset(title).union(*(one.held for one in each.sentences))


def point(
    kind: PointKind, standing: Standing, versions: Sequence[Version], why: Why, story: Story, difference: str = ""
) -> Point:
    """Return a point of versions that stand in the order in which a page shows them."""
    saying = [one.article for version in versions if not version.superseded for one in version.wordings]
    return Point(
        kind=kind,
        standing=standing,
        versions=tuple(versions),
        backing=backing(saying, story),
        why=why,
        difference=difference,
    )


def version(wordings: Sequence[Wording], story: Story, *, value: str = "", superseded: bool = False) -> Version:
    """Return one way to tell a point: the first wording stands for all, the others in the order of the reports."""
    found = tuple(wordings)
    if len(found) > 2:
        order = {report.article.id: at for at, report in enumerate(story.reports)}
        found = (*found[:1], *sorted(found[1:], key=lambda one: (order[one.article], one.span)))
    saying = backing((one.article for one in found), story)
    return Version(value=value, wordings=found, backing=saying, superseded=superseded)


def wording(one: Assertion, compared: Compared, span: Span | None = None) -> Wording:
    """Return an assertion as a wording, or a stretch of its report."""
    article = compared.reads[one.report].article
    at = span or one.span
    return Wording(article=article.id, text=article.text[at.start : at.end], span=at, told=one.told)


def shared_terms(members: Sequence[Assertion], weights: Weights) -> tuple[str, ...]:
    """Return the weightiest words that most of some assertions share, as the first of them writes them."""
    held = [one.held for one in members]
    common = {key for key in held[0] if 2 * sum(key in keys for keys in held) > len(held)}
    if len(held) > 1:
        common = {key for key in common if sum(key in keys for keys in held) > 1}
    return telling_terms(members[0].text, common, weights)


def telling_terms(text: str, keys: Iterable[str], weights: Weights) -> tuple[str, ...]:
    """Return the words of a text that have the weightiest of some keys, in the order of the text."""
    best = nsmallest(TERMS, keys, key=lambda key: (-weights.of(key), key))
    written: dict[str, str] = {}
    for word in texts(text):
        key = word_key(word)
        if key in best:
            written.setdefault(key, word)
    return tuple(written.values())
