"""Where the reports of a story say what a sentence of its account says: what the sentence's sources are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tawatur.model import Agreement, ArticleId, Saying, Span, Version, Wording
from tawatur.stories.told import Told, share

#: The share of what a sentence says, from which on another sentence says the same.
SAME = 0.5
#: The share of a sentence that the words of a point must make up, for the point's sources to be the sentence's.
MOSTLY = 0.6


Worded = dict[ArticleId, list[tuple[Wording, Version]]]


def worded(agreement: Agreement) -> Worded:
    """Return the wordings of each report on which reports agree or differ, each with its version, in the order of the points."""
    found: Worded = defaultdict(list)
    for point in (*agreement.agreed, *agreement.differ):
        for version in point.versions:
            for wording in version.wordings:
                found[wording.article].append((wording, version))
    return found


def sayings(one: Told, told_by: Sequence[Sequence[Told]], points: Worded) -> tuple[Saying, ...]:
    """Return where a sentence stands, and behind it where each other report says the same, in the order of the reports.

    A report says the same where ``points`` found it to, or where one of its sentences holds most of its words.
    """
    agreed = _agreed(one, points)
    found = [Saying(article=one.article, span=one.span)]
    for sentences in told_by:
        if sentences and sentences[0].article != one.article:
            same = agreed.get(sentences[0].article) or _nearest(one, sentences)
            found += [Saying(article=sentences[0].article, span=same)] if same else []
    return tuple(found)


def backed(sentences: Iterable[Told], agreement: Agreement) -> dict[Told, int]:
    """Return of the sentences that are points on which reports agree how many independent sources say them."""
    by_place: dict[tuple[ArticleId, int], int] = {}
    for point in agreement.agreed:
        for wording in point.versions[0].wordings:
            by_place[wording.article, wording.span.end] = point.backing.independent
    found = {one: by_place.get((one.article, one.span.end), 1) for one in sentences}
    return {one: count for one, count in found.items() if count > 1}


def _agreed(one: Told, points: Worded) -> dict[ArticleId, Span]:
    """Return where other reports say the points that make up most of a sentence."""
    found: dict[ArticleId, Span] = {}
    for own, version in points.get(one.article, ()):
        if _makes_up(own, one):
            for wording in version.wordings:
                found.setdefault(wording.article, wording.span)
    return found


def _makes_up(wording: Wording, one: Told) -> bool:
    shared = min(wording.span.end, one.span.end) - max(wording.span.start, one.span.start)
    return shared >= MOSTLY * len(one.text)


def _nearest(one: Told, sentences: Iterable[Told]) -> Span | None:
    """Return the sentence of a report that says the same, or None; of equals the first."""
    able = [other for other in sentences if other.weight >= SAME * one.weight]  # what says less holds too little of it
    found = [(share(one, other), -other.place, other.span) for other in able]
    held, _, span = max(found, default=(0.0, 0, None))
    return span if held >= SAME else None
