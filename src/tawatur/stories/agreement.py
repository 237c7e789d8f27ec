"""What the reports of a story agree on, what one source alone says, and what differs.

Statements come first: a sentence that does no more than quote one is not told a second time as a fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tawatur.model import Agreement, ArticleId, Point, Span, Standing, Story
from tawatur.stories.assertions import Assertion
from tawatur.stories.comparing import Compared, compare
from tawatur.stories.facts import disputed_facts, lone_facts, shared_facts
from tawatur.stories.figures import figure_points
from tawatur.stories.quotations import lone_statements, shared_statements

#: The most points of what one source alone says: those that say most. A long report says much that nobody else has.
MOST_ALONE = 40


def agreement(story: Story) -> Agreement:
    """Return how a story's sources stand to what its reports say; of a single source everything would be its own."""
    if story.independent < 2:
        return Agreement()
    compared = compare(story)
    quoted = list(shared_statements(compared))
    told = {(one.report, one.place) for _, members in quoted for one in members}
    facts = list(shared_facts(compared, told))
    lone = list(lone_statements(compared))
    told |= {(one.report, one.place) for one in compared.said if _is_most(one, compared)}
    alone = [*(point for point, _ in lone), *lone_facts(compared, told, [one for _, one in lone])]
    figures = list(figure_points(compared))
    gone = _superseded(figures)
    shared = [point for point in (*facts, *(point for point, _ in quoted)) if not _is_gone(point, gone)]
    points = [*shared, *figures, *disputed_facts(compared), *alone]
    return Agreement(
        agreed=_ranked(points, Standing.AGREED),
        alone=_ranked(points, Standing.ALONE)[:MOST_ALONE],
        differ=_ranked(points, Standing.DIFFER),
    )


def _is_most(one: Assertion, compared: Compared) -> bool:
    """Say whether a statement is most of its sentence."""
    around = compared.reads[one.report].sentence_at(one.span.start)
    return around is not None and 2 * len(one.text) >= len(around.text)


def _superseded(figures: Iterable[Point]) -> frozenset[tuple[ArticleId, Span]]:
    """Return the sentences that tell a figure which a later one took the place of."""
    versions = (version for point in figures for version in point.versions if version.superseded)
    return frozenset((one.article, one.span) for version in versions for one in version.wordings)


def _is_gone(point: Point, gone: Collection[tuple[ArticleId, Span]]) -> bool:
    """Say whether all wordings of a point tell a figure that is superseded."""
    return all(
        any(
            article == one.article and span.start <= one.span.start and one.span.end <= span.end
            for article, span in gone
        )
        for version in point.versions
        for one in version.wordings
    )


def _ranked(points: Iterable[Point], standing: Standing) -> tuple[Point, ...]:
    """Return the points of one standing: what most sources and most reports back first, then as the reports tell it."""
    found = [point for point in points if point.standing is standing]
    return tuple(sorted(found, key=_rank))


def _rank(point: Point) -> tuple[int, int, Span]:
    return -point.backing.independent, -len(point.backing.articles), point.versions[0].wordings[0].span
