"""What was found is told: each newsletter's alerts at once, alone or together, as an issue that goes by its reader's channels.

The issue, the note that its alerts are told, and all that carries it (letters, dispatches) are kept in one transaction, or nothing
is: a process that is killed tells nothing twice and skips nothing, and of two that tell the same one keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur.alert import Dispatch, dispatch_id
from tawatur.digest.holding import GATHER, HOUR, Found, Hold, decide
from tawatur.errors import NewsletterNotFound
from tawatur.model import StoryId
from tawatur.newsletter import Channel, Content, Issue, IssueId, Newsletter, NewsletterId
from tawatur.reader import ReaderId
from tawatur.store import Store
from tawatur.store.alerts import Alert, watches
from tawatur.store.newsletters import Scheduled, ToldStory
from tawatur.store.outbox import Letter

#: How many newsletters' alerts are told, before others get their turn.
BATCH = 50
#: An alert that is due so much later than it was found has been held.
HELD = 2 * GATHER
#: What could not be told for so long is told no more.
STALE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Made:
    """An issue's content, with the stories that it tells and the reports that they have."""

    content: Content
    told: tuple[ToldStory, ...]


#: Makes the content of an issue that tells some stories, the best first; None where none of them lives any more.
Make = Callable[[Newsletter, Sequence[StoryId], datetime], Made | None]
#: Gives the letters that carry an issue of a newsletter to those who get it by mail.
Mailing = Callable[[Newsletter, Issue], Sequence[Letter]]


class _ToldMeanwhile(Exception):
    """Somebody else told an alert, or made an issue with this number: nothing of this one is kept."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells what is due in one store."""

    store: Store
    make: Make
    mailing: Mailing

    def tell_due(self, now: datetime) -> int:
        """Tell the alerts of the next newsletters that have any due; return how many these are."""
        due = self.store.alerting(now=now, limit=BATCH)
        for newsletter in due:
            self._tell_of(newsletter, now)
        return len(due)

    def _tell_of(self, id: NewsletterId, now: datetime) -> None:
        alerts = self.store.alerts_of(id, now=now)
        try:
            newsletter = self.store.newsletter(id).newsletter
        except NewsletterNotFound:
            return
        numbers = [one.number for one in alerts]
        stale = [one.number for one in alerts if now - one.made >= STALE]
        if stale or not watches(newsletter) or newsletter.owner is None:
            self.store.tell_alerts(stale if watches(newsletter) else numbers, None, at=now)
            return
        found = decide(
            [Found(one.number, held=one.due - one.made > HELD) for one in alerts],
            quiet=newsletter.quiet,
            told=self.store.told_since(newsletter.owner, now - HOUR),
            ceiling=self.store.ceiling(newsletter.owner),
            now=now,
        )
        if isinstance(found, Hold):
            self.store.hold_alerts(numbers, until=found.until)
            return
        for group in found.alerts:
            self._tell(id, [one for one in alerts if one.number in group], now)

    def _tell(self, id: NewsletterId, alerts: Sequence[Alert], now: datetime) -> None:
        """Tell some alerts of a newsletter in one issue."""
        scheduled, numbers = self.store.newsletter(id), [one.number for one in alerts]
        made = self.make(scheduled.newsletter, [one.story for one in alerts], now)
        if made is None:
            self.store.tell_alerts(numbers, None, at=now)
            return
        try:
            with self.store.together():
                self._keep(scheduled, made, numbers, now)
        except _ToldMeanwhile:
            return

    def _keep(self, scheduled: Scheduled, made: Made, numbers: Sequence[int], now: datetime) -> None:
        newsletter = scheduled.newsletter
        issue = Issue(newsletter=newsletter.id, number=scheduled.issues + 1, made=now, content=made.content)
        if not self.store.tell_alerts(numbers, issue.id, at=now):
            raise _ToldMeanwhile
        letters = self.mailing(newsletter, issue) if Channel.EMAIL in newsletter.channels else ()
        if not self.store.put_issue(issue, told=made.told, letters=letters):
            raise _ToldMeanwhile
        for dispatch in self._dispatches(newsletter, issue):
            self.store.put_dispatch(dispatch)

    def _dispatches(self, newsletter: Newsletter, issue: Issue) -> Iterator[Dispatch]:
        owner = newsletter.owner
        for channel, target in targets(self.store, owner) if owner else ():
            if owner and channel in newsletter.channels:
                yield dispatched(owner, channel, target, issue.made, issue=issue.id)


def targets(store: Store, reader: ReaderId) -> Iterator[tuple[Channel, str]]:
    """Yield the browsers and webhooks of a reader that take anything."""
    yield from ((Channel.PUSH, one.id) for one in store.browsers(reader))
    yield from ((Channel.WEBHOOK, one.id) for one in store.webhooks(reader) if one.disabled is None)


def dispatched(reader: ReaderId, channel: Channel, target: str, at: datetime, *, issue: str = "") -> Dispatch:
    """Return what is to be sent to a target: an issue, or a test, of which each is another one."""
    return Dispatch(
        id=dispatch_id(issue or f"test {at.isoformat()}", target),
        reader=reader,
        issue=IssueId(issue),
        channel=channel,
        target=target,
        made=at,
        due=at,
    )
