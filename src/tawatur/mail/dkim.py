"""DKIM (RFC 6376, RFC 8463): letters are signed, so that whoever gets them can tell that they are ours and whole.

RSA or Ed25519 with SHA-256; heads in their relaxed form, the body as it is: it is base64, which no server changes. Signing is
written out here because it is done for each letter, and the library that verifies in our tests reckons RSA in Python.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from tawatur.mail.envelope import Envelope

Algorithm = Literal["rsa", "ed25519"]
Key = RSAPrivateKey | Ed25519PrivateKey
#: RFC 8301: shorter keys are refused, and longer ones do not fit into one record of every name server.
BITS = 2048
#: What is signed. RFC 8058 wants both List-Unsubscribe heads among them.
HEADS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
)
#: Heads that nobody may add behind the signature: they are named once more than they occur.
_ONCE = ("From", "To", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post")
_FOLD, _BLANKS = re.compile(rb"\r\n(?=[ \t])"), re.compile(rb"[ \t]+")


@dataclass(frozen=True)
class Signer:
    """Signs for a domain by a key whose public half stands at ``selector._domainkey.domain``."""

    domain: str
    selector: str
    key: Key

    @cached_property
    def algorithm(self) -> Algorithm:
        """Return how the key signs."""
        return "rsa" if isinstance(self.key, RSAPrivateKey) else "ed25519"

    @property
    def place(self) -> str:
        """Return the name in the DNS at which the public key has to stand."""
        return f"{self.selector}._domainkey.{self.domain}"

    def signed(self, letter: Envelope, *, at: datetime | None = None) -> Envelope:
        """Return a letter with its signature before all other heads."""
        head, _, body = letter.content.partition(b"\r\n\r\n")
        fields = _fields(head)
        names = _named(fields)
        made = {
            "v": "1",
            "a": f"{self.algorithm}-sha256",
            "c": "relaxed/simple",
            "d": self.domain,
            "s": self.selector,
            "t": str(int((at or datetime.now(UTC)).timestamp())),
            "h": ":".join(names),
            "bh": base64.b64encode(sha256(simple_body(body)).digest()).decode(),
            "b": "",
        }
        own = "DKIM-Signature: " + ";\r\n ".join(f"{tag}={value}" for tag, value in _folded(made).items())
        data = b"\r\n".join([*_chosen(fields, names), relaxed_head(own.encode())])
        whole = own + _lines(base64.b64encode(self._sign(data)).decode())
        return replace(letter, content=whole.encode() + b"\r\n" + letter.content)

    def record(self) -> str:
        """Return the text of the DNS record."""
        public = self.key.public_key()
        if isinstance(self.key, RSAPrivateKey):
            form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        else:
            form = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return f"v=DKIM1; k={self.algorithm}; p={base64.b64encode(public.public_bytes(*form)).decode()}"

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), SHA256())
        return self.key.sign(sha256(data).digest())


def new_key(algorithm: Algorithm) -> bytes:
    """Return a new private key as a PEM file holds it."""
    key = generate_private_key(65537, BITS) if algorithm == "rsa" else Ed25519PrivateKey.generate()
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def load_key(path: Path) -> Key:
    """Return the private key of a PEM file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no key that letters can be signed with.
    """
    found = serialization.load_pem_private_key(path.read_bytes(), None)
    if isinstance(found, RSAPrivateKey) and found.key_size >= 1024:
        return found
    if isinstance(found, Ed25519PrivateKey):
        return found
    raise ValueError(str(path))


def relaxed_head(field: bytes) -> bytes:
    """Return a head in its relaxed form, without the end of its line."""
    name, _, value = _FOLD.sub(b"", field).partition(b":")
    return name.strip().lower() + b":" + _BLANKS.sub(b" ", value).strip()


def simple_body(body: bytes) -> bytes:
    """Return a body without empty lines at its end."""
    return body.rstrip(b"\r\n") + b"\r\n"


def _fields(head: bytes) -> list[tuple[str, bytes]]:
    """Return the heads of a message by name, in small letters, in order."""
    fields = re.split(rb"\r\n(?![ \t])", head)
    return [(one.partition(b":")[0].strip().lower().decode("ascii", "replace"), one) for one in fields if one]


def _named(fields: Iterable[tuple[str, bytes]]) -> list[str]:
    """Return the names of what is signed: each head there is, and those once more that nobody may add."""
    present = [name for name, _ in fields]
    names = [name for name in HEADS for _ in range(present.count(name.lower()))]
    return names + list(_ONCE)


def _chosen(fields: list[tuple[str, bytes]], names: Iterable[str]) -> list[bytes]:
    """Return the heads that names stand for: of several of one name the last one first, and nothing of one that is not there."""
    left = list(fields)
    chosen = []
    for name in names:
        at = next((at for at in reversed(range(len(left))) if left[at][0] == name.lower()), None)
        if at is not None:
            chosen.append(relaxed_head(left.pop(at)[1]))
    return chosen


def _folded(tags: dict[str, str]) -> dict[str, str]:
    """Return tags with the long list of names on several lines."""
    return tags | {
        "h": tags["h"].replace(":List-Id", ":\r\n List-Id").replace(":From:To:Subject", ":\r\n From:To:Subject")
    }


def _lines(text: str) -> str:
    """Return a long value on lines of 72."""
    return "".join(f"\r\n {text[at : at + 72]}" for at in range(0, len(text), 72))
