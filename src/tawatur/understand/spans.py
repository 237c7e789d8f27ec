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
        key = fold(_name(text, span)).replace('"', "")
        spans.setdefault(key, []).append(span)
        countries[key] = countries.get(key, "") or country
    return tuple(
        Name(name=_name(text, places[0]), spans=tuple(places), country=countries[key]) for key, places in spans.items()
    )


def _name(text: str, span: Span) -> str:
    """Return the name at a span; behind ل the article is written without its alif ("للأردن" holds "الأردن")."""
    name = text[span.start : span.end]
    return "ا" + name if name.startswith("ل") and text[span.start - 1 : span.start] == "ل" else name


def overlaps(span: Span, others: Collection[Span]) -> bool:
    """Say whether a span shares characters with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)
