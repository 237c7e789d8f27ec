"""What came back, at work: it is kept, and an address that takes nothing any more gets no newsletter, of which its reader is told.

His own newsletters rest, with the reason, which their pages show; public ones leave the address out. Letters that somebody asks for
in that moment (a new password) are still sent.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from tawatur.mail import Failure, Returns
from tawatur.mail.bounce import Report, gives_up, status_in, weight
from tawatur.newsletter import Channel, Pause
from tawatur.store import Store
from tawatur.store.deliveries import Bounce, Suspension
from tawatur.store.outbox import Queued

log = logging.getLogger(__name__)
#: The subject of a message to a return path by which a mail program ends a newsletter for its owner.
UNSUBSCRIBE = "unsubscribe"


def refused(room: Store, queued: Queued, failure: Failure, now: datetime) -> None:
    """Take note of a letter that the relay refused for good, where it was the address that was at fault."""
    if failure.at != "recipient":
        return
    status = status_in(failure.detail)
    take(room, queued, status, failure.detail, now, why=Pause.REFUSED)


def came_back(room: Store, returns: Returns, report: Report, now: datetime, *, recipient: str = "") -> int | None:
    """Take note of a message that came to a return path, ``recipient`` where that is known; return the number of its letter.

    None: it names no letter of ours that is remembered. What says that a letter is late, or has arrived, changes nothing.
    """
    found = (returns.number(place) for place in (recipient, *report.places))
    number = next((one for one in found if one is not None), None)
    queued = room.letter(number) if number is not None else None
    if queued is None:
        return None
    for one in report.returned:
        if one.action == "failed":
            take(room, queued, one.status, one.detail, now, why=Pause.BOUNCED)
    return queued.number


def take(room: Store, queued: Queued, status: str, detail: str, now: datetime, *, why: Pause) -> None:
    """Keep what came back of a letter, and give the address up where that is enough."""
    found = weight(status, detail)
    if found == "other":
        return
    letter = queued.letter
    bounce = Bounce(
        email=letter.email,
        letter=queued.number,
        at=now,
        hard=found == "hard",
        code=status,
        detail=detail[:300],
        reader=letter.reader,
    )
    with room.together():
        room.add_bounce(bounce)
        before = room.bounces(letter.email)
        if gives_up(any(one.hard for one in before), [one.at for one in before if not one.hard]):
            _give_up(room, bounce, why)


def _give_up(room: Store, bounce: Bounce, why: Pause) -> None:
    log.warning(
        "nothing is sent to the address of letter %s any more: %s %s", bounce.letter, bounce.code, bounce.detail
    )
    room.suspend(
        Suspension(
            email=bounce.email,
            since=bounce.at,
            hard=bounce.hard,
            code=bounce.code,
            detail=bounce.detail,
            reader=bounce.reader,
        )
    )
    for one in room.newsletters_of(bounce.reader) if bounce.reader else ():
        newsletter = one.newsletter
        if newsletter.paused is None and Channel.EMAIL in newsletter.channels:
            room.put_newsletter(replace(newsletter, paused=why), due=None)
