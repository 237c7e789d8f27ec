"""One address for one page: without what trackers add, in one spelling of host and path.

It is for comparing, never for showing or asking. ``data/address_noise.tsv`` holds what makes no other page of an address:
parameters of trackers and sharing, first parts of host names and last parts of paths for telephones and for AMP.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tawatur.arabic.lexicon import rows

_PORTS = {"http": 80, "https": 443}


def canonical(url: str | None) -> str:
    """Return the address of a page for comparing ("host/path?query"); "" where it names a site and no page of it."""
    try:
        parts = urlsplit(url or "")
        port, host = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    path, query = _path(parts.path), _query(parts.query)
    if not host or parts.scheme not in _PORTS or not (path or query):
        return ""
    place = _host(host) if port in (None, _PORTS[parts.scheme]) else f"{_host(host)}:{port}"
    return f"{place}/{path}" + (f"?{query}" if query else "")


def _host(host: str) -> str:
    """A host name without the first parts that only choose a layout ("m.", "amp.", "www.")."""
    with suppress(UnicodeError):
        host = host.encode("idna").decode()
    first, _, rest = host.partition(".")
    while first in _noise("host") and "." in rest:
        host = rest
        first, _, rest = host.partition(".")
    return host


def _path(path: str) -> str:
    """A path with its letters in one encoding, without empty parts and without a layout's name at its edges."""
    names = [quote(unquote(name), safe="~!$&'()*+,;=:@") for name in path.split("/") if name]
    while names and names[-1].lower() in _noise("path_end"):
        names.pop()
    if len(names) > 1 and names[0].lower() in _noise("path_begin"):
        names = names[1:]
    return "/".join(names)


def _query(query: str) -> str:
    """The parameters that choose the page, in one order."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _is_noise(name, value)]
    return urlencode(sorted(kept))


def _is_noise(name: str, value: str) -> bool:
    name = name.lower()
    return name in _noise("parameter") or name.startswith(_beginnings()) or (name, value.lower()) in _layouts()


@cache
def _noise(kind: str) -> frozenset[str]:
    found = rows("tawatur.extract", "address_noise.tsv")
    return frozenset(row[1] for row in found if row[0] == kind and not row[1].endswith("*"))


@cache
def _beginnings() -> tuple[str, ...]:
    found = rows("tawatur.extract", "address_noise.tsv")
    return tuple(row[1].removesuffix("*") for row in found if row[0] == "parameter" and row[1].endswith("*"))


@cache
def _layouts() -> frozenset[tuple[str, str]]:
    """Parameters that are noise with one value only ("output=amp")."""
    found = rows("tawatur.extract", "address_noise.tsv")
    return frozenset((row[1], row[2]) for row in found if row[0] == "layout")
