"""Stretches of text: whether they overlap, and the namings of organisations and places under one name each."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tawatur.arabic.fold import fold
from tawatur.model import Name, Span


def as_names(text: str, found: Iterable[tuple[Span, str]]) -> tuple[Name, ...]:
    """Return one ``Name`` for all (span, country code) of one folded name, in the order of first naming."""
    spans: dict[str, list[Span]] = {}
    countries: dict[str, str] = {}
    for span, country in sorted(found):
        key = fold(text[span.start : span.end]).replace('"', "")
        spans.setdefault(key, []).append(span)
        countries[key] = countries.get(key, "") or country
    return tuple(
        Name(name=text[places[0].start : places[0].end], spans=tuple(places), country=countries[key])
        for key, places in spans.items()
    )


def overlaps(span: Span, others: Collection[Span]) -> bool:
    """Say whether a span shares characters with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)
