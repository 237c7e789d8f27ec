"""Stretches of text: whether they overlap, and the name that stands there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

from tawatur.model import Span


def name_at(text: str, span: Span) -> str:
    """Return the name at a span; behind ل the article is written without its alif ("للأردن" holds "الأردن")."""
    name = text[span.start : span.end]
    return "ا" + name if name.startswith("ل") and text[span.start - 1 : span.start] == "ل" else name


class Stretches(tuple[Span, ...]):
    """Spans in order, no two of which overlap: ``overlaps`` looks at one of them only."""

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Stretches:
        """Return spans in order, joined where they overlap."""
        found: list[Span] = []
        for span in sorted(spans):
            if found and span.start < found[-1].end:
                found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
            else:
                found.append(span)
        return cls(found)


def overlaps(span: Span, others: Collection[Span]) -> bool:
    """Say whether a span shares characters with any of the others."""
    if isinstance(others, Stretches):
        at = bisect_left(others, span.end, key=lambda other: other.start)
        return at > 0 and others[at - 1].end > span.start
    return any(span.start < other.end and other.start < span.end for other in others)
