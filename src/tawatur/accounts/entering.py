"""Signing in: the address and the password, then the code where a second step is set up.

Whatever is wrong is said in the same words and takes the same time, whether an address is known here or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tawatur.accounts import limits, passwords, second
from tawatur.accounts.limits import Rule
from tawatur.accounts.signatures import Signer
from tawatur.accounts.tokens import hashed, new_token
from tawatur.accounts.vault import Vault
from tawatur.errors import ReaderNotFound
from tawatur.reader import Reader, ReaderId, email_key
from tawatur.store import Store

#: How long one may look for the application with the code.
_TICKET = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody was not let in: a message key under ``readers.refused.``, and how long he has to wait."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """The password was right, and a code is asked for; the form of the code carries ``text``."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody comes from: his network address, and the cookie of a browser in which he has signed in before."""

    address: str = ""
    device: str = ""

    @property
    def network(self) -> str:
        """Return the network that failures are counted with."""
        return limits.network_of(self.address)


@dataclass(frozen=True, slots=True)
class Entering:
    """Lets readers in."""

    store: Store
    signer: Signer
    vault: Vault = field(default_factory=Vault)

    def enter(self, email: str, password: str, place: Place, *, now: datetime) -> Reader | Ticket | Refusal:
        """Let somebody in by his address and password, or ask for the code. Takes the time of hashing a password."""
        counters = self._counters("enter", email_key(email), place)
        if refused := self._wait(counters, now):
            return refused
        reader = self.store.reader_of_email(email) if email else None
        kept = self.store.credentials(reader.id) if reader else None
        found = passwords.checked(password, kept.password if kept else "")
        if reader is None or kept is None or not found.right:
            self._count(counters, now)
            return Refusal("wrong")
        if found.renewed:
            self.store.put_credentials(reader.id, replace(kept, password=found.renewed))
        self._clear(counters)
        return Ticket(self._ticket(reader.id, kept.password, now)) if kept.totp else reader

    def second(self, ticket: str, code: str, place: Place, *, now: datetime) -> Reader | Refusal:
        """Let somebody in by the code of his application, or a recovery code, behind his password."""
        reader = self._holder(ticket, now)
        if reader is None:
            return Refusal("late")
        counters = self._counters("second", reader.id, replace(place, device=""))
        if refused := self._wait(counters, now):
            return refused
        if not self.code_fits(reader.id, code, now=now):
            self._count(counters, now)
            return Refusal("code")
        self._clear(counters)
        return reader

    def proves(self, reader: Reader, password: str, place: Place, *, now: datetime) -> Refusal | None:
        """Return None where somebody who is signed in gives his password again, else why it is not taken."""
        counters = self._counters("prove", reader.id, replace(place, device=""))
        if refused := self._wait(counters, now):
            return refused
        if passwords.checked(password, self.store.credentials(reader.id).password).right:
            self._clear(counters)
            return None
        self._count(counters, now)
        return Refusal("password")

    def code_fits(self, reader: ReaderId, code: str, *, now: datetime) -> bool:
        """Say whether a code is a reader's, and use it up."""
        secret = self.vault.open(self.store.credentials(reader).totp, reader)
        step = second.step_of(code, secret, now) if secret else None
        if step is not None:
            return self.store.use_step(reader, step)
        return self.store.use_code(reader, hashed(second.plain(code)))

    def device(self, email: str) -> str:
        """Return the cookie of a browser that an address signed in with."""
        name = new_token()
        return f"{name}.{self.signer.sign('device', name, email_key(email))}"

    def _counters(self, act: str, who: str, place: Place) -> list[tuple[str, Rule]]:
        """Return what is counted of an attempt, with the rule for each: the browser alone where it is known."""
        name, _, signature = place.device.partition(".")
        if name and self.signer.signed(signature, "device", name, who):
            return [(self.signer.sign("failures", act, "device", name), limits.DEVICE)]
        pair = self.signer.sign("failures", act, who, place.network)
        return [(pair, limits.PAIR), (self.signer.sign("failures", act, place.network), limits.NETWORK)]

    def _wait(self, counters: list[tuple[str, Rule]], now: datetime) -> Refusal | None:
        waits = [limits.wait(self.store.failures(key), rule, now) for key, rule in counters]
        longest = max((one for one in waits if one), default=None)
        return Refusal("wait", longest) if longest else None

    def _count(self, counters: list[tuple[str, Rule]], now: datetime) -> None:
        for key, _ in counters:
            self.store.add_failure(key, at=now, since=now - limits.REMEMBERED)

    def _clear(self, counters: list[tuple[str, Rule]]) -> None:
        """Forget the failures of who came in; not those of his network, which one good account could else wash clean."""
        self.store.clear_failures(counters[0][0])

    def _ticket(self, reader: ReaderId, password: str, now: datetime) -> str:
        until = str(int((now + _TICKET).timestamp()))
        return f"{reader}.{until}.{self.signer.sign('ticket', reader, until, password)}"

    def _holder(self, ticket: str, now: datetime) -> Reader | None:
        """Return whose a ticket is, unless it is too old, or his password has been changed since."""
        reader, _, rest = ticket.partition(".")
        until, _, signature = rest.partition(".")
        password = self.store.credentials(ReaderId(reader)).password
        if not self.signer.signed(signature, "ticket", reader, until, password) or int(until) < now.timestamp():
            return None
        try:
            return self.store.reader(ReaderId(reader))
        except ReaderNotFound:
            return None
