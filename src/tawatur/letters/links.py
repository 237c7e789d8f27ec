"""The links by which newsletters are ended: no account, no sign-in, no expiry, and nobody can read in one whose it is.

A token is a sealed name (AES-SIV, RFC 5297, with a secret of the store): the newsletter, and the reader or the subscriber. The same
letter has the same link however often it is made, and a link that anybody changed opens nothing.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from tawatur.newsletter import NewsletterId
from tawatur.reader import ReaderId
from tawatur.store.readers import Readers
from tawatur.store.subscribers import SubscriberId

#: The longest token that is looked at; ours have about a hundred letters.
LONGEST = 400
_READER, _SUBSCRIBER = "r", "s"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is sent a newsletter: its owner, or a subscriber of a public one."""

    newsletter: NewsletterId
    reader: ReaderId | None = None
    subscriber: SubscriberId | None = None


@dataclass(frozen=True)
class Links:
    """Makes and opens the links of a deployment."""

    store: Readers

    def unsubscribe(self, recipient: Recipient) -> str:
        """Return the path of the link by which somebody ends a newsletter."""
        return f"/letters/unsubscribe/{self.token(recipient)}"

    def token(self, recipient: Recipient) -> str:
        """Return what stands in that link."""
        kind, who = (_READER, recipient.reader) if recipient.reader else (_SUBSCRIBER, recipient.subscriber or "")
        sealed = self._seal.encrypt("\x1f".join((kind, str(who), recipient.newsletter)).encode(), None)
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def recipient(self, token: str) -> Recipient | None:
        """Return whose newsletter a token ends; None where it is none of ours."""
        if len(token) > LONGEST or not token.isascii():
            return None
        try:
            opened = self._seal.decrypt(urlsafe_b64decode(token + "=" * (-len(token) % 4)), None)
        except (InvalidTag, ValueError):
            return None
        kind, who, newsletter = opened.decode().split("\x1f")
        if kind == _READER:
            return Recipient(NewsletterId(newsletter), reader=ReaderId(who))
        return Recipient(NewsletterId(newsletter), subscriber=SubscriberId(who))

    @cached_property
    def _seal(self) -> AESSIV:
        return AESSIV(hashlib.sha512(b"unsubscribe" + self.store.secret("letters")).digest())
