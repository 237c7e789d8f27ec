"""Nouns as the JSON that the command line gives out. The fields are fixed by the reference of the commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from tawatur.cli.words import Words
from tawatur.extract.record import record as record_of_article
from tawatur.model import Analysis, Article, Dependence, Outlets, Rejected, Related, Report, Story, StoryId
from tawatur.understand.record import record as record_of_analysis

Record = dict[str, Any]

#: The parts of an analysis that stand at places of the text.
KINDS = ("people", "quotes", "dates", "organizations", "places", "figures")


def article_record(article: Article) -> Record:
    """Return an article as ``tawatur extract`` gives it out, with what else is known of it."""
    return record_of_article(article, PurePath(article.origin).name) | {
        "id": article.id,
        "origin": article.origin,
        "outlet": article.outlet,
        "certainty": article.published.certainty.value,
        "alternatives": [day.isoformat() for day in article.published.alternatives],
    }


def analysis_record(article: Article, analysis: Analysis) -> Record:
    """Return an analysis as ``tawatur analyze`` gives it out. ``spans`` count characters of ``text``, entry by entry."""
    made = record_of_analysis(article, analysis)
    return made | {"spans": {kind: [one["spans"] for one in made[kind]] for kind in KINDS}, "text": article.text}


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
        "dependences": [_dependence(one, words) for one in story.dependences],
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


def _dependence(dependence: Dependence, words: Words) -> Record:
    return {
        "article": dependence.article,
        "on": dependence.on,
        "reason": dependence.reason,
        "detail": dependence.detail,
        "share": dependence.share,
        "quote": dependence.quote,
        "sentence": words.dependence(dependence),
    }


def _related(related: Related, titles: Callable[[StoryId], str], words: Words) -> Record:
    return {
        "story": related.story,
        "relation": related.relation.value,
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
