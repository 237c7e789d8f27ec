"""What an alert says in one language, and where its addresses lead."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.messages import Catalogue, catalogue
from tawatur.newsletter import Issue, IssueStory, NewsletterKind
from tawatur.reader import Language


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``base`` is where the pages stand, without a slash at its end."""

    language: Language
    base: str
    messages: Catalogue = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "messages", catalogue(self.language))

    def headline(self, issue: Issue | None) -> str:
        """Return what stands above: the headline of the story, or of the first of several; None is a test."""
        return issue.content.leading if issue else self.messages.text("alerts.test.title")

    def standing(self, issue: Issue | None) -> str:
        """Return how many independent sources tell a story, or how many stories there are beside the first."""
        if issue is None:
            return self.messages.text("alerts.test.text")
        stories, more = issue.content.stories, told_by(issue) - 1
        if more > 0:
            return self.messages.text("alerts.told.more", n=more)
        return self.messages.text("alerts.told.sources", n=stories[0].independent) if stories else ""

    def path(self, issue: Issue | None) -> str:
        """Return where an alert leads: to its story, or to the page of all that it tells."""
        if issue is None:
            return f"{self._prefix}/you/alerts"
        stories = issue.content.stories
        alone = told_by(issue) == 1 and stories
        return f"{self._prefix}/story/{stories[0].id}" if alone else f"{self._prefix}/letter/{issue.id}"

    def url(self, story: IssueStory) -> str:
        """Return the address of a story's page."""
        return f"{self.base}{self._prefix}/story/{story.id}"

    @property
    def _prefix(self) -> str:
        return "" if self.language == "ar" else f"/{self.language}"


def told_by(issue: Issue) -> int:
    """Return how many things an issue tells or names; of breaking news also those for which it has no room."""
    content = issue.content
    named = content.told + len(content.headlines)
    return max(named, content.counts.stories) if content.kind is NewsletterKind.BREAKING else named
