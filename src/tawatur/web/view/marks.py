"""What an analysis found in a text, as stretches that a page can set off: people, statements, dates, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.analysis import Span
from tawatur.model import Analysis

#: What can be set off, in the order in which readers choose it.
KINDS = ("person", "statement", "date", "figure")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text with the kinds of what they belong to, as classes: "is-statement is-person"; "" for none."""

    text: str
    kinds: str
    path: str = ""  # of the page of whom it names


class Marks:
    """The marks of one article's text."""

    def __init__(self, analysis: Analysis | None, links: Sequence[tuple[Span, str]] = ()) -> None:
        self._found = tuple(_spans(analysis)) if analysis else ()
        self._links = links

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return which kinds the text has."""
        return tuple(kind for kind in KINDS if any(found == kind for found, _ in self._found))

    def of(self, text: str, start: int) -> tuple[Stretch, ...]:
        """Return a block of the text, which begins at ``start`` in it, in stretches."""
        end = start + len(text)
        inside = [(kind, span) for kind, span in self._found if span.start < end and span.end > start]
        edges = {start, end}
        links = [(path, span) for span, path in self._links if span.start < end and span.end > start]
        for _, span in (*inside, *links):
            edges |= {max(span.start, start), min(span.end, end)}
        cuts = sorted(edges)
        return tuple(
            Stretch(text[first - start : last - start], _classes(inside, first), _path(links, first))
            for first, last in pairwise(cuts)
        )


def _classes(inside: list[tuple[str, Span]], at: int) -> str:
    found = {kind for kind, span in inside if span.start <= at < span.end}
    return " ".join(f"is-{kind}" for kind in KINDS if kind in found)


def _path(links: list[tuple[str, Span]], at: int) -> str:
    return next((path for path, span in links if span.start <= at < span.end), "")


def _spans(analysis: Analysis) -> Iterator[tuple[str, Span]]:
    for person in analysis.people:
        yield from (("person", span) for span in person.spans)
    for statement in analysis.statements:
        yield "statement", statement.span
    for date in analysis.dates:
        yield "date", date.span
    for figure in analysis.figures:
        yield "figure", figure.span
