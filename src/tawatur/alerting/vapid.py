"""Who we are, for push services (RFC 8292): one key pair of the deployment, and tokens signed with it.

The pair is made of a secret of the store, so that it is made once and never changes: browsers that have subscribed are bound to it.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tawatur.store.readers import Readers

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

#: The order of the group of P-256 (SEC 2, 2.4.2): a private key is a number from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
#: How long a token is good for; a day is the most that RFC 8292 allows.
LASTS = timedelta(hours=12)


class Vapid:
    """Signs for a deployment. ``contact`` is a "mailto:" or "https:" address at which the makers of browsers find its operator."""

    def __init__(self, store: Readers, contact: str) -> None:
        self._store = store
        self._contact = contact

    @cached_property
    def _private(self) -> ec.EllipticCurvePrivateKey:
        number = int.from_bytes(self._store.secret("vapid")) % (ORDER - 1) + 1
        return ec.derive_private_key(number, ec.SECP256R1())

    @cached_property
    def _signing(self) -> ECKey:
        from joserfc.jwk import ECKey  # late, as below: few deployments send anything to browsers

        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return ECKey.import_key(self._private.private_bytes(encoding, form, serialization.NoEncryption()))

    @cached_property
    def public(self) -> str:
        """Return the public key as browsers take it: an uncompressed point in base64url."""
        form = serialization.PublicFormat.UncompressedPoint
        return unpadded(self._private.public_key().public_bytes(serialization.Encoding.X962, form))

    def authorization(self, endpoint: str, *, now: datetime) -> str:
        """Return the header ``Authorization`` of a message to an address."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LASTS).timestamp())}
        from joserfc import jwt

        token = jwt.encode({"alg": "ES256", "typ": "JWT"}, {**claims, "sub": self._contact}, self._signing)
        return f"vapid t={token}, k={self.public}"


def unpadded(value: bytes) -> str:
    """Return bytes in base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def from_unpadded(text: str) -> bytes:
    """Return the bytes of a text in base64url, padded or not.

    Raises:
        ValueError: it is none.
    """
    kept = text.rstrip("=")
    return base64.b64decode(kept + "=" * (-len(kept) % 4), altchars=b"-_", validate=True)
