"""Addresses of pages, parsed once into what is asked of whom. Pure: text in, ``Target`` or the reason why not out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from tawatur.fetch.addresses import Permits, literal
from tawatur.fetch.answers import Reason

PORTS = {"http": 80, "https": 443}
_LONGEST = 8000  # RFC 9110 asks for at least that much; no page has more
_OUTSIDE = re.compile(
    r"[\x00-\x20\x7f\\]"
)  # what no address holds: browsers and libraries differ in what they make of it
_BROKEN_LINES = re.compile(r"[\t\r\n]")  # browsers take them out, and feeds break long addresses over lines
_TRIMMED = "".join(map(chr, range(33)))
_NAME = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DOT = re.compile(r"\.|%2e", re.IGNORECASE)
_PATH_SAFE, _QUERY_SAFE = "/%:@!$&'()*+,;=~-._[]|", "/%:@!$&'()*+,;=~-._?[]{}|^`"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask for what. ``host`` is a name in ASCII or an address; ``path`` holds the query and is percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """Return the address, in ASCII."""
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Return host and port, the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def lane(self) -> str:
        """Return whose patience is asked for: the host, whether by http or https; another port is another server."""
        return self.host if self.port in PORTS.values() else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class NoTarget:
    """An address that is never asked for, and why."""

    reason: Reason
    detail: str = ""


def target(url: str, *, ports: frozenset[int], permits: Permits) -> Target | NoTarget:
    """Return what an address asks of whom. Hosts that are named in ``permits`` may have any port."""
    text = _BROKEN_LINES.sub("", url.strip(_TRIMMED))
    if len(text) > _LONGEST or _OUTSIDE.search(text.replace(" ", "%20")):
        return NoTarget(Reason.BAD_ADDRESS)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return NoTarget(Reason.BAD_ADDRESS)
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        return NoTarget(Reason.SCHEME, scheme)
    if "@" in parts.netloc:
        return NoTarget(Reason.CREDENTIALS)
    if (host := _host(parts.netloc)) is None:
        return NoTarget(Reason.BAD_ADDRESS, parts.netloc)
    port = PORTS[scheme] if port is None else port
    no = _forbidden(host, port, ports, permits)
    return no or Target(scheme, host, port, _path(parts.path, parts.query))


def _forbidden(host: str, port: int, ports: frozenset[int], permits: Permits) -> NoTarget | None:
    address = literal(host)
    if address is not None and (found := permits.refuses(address)):
        return NoTarget(Reason.PRIVATE, f"{host}, {found}")
    return None if port in ports or permits.names(host) else NoTarget(Reason.PORT, str(port))


def joined(base: Target, location: str) -> str:
    """Return the address that a redirect names, seen from where it was sent."""
    location = location.strip(_TRIMMED)
    return location if _ABSOLUTE.match(location) else urljoin(base.url, location)


def _host(netloc: str) -> str | None:
    """Return the host of an authority in ASCII, or None where it is none, or an address in a spelling that hides it."""
    if netloc.startswith("["):
        inside, _, behind = netloc[1:].partition("]")
        address = literal(inside)
        fine = address is not None and address.version == 6 and "%" not in inside and behind[:1] in ("", ":")
        return str(address) if fine else None
    name = _ascii(netloc.partition(":")[0].lower())
    if name is None:
        return None
    name = name.rstrip(".")
    # A last label that is a number makes the whole an IPv4 address: 127.1, 2130706433, 0x7f000001, 0177.0.0.1 are all 127.0.0.1.
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        address = literal(name)
        return str(address) if address is not None and str(address) == name else None
    return name if _NAME.fullmatch(name) else None


def _ascii(name: str) -> str | None:
    if name.isascii():
        return name
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return None


def _path(path: str, query: str) -> str:
    kept = _plain(path) or "/"
    return f"{_encoded(kept, _PATH_SAFE)}?{_encoded(query, _QUERY_SAFE)}" if query else _encoded(kept, _PATH_SAFE)


def _encoded(text: str, safe: str) -> str:
    """Percent-encode what needs it, once. Bytes that a header held outside UTF-8 come as surrogates and leave as they were."""
    return quote(_LOOSE_PERCENT.sub("%25", text), safe=safe, errors="surrogateescape")


def _plain(path: str) -> str:
    """Take "." and ".." out, encoded or not (RFC 3986, 5.2.4): what robots.txt is asked about is what the server is asked for."""
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments[1:], 1):
        dots = _DOT.sub(".", segment) if len(segment) <= 6 else segment
        last = number == len(segments) - 1
        if dots == "..":
            kept = kept[:-1]
        elif dots != ".":
            kept.append(segment)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)
