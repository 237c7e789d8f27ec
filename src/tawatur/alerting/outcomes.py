"""What becomes of a dispatch, of its browser or its webhook, by what was answered. Pure: the answer and the time go in.

A push service that does not know a browser any more (404, 410) says so for good, and the browser is forgotten. A webhook that says
410 is switched off at once, and one that has taken nothing for days is too; else both are tried again, ever more seldom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tawatur.alert import Dispatch, Webhook
from tawatur.alerting.push import KEPT
from tawatur.fetch.answers import LASTING, Fetched, Reason, Refused
from tawatur.store.channels import Answer

#: Waits behind the first failure, the second …
PUSHED = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800, 7200, 14400))
POSTED = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
#: A webhook that has taken nothing for so long is switched off.
PATIENCE = timedelta(days=5)
#: Answers of a push service by which it says that the browser is none of its own any more (RFC 8030, 7.3).
FORGOTTEN = (404, 410)
#: Answers by which the one who was asked wants to be asked again: too early, too many, and all that tell of its own trouble.
_AGAIN = (408, 425, 429)
#: The error of a dispatch whose webhook was switched off, and of one whose target is not known any more.
OFF, UNKNOWN = "off", "unknown"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a message to a browser; ``forget``: its browser is gone."""

    answer: Answer
    forget: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of a message to a webhook, and its state from now on."""

    answer: Answer
    hook: Webhook


def pushed(found: Fetched | Refused, dispatch: Dispatch, now: datetime) -> Pushed:
    """Return what came of a message to a browser."""
    if isinstance(found, Fetched):
        return Pushed(Answer(at=now, status=found.status))
    error = Answer(at=now, status=found.status or 0, error=found.reason.value)
    if error.status in FORGOTTEN:
        return Pushed(error, forget=True)
    again = _again(found, PUSHED, dispatch, now)
    kept = again is not None and again - dispatch.made < KEPT and _is_passing(found)
    return Pushed(replace(error, again=again if kept else None))


def posted(found: Fetched | Refused, dispatch: Dispatch, hook: Webhook, now: datetime) -> Posted:
    """Return what came of a message to a webhook."""
    if isinstance(found, Fetched):
        return Posted(Answer(at=now, status=found.status), replace(hook, reached=now, failing=None))
    error = Answer(at=now, status=found.status or 0, error=found.reason.value)
    failing = replace(hook, failing=hook.failing or now)
    if found.reason is Reason.GONE:
        return Posted(error, replace(failing, disabled=now, reason="gone"))
    if failing.failing and now - failing.failing >= PATIENCE:
        return Posted(error, replace(failing, disabled=now, reason="failing"))
    lasting = found.reason in LASTING
    return Posted(replace(error, again=None if lasting else _again(found, POSTED, dispatch, now)), failing)


def _again(found: Refused, waits: tuple[timedelta, ...], dispatch: Dispatch, now: datetime) -> datetime | None:
    """Return when to try again, not before whoever was asked wants it; None: never."""
    if dispatch.tries >= len(waits):
        return None
    return now + max(waits[dispatch.tries], found.retry_after or timedelta())


def _is_passing(found: Refused) -> bool:
    """Say whether a push service may take the same message later: it will never take one that it calls wrong."""
    status = found.status or 0
    return found.reason not in LASTING and (status < 400 or status >= 500 or status in _AGAIN)
