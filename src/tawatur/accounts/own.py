"""What readers do with their own accounts: password, second step, sessions, deletion, and all that is kept of them as a file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from tawatur.accounts import passwords, second
from tawatur.accounts.signatures import Signer
from tawatur.accounts.vault import Vault
from tawatur.newsletter import NewsletterId
from tawatur.reader import Reader
from tawatur.store import Store
from tawatur.store.outbox import Letter
from tawatur.store.readers import Session
from tawatur.store.subscribers import Subscriber


@dataclass(frozen=True, slots=True)
class Own:
    """Changes what proves who somebody is. Whoever calls has made sure that it is he, by his password where that is asked for."""

    store: Store
    vault: Vault = field(default_factory=Vault)

    def put_password(self, reader: Reader, password: str, *, session: str, now: datetime) -> None:
        """Give a reader a new password; all sessions end but the one with this hash, and he is told."""
        kept = passwords.hashed(password)
        with self.store.together():
            self.store.put_credentials(reader.id, replace(self.store.credentials(reader.id), password=kept))
            self.store.drop_sessions(reader.id, but=session)
            self._tell(reader, "password", now)

    def begin_second(self, reader: Reader, secret: str, code: str, *, now: datetime) -> tuple[str, ...] | None:
        """Set a second step up and return the recovery codes; None where the code is not of the secret."""
        step = second.step_of(code, secret, now)
        if step is None:
            return None
        codes = second.new_codes()
        with self.store.together():
            kept = self.vault.seal(secret, reader.id)
            self.store.put_credentials(reader.id, replace(self.store.credentials(reader.id), totp=kept))
            self.store.use_step(reader.id, step)
            self.store.put_codes(reader.id, second.hashes(codes))
            self._tell(reader, "second", now)
        return codes

    def new_codes(self, reader: Reader) -> tuple[str, ...]:
        """Give a reader new recovery codes, in place of the old ones."""
        codes = second.new_codes()
        self.store.put_codes(reader.id, second.hashes(codes))
        return codes

    def end_second(self, reader: Reader, *, now: datetime) -> None:
        """Take a reader's second step away, and tell him."""
        with self.store.together():
            self.store.put_credentials(reader.id, replace(self.store.credentials(reader.id), totp=""))
            self.store.put_codes(reader.id, ())
            self._tell(reader, "second", now)

    def delete(self, reader: Reader, *, now: datetime) -> None:
        """Delete a reader with everything that is kept of him, the public newsletters to his address too; tell him so there."""
        with self.store.together():
            self.store.drop_reader(reader.id)
            for one in self._subscriptions(reader):
                self.store.drop_subscriber(one.id, mark=Signer(self.store).departure(one.email), at=now)
            if reader.email:
                self.store.put_letter(Letter(kind="deleted", email=reader.email, language=reader.language), at=now)

    def export(self, reader: Reader, *, now: datetime) -> bytes:
        """Return all that is kept of a reader: a ZIP file that holds one JSON file a concern."""
        sessions = [_session(one) for one in self.store.sessions(reader.id, now=now)]
        concerns: dict[str, object] = {"account": _profile(reader), "sessions": sessions}
        concerns |= self.store.export(reader.id)
        names = {one.newsletter.id: one.newsletter.slug for one in self.store.public_newsletters()}
        concerns["public_newsletters"] = [_subscription(one, names) for one in self._subscriptions(reader)]
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
            for name, value in concerns.items():
                text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
                file.writestr(f"tawatur/{name}.json", text + "\n")
        return written.getvalue()

    def _subscriptions(self, reader: Reader) -> tuple[Subscriber, ...]:
        """Return what a reader's address is sent of what anybody can subscribe to; he has proved it, or an operator vouched."""
        return self.store.subscriptions(reader.email) if reader.email else ()

    def _tell(self, reader: Reader, kind: str, now: datetime) -> None:
        if reader.email:
            letter = Letter(kind=kind, email=reader.email, language=reader.language, reader=reader.id)
            self.store.put_letter(letter, at=now)


def _profile(reader: Reader) -> dict[str, object]:
    return asdict(reader) | {"role": reader.role.value, "made": reader.made.isoformat()}


def _session(session: Session) -> dict[str, object]:
    times = {name: getattr(session, name).isoformat() for name in ("made", "seen", "expires")}
    return {**times, "agent": session.agent, "network": session.network}


def _subscription(one: Subscriber, names: Mapping[NewsletterId, str | None]) -> dict[str, object]:
    consent = asdict(one.consent) | {"at": one.consent.at.isoformat()}
    return {"newsletter": names.get(one.newsletter), "language": one.language, "consent": consent}
