"""Where letters come back to, and by what a mail program knows a second copy: names that only this deployment can make.

Each letter has a return path of its own (VERP), "bounces+TOKEN@host", so that whatever comes back says by its address alone which
letter it was, however its mail server words that. A token is a letter's number with a keyed hash, in small letters and digits:
some servers change the case.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

#: Characters of the hash in a token (80 bits), and in a message's id (130 bits).
_SHORT, _LONG = 16, 26
_TOKEN = re.compile(r"([0-9]{1,18})-([a-z2-7]{16})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Returns:
    """The return paths of a deployment. ``address`` takes what comes back, "" where nothing does; ``key`` is its secret."""

    key: bytes
    address: str = ""

    def path(self, number: int) -> str:
        """Return the return path of a letter, by its number in the outbox; "" where nothing is taken back."""
        if not self.address:
            return ""
        user, _, host = self.address.rpartition("@")
        return f"{user}+{self.token(number)}@{host}"

    def token(self, number: int) -> str:
        """Return what stands in the return path of a letter."""
        return f"{number}-{self._hash('return', str(number))[:_SHORT]}"

    def number(self, text: str) -> int | None:
        """Return the number of the letter whose token stands in a text, such as an address; None where none does."""
        for number, mark in _TOKEN.findall(text.lower()):
            if hmac.compare_digest(self.token(int(number)).encode(), f"{number}-{mark}".encode()):
                return int(number)
        return None

    def message_id(self, *parts: str) -> str:
        """Return what stands before the "@" of a letter's Message-ID: the same for each copy, and nothing else tells what of."""
        return self._hash("message", *parts)[:_LONG]

    def _hash(self, *parts: str) -> str:
        made = hmac.new(self.key, "\x1f".join(parts).encode(), sha256).digest()
        return b32encode(made).decode().rstrip("=").lower()
