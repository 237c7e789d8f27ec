"""Public newsletters as pages show them: to whoever may subscribe, and to those who run them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from tawatur.store.newsletters import IssueHead, Scheduled
from tawatur.store.subscribers import Audience
from tawatur.web.letters.introductions import first_lines, introduction
from tawatur.web.view.letters import IssueView, LetterView, issue_views, letter_view
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A public newsletter: its first lines for a list, its whole introduction for its page."""

    letter: LetterView
    lines: str
    introduction: Markup
    issues: tuple[IssueView, ...]

    @property
    def rests(self) -> bool:
        """Say whether it does not come at present."""
        return self.letter.state != "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """A public newsletter as those who run it see it: how many people and issues it has, in words."""

    letter: LetterView
    issues: str
    subscribed: str
    stopped: str
    left: str


def paper_view(one: Scheduled, issues: Iterable[IssueHead], words: Words, *, now: datetime) -> PaperView:
    """Return a public newsletter in words."""
    heads, described = tuple(issues), one.newsletter.description
    about = words.text(f"letters.about.{one.newsletter.kind.value}")
    return PaperView(
        letter=letter_view(one, words, now=now, issues=heads),
        lines=first_lines(described) if described else about,
        introduction=introduction(described or about),
        issues=tuple(issue_views(heads, one.newsletter, words)),
    )


def ledger_view(one: Scheduled, audience: Audience, words: Words, *, now: datetime) -> LedgerView:
    """Return a public newsletter with its numbers in words."""
    return LedgerView(
        letter=letter_view(one, words, now=now),
        issues=words.text("newsletters.desk.issues", n=one.issues),
        subscribed=words.text("newsletters.desk.subscribed", n=audience.subscribed),
        stopped=words.text("newsletters.desk.stopped", n=audience.stopped) if audience.stopped else "",
        left=words.text("newsletters.desk.left", n=audience.left) if audience.left else "",
    )
