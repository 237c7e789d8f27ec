"""Issues put on their way to browsers and webhooks, inside the transaction that keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tawatur.alert import Dispatch, dispatch_id
from tawatur.newsletter import Channel, Issue, IssueId, Newsletter
from tawatur.reader import ReaderId
from tawatur.store import Store


def carry(store: Store, newsletter: Newsletter, issue: Issue) -> None:
    """Put an issue on its way to the browsers and webhooks of its newsletter's owner, where that goes by them."""
    owner = newsletter.owner
    for channel, target in targets(store, owner) if owner else ():
        if owner and channel in newsletter.channels:
            store.put_dispatch(dispatched(owner, channel, target, issue.made, issue=issue.id))


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
