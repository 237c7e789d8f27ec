"""What is new in a story that a newsletter has told before, as its next issue says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from tawatur.digest.issue_sources import Sources, repeats
from tawatur.digest.news_since import Seen, Since, news_since
from tawatur.model import ArticleId, Point
from tawatur.newsletter import ChangeKind, IssueChange
from tawatur.stories.revision import Revision
from tawatur.stories.whole import Whole

T = TypeVar("T")

#: How many new reports are told of, and how many changes of the other kinds.
SAID, OTHERS = 3, 3


def changes_of(
    seen: frozenset[ArticleId], whole: Whole, chains: Mapping[ArticleId, Sequence[Revision]], sources: Sources
) -> tuple[IssueChange, ...]:
    """Return what is new since a story had the reports that were seen, the weightiest first; () where that is not worth telling."""
    since = news_since(Seen(seen), whole.story, telling=whole.telling, chains=chains)
    return tuple(_changes(since, sources)) if since.material else ()


def _changes(since: Since, sources: Sources) -> Iterator[IssueChange]:
    for figure in since.figures[:OTHERS]:
        by = sources.by_outlet(one.article for one in figure.now.wordings)
        yield IssueChange(kind=ChangeKind.FIGURE, was=figure.was, now=figure.now.value, sources=by)
    for claim in since.claims[:OTHERS]:
        values = _values(claim)
        by = sources.by_outlet(one.article for version in claim.versions for one in version.wordings)
        yield IssueChange(kind=ChangeKind.DIFFER, values=values, sources=by)
    yield from _said(since, sources)
    if since.enough:
        by = sources.by_outlet(source[0] for source in since.sources)
        yield IssueChange(kind=ChangeKind.SOURCES, sources=by)
    if since.revised:
        yield IssueChange(kind=ChangeKind.REVISED, sources=sources.by_outlet(_once(since.revised)))


def _said(since: Since, sources: Sources) -> Iterator[IssueChange]:
    """Yield what new reports are the first to tell, the latest first, each by the sentence with which it begins.

    The new sentences themselves go on with what others say ("he added"), and tell little alone.
    """
    told: list[str] = []
    for article in reversed(list(_once(said.article for said in since.said))):
        text = sources.lead(article)
        if text and len(told) < SAID and not any(repeats(text, one) for one in told):
            told.append(text)
            yield IssueChange(kind=ChangeKind.SAID, text=text, sources=sources.by_outlet([article]))


def _values(point: Point) -> tuple[str, ...]:
    standing = (one for one in point.versions if not one.superseded)
    return tuple(_once(one.value or one.wordings[0].text for one in standing))


def _once(items: Iterable[T]) -> Iterable[T]:
    return dict.fromkeys(items)
