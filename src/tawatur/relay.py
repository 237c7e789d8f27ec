"""The mail server that takes our letters, as a noun: read from one address, "smtp[s]://user:password@host:port?starttls=…"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from tawatur.hosts import is_loopback

#: "implicit": TLS from the first byte; "required": STARTTLS or nothing is sent; "offered": STARTTLS where the server has it;
#: "off": never.
Security = Literal["implicit", "required", "offered", "off"]
_PORTS = {"smtps": 465, "smtp": 587}
_STARTTLS: dict[str, Security] = {"required": "required", "offered": "offered", "off": "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server, and how it is spoken to."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def relay_of(address: str) -> Relay | None:
    """Return the relay of an address, or None where it is none, or would send a password in the clear over a network.

    Letters leave encrypted unless the relay is this machine, or the address says ``starttls=off``.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    asked = parse_qs(parts.query, keep_blank_values=True)
    if not parts.hostname or not port or parts.path not in ("", "/") or set(asked) - {"starttls"}:
        return None
    security = _security(parts.scheme, parts.hostname, asked.get("starttls", [""])[-1])
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if security is None or (user and security in ("off", "offered") and not is_loopback(parts.hostname)):
        return None
    return Relay(host=parts.hostname, port=port, security=security, user=user, password=password)


def _security(scheme: str, host: str, asked: str) -> Security | None:
    if scheme == "smtps":
        return None if asked else "implicit"
    if asked:
        return _STARTTLS.get(asked)
    return "offered" if is_loopback(host) else "required"
