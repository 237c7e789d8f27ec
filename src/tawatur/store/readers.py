"""What is kept of readers: who they are, their sessions, and everything that lets them in.

Of what lets somebody in (a session, a link that was sent, a recovery code) only the hash is kept: whoever reads the store cannot
use it.

Every other concern that keeps rows of a reader lets them go with him (``REFERENCES readers (id) ON DELETE CASCADE``; in memory by
extending ``forget``), and gives them out in ``export``, which each mix-in extends with a key of its own:

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"saved": [...]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from tawatur.reader import Reader, ReaderId


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves who a reader is. ``password`` is an argon2id hash, ``totp`` a base32 secret; "" where there is none."""

    password: str = ""
    totp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which a reader is signed in. ``hash`` is of its token; ``agent`` and ``network`` are shown to the reader."""

    hash: str
    reader: ReaderId
    made: datetime
    seen: datetime
    expires: datetime
    agent: str = ""
    network: str = ""


class Purpose(StrEnum):
    """What a link that was sent is good for."""

    JOIN = "join"  # become a reader, with the address that it was sent to
    RESET = "reset"  # choose a new password
    ADDRESS = "address"  # take this address for one's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What stands behind a link that was sent to an address. ``reader`` is whose it is; None: it makes one."""

    hash: str
    purpose: Purpose
    email: str
    expires: datetime
    reader: ReaderId | None = None
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failures:
    """How often something failed of late, and when last."""

    count: int
    last: datetime


class Readers(Protocol):
    """The part of the store's contract that concerns readers."""

    # -- readers -----------------------------------------------------------------------------------------------------

    def add_reader(self, reader: Reader, credentials: Credentials | None = None) -> None:
        """Keep a new reader.

        Raises:
            ReaderKnown: somebody has this address, or this id.
        """

    def put_reader(self, reader: Reader) -> None:
        """Keep what has changed of a reader.

        Raises:
            ReaderNotFound: nobody has this id.
            ReaderKnown: somebody else has the address.
        """

    def reader(self, reader: ReaderId) -> Reader:
        """Return a reader.

        Raises:
            ReaderNotFound: nobody has this id.
        """

    def reader_of_email(self, email: str) -> Reader | None:
        """Return who has an address, however it is spelled."""

    def readers(self) -> tuple[Reader, ...]:
        """Return all readers, the first of them first."""

    def drop_reader(self, reader: ReaderId) -> None:
        """Forget a reader with everything that is kept of him, in one transaction; an unknown one is none."""

    def export(self, reader: ReaderId) -> dict[str, object]:
        """Return all that is kept of a reader, by concern, as values that JSON has; no secret is among them."""

    # -- what lets them in -------------------------------------------------------------------------------------------

    def credentials(self, reader: ReaderId) -> Credentials:
        """Return what proves who a reader is; empty for an unknown one."""

    def put_credentials(self, reader: ReaderId, credentials: Credentials) -> None:
        """Keep what proves who a reader is."""

    def use_step(self, reader: ReaderId, step: int) -> bool:
        """Note that the code of a time step was used; return whether none so late was used before."""

    def put_codes(self, reader: ReaderId, hashes: tuple[str, ...]) -> None:
        """Keep a reader's recovery codes, in place of earlier ones."""

    def use_code(self, reader: ReaderId, hash: str) -> bool:
        """Use up a recovery code; return whether it was there."""

    def codes_left(self, reader: ReaderId) -> int:
        """Return how many recovery codes a reader has left."""

    def link_identity(self, reader: ReaderId, *, issuer: str, subject: str) -> None:
        """Keep by what name an organisation knows a reader; a name that is known stays whose it is."""

    def reader_of_identity(self, *, issuer: str, subject: str) -> Reader | None:
        """Return whom an organisation knows by a name."""

    # -- sessions ----------------------------------------------------------------------------------------------------

    def add_session(self, session: Session) -> None:
        """Keep a session."""

    def session(self, hash: str, *, now: datetime) -> tuple[Session, Reader] | None:
        """Return a session that has not expired, and whose it is."""

    def touch_session(self, hash: str, *, seen: datetime, expires: datetime) -> None:
        """Note that a session was used."""

    def sessions(self, reader: ReaderId, *, now: datetime) -> tuple[Session, ...]:
        """Return a reader's sessions that have not expired, the last used first."""

    def drop_session(self, hash: str) -> None:
        """End a session."""

    def drop_sessions(self, reader: ReaderId, *, but: str = "") -> None:
        """End all sessions of a reader, but the one with this hash."""

    # -- links that were sent ----------------------------------------------------------------------------------------

    def add_token(self, token: Token) -> None:
        """Keep what stands behind a link."""

    def token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        """Return what stands behind a link that can still be used."""

    def use_token(self, hash: str, purpose: Purpose, *, now: datetime) -> Token | None:
        """Use up a link, with all others of its purpose for its address, and return what stood behind it.

        Of two that come at once, one gets it.
        """

    def tokens(self, purpose: Purpose, *, now: datetime) -> tuple[Token, ...]:
        """Return what stands behind all links of a purpose that can still be used, those that last longest first."""

    def drop_tokens(self, email: str, purpose: Purpose) -> None:
        """Let the links of a purpose for an address be good for nothing."""

    # -- failures, secrets, and tidying ------------------------------------------------------------------------------

    def failures(self, key: str) -> Failures | None:
        """Return how often something failed."""

    def add_failure(self, key: str, *, at: datetime, since: datetime) -> None:
        """Count a failure; those before ``since`` are forgotten."""

    def clear_failures(self, key: str) -> None:
        """Forget the failures of something that went well."""

    def secret(self, name: str) -> bytes:
        """Return a random secret of 32 bytes of this deployment; the same whenever it is asked for."""

    def tidy_readers(self, *, now: datetime, failed_since: datetime) -> None:
        """Forget sessions and links that have expired, and old failures."""
