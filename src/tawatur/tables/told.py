"""Rows of stories: the story with its account, its reports with who leans on whom, and the points in which they were compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from tawatur.model import (
    Account,
    ArticleId,
    Copy,
    Decision,
    Dependence,
    Point,
    Story,
    StoryHead,
    Telling,
    Version,
    Wording,
)
from tawatur.tables.news import Row, published_of


def story_row(story: Story, head: StoryHead, telling: Telling, section: str) -> Row:
    """Return a story as a row of ``stories``."""
    return {
        "id": story.id,
        "title": story.title,
        "lead": head.lead,
        "section": section,
        "day": story.day.day,
        "day_certainty": story.day.certainty.value,
        "first": head.first,
        "latest": head.latest,
        "reports": len(story.reports),
        "outlets": list(head.outlets),
        "independent": story.independent,
        "first_report": telling.first.article if telling.first else None,
        "first_certainty": telling.first.certainty.value if telling.first else None,
        "account": list(_account(telling.account)),
    }


def _account(account: Account) -> Iterator[Row]:
    for number, one in enumerate(account.sentences):
        at = one.sayings[0]
        yield {
            "text": one.text,
            "part": one.part.value,
            "short": number in account.short,
            "speaker": one.speaker,
            "article": at.article,
            "start": at.span.start,
            "end": at.span.end,
            "articles": list(one.backing.articles),
            "independent": one.backing.independent,
        }


def report_rows(story: Story, telling: Telling, decisions: Mapping[ArticleId, Decision]) -> Iterator[Row]:
    """Yield a story's reports as rows of ``reports``, oldest first. ``decisions`` say why each stands there."""
    sources = {article: number for number, group in enumerate(story.sources) for article in group}
    leaning = {one.article: one for one in reversed(story.dependences)}
    copies = {one.article: one for one in telling.copies}
    for number, report in enumerate(story.reports):
        article, why = report.article, report.why
        decision = decisions.get(article.id)
        yield {
            "story": story.id,
            "article": article.id,
            "number": number,
            "outlet": article.outlet,
            "published": published_of(article),
            "joined": decision.joined if decision else number > 0,
            "reason": why.key,
            "score": why.score,
            "like": why.like,
            "terms": list(why.terms),
            "source": sources[article.id],
            **_leaning(leaning.get(article.id)),
            **_copy(copies.get(article.id)),
        }


def _leaning(one: Dependence | None) -> Row:
    if one is None:
        return {"leans_on": None, "leans_by": None, "leans_detail": None, "shared": None}
    return {"leans_on": one.on, "leans_by": one.reason, "leans_detail": one.detail, "shared": one.share}


def _copy(one: Copy | None) -> Row:
    if one is None:
        return {"copy_of": None, "copy_basis": None, "taken": None}
    return {"copy_of": one.original, "copy_basis": one.basis, "taken": one.taken}


def point_rows(story: Story, telling: Telling) -> Iterator[Row]:
    """Yield what the reports of a story were compared in as rows of ``points``: one a wording."""
    agreement = telling.agreement
    for number, point in enumerate(chain(agreement.differ, agreement.agreed, agreement.alone)):
        for at, version in enumerate(point.versions):
            for nth, wording in enumerate(version.wordings):
                told = {"story": story.id, "point": number, "version": at, "wording": nth}
                yield told | _wording(point, version, wording)


def _wording(point: Point, version: Version, wording: Wording) -> Row:
    return {
        "kind": point.kind.value,
        "standing": point.standing.value,
        "difference": point.difference,
        "value": version.value,
        "superseded": version.superseded,
        "article": wording.article,
        "text": wording.text,
        "start": wording.span.start,
        "end": wording.span.end,
        "direct": wording.direct,
        "speaker": wording.speaker,
        "independent": version.backing.independent,
        "point_independent": point.backing.independent,
    }
