"""Letters that carry issues, written when they are sent: whoever has ended a newsletter in the meantime gets no more of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tawatur.digest.holding import quiet_until
from tawatur.errors import IssueNotFound, NewsletterNotFound, ReaderNotFound
from tawatur.letters.links import Links, Recipient
from tawatur.letters.recipients import KIND
from tawatur.mail import Forms, Mail, issue_mail
from tawatur.newsletter import Issue, IssueId, Newsletter, NewsletterId, Pause
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.store.subscribers import SubscriberId
from tawatur.wording.look import DEFAULT, Look, look_for
from tawatur.wording.words import words

#: Older issues are sent to nobody: they are on the web, and newer ones follow.
OLDEST = timedelta(days=2)


@dataclass(frozen=True)
class Carrying:
    """Writes the letters of a deployment that carry issues.

    ``base`` is where its pages stand, ``page`` gives the path of an issue's page, and ``yours`` that of the page on which a
    subscriber changes what he is sent, "" where there is none; ``operator`` is who sends newsletters.
    """

    store: Store
    base: str
    page: Callable[[IssueId], str]
    operator: str = ""
    yours: Callable[[SubscriberId], str] = lambda subscriber: ""
    forms: Forms = field(default_factory=Forms)

    def write(self, letter: Letter, now: datetime) -> Mail | None:
        """Return what a letter says; None where it is not to be sent any more."""
        try:
            newsletter = self.store.newsletter(NewsletterId(letter.fields["newsletter"])).newsletter
            newsletter = replace(newsletter, language=letter.language)  # a subscriber has chosen his own
            issue = self.store.issue(IssueId(letter.fields["issue"]))
            look = self._look(letter, newsletter)
        except (NewsletterNotFound, IssueNotFound, ReaderNotFound):
            return None
        if look is None or now - issue.made > OLDEST:
            return None
        return self._mail(letter, newsletter, issue, look)

    def rests(self, letter: Letter, now: datetime) -> datetime | None:
        """Return until when a letter waits since its newsletter knows quiet hours, which are now; None where it need not."""
        if letter.kind != KIND:
            return None
        try:
            newsletter = self.store.newsletter(NewsletterId(letter.fields["newsletter"])).newsletter
        except NewsletterNotFound:
            return None
        return quiet_until(newsletter.quiet, now)

    def _look(self, letter: Letter, newsletter: Newsletter) -> Look | None:
        """Return how the recipient wants it to look; None where nothing is sent to him any more."""
        if letter.reader:
            ended = newsletter.paused not in (None, Pause.ASKED)
            return None if ended else look_for(self.store.reader(letter.reader).preferences)
        found = self.store.subscriber(SubscriberId(letter.fields.get("subscriber", "")))
        stopped = found is None or self.store.suspension(letter.email)
        return None if stopped else DEFAULT

    def _mail(self, letter: Letter, newsletter: Newsletter, issue: Issue, look: Look) -> Mail:
        spoken = words(newsletter.language, look.wording)
        subscriber = letter.fields.get("subscriber", "")
        recipient = Recipient(newsletter.id, reader=letter.reader, subscriber=SubscriberId(subscriber) or None)
        base = f"{self.base}{spoken.prefix}"
        own = "/you/letters" if letter.reader else self.yours(SubscriberId(subscriber))
        return issue_mail(
            issue,
            newsletter,
            spoken,
            to=letter.email,
            base=base,
            unsubscribe_url=f"{base}{Links(self.store).unsubscribe(recipient)}",
            page_url=f"{base}{self.page(issue.id)}",
            settings_url=f"{base}{own}" if own else "",
            operator=self.operator,
            forms=self.forms,
        )
