"""The outbox at work: letters that are due are written, handed to the relay, and tried again where that fails.

A letter is lent for a while to who sends it. Before it leaves, that is written down; what comes of it is written down behind that.
Whoever is killed between the two leaves one letter a connection in doubt: the relay may have it. It is counted as such when
another takes it over, and sent again under the same Message-ID; every other letter is sent exactly once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from time import monotonic

from tawatur import journal
from tawatur.bouncing import UNSUBSCRIBE, refused
from tawatur.mail import Failure, Line, Mail, Returns, Sender, Signer, composed
from tawatur.mail.envelope import Envelope
from tawatur.relay import Relay
from tawatur.store import Store
from tawatur.store.outbox import Letter, Queued
from tawatur.watching.beats import alive

log = logging.getLogger(__name__)

#: Waits behind the first failure, the second …; behind the last a letter is given up, after two days and a half.
AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1080, 2160))
#: How long a letter is lent, anew when it is handed over (which takes less: ``smtp.TAKING``), and how many at a time.
LEASE, BATCH = timedelta(minutes=5), 20
#: Seconds between two looks into the outbox, and how long what was sent is remembered.
PAUSE, KEPT = 2.0, timedelta(days=30)
#: How long letters rest while there is no way to the relay, and how old they grow so: nobody wants older news.
NO_WAY, OLDEST = timedelta(minutes=1), timedelta(days=5)
#: Letters that may go to one host at once, where its pace is limited.
BURST = 10


def again(tries: int, failure: Failure, now: datetime) -> datetime | None:
    """Return when a letter is tried again that has failed ``tries`` times before and now once more; None: never."""
    if failure.lasting or tries >= len(AGAIN):
        return None
    return now + AGAIN[tries]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How letters leave. ``signers`` sign them, ``returns`` say where they come back to.

    ``pace`` is how many a minute go to one host (0: as many as there are), ``connections`` how many there are to the relay at a
    time. ``quiet`` says until when a letter has to wait for its reader's sake, None where it need not.
    """

    signers: tuple[Signer, ...] = ()
    returns: Returns = field(default_factory=lambda: Returns(b""))
    pace: int = 0
    connections: int = 4
    quiet: Callable[[Letter, datetime], datetime | None] = lambda letter, now: None
    lease: timedelta = LEASE


class Clock:
    """A clock that was set once and goes on by itself."""

    def __init__(self, now: datetime) -> None:
        self._now, self._began = now, monotonic()

    def __call__(self) -> datetime:
        """Return the time."""
        return self._now + timedelta(seconds=monotonic() - self._began)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is ready to leave."""

    queued: Queued
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Post:
    """Sends the letters of an outbox. ``write`` gives what a letter says, None where there is nothing to send."""

    outbox: Store
    relay: Relay
    sender: Sender
    write: Callable[[Letter, datetime], Mail | None]
    manner: Manner = field(default_factory=Manner)

    async def run(self, stop: asyncio.Event) -> None:
        """Send what is due until ``stop`` is set. What goes wrong is logged, and tried again."""
        while not stop.is_set():
            alive("letters")
            try:
                sent = await self.send_all(stop)
            except Exception:
                log.exception("letters could not be sent")
                sent = 0
            if not sent:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    async def send_all(self, stop: asyncio.Event) -> int:
        """Send all that is due, by several connections where it is much, or until ``stop`` is set; return how many those were."""
        sent = await self.send_due(datetime.now(UTC))
        if sent == BATCH:
            sent += sum(await asyncio.gather(*(self._carry(stop) for _ in range(self.manner.connections))))
        if sent:
            now = datetime.now(UTC)
            await asyncio.to_thread(self.outbox.tidy_letters, before=now - KEPT)
            await asyncio.to_thread(self.outbox.tidy_deliveries, before=now - KEPT)
        return sent

    async def _carry(self, stop: asyncio.Event) -> int:
        """Send what is due by one connection."""
        sent = 0
        async with Line(self.relay) as line:
            while not stop.is_set():
                alive("letters")
                done = await self._send(line, Clock(datetime.now(UTC)))
                sent += done
                if done < BATCH:
                    break
        return sent

    async def send_due(self, now: datetime) -> int:
        """Send the letters that are due, as many as go at a time; return how many those were."""
        async with Line(self.relay) as line:
            return await self._send(line, Clock(now))

    async def _send(self, line: Line, clock: Clock) -> int:
        holder, lease = token_hex(8), self.manner.lease
        claim = self.outbox.claim_letters
        queued = await asyncio.to_thread(claim, now=clock(), lease=lease, limit=BATCH, holder=holder)
        if not queued:
            return 0
        if failure := await line.open():
            for one in queued:
                await asyncio.to_thread(self._note, one, failure, clock())
            return 0
        for written in await asyncio.to_thread(self._written, queued, clock):
            await self._hand_over(line, written, clock)
        return len(queued)

    async def _hand_over(self, line: Line, written: Written, clock: Clock) -> None:
        one = written.queued

        async def begin() -> bool:
            at = clock()
            until = at + self.manner.lease
            return await asyncio.to_thread(self.outbox.begin_letter, one.number, holder=one.holder, at=at, until=until)

        failure = await line.hand_over(written.envelope, before=begin)
        await asyncio.to_thread(self._note, one, failure, clock())

    def _written(self, queued: Sequence[Queued], clock: Clock) -> list[Written]:
        """Write letters. What has nothing to say is done; what cannot be written is given up, and stops no other."""
        written = []
        for one in queued:
            now = clock()
            try:
                if made := self._one_written(one, now):
                    written.append(made)
            except Exception as error:
                log.exception("letter %s could not be written", one.number)
                self._note(one, Failure(type(error).__name__, lasting=True, at="sender"), now)
        return written

    def _one_written(self, one: Queued, now: datetime) -> Written | None:
        if until := self._must_wait(one, now):
            self.outbox.put_off_letter(one.number, until=until[0], holder=one.holder, paced=until[1])
            return None
        mail = self.write(one.letter, now)
        if mail is None:
            self.outbox.letter_done(one.number, at=now)
            self._tell(one, "nothing")
            return None
        returns = self.manner.returns
        id = returns.message_id(one.letter.once or f"{one.number} {one.made.isoformat()}", one.letter.email)
        mail = replace(mail, headers=tuple(self._with_address(head, one) for head in mail.headers))
        envelope = composed(mail, self.sender, at=now, id=id, back=returns.path(one.number))
        for signer in self.manner.signers:
            envelope = signer.signed(envelope)
        return Written(one, envelope)

    def _with_address(self, head: tuple[str, str], one: Queued) -> tuple[str, str]:
        """Return a head; that by which a newsletter is ended also with an address, for mail programs that know no other way."""
        name, value = head
        path = self.manner.returns.path(one.number)
        return (
            (name, f"{value}, <mailto:{path}?subject={UNSUBSCRIBE}>") if path and name == "List-Unsubscribe" else head
        )

    def _must_wait(self, one: Queued, now: datetime) -> tuple[datetime, bool] | None:
        """Return until when a letter has to wait, and whether that is its own place in the pace of its host."""
        if quiet := self.manner.quiet(one.letter, now):
            return quiet, False
        if not self.manner.pace or one.paced or not one.letter.bulk:
            return None
        host = one.letter.email.rpartition("@")[2].casefold()
        every = timedelta(minutes=1) / self.manner.pace
        place = self.outbox.take_slot(host, at=now, every=every, burst=BURST)
        return (place, True) if place > now else None

    def _note(self, queued: Queued, failure: Failure | None, now: datetime) -> None:
        """Write down what came of a letter."""
        number, holder = queued.number, queued.holder
        if failure is None:
            self.outbox.letter_done(number, at=now)
            self._tell(queued, "sent")
        elif failure.at == "line" and now - queued.made < OLDEST:
            self.outbox.put_off_letter(
                number, until=now + NO_WAY, holder=holder, error=failure.detail, paced=queued.paced
            )
            self._tell(queued, "put_off", failure.detail)
        elif failure.at != "ours":
            when = None if failure.at == "line" else again(queued.tries, failure, now)
            doubtful = failure.doubtful
            self.outbox.letter_failed(
                number, error=failure.detail, at=now, again=when, holder=holder, doubtful=doubtful
            )
            self._tell(queued, "refused" if when else "given_up", failure.detail)
            if failure.lasting:
                refused(self.outbox, queued, failure, now)

    def _tell(self, queued: Queued, outcome: str, detail: str = "") -> None:
        letter = queued.letter
        issue = letter.fields.get("issue", "")
        journal.left(queued.number, letter.kind, outcome, issue=issue, store=self.outbox, detail=detail)
