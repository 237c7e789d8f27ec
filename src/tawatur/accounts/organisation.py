"""Whose account it is that an organisation's identity opens: the one it is linked with, or a new one. Nobody takes another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.accounts.entering import Refusal
from tawatur.accounts.links import new_id
from tawatur.accounts.oidc import Identity
from tawatur.errors import ReaderKnown
from tawatur.reader import Language, Reader, ReaderId, clean_email
from tawatur.store import Store


@dataclass(frozen=True, slots=True)
class Organisation:
    """Opens accounts for an organisation's people; ``opens`` says that new ones are made for them."""

    store: Store
    opens: bool

    def enter(self, identity: Identity, *, language: Language, now: datetime) -> Reader | Refusal:
        """Let somebody in by what the organisation says of him.

        An address that is somebody's account here opens it only when that one has linked it himself: an organisation vouches for
        its own people, not for who they are here.
        """
        known = self.store.reader_of_identity(issuer=identity.issuer, subject=identity.subject)
        if known:
            return known
        email = clean_email(identity.email)
        if not email:
            return Refusal("oidc_email")
        if self.store.reader_of_email(email):
            return Refusal("oidc_known")
        if not self.opens:
            return Refusal("oidc_closed")
        made = Reader(id=new_id(), email=email, name=identity.name, language=language, made=now)
        try:
            with self.store.together():
                self.store.add_reader(made)
                self._link(made.id, identity)
        except ReaderKnown:
            return Refusal("oidc_known")
        return made

    def link(self, reader: ReaderId, identity: Identity) -> Refusal | None:
        """Link a reader's account with an identity, unless that is linked with another one."""
        known = self.store.reader_of_identity(issuer=identity.issuer, subject=identity.subject)
        if known and known.id != reader:
            return Refusal("oidc_known")
        self._link(reader, identity)
        return None

    def _link(self, reader: ReaderId, identity: Identity) -> None:
        self.store.link_identity(reader, issuer=identity.issuer, subject=identity.subject)
