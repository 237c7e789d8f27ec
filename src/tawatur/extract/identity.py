"""Which page an address is: two addresses with one key lead to the same page.

Scheme, "www.", default ports, fragments, the order of parameters, the way letters are escaped, and parameters that only
follow readers around (``data/tracking.txt``) are accidents of an address.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from tawatur.arabic.lexicon import lines
from tawatur.ids import content_id

_PORTS = {"http": 80, "https": 443}


def page_key(url: str) -> str:
    """Return what is left of an address without its accidents; an address that is none is its own key."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    place = host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"
    asked = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _follows(name)
    )
    query = "&".join(f"{name}={value}" for name, value in asked)
    route = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""  # pages that a script shows
    return f"{place}{unquote(parts.path).rstrip('/')}{'?' + query if query else ''}{route}"


def trace(address: str) -> str:
    """Return by what a page is followed through everything that becomes of it: a number that its address gives."""
    return content_id("trace", page_key(address))


def _follows(name: str) -> bool:
    exact, prefixes = _tracking()
    lowered = name.lower()
    return lowered in exact or lowered.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    found = lines("tawatur.extract", "tracking.txt")
    return (
        frozenset(name for name in found if not name.endswith("*")),
        tuple(name.removesuffix("*") for name in found if name.endswith("*")),
    )
