"""Secrets that have to be kept as they are, sealed by a key that does not stand in the store.

A copy of the store alone, as backups and dumps are, opens none of them. Whoever reads the data folder has the key as well: against
that nothing helps which the server itself can open.
"""

from __future__ import annotations

import logging
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

log = logging.getLogger(__name__)
#: What a sealed secret begins with; base32, as older ones stand in the store, has no full stop.
MARK = "v1."
#: AES-256 in Galois counter mode: bytes of the key, and of the random number that each seal takes (NIST SP 800-38D, 8.2.2).
_KEY, _NONCE = 32, 12


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens by the key in a file, which is made when it is first needed. Without a file secrets stay as they are."""

    path: Path | None = None

    def seal(self, secret: str, owner: str) -> str:
        """Return a secret as it is kept: only for this owner can it be opened again."""
        if not secret or self.path is None:
            return secret
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(_key_in(self.path)).encrypt(nonce, secret.encode(), owner.encode())
        return MARK + urlsafe_b64encode(nonce + sealed).decode()

    def open(self, kept: str, owner: str) -> str:
        """Return a secret from what is kept of it; one that was never sealed as it is.

        "" where it cannot be opened: the key is another one, or it was somebody else's. The log says so.
        """
        if not kept.startswith(MARK):
            return kept
        try:
            raw = urlsafe_b64decode(kept.removeprefix(MARK))
            return AESGCM(_known(self.path)).decrypt(raw[:_NONCE], raw[_NONCE:], owner.encode()).decode()
        except (InvalidTag, ValueError, OSError) as error:
            log.warning("a sealed secret cannot be opened with the key in %s: %r", self.path, error)
            return ""


def is_sealed(kept: str) -> bool:
    """Say whether a secret stands in the store sealed; "" is none."""
    return not kept or kept.startswith(MARK)


def _known(path: Path | None) -> bytes:
    """Return the key in a file.

    Raises:
        OSError: there is none, or it cannot be read.
        ValueError: it holds no key.
    """
    if path is None:
        raise FileNotFoundError("no file of the key")
    return urlsafe_b64decode(path.read_bytes())


def _key_in(path: Path) -> bytes:
    """Return the key in a file, made where there is none; where several processes do, all take the first one's."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(urlsafe_b64encode(secrets.token_bytes(_KEY)) + b"\n")
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return _known(path)
