"""What was found is told: each newsletter's alerts at once, alone or together, as an issue that goes by its reader's channels.

The issue, all that carries it, and the note that its alerts are told are kept in one transaction, or nothing is: a process that is
killed tells nothing twice and skips nothing, and of two that tell the same one keeps nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tawatur.alerting.finding import Finding
from tawatur.digest.holding import GATHER, HOUR, Found, Hold, decide
from tawatur.digest.issue_pick import Picked
from tawatur.errors import NewsletterNotFound
from tawatur.letters import Letters
from tawatur.newsletter import IssueReason, Newsletter, NewsletterId, NewsletterKind
from tawatur.store import Store
from tawatur.store.alerts import Alert, watches
from tawatur.watching import count
from tawatur.watching.beats import alive

log = logging.getLogger(__name__)

#: How many newsletters' alerts are told, before others get their turn.
BATCH = 50
#: An alert that is due so much later than it was found has been held.
HELD = 2 * GATHER
#: What could not be told for so long is told no more.
STALE = timedelta(days=2)
#: Seconds between two looks, and how long it is remembered what was passed and told.
PAUSE, KEPT = 2.0, timedelta(days=30)


class _ToldMeanwhile(Exception):
    """Somebody else told an alert, or made an issue with this number: nothing of this one is kept."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells what is due in one store. ``letters`` makes issues, and puts them on their ways."""

    store: Store
    letters: Letters

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
            self._tell(newsletter, [one for one in alerts if one.number in group], now)

    def _tell(self, newsletter: Newsletter, alerts: Sequence[Alert], now: datetime) -> None:
        """Tell some alerts of a newsletter in one issue; those with nothing to tell any more are done."""
        numbers = [one.number for one in alerts]
        made = self.letters.tell(newsletter, tuple(self._picked(newsletter, alerts)), now)
        if made is None:
            self.store.tell_alerts(numbers, None, at=now)
            return
        with suppress(_ToldMeanwhile), self.store.together():
            issue = self.letters.publish(newsletter.id, made, now)
            if issue is None or not self.store.tell_alerts(numbers, issue.id, at=now):
                raise _ToldMeanwhile
            count("tawatur_alerts_told_total")

    def _picked(self, newsletter: Newsletter, alerts: Sequence[Alert]) -> Iterator[Picked]:
        """Yield the stories of alerts that still live, the most independently told first."""
        heads = self.store.heads(one.story for one in alerts)
        breaks = newsletter.kind is NewsletterKind.BREAKING
        for head in sorted(heads.values(), key=lambda head: (-head.independent, head.first, head.id)):
            reason = IssueReason(key="everybody", sources=head.independent) if breaks else IssueReason(key="latest")
            yield Picked(head=head, section="", reasons=(reason,))


@dataclass(frozen=True, slots=True)
class Rounds:
    """Finds and tells, again and again. Any number of processes may do so."""

    finding: Finding
    telling: Telling

    async def run(self, stop: asyncio.Event) -> None:
        """Find and tell until ``stop`` is set. What goes wrong is logged, and tried again."""
        tidied = datetime.min.replace(tzinfo=UTC)
        while not stop.is_set():
            alive("alerts")
            now, done = datetime.now(UTC), 0
            try:
                done = await asyncio.to_thread(self.round, now)
                if now - tidied >= HOUR:
                    await asyncio.to_thread(self.telling.store.tidy_alerts, before=now - KEPT)
                    tidied = now
            except Exception:
                log.exception("alerts could not be told")
            if not done:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    def round(self, now: datetime) -> int:
        """Find what there is, then tell what is due; return how much that was."""
        return self.finding.look(now) + self.telling.tell_due(now)
