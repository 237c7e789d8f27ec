"""The people of public newsletters: whoever has an address asks for one, confirms by the link of a letter, and leaves by another.

What is asked for is put into the outbox, whether the address is known here or not: the page says the same and takes the same time.
Nothing is kept of it before the letter is written, and no address before its owner confirms. Whoever leaves is erased at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tawatur.accounts import limits
from tawatur.accounts.entering import Place, Refusal
from tawatur.accounts.signatures import Signer
from tawatur.accounts.tokens import hashed, new_token
from tawatur.errors import NewsletterNotFound
from tawatur.mail import Mail
from tawatur.mail.message import isolated
from tawatur.messages import catalogue
from tawatur.newsletter import Newsletter, NewsletterId
from tawatur.reader import Language, email_key
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.store.subscribers import Asking, Consent, Subscriber, SubscriberId

#: The letters of ours are of this kind in the outbox.
KIND = "subscribe"
#: How long the link of a letter can be used.
LASTS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class People:
    """The subscribers of a deployment. ``base`` is where its pages stand, without a slash at its end."""

    store: Store
    signer: Signer
    base: str = ""

    # -- asking ------------------------------------------------------------------------------------------------------

    def ask(
        self, newsletter: NewsletterId, email: str, language: Language, place: Place, *, now: datetime
    ) -> Refusal | None:
        """Ask for a letter by which somebody subscribes; too many to one address are left out, and nobody is told so."""
        asking = self.signer.sign("failures", "ask", place.network)
        if left := limits.wait(self.store.failures(asking), limits.ASKING, now):
            return Refusal("wait", left)
        written = self.signer.sign("failures", "letters", email_key(email))
        enough = limits.wait(self.store.failures(written), limits.LETTERS, now)
        fields = {"newsletter": newsletter, "network": place.network}
        with self.store.together():
            for key in (asking,) if enough else (asking, written):
                self.store.add_failure(key, at=now, since=now - limits.REMEMBERED)
            if not enough:
                self.store.put_letter(Letter(kind=KIND, email=email, language=language, fields=fields), at=now)
        return None

    def write(self, letter: Letter, now: datetime) -> Mail | None:
        """Return what a letter says that was asked for, making its link; None where the newsletter is no more."""
        try:
            newsletter = self.store.newsletter(NewsletterId(letter.fields["newsletter"])).newsletter
        except NewsletterNotFound:
            return None
        known = self.store.subscriber_of(newsletter.id, letter.email)
        if known and not self.store.suspension(known.email):
            return self._mail(letter, newsletter, "known", f"/newsletters/yours/{self.token(known)}")
        token = new_token()
        asking = Asking(
            hash=hashed(token),
            newsletter=newsletter.id,
            email=letter.email,
            language=letter.language,
            network=letter.fields.get("network", ""),
            expires=now + LASTS,
        )
        self.store.tidy_askings(now=now)
        self.store.add_asking(asking)
        return self._mail(letter, newsletter, "letter", f"/newsletters/confirm/{token}")

    def _mail(self, letter: Letter, newsletter: Newsletter, what: str, path: str) -> Mail:
        words = catalogue(letter.language)
        about = next(filter(None, newsletter.description.splitlines()), words.text(f"letters.about.{newsletter.kind}"))
        given = {"name": isolated(newsletter.title), "about": isolated(about)}
        prefix = "" if letter.language == "ar" else f"/{letter.language}"
        return Mail(
            to=letter.email,
            language=letter.language,
            subject=words.text(f"newsletters.{what}.subject", **given),
            paragraphs=tuple(words.text(f"newsletters.{what}.text", **given).split("\n\n")),
            link=f"{self.base}{prefix}{path}",
            action=words.text(f"newsletters.{what}.action"),
            closing=(words.text(f"newsletters.{what}.closing"),),
        )

    # -- confirming --------------------------------------------------------------------------------------------------

    def look(self, token: str, *, now: datetime) -> Asking | None:
        """Return what a link is good for, without using it."""
        return self.store.asking(hashed(token), now=now)

    def confirm(self, token: str, *, now: datetime) -> Subscriber | None:
        """Subscribe whoever holds a link, even one who left or to whom nothing was sent; None where the link is used up."""
        with self.store.together():
            found = self.store.use_asking(hashed(token), now=now)
            if found is None:
                return None
            consent = Consent(how="link", at=now, network=found.network)
            return self._subscribed(found.newsletter, found.email, found.language, consent)

    def _subscribed(self, newsletter: NewsletterId, email: str, language: Language, consent: Consent) -> Subscriber:
        self.store.welcome_back(newsletter, self.mark(email))
        self.store.lift_suspension(email)
        made = Subscriber(id=new_id(), newsletter=newsletter, email=email, language=language, consent=consent)
        if self.store.add_subscriber(made):
            return made
        known = self.store.subscriber_of(newsletter, email)
        assert known is not None
        again = replace(known, language=language, consent=consent)
        self.store.put_subscriber(again)
        return again

    # -- what somebody holds who has subscribed ----------------------------------------------------------------------

    def token(self, subscriber: Subscriber) -> str:
        """Return what the address of somebody's own page ends with; it is good as long as he is subscribed."""
        return f"{subscriber.id}.{self.signer.sign('subscriber', subscriber.id)}"

    def holder(self, token: str) -> Subscriber | None:
        """Return whose a token is; None where it is not ours, or he has left."""
        id, _, signature = token.partition(".")
        if not self.signer.signed(signature, "subscriber", id):
            return None
        return self.store.subscriber(SubscriberId(id))

    def choose(
        self, holder: Subscriber, newsletters: Iterable[NewsletterId], language: Language, *, now: datetime
    ) -> Subscriber | None:
        """Let somebody have these newsletters and no others; return one of his subscriptions, None where none is left.

        His address was proved: he need not confirm again.
        """
        wanted = set(newsletters)
        with self.store.together():
            for one in self.store.subscriptions(holder.email):
                if one.newsletter not in wanted:
                    self.leave(one, now=now)
            consent = Consent(how="link", at=now, network=holder.consent.network)
            for newsletter in sorted(wanted):
                known = self.store.subscriber_of(newsletter, holder.email)
                kept = known.consent if known else consent
                self._subscribed(newsletter, holder.email, language, kept)
        return next(iter(self.store.subscriptions(holder.email)), None)

    def leave(self, subscriber: Subscriber, *, now: datetime) -> None:
        """Erase a subscriber; what stays keeps him from being brought in again by a list."""
        self.store.drop_subscriber(subscriber.id, mark=self.mark(subscriber.email), at=now)

    def mark(self, email: str) -> str:
        """Return what is kept of an address that has left: nobody can make the address of it."""
        return self.signer.departure(email)


def new_id() -> SubscriberId:
    """Return a new subscriber's id."""
    return SubscriberId(new_token()[:16])
