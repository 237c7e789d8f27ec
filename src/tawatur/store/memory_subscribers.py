"""The people of public newsletters in memory."""

from __future__ import annotations

from datetime import datetime

from tawatur.newsletter import NewsletterId
from tawatur.reader import email_key
from tawatur.store.memory_deliveries import MemoryDeliveries
from tawatur.store.memory_newsletters import MemoryNewsletters
from tawatur.store.subscribers import Asking, Audience, Subscriber, SubscriberId


class MemorySubscribers(MemoryDeliveries, MemoryNewsletters):
    """``Subscribers`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._askings: dict[str, Asking] = {}
        self._subscribers: dict[SubscriberId, Subscriber] = {}
        self._departures: dict[tuple[NewsletterId, str], datetime] = {}

    # -- subscribing -------------------------------------------------------------------------------------------------

    def add_asking(self, asking: Asking) -> None:
        self._askings[asking.hash] = asking

    def asking(self, hash: str, *, now: datetime) -> Asking | None:
        found = self._askings.get(hash)
        return found if found and found.expires > now else None

    def use_asking(self, hash: str, *, now: datetime) -> Asking | None:
        if not (found := self.asking(hash, now=now)):
            return None
        key = (found.newsletter, email_key(found.email))
        self._askings = {at: one for at, one in self._askings.items() if (one.newsletter, email_key(one.email)) != key}
        return found

    def add_subscriber(self, subscriber: Subscriber) -> bool:
        self.newsletter(subscriber.newsletter)
        if self.subscriber_of(subscriber.newsletter, subscriber.email):
            return False
        self._subscribers[subscriber.id] = subscriber
        return True

    def put_subscriber(self, subscriber: Subscriber) -> None:
        if subscriber.id in self._subscribers:
            self._subscribers[subscriber.id] = subscriber

    def subscriber(self, subscriber: SubscriberId) -> Subscriber | None:
        return self._subscribers.get(subscriber)

    def subscriber_of(self, newsletter: NewsletterId, email: str) -> Subscriber | None:
        return next((one for one in self.subscriptions(email) if one.newsletter == newsletter), None)

    def subscriptions(self, email: str) -> tuple[Subscriber, ...]:
        found = [one for one in self._subscribers.values() if email_key(one.email) == email_key(email)]
        return tuple(sorted(found, key=lambda one: one.newsletter))

    def subscribers(
        self, newsletter: NewsletterId, *, limit: int, behind: SubscriberId | None = None
    ) -> tuple[Subscriber, ...]:
        found = [
            one
            for id, one in sorted(self._subscribers.items())
            if id > (behind or "") and not self.suspension(one.email)
        ]
        return tuple([one for one in found if one.newsletter == newsletter][:limit])

    def audiences(self) -> dict[NewsletterId, Audience]:
        people = [(one.newsletter, self.suspension(one.email) is not None) for one in self._subscribers.values()]
        left = [newsletter for newsletter, _ in self._departures]
        known = sorted({newsletter for newsletter, _ in people} | set(left))
        return {one: Audience(people.count((one, False)), people.count((one, True)), left.count(one)) for one in known}

    # -- leaving -----------------------------------------------------------------------------------------------------

    def drop_subscriber(self, subscriber: SubscriberId, *, mark: str, at: datetime) -> bool:
        if not (found := self._subscribers.pop(subscriber, None)):
            return False
        self._departures.setdefault((found.newsletter, mark), at)
        return True

    def has_left(self, newsletter: NewsletterId, mark: str) -> bool:
        return (newsletter, mark) in self._departures

    def welcome_back(self, newsletter: NewsletterId, mark: str) -> None:
        self._departures.pop((newsletter, mark), None)

    def drop_newsletter(self, newsletter: NewsletterId) -> None:
        super().drop_newsletter(newsletter)
        self._askings = {hash: one for hash, one in self._askings.items() if one.newsletter != newsletter}
        self._subscribers = {id: one for id, one in self._subscribers.items() if one.newsletter != newsletter}
        self._departures = {key: at for key, at in self._departures.items() if key[0] != newsletter}

    def tidy_askings(self, *, now: datetime) -> None:
        self._askings = {hash: one for hash, one in self._askings.items() if one.expires > now}
