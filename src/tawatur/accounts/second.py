"""The second step of signing in: codes of an application (TOTP, RFC 6238), and recovery codes for whoever has lost it."""

from __future__ import annotations

import re
import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime

import pyotp

from tawatur.accounts.tokens import hashed
from tawatur.messages import catalogue

#: A code is good for half a minute; clocks may be that far apart in either direction.
_DRIFT = 1
#: How many recovery codes there are, of 80 bits each: nobody guesses one, even from its hash.
CODES, _CODE_BYTES = 8, 10


def new_secret() -> str:
    """Return a new secret for an application (160 bits in base32)."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Say whether a text is a secret as ``new_secret`` makes them."""
    return re.fullmatch("[A-Z2-7]{32}", text) is not None


def address(secret: str, email: str) -> str:
    """Return the address by which an application takes a secret; it stands in the picture that is scanned."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=catalogue("en").text("product.name"))


def step_of(code: str, secret: str, now: datetime) -> int | None:
    """Return the time step that a code is of, or None: it is none of these minutes."""
    totp, digits = pyotp.TOTP(secret), plain(code)
    if not digits.isascii() or not digits.isdecimal():
        return None
    current = totp.timecode(now)
    steps = (current + drift for drift in range(-_DRIFT, _DRIFT + 1))
    return next((step for step in steps if secrets.compare_digest(totp.generate_otp(step), digits)), None)


def new_codes() -> tuple[str, ...]:
    """Return new recovery codes, to be written down: "abcd-efgh-ijkl-mnop"."""
    return tuple(_spaced(b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()) for _ in range(CODES))


def hashes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return what is kept of recovery codes."""
    return tuple(hashed(plain(code)) for code in codes)


def plain(code: str) -> str:
    """Return a code as it is compared: without blanks and dashes, in small letters, with Latin digits."""
    letters = (letter for letter in code.casefold() if letter.isalnum())
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in letters)


def _spaced(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
