"""What the pages of letters ask of the rest: to send one now, to preview it, whether its address takes mail, and its feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur.accounts import Accounts, limits
from tawatur.accounts.keyring import Keyring
from tawatur.letters import Letters
from tawatur.mail.issue import issue_mail
from tawatur.mail.message import Mail
from tawatur.newsletter import Channel, Issue, Newsletter, NewsletterId
from tawatur.reader import Reader
from tawatur.store import Store
from tawatur.store.keys import AccessKey, Scope
from tawatur.store.newsletters import Scheduled
from tawatur.subscriptions.people import People
from tawatur.wording.look import DEFAULT, look_for
from tawatur.wording.words import words

#: An issue that is asked for: three at once, then one a minute, and one in ten minutes at last.
SENDING = limits.Rule(free=3, first=timedelta(minutes=1), longest=timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Office:
    """The rest of a deployment, as the pages of letters see it."""

    accounts: Accounts
    letters: Letters

    @property
    def store(self) -> Store:
        """Return where all is kept."""
        return self.accounts.store

    @property
    def sends(self) -> bool:
        """Say whether mail is sent."""
        return self.accounts.sends

    @property
    def people(self) -> People:
        """Return those who subscribe to public newsletters."""
        return People(self.store, self.accounts.signer, self.accounts.base)

    # -- sending -----------------------------------------------------------------------------------------------------

    def send(self, letter: Scheduled, *, now: datetime) -> str:
        """Make an issue now and send it; return what came of it, as ``pages.DONE`` names it.

        Making one costs work: whoever asks again and again has to wait.
        """
        key = self.accounts.signer.sign("send", letter.newsletter.id)
        if limits.wait(self.store.failures(key), SENDING, now):
            return "busy"
        self.store.add_failure(key, at=now, since=now - limits.REMEMBERED)
        if self.letters.send(letter.newsletter.id, now) is None:
            return "nothing"
        return "sent" if self.sends and (letter.newsletter.public or self._mailed(letter)) else "issued"

    def _mailed(self, letter: Scheduled) -> bool:
        owner = letter.newsletter.owner
        return bool(owner and self.store.reader(owner).email) and Channel.EMAIL in letter.newsletter.channels

    def mail(self, issue: Issue, newsletter: Newsletter, reader: Reader | None) -> Mail:
        """Return the mail that an issue would be to a reader, with links that end nothing."""
        look = look_for(reader.preferences) if reader else DEFAULT
        spoken = words(newsletter.language, look.wording)
        here = f"{self.accounts.base}{spoken.prefix}/you/letters"
        return issue_mail(
            issue,
            newsletter,
            spoken,
            to=reader.email if reader else "",
            base=f"{self.accounts.base}{spoken.prefix}",
            unsubscribe_url=here,
            page_url=here,
            settings_url="" if newsletter.public else here,
        )

    # -- an address that takes no mail -------------------------------------------------------------------------------

    def said_back(self, reader: Reader) -> str:
        """Return what the mail server said of a reader's address, "" where it takes mail."""
        found = self.store.suspension(reader.email) if reader.email else None
        return f"{found.code} {found.detail}".strip() if found else ""

    def trust_again(self, reader: Reader) -> None:
        """Send to a reader's address again, whatever came back from it: he says that it is right."""
        if reader.email:
            self.store.lift_suspension(reader.email)

    # -- feeds -------------------------------------------------------------------------------------------------------

    def has_feed(self, reader: Reader, letter: NewsletterId) -> bool:
        """Say whether a letter's feed has an address."""
        return self._feed_key(reader, letter) is not None

    def make_feed(self, reader: Reader, letter: NewsletterId, *, now: datetime) -> str:
        """Return the token of a letter's feed, in the place of an earlier one."""
        keyring, known = Keyring(self.store), self._feed_key(reader, letter)
        made = (
            keyring.renew(reader.id, known.id, now=now)
            if known
            else keyring.make(reader.id, Scope.FEED, _path(letter), now=now)
        )
        return made.token if made else ""

    def drop_feed(self, reader: Reader, letter: NewsletterId) -> None:
        """Take the address of a letter's feed back."""
        if known := self._feed_key(reader, letter):
            self.store.drop_key(reader.id, known.id)

    def _feed_key(self, reader: Reader, letter: NewsletterId) -> AccessKey | None:
        keys = self.store.keys(reader.id)
        return next((one for one in keys if one.scope is Scope.FEED and one.name == _path(letter)), None)


def _path(letter: NewsletterId) -> str:
    return f"/you/letters/{letter}"
