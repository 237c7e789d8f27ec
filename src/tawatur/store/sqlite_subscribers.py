"""The people of public newsletters in SQLite."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tawatur.errors import NewsletterNotFound
from tawatur.newsletter import NewsletterId
from tawatur.reader import email_key
from tawatur.store import codec
from tawatur.store.sqlite_base import SqliteBase, Violation, run
from tawatur.store.subscribers import Asking, Audience, Consent, Subscriber, SubscriberId


class SqliteSubscribers(SqliteBase):
    """``Subscribers`` in SQLite."""

    # -- subscribing -------------------------------------------------------------------------------------------------

    def add_asking(self, asking: Asking) -> None:
        row = {"hash": asking.hash, "newsletter": asking.newsletter, "language": asking.language}
        more = {"email": asking.email, "email_key": email_key(asking.email), "network": asking.network}
        with self._transaction() as connection:
            run(connection, "add_asking", **row, **more, expires=codec.stamp(asking.expires))

    def asking(self, hash: str, *, now: datetime) -> Asking | None:
        return next(map(_asking_of, self._all("asking", hash=hash, now=codec.stamp(now))), None)

    def use_asking(self, hash: str, *, now: datetime) -> Asking | None:
        with self._transaction() as connection:
            if not (found := self.asking(hash, now=now)):
                return None
            used = run(connection, "drop_askings", newsletter=found.newsletter, email_key=email_key(found.email))
            return found if used.rowcount else None

    def add_subscriber(self, subscriber: Subscriber) -> bool:
        row = {"newsletter": subscriber.newsletter, "email": subscriber.email, "email_key": email_key(subscriber.email)}
        with self._transaction() as connection:
            try:
                return run(connection, "add_subscriber", **row, **_changing(subscriber)).rowcount > 0
            except Violation as error:
                raise NewsletterNotFound(subscriber.newsletter) from error

    def put_subscriber(self, subscriber: Subscriber) -> None:
        with self._transaction() as connection:
            run(connection, "put_subscriber", **_changing(subscriber))

    def subscriber(self, subscriber: SubscriberId) -> Subscriber | None:
        return next(map(_subscriber_of, self._all("subscriber", id=subscriber)), None)

    def subscriber_of(self, newsletter: NewsletterId, email: str) -> Subscriber | None:
        rows = self._all("subscriber_of", newsletter=newsletter, email_key=email_key(email))
        return next(map(_subscriber_of, rows), None)

    def subscriptions(self, email: str) -> tuple[Subscriber, ...]:
        return tuple(map(_subscriber_of, self._all("subscriptions", email_key=email_key(email))))

    def subscribers(
        self, newsletter: NewsletterId, *, limit: int, behind: SubscriberId | None = None
    ) -> tuple[Subscriber, ...]:
        rows = self._all("subscribers", newsletter=newsletter, behind=behind or "", limit=limit)
        return tuple(map(_subscriber_of, rows))

    def audiences(self) -> dict[NewsletterId, Audience]:
        left = {row["newsletter"]: row["number"] for row in self._all("departures")}
        counted = {
            row["newsletter"]: (row["number"] - row["stopped"], row["stopped"]) for row in self._all("audiences")
        }
        return {
            NewsletterId(one): Audience(*counted.get(one, (0, 0)), left.get(one, 0))
            for one in sorted(left.keys() | counted.keys())
        }

    # -- leaving -----------------------------------------------------------------------------------------------------

    def drop_subscriber(self, subscriber: SubscriberId, *, mark: str, at: datetime) -> bool:
        with self._transaction() as connection:
            found = self.subscriber(subscriber)
            if found:
                run(connection, "drop_subscriber", id=subscriber)
                run(connection, "add_departure", newsletter=found.newsletter, mark=mark, at=codec.stamp(at))
        return found is not None

    def has_left(self, newsletter: NewsletterId, mark: str) -> bool:
        return bool(self._all("departure", newsletter=newsletter, mark=mark))

    def welcome_back(self, newsletter: NewsletterId, mark: str) -> None:
        with self._transaction() as connection:
            run(connection, "drop_departure", newsletter=newsletter, mark=mark)

    def tidy_askings(self, *, now: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "tidy_askings", now=codec.stamp(now))


def _changing(subscriber: Subscriber) -> dict[str, object]:
    return {
        "id": subscriber.id,
        "language": subscriber.language,
        "consent": codec.dump(subscriber.consent),
    }


def _subscriber_of(row: dict[str, Any]) -> Subscriber:
    return Subscriber(
        id=SubscriberId(row["id"]),
        newsletter=NewsletterId(row["newsletter"]),
        email=row["email"],
        language=row["language"],
        consent=codec.load(row["consent"], Consent),
    )


def _asking_of(row: dict[str, Any]) -> Asking:
    return Asking(
        hash=row["hash"],
        newsletter=NewsletterId(row["newsletter"]),
        email=row["email"],
        language=row["language"],
        network=row["network"],
        expires=datetime.fromisoformat(row["expires"]),
    )
