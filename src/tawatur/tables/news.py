"""Rows of articles, analyses, claims and rejections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from tawatur.model import Analysis, Article, ArticleId, DateMention, Figure, Name, Person, Rejected, Span, StoryId
from tawatur.stories.profile import time_of

Row = dict[str, Any]


def article_row(article: Article, story: StoryId | None, superseded_by: ArticleId | None = None) -> Row:
    """Return an article as a row of ``articles``. ``published`` is empty where its time is not known."""
    return {
        "id": article.id,
        "story": story,
        "outlet": article.outlet,
        "url": article.url,
        "origin": article.origin,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "section": article.section,
        "agency": article.agency,
        "published": published_of(article),
        "certainty": article.published.certainty.value,
        "day_only": article.published.day_only,
        "collected": article.collected,
        "text": article.text,
        "removed": [{"text": one.text, "reason": one.reason} for one in article.removed],
        "superseded_by": superseded_by,
    }


def published_of(article: Article) -> datetime | None:
    """Return when an article was published, in UTC; None where that is not known."""
    return time_of(article.published, article.collected) if article.published.at else None


def analysis_row(analysis: Analysis) -> Row:
    """Return an analysis as a row of ``analyses``; its statements are rows of ``claims``."""
    return {
        "article": analysis.article,
        "version": analysis.version,
        "people": [_person(one) for one in analysis.people],
        "organizations": [_name(one) for one in analysis.organizations],
        "places": [_name(one) for one in analysis.places],
        "dates": [_date(one) for one in analysis.dates],
        "figures": [_figure(one) for one in analysis.figures],
    }


def claim_rows(article: Article, analysis: Analysis, story: StoryId | None) -> Iterator[Row]:
    """Yield what an article attributes to speakers as rows of ``claims``, in the order of its text."""
    for number, one in enumerate(analysis.statements):
        yield {
            "article": article.id,
            "number": number,
            "story": story,
            "outlet": article.outlet,
            "published": published_of(article),
            "speaker": one.speaker,
            "via": list(one.via),
            "kind": one.kind.value,
            "claim": one.claim.value,
            "negated": one.negated,
            "cue": one.cue,
            "text": one.text,
            **_ends(one.span),
        }


def rejected_row(rejected: Rejected) -> Row:
    """Return a rejection as a row of ``rejected``."""
    return {"origin": rejected.origin, "reason": rejected.reason, "detail": rejected.detail}


def _person(one: Person) -> Row:
    return {"name": one.name, "aliases": list(one.aliases), "roles": list(one.roles), "spans": _spans(one.spans)}


def _name(one: Name) -> Row:
    named = {"name": one.name, "aliases": list(one.aliases), "kind": one.kind, "country": one.country}
    return named | {"spans": _spans(one.spans)}


def _date(one: DateMention) -> Row:
    known = {"text": one.text, "value": one.value, "first": one.start, "last": one.end, "grain": one.grain}
    doubts = [doubt.value for doubt in one.doubts]
    return known | {"certainty": one.certainty.value, "doubts": doubts} | _ends(one.span)


def _figure(one: Figure) -> Row:
    told = {"text": one.text, "value": one.value, "upper": one.upper, "bound": one.bound, "category": one.category}
    unit = {"unit": one.unit, "code": one.code, "factor": one.factor, "counted": one.counted, "place": one.place}
    return told | unit | _ends(one.span)


def _spans(spans: Iterable[Span]) -> list[Row]:
    return [_ends(span) for span in spans]


def _ends(span: Span) -> Row:
    return {"start": span.start, "end": span.end}
