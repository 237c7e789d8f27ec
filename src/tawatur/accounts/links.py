"""Links that prove an address: to become a reader, to choose a new password, to take an address for one's own.

What is asked for is put into the outbox, for a known address and an unknown one alike, and nothing else is done: whoever asks
sees no difference and no other time. The letter is written, and its link made, when it is sent (``letter_of``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from tawatur.accounts import limits, passwords
from tawatur.accounts.entering import Place, Refusal
from tawatur.accounts.signatures import Signer
from tawatur.accounts.tokens import hashed, new_token
from tawatur.errors import ReaderNotFound
from tawatur.reader import Language, Reader, ReaderId, Role, email_key
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.store.readers import Credentials, Purpose, Token

#: How long a link can be used.
LASTS = {Purpose.JOIN: timedelta(days=2), Purpose.RESET: timedelta(hours=2), Purpose.ADDRESS: timedelta(hours=12)}
#: An invitation waits for somebody who did not ask for it.
INVITED = timedelta(days=14)


class Invitation(NamedTuple):
    """Who is invited, as what, and until when the link is good; None: it is not sent yet."""

    email: str
    role: Role
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Links:
    """Asks for links, makes them, and does what they are good for."""

    store: Store
    signer: Signer

    # -- asking ------------------------------------------------------------------------------------------------------

    def ask_to_join(self, email: str, name: str, language: Language, place: Place, *, now: datetime) -> Refusal | None:
        """Ask for a link by which somebody becomes a reader."""
        letter = Letter(kind="join", email=email, language=language, fields={"name": name})
        return self._ask(letter, place, now)

    def ask_to_reset(self, email: str, language: Language, place: Place, *, now: datetime) -> Refusal | None:
        """Ask for a link by which a reader chooses a new password."""
        return self._ask(Letter(kind="reset", email=email, language=language), place, now)

    def ask_to_move(self, reader: Reader, email: str, place: Place, *, now: datetime) -> Refusal | None:
        """Ask for a link by which a reader takes another address."""
        letter = Letter(kind="address", email=email, language=reader.language, reader=reader.id)
        return self._ask(letter, place, now)

    def invite(self, email: str, language: Language, *, role: Role, now: datetime) -> None:
        """Send somebody a link by which he becomes a reader."""
        fields = {"role": role.value}
        self.store.put_letter(Letter(kind="invited", email=email, language=language, fields=fields), at=now)

    def invitations(self, *, now: datetime) -> tuple[Invitation, ...]:
        """Return who is invited and has not come yet: those whose letter waits, then those whose link is good for longest."""
        waiting = (one.letter for one in self.store.waiting_letters() if one.letter.kind == "invited")
        found = {email_key(one.email): Invitation(one.email, Role(one.fields["role"]), None) for one in waiting}
        for token in self.store.tokens(Purpose.JOIN, now=now):
            if "role" in token.fields:  # whoever asked for an account himself has none
                invitation = Invitation(token.email, Role(token.fields["role"]), token.expires)
                found.setdefault(email_key(token.email), invitation)
        return tuple(found.values())

    def withdraw(self, email: str, *, now: datetime) -> None:
        """Take an invitation back: its link is good for nothing, and a letter that waits is not sent."""
        with self.store.together():
            self.store.drop_tokens(email, Purpose.JOIN)
            for one in self.store.waiting_letters(email):
                if one.letter.kind == "invited":
                    self.store.letter_done(one.number, at=now)

    def _ask(self, letter: Letter, place: Place, now: datetime) -> Refusal | None:
        """Put a letter into the outbox. Too many to one address are left out, and nobody is told so.

        Only those that are sent are counted: however often somebody asks in another's name, that one has a link that works.
        """
        asking = self.signer.sign("failures", "ask", place.network)
        if left := limits.wait(self.store.failures(asking), limits.ASKING, now):
            return Refusal("wait", left)
        written = self.signer.sign("failures", "letters", email_key(letter.email))
        enough = limits.wait(self.store.failures(written), limits.LETTERS, now)
        with self.store.together():
            for key in (asking,) if enough else (asking, written):
                self.store.add_failure(key, at=now, since=now - limits.REMEMBERED)
            if not enough:
                self.store.put_letter(letter, at=now)
        return None

    # -- making ------------------------------------------------------------------------------------------------------

    def letter_of(self, asked: Letter, *, now: datetime) -> tuple[Letter, str] | None:
        """Return what is to be written for a letter that was asked for, and the path of its link; None: nothing."""
        owner = self.store.reader_of_email(asked.email)
        if asked.kind in ("join", "invited"):
            if owner:
                return self._known(asked, owner)
            lasts = INVITED if asked.kind == "invited" else LASTS[Purpose.JOIN]
            return asked, self.make(Purpose.JOIN, asked.email, fields=asked.fields, lasts=lasts, now=now)
        if asked.kind == "reset":
            return (asked, self.make(Purpose.RESET, owner.email, reader=owner.id, now=now)) if owner else None
        if asked.kind == "address":
            if owner:
                return None if owner.id == asked.reader else self._known(asked, owner)
            return asked, self.make(Purpose.ADDRESS, asked.email, reader=asked.reader, now=now)
        return asked, ""

    def _known(self, asked: Letter, owner: Reader) -> tuple[Letter, str]:
        """Tell somebody that his address was given for a new account, though he has one."""
        return replace(asked, kind="known", language=owner.language), "/sign-in"

    def make(
        self,
        purpose: Purpose,
        email: str,
        *,
        now: datetime,
        reader: ReaderId | None = None,
        fields: dict[str, str] | None = None,
        lasts: timedelta | None = None,
    ) -> str:
        """Make a link, and return its path."""
        token = new_token()
        expires = now + (lasts or LASTS[purpose])
        made = Token(
            hash=hashed(token), purpose=purpose, email=email, expires=expires, reader=reader, fields=fields or {}
        )
        self.store.add_token(made)
        return f"/link/{purpose.value}/{token}"

    # -- using -------------------------------------------------------------------------------------------------------

    def look(self, token: str, purpose: Purpose, *, now: datetime) -> Token | None:
        """Return what a link is good for, without using it."""
        return self.store.token(hashed(token), purpose, now=now)

    def join(self, token: str, password: str, *, name: str, language: Language, now: datetime) -> Reader | None:
        """Make a reader of who holds a link, or return None where the link is used up.

        Raises:
            ReaderKnown: the address has become somebody's meanwhile.
        """
        proof = Credentials(password=passwords.hashed(password))
        with self.store.together():
            found = self.store.use_token(hashed(token), Purpose.JOIN, now=now)
            if found is None:
                return None
            role = Role(found.fields.get("role", Role.READER))
            made = Reader(id=new_id(), email=found.email, name=name, language=language, role=role, made=now)
            self.store.add_reader(made, proof)
        return made

    def reset(self, token: str, password: str, *, now: datetime) -> Reader | None:
        """Give a reader a new password and end all his sessions; None where the link is used up."""
        kept = passwords.hashed(password)
        with self.store.together():
            found = self.store.use_token(hashed(token), Purpose.RESET, now=now)
            if found is None or found.reader is None:
                return None
            reader = self.store.reader(found.reader)
            self.store.put_credentials(reader.id, replace(self.store.credentials(reader.id), password=kept))
            self.store.drop_sessions(reader.id)
            self._tell(reader, "password", now)
        return reader

    def move(self, token: str, *, now: datetime) -> Reader | None:
        """Give a reader the address to which the link was sent, and tell the old one; None where the link is used up.

        Raises:
            ReaderKnown: the address has become somebody else's meanwhile.
        """
        with self.store.together():
            found = self.store.use_token(hashed(token), Purpose.ADDRESS, now=now)
            if found is None or found.reader is None:
                return None
            try:
                before = self.store.reader(found.reader)
            except ReaderNotFound:
                return None
            self.store.put_reader(replace(before, email=found.email))
            self._tell(before, "moved", now, email=found.email)
        return replace(before, email=found.email)

    def _tell(self, reader: Reader, kind: str, now: datetime, **fields: str) -> None:
        if reader.email:
            letter = Letter(kind=kind, email=reader.email, language=reader.language, reader=reader.id, fields=fields)
            self.store.put_letter(letter, at=now)


def new_id() -> ReaderId:
    """Return a new reader's id."""
    return ReaderId(new_token()[:16])
