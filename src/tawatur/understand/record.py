"""An analysis as one JSON record: what ``tawatur analyze`` writes and the scorer reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tawatur.model import Analysis, Article, DateMention, Figure, Name, Person, Span, Statement


def record(article: Article, analysis: Analysis) -> dict[str, Any]:
    """Return the record: id, people, quotes, dates, organizations, places, figures.

    Every entry holds ``spans``, its [start, end] character offsets on the article's text.
    """
    return {
        "id": article.id,
        "people": [_person(person) for person in analysis.people],
        "quotes": [_statement(statement) for statement in analysis.statements],
        "dates": [_date(date) for date in analysis.dates],
        "organizations": [_name(name) for name in analysis.organizations],
        "places": [_name(name) for name in analysis.places],
        "figures": [_figure(figure) for figure in analysis.figures],
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "aliases": list(person.aliases),
        "roles": list(person.roles),
        "meant": list(person.meant),
        "spans": _spans(person.spans),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "kind": statement.kind.value,
        "text": statement.text,
        "speaker": statement.speaker,
        "via": list(statement.via),
        "cue": statement.cue,
        "claim": statement.claim.value,
        "negated": statement.negated,
        "spans": _spans((statement.span,)),
    }


def _date(date: DateMention) -> dict[str, Any]:
    return {
        "text": date.text,
        "value": date.value,
        "certainty": date.certainty.value,
        "alternatives": list(date.alternatives),
        "start": date.start,
        "end": date.end,
        "grain": date.grain,
        "basis": date.basis.value,
        "base": _spans((date.base,)) if date.base else [],
        "doubts": [doubt.value for doubt in date.doubts],
        "spans": _spans((date.span,)),
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "name": name.name,
        "aliases": list(name.aliases),
        "kind": name.kind,
        "country": name.country,
        "spans": _spans(name.spans),
        "governments": _spans(name.governments),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": figure.value,
        "upper": figure.upper,
        "bound": figure.bound,
        "unit": figure.unit,
        "category": figure.category,
        "counted": figure.counted,
        "code": figure.code,
        "factor": figure.factor,
        "place": figure.place,
        "period": figure.period,
        "per": figure.per,
        "change": figure.change,
        "former": figure.former,
        "part": figure.part,
        "sides": list(figure.sides),
        "against": figure.against,
        "spans": _spans((figure.span,)),
    }
