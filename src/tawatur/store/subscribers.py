"""What is kept of the people of public newsletters: who has subscribed without an account, who asked to, and who has left.

Nothing is kept of whoever asks for a newsletter but the hash of the link that he was sent, until he confirms. Whoever leaves is
erased; what stays is a keyed hash of his address (``mark``), which nobody can turn back into one, so that no list that is brought
in later makes him a subscriber again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType, Protocol

from tawatur.newsletter import NewsletterId
from tawatur.reader import Language

SubscriberId = NewType("SubscriberId", str)
#: How somebody agreed: by the link of a letter that we sent, or elsewhere, as an operator's list says.
How = Literal["link", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The proof that somebody agreed. ``network`` is where from, ``source`` says where and to what, of what was brought in."""

    how: How
    at: datetime
    network: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Somebody who is sent a public newsletter, unless nothing is sent to his address any more (``store.deliveries``)."""

    id: SubscriberId
    newsletter: NewsletterId
    email: str
    language: Language = "ar"
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What stands behind the link by which somebody confirms. ``hash`` is of its token; ``network`` is where he asked from."""

    hash: str
    newsletter: NewsletterId
    email: str
    language: Language
    expires: datetime
    network: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people a newsletter has: those it is sent to, those whose mail came back, and those who have left it."""

    subscribed: int = 0
    stopped: int = 0
    left: int = 0


class Subscribers(Protocol):
    """The part of the store's contract that concerns the people of public newsletters."""

    # -- subscribing -------------------------------------------------------------------------------------------------

    def add_asking(self, asking: Asking) -> None:
        """Keep what stands behind a link by which somebody confirms."""

    def asking(self, hash: str, *, now: datetime) -> Asking | None:
        """Return what stands behind a link that can still be used."""

    def use_asking(self, hash: str, *, now: datetime) -> Asking | None:
        """Use up a link, with all others for its newsletter and address, and return what stood behind it.

        Of two that come at once, one gets it.
        """

    def add_subscriber(self, subscriber: Subscriber) -> bool:
        """Keep a new subscriber; return False where the newsletter has one with this address, who stays as he is.

        Raises:
            NewsletterNotFound: no newsletter has this id.
        """

    def put_subscriber(self, subscriber: Subscriber) -> None:
        """Keep another language or consent of a subscriber; an unknown one is none."""

    def subscriber(self, subscriber: SubscriberId) -> Subscriber | None:
        """Return a subscriber."""

    def subscriber_of(self, newsletter: NewsletterId, email: str) -> Subscriber | None:
        """Return the subscriber of a newsletter who has an address, however it is spelled."""

    def subscriptions(self, email: str) -> tuple[Subscriber, ...]:
        """Return all that an address is subscribed to."""

    def subscribers(
        self, newsletter: NewsletterId, *, limit: int, behind: SubscriberId | None = None
    ) -> tuple[Subscriber, ...]:
        """Return subscribers to whom a newsletter is sent, by their ids, those behind one where it is given.

        Those are left out to whose address nothing is sent any more.
        """

    def audiences(self) -> dict[NewsletterId, Audience]:
        """Return how many people each newsletter has that has any."""

    # -- leaving -----------------------------------------------------------------------------------------------------

    def drop_subscriber(self, subscriber: SubscriberId, *, mark: str, at: datetime) -> bool:
        """Erase a subscriber and keep the mark of his address; return whether there was one."""

    def has_left(self, newsletter: NewsletterId, mark: str) -> bool:
        """Say whether the address with this mark has left a newsletter."""

    def welcome_back(self, newsletter: NewsletterId, mark: str) -> None:
        """Forget that an address has left: its owner subscribes again."""

    def tidy_askings(self, *, now: datetime) -> None:
        """Forget links that have expired."""
