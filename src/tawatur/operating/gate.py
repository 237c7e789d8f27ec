"""To whom figures are given: to this machine, to networks that the operator names, to whoever has his token; never to readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address, ip_network

from tawatur.hosts import is_loopback

#: What a server before ours writes into what it passes on. Behind it everybody comes from its address.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may see figures, and why something is not well."""

    allow: tuple[str, ...] = ()
    token: str = ""

    def opens(self, peer: str, host: str, headers: Mapping[str, str]) -> bool:
        """Say whether somebody may: by his address, the name by which he asks, and the headers of what he asks (in lower case)."""
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if self.token and scheme.lower() == "bearer":
            return compare_digest(shown.strip().encode(), self.token.encode())
        if any(name in headers for name in _PASSED_ON):
            return False
        # The name matters for this machine alone: an address elsewhere can be made to lead here (DNS rebinding).
        return (is_loopback(peer) and is_loopback(host)) or self._is_allowed(peer)

    def _is_allowed(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return any(mapped in ip_network(network, strict=False) for network in self.allow)
