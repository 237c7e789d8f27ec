"""Readers' accounts: who is signed in, how one comes in, and what proves it. ``Accounts`` is the door of a deployment."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from tawatur.accounts.entering import Entering
from tawatur.accounts.letters import mail_of
from tawatur.accounts.limits import REMEMBERED
from tawatur.accounts.links import Links
from tawatur.accounts.oidc import Oidc
from tawatur.accounts.own import Own
from tawatur.accounts.sessions import Sessions
from tawatur.accounts.signatures import Signer
from tawatur.accounts.vault import Vault, is_sealed
from tawatur.errors import ReaderKnown, ReaderNotFound, TawaturError
from tawatur.mail import Mail
from tawatur.reader import LOCAL, Reader, Role
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.watching.beats import alive

__all__ = ["Accounts"]

log = logging.getLogger(__name__)
#: Seconds between two times at which what has expired is forgotten.
TIDIED = 3600.0


@dataclass(frozen=True)
class Accounts:
    """The accounts of a deployment.

    ``single``: nobody signs in, and whoever sits at this machine is the one reader. ``registration`` is who may become a reader:
    "open", "invited" or "closed". ``base`` is where the pages stand, without a slash at its end. ``sends`` says that letters are
    sent; where they are not, the operator hands their links out. ``oidc`` is the organisation that knows readers, if one does.
    ``vault`` seals what has to be kept as it is.
    """

    store: Store
    single: bool = True
    registration: str = "closed"
    base: str = ""
    sends: bool = False
    oidc: Oidc | None = None
    vault: Vault = field(default_factory=Vault)

    @cached_property
    def signer(self) -> Signer:
        """Return what signs for this deployment."""
        return Signer(self.store)

    @cached_property
    def sessions(self) -> Sessions:
        """Return the sessions."""
        return Sessions(self.store)

    @cached_property
    def entering(self) -> Entering:
        """Return what lets readers in."""
        return Entering(self.store, self.signer, self.vault)

    @cached_property
    def links(self) -> Links:
        """Return what makes and takes the links of letters."""
        return Links(self.store, self.signer)

    @cached_property
    def own(self) -> Own:
        """Return what readers do with their own accounts."""
        return Own(self.store, self.vault)

    def local(self) -> Reader:
        """Return the reader of single-user mode, who may do everything; he is made where he is missing."""
        try:
            return self.store.reader(LOCAL)
        except ReaderNotFound:
            made = Reader(id=LOCAL, email="", role=Role.ADMIN, made=datetime.now(UTC))
        try:
            self.store.add_reader(made)
        except ReaderKnown:  # another thread was faster
            return self.store.reader(LOCAL)
        return made

    def seal(self) -> None:
        """Seal what an older release kept as it is. A secret that changes meanwhile is sealed by whoever changes it."""
        for reader in self.store.readers():
            with self.store.together():
                kept = self.store.credentials(reader.id)
                if not is_sealed(kept.totp):
                    sealed = self.vault.seal(kept.totp, reader.id)
                    self.store.put_credentials(reader.id, replace(kept, totp=sealed))

    async def tidy(self, stop: asyncio.Event) -> None:
        """Seal what is open, and forget what has expired, now and every hour until ``stop`` is set.

        What goes wrong is logged, and tried again.
        """
        sealed = self.vault.path is None
        while not stop.is_set():
            alive("accounts")
            now = datetime.now(UTC)
            try:
                if not sealed:
                    await asyncio.to_thread(self.seal)
                    sealed = True
                await asyncio.to_thread(self.store.tidy_readers, now=now, failed_since=now - REMEMBERED)
            except (TawaturError, OSError):
                log.exception("what is open could not be sealed, or what has expired not forgotten")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TIDIED)

    def write(self, letter: Letter, now: datetime) -> Mail | None:
        """Return what a letter says that was put into the outbox, making its link; None: there is nothing to send."""
        found = self.links.letter_of(letter, now=now)
        if found is None:
            return None
        meant, path = found
        prefix = "" if meant.language == "ar" else f"/{meant.language}"
        return mail_of(meant, f"{self.base}{prefix}{path}" if path else "")
