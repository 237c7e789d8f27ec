"""Who is sent an issue: the owner of its newsletter, or the subscribers of a public one."""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.newsletter import Channel, Issue, Newsletter
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.store.subscribers import SubscriberId

#: By what the outbox tells letters that carry an issue from others.
KIND = "issue"
#: How many subscribers are read at a time.
BATCH = 1000


def letters(store: Store, newsletter: Newsletter, issue: Issue) -> Iterator[Letter]:
    """Yield the letters that carry an issue, each of which goes once, whoever makes it how often."""
    if Channel.EMAIL not in newsletter.channels:
        return
    if newsletter.owner is not None:
        yield from _to_owner(store, newsletter, issue)
    else:
        yield from _to_subscribers(store, newsletter, issue)


def _to_owner(store: Store, newsletter: Newsletter, issue: Issue) -> Iterator[Letter]:
    assert newsletter.owner is not None
    reader = store.reader(newsletter.owner)
    if not reader.email:  # the reader of single-user mode has none: his issues are on the web
        return
    yield Letter(
        kind=KIND,
        email=reader.email,
        language=newsletter.language,
        reader=reader.id,
        fields={"issue": issue.id, "newsletter": newsletter.id},
        once=f"{issue.id}:{reader.id}",
        bulk=True,
    )


def _to_subscribers(store: Store, newsletter: Newsletter, issue: Issue) -> Iterator[Letter]:
    behind: SubscriberId | None = None
    while batch := store.subscribers(newsletter.id, limit=BATCH, behind=behind):
        for one in batch:
            yield Letter(
                kind=KIND,
                email=one.email,
                language=one.language,
                fields={"issue": issue.id, "newsletter": newsletter.id, "subscriber": one.id},
                once=f"{issue.id}:{one.id}",
                bulk=True,
            )
        behind = batch[-1].id
