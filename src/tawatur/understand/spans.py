"""Stretches of text: whether they overlap, and the name that stands there."""

from __future__ import annotations

from collections.abc import Collection

from tawatur.model import Span


def name_at(text: str, span: Span) -> str:
    """Return the name at a span; behind ل the article is written without its alif ("للأردن" holds "الأردن")."""
    name = text[span.start : span.end]
    return "ا" + name if name.startswith("ل") and text[span.start - 1 : span.start] == "ل" else name


def overlaps(span: Span, others: Collection[Span]) -> bool:
    """Say whether a span shares characters with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)
