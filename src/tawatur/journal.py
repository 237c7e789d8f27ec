"""What becomes of a page, told step by step: fetched, kept, grouped, composed, in an issue, in a letter.

Each step is counted, and told as an event that carries the page's ``trace``: a number that its address gives, whoever computes it,
in whichever process. Whoever looks for it in the logs finds the life of the page. Where nothing is written down, nothing is
looked up.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.errors import IssueNotFound
from tawatur.extract.identity import trace
from tawatur.model import Article, ArticleId, Decision, RawDocument, Rejected, Story, StoryId
from tawatur.newsletter import Issue, IssueId
from tawatur.recent import Recent
from tawatur.store import Store
from tawatur.watching import count, is_told, observe, tell

#: So many traces stand in one line at most; a page of a story with more reports is found by the story's id.
TRACES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An address that was asked: ``what`` for ("source", "page", "picture"), and what came. ``final``: behind all redirects."""

    what: str
    address: str
    outcome: str
    final: str = ""
    outlet: str = ""
    size: int = 0
    seconds: float = 0.0
    detail: str = ""


def fetched(asked: Asked) -> None:
    """Tell that an address was asked. What was had is known from then on by where it stands."""
    what = asked.what
    count("tawatur_fetches_total", what=what, outcome=asked.outcome)
    observe("tawatur_fetch_seconds", asked.seconds, what=what)
    if asked.size:
        count("tawatur_fetched_bytes_total", asked.size, what=what)
    if is_told():
        values = {"outlet": asked.outlet, "url": asked.address, "final": asked.final, "detail": asked.detail}
        given = {name: value for name, value in values.items() if (value and value != asked.address) or name == "url"}
        where, taken = trace(asked.final or asked.address), round(asked.seconds, 3)
        tell(f"{what}.fetched", trace=where, outcome=asked.outcome, bytes=asked.size, seconds=taken, **given)


def taken(document: RawDocument | Rejected, new: Sequence[ArticleId], known: Known) -> None:
    """Tell what came of a document."""
    revised = set(known.revisions)
    fresh = [article for article in new if article not in revised]
    outcome = "new" if fresh else "revision" if new else "duplicate" if known.duplicates else "rejected"
    count("tawatur_documents_total", outcome=outcome)
    reasons = [one.reason.partition(".")[0] for one in known.rejected]
    for reason, times in Counter(reasons).items():
        count("tawatur_rejected_total", times, reason=reason)
    if is_told():
        ids = {"articles": list(new), "revisions": list(known.revisions), "known": list(known.duplicates)}
        given = {name: found for name, found in ids.items() if found}
        if isinstance(document, RawDocument):
            given["document"] = document.id  # type: ignore[assignment]
        tell("document.taken", trace=trace(document.origin), outcome=outcome, **given)
        for one in known.rejected:
            tell("document.rejected", trace=trace(one.origin), origin=one.origin, reason=one.reason, detail=one.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What came of a document beside new articles; ``revisions`` are those of the new ones that revise others."""

    revisions: Sequence[ArticleId] = ()
    duplicates: Sequence[ArticleId] = ()
    rejected: Sequence[Rejected] = ()


def stood(articles: Iterable[Article], now: datetime) -> None:
    """Enter how long behind their publication new articles stand in their stories; those without a time of day say nothing."""
    for article in articles:
        if (at := article.published.at) and not article.published.day_only:
            observe("tawatur_publication_lag_seconds", max(0.0, (now - at).total_seconds()))


def grouped(decision: Decision, store: Store) -> None:
    """Tell that an article was put into its story."""
    count("tawatur_articles_grouped_total", why=decision.why.key)
    if is_told():
        origin = store.origins([decision.article]).get(decision.article, "")
        ids = {"article": decision.article, "story": decision.story}
        tell("article.grouped", trace=trace(origin), **ids, why=decision.why.key, score=round(decision.why.score, 3))


def composed(made: Story, store: Store) -> None:
    """Tell that a story was made anew."""
    count("tawatur_stories_composed_total")
    if is_told():
        traces = _traces(store.origins([report.article.id for report in made.reports]).values())
        tell("story.composed", story=made.id, traces=traces, reports=len(made.reports), independent=made.independent)


def issued(issue: Issue, store: Store) -> None:
    """Tell that an issue was made, with the stories that it tells."""
    if is_told():
        stories, traces = _carried(issue), _TRACED.get(issue.id, lambda: _traces(store.origins_of(_carried(issue))))
        newsletter, kind = issue.newsletter, issue.content.kind.value
        tell("newsletter.made", issue=issue.id, newsletter=newsletter, kind=kind, stories=stories, traces=traces)


def left(number: int, kind: str, outcome: str, *, issue: str, store: Store, detail: str = "") -> None:
    """Tell what came of a letter; to whom it goes is nobody's business here."""
    count("tawatur_letters_total", outcome=outcome)
    if is_told():
        carried = {"issue": issue, "traces": _TRACED.get(issue, lambda: _of_issue(issue, store))} if issue else {}
        level = logging.INFO if outcome in ("sent", "nothing") else logging.WARNING
        tell("letter.left", level, letter=number, kind=kind, outcome=outcome, detail=detail, **carried)


#: The traces of the last issues: thousands of letters may carry one.
_TRACED: Recent[list[str]] = Recent(32)


def _of_issue(issue: str, store: Store) -> list[str]:
    try:
        return _traces(store.origins_of(_carried(store.issue(IssueId(issue)))))
    except IssueNotFound:
        return []


def _carried(issue: Issue) -> list[StoryId]:
    content = issue.content
    return [*(one.id for one in content.stories), *(one.id for one in content.headlines)]


def _traces(origins: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(trace, origins)))[:TRACES]
