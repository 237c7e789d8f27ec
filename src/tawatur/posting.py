"""The outbox at work: letters that are due are written, handed to the relay, and tried again where that fails.

A letter is lent for a while to who sends it, and is sent again where he is killed meanwhile: at least once, hardly ever twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from tawatur.mail import Failure, Mail, Sender, deliver, message
from tawatur.relay import Relay
from tawatur.store.outbox import Letter, Outbox, Queued

log = logging.getLogger(__name__)

#: Waits behind the first failure, the second …; behind the last a letter is given up, after two days and a half.
AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1080, 2160))
#: How long a letter is lent, and how many at a time.
LEASE, BATCH = timedelta(minutes=10), 20
#: Seconds between two looks into the outbox, and how long what was sent is remembered.
PAUSE, KEPT = 2.0, timedelta(days=30)


def again(tries: int, failure: Failure, now: datetime) -> datetime | None:
    """Return when a letter is tried again that has failed ``tries`` times before and now once more; None: never."""
    if failure.lasting or tries >= len(AGAIN):
        return None
    return now + AGAIN[tries]


@dataclass(frozen=True, slots=True)
class Post:
    """Sends the letters of an outbox. ``write`` gives what a letter says, None where there is nothing to send."""

    outbox: Outbox
    relay: Relay
    sender: Sender
    write: Callable[[Letter, datetime], Mail | None]

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until ``stop`` is set. What goes wrong is logged, and tried again."""
        while not stop.is_set():
            try:
                sent = await self.send_due(datetime.now(UTC))
            except Exception:
                log.exception("letters could not be sent")
                sent = 0
            if not sent:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    async def send_due(self, now: datetime) -> int:
        """Send the letters that are due, as many as go at a time; return how many those were."""
        queued = await asyncio.to_thread(self.outbox.claim_letters, now=now, lease=LEASE, limit=BATCH)
        if not queued:
            return 0
        written = await asyncio.to_thread(self._written, queued, now)
        if written:
            found = await deliver([mail for _, mail in written], self.relay)
            for (one, _), failure in zip(written, found, strict=True):
                await asyncio.to_thread(self._note, one, failure, now)
        await asyncio.to_thread(self.outbox.tidy_letters, before=now - KEPT)
        return len(queued)

    def _written(self, queued: Sequence[Queued], now: datetime) -> list[tuple[Queued, EmailMessage]]:
        """Write letters. What has nothing to say is done; what cannot be written is given up, and stops no other."""
        written = []
        for one in queued:
            try:
                mail = self.write(one.letter, now)
                if mail is None:
                    self._note(one, None, now)
                else:
                    written.append((one, message(mail, self.sender, at=now)))
            except Exception as error:
                log.exception("letter %s could not be written", one.number)
                self._note(one, Failure(type(error).__name__, lasting=True), now)
        return written

    def _note(self, queued: Queued, failure: Failure | None, now: datetime) -> None:
        if failure is None:
            self.outbox.letter_done(queued.number, at=now)
            return
        when = again(queued.tries, failure, now)
        log.warning("letter %s (%s) was not taken: %s", queued.number, queued.letter.kind, failure.detail)
        self.outbox.letter_failed(queued.number, error=failure.detail, at=now, again=when)
