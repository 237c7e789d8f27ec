"""Nouns as the JSON that the command line gives out. The fields are fixed by the reference of the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from tawatur.cli.words import Words
from tawatur.model import (
    Analysis,
    Article,
    BlockKind,
    Name,
    Outlets,
    Person,
    Published,
    Rejected,
    Related,
    Report,
    Span,
    Story,
    StoryId,
)

Record = dict[str, Any]


def article_record(article: Article) -> Record:
    """Return an article as ``tawatur extract`` gives it out; times are ISO 8601 in UTC."""
    return {
        "id": article.id,
        "file": PurePath(article.origin).name,
        "origin": article.origin,
        "outlet": article.outlet,
        "title": article.title,
        "subtitle": article.subtitle,
        "published": moment(article.published),
        "certainty": article.published.certainty.value,
        "alternatives": [day.isoformat() for day in article.published.alternatives],
        "authors": list(article.authors),
        "paragraphs": list(article.paragraphs),
        "updates": [{"time": update.clock, "paragraphs": list(update.paragraphs)} for update in article.updates],
        "captions": list(article.texts_of(BlockKind.CAPTION)),
        "related": [
            {"title": block.text, "url": block.url} for block in article.blocks if block.kind is BlockKind.RELATED
        ],
        "source_line": article.source_line,
        "removed": [{"text": one.text, "reason": one.reason} for one in article.removed],
        "url": article.url,
    }


def moment(published: Published) -> str | None:
    """Return a time of publication as text: the day alone where the clock time means nothing."""
    if published.at is None:
        return None
    return published.at.date().isoformat() if published.day_only else published.at.isoformat()


def analysis_record(article: Article, analysis: Analysis) -> Record:
    """Return an analysis as ``tawatur analyze`` gives it out. ``spans`` count characters of ``text``."""
    statements = analysis.statements
    return {
        "id": article.id,
        "people": [_person(person) for person in analysis.people],
        "quotes": [
            {"kind": one.kind.value, "text": one.text, "speaker": one.speaker, "via": list(one.via), "cue": one.cue}
            for one in statements
        ],
        "dates": [{"text": one.text, "value": one.value} for one in analysis.dates],
        "organizations": [{"name": one.name} for one in analysis.organizations],
        "places": [{"name": one.name, "country": one.country} for one in analysis.places],
        "figures": [{"text": one.text, "value": one.value, "unit": one.unit} for one in analysis.figures],
        "spans": {
            "people": _many(analysis.people),
            "organizations": _many(analysis.organizations),
            "places": _many(analysis.places),
            "quotes": [_span(one.span) for one in statements],
            "dates": [_span(one.span) for one in analysis.dates],
            "figures": [_span(one.span) for one in analysis.figures],
        },
        "text": article.text,
    }


def _person(person: Person) -> Record:
    return {"name": person.name, "aliases": list(person.aliases), "roles": list(person.roles)}


def _many(named: Sequence[Person] | Sequence[Name]) -> list[list[list[int]]]:
    return [[_span(span) for span in one.spans] for one in named]


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def story_record(story: Story, outlets: Outlets, titles: Callable[[StoryId], str], words: Words) -> Record:
    """Return a story as ``tawatur read --json`` gives it out. ``titles`` names the related stories."""
    return {
        "id": story.id,
        "title": story.title,
        "day": {
            "date": story.day.day.isoformat() if story.day.day else None,
            "certainty": story.day.certainty.value,
            "alternatives": [day.isoformat() for day in story.day.alternatives],
            "basis": story.day.basis,
        },
        "outlets": story.outlets,
        "independent": story.independent,
        "reports": [_report(report, outlets, words) for report in story.reports],
        "related": [_related(one, titles, words) for one in story.related],
    }


def _report(report: Report, outlets: Outlets, words: Words) -> Record:
    outlet = outlets.get(report.article.outlet)
    why = report.why
    return article_record(report.article) | {
        "outlet_name": outlet.name if outlet else report.article.outlet,
        "why": {"key": why.key, "score": why.score, "terms": list(why.terms), "sentence": words.why(why)},
    }


def _related(related: Related, titles: Callable[[StoryId], str], words: Words) -> Record:
    return {
        "story": related.story,
        "title": titles(related.story),
        "score": related.why.score,
        "why": words.why(related.why),
    }


def rejected_record(rejected: Rejected, words: Words) -> Record:
    """Return what was rejected, with the line that people read."""
    return {
        "origin": rejected.origin,
        "reason": rejected.reason,
        "detail": rejected.detail,
        "message": words.rejected(rejected),
    }
