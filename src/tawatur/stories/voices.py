"""Who is quoted with what in the reports of a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tawatur.arabic.fold import fold
from tawatur.model import ArticleId, Report, Statement, Story

Quoted = tuple[ArticleId, str]  # a report, and the name under which it quotes somebody


class Speech(NamedTuple):
    """A statement where a report has it; ``at`` is how many statements of the story stand before it."""

    at: int
    report: Report
    statement: Statement

    @property
    def words(self) -> str:
        """What is the same in all reports that quote it."""
        return fold(self.statement.text)


class Voices:
    """The statements of a story by report and speaker."""

    def __init__(self, story: Story) -> None:
        self._said: dict[Quoted, list[Speech]] = defaultdict(list)
        at = 0
        for report in story.reports:
            for statement in report.analysis.statements:
                self._said[report.article.id, statement.speaker].append(Speech(at, report, statement))
                at += 1

    def of(self, names: Iterable[Quoted]) -> Iterator[tuple[Speech, list[Speech]]]:
        """Yield each statement of whoever has these names, in the order of the reports, before all that have the same words."""
        same: dict[str, list[Speech]] = defaultdict(list)
        for speech in sorted(speech for name in names for speech in self._said.get(name, ())):
            same[speech.words].append(speech)
        return ((speeches[0], speeches) for speeches in same.values())
