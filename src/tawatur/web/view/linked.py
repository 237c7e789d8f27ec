"""Where the names of a report lead: to their pages, from the first naming of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tawatur.model import Analysis, Span
from tawatur.stories.named import main
from tawatur.stories.naming import NameKind
from tawatur.web.view.ways import Ways


def linked(analysis: Analysis, ways: Ways) -> tuple[tuple[Span, str], ...]:
    """Return where each name that has a page stands first in a text, with its address, in order; of two that overlap the first."""
    found: dict[str, Span] = {}
    for path, spans in _named(analysis, ways):
        if path and spans:
            first = min(spans)
            found[path] = min(found.get(path, first), first)
    kept: list[tuple[Span, str]] = []
    for path, span in sorted(found.items(), key=lambda one: (one[1].start, -one[1].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, path))
    return tuple(kept)


def _named(analysis: Analysis, ways: Ways) -> Iterator[tuple[str, Sequence[Span]]]:
    for person in analysis.people:
        yield ways.path("person", (person.name, *person.aliases)), person.spans
    places = ((NameKind.PLACE, one) for one in analysis.places)
    bodies = ((NameKind.ORGANIZATION, one) for one in analysis.organizations)
    for kind, name in chain(places, bodies):
        yield ways.path(kind.value, (name.name, main(kind, name.name))), name.spans
