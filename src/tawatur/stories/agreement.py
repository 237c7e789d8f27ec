"""What the reports of a story agree on, what one source alone says, and what differs."""

from __future__ import annotations

from collections.abc import Iterable

from tawatur.arabic.fold import fold
from tawatur.model import (
    Agreement,
    Point,
    PointKind,
    Report,
    Standing,
    Statement,
    StatementKind,
    Story,
    Version,
    Why,
    Wording,
)
from tawatur.stories.backing import backing


def agreement(story: Story) -> Agreement:
    """Return how a story's sources stand to what its reports say."""
    points = [_point(same, story) for same in _statements(story.reports)]
    return Agreement(
        agreed=tuple(point for point in points if point.standing is Standing.AGREED),
        alone=tuple(point for point in points if point.standing is Standing.ALONE),
    )


def _statements(reports: Iterable[Report]) -> Iterable[list[tuple[Report, Statement]]]:
    """Return the statements in groups of the same words."""
    found: dict[str, list[tuple[Report, Statement]]] = {}
    for report in reports:
        for statement in report.analysis.statements:
            found.setdefault(fold(statement.text), []).append((report, statement))
    return found.values()


def _point(same: list[tuple[Report, Statement]], story: Story) -> Point:
    backed = backing((report.article.id for report, _ in same), story)
    return Point(
        kind=PointKind.STATEMENT,
        standing=Standing.AGREED if backed.independent > 1 else Standing.ALONE,
        versions=(Version(value="", wordings=tuple(_wording(*one) for one in same), backing=backed),),
        backing=backed,
        why=Why(key="same_words", score=1.0),
    )


def _wording(report: Report, statement: Statement) -> Wording:
    return Wording(
        article=report.article.id,
        text=statement.text,
        span=statement.span,
        direct=statement.kind is StatementKind.DIRECT,
        speaker=statement.speaker,
        told=report.article.published.at,
    )
