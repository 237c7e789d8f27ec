"""Ending a newsletter by the link in one of its letters: at once, without an account, and twice as well as once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.accounts.signatures import Signer
from tawatur.errors import NewsletterNotFound
from tawatur.letters.links import Links, Recipient
from tawatur.letters.recipients import KIND
from tawatur.newsletter import Newsletter, NewsletterId, Pause
from tawatur.store import Store
from tawatur.store.subscribers import SubscriberId


@dataclass(frozen=True, slots=True)
class Held:
    """What the holder of a link is sent: the newsletter of the link, None where he has ended it or it is no more; and others."""

    newsletter: Newsletter | None
    others: tuple[Newsletter, ...] = ()


@dataclass(frozen=True)
class Leaving:
    """Ends newsletters of a deployment."""

    store: Store

    def open(self, token: str) -> Recipient | None:
        """Return whose newsletter a link ends; None where it is none of ours."""
        return Links(self.store).recipient(token)

    def held(self, recipient: Recipient) -> Held:
        """Return what the holder of a link is sent; nothing is changed."""
        if recipient.reader:
            own = [one.newsletter for one in self.store.newsletters_of(recipient.reader)]
            sent = [one for one in own if one.paused is None]
        else:
            sent = list(self._subscribed(recipient))
        this = next((one for one in sent if one.id == recipient.newsletter), None)
        return Held(this, tuple(one for one in sent if one is not this))

    def leave(self, recipient: Recipient, *, now: datetime) -> None:
        """End a newsletter for whoever holds its link: his own rests, and from a public one he is erased."""
        if recipient.subscriber:
            with self.store.together():
                found = self.store.subscriber(recipient.subscriber)
                if found:
                    mark = Signer(self.store).departure(found.email)
                    self.store.drop_subscriber(found.id, mark=mark, at=now)
            return
        with self.store.together():
            newsletter = self._newsletter(recipient)
            if newsletter and newsletter.owner == recipient.reader and newsletter.paused is not Pause.UNSUBSCRIBED:
                self.store.put_newsletter(replace(newsletter, paused=Pause.UNSUBSCRIBED), due=None)

    def leave_by_letter(self, number: int, *, now: datetime) -> bool:
        """End the newsletter that a letter carried, for whom it was to; False where it carried none, or is not remembered."""
        queued = self.store.letter(number)
        if queued is None or queued.letter.kind != KIND:
            return False
        letter = queued.letter
        newsletter, subscriber = NewsletterId(letter.fields["newsletter"]), letter.fields.get("subscriber", "")
        self.leave(Recipient(newsletter, letter.reader, SubscriberId(subscriber) if subscriber else None), now=now)
        return True

    def _newsletter(self, recipient: Recipient) -> Newsletter | None:
        try:
            return self.store.newsletter(recipient.newsletter).newsletter
        except NewsletterNotFound:
            return None

    def _subscribed(self, recipient: Recipient) -> tuple[Newsletter, ...]:
        found = self.store.subscriber(recipient.subscriber) if recipient.subscriber else None
        if found is None:
            return ()
        ids = {one.newsletter for one in self.store.subscriptions(found.email)}
        return tuple(one.newsletter for one in self.store.public_newsletters() if one.newsletter.id in ids)
