"""Addresses as pages and feeds give them: relative, or no addresses at all."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def address(value: str | None, base: str | None = None) -> str | None:
    """Return an absolute http address, resolved against ``base``; None where a value is none."""
    try:
        joined = urljoin(base or "", (value or "").strip())
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # such as brackets that hold no IPv6 address
        return None
