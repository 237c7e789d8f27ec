"""A new outlet of a deployment's own: made from what is told of it, and written into a file of its own.

Nothing that stands there already is ever touched: a file is only made, never written over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from babel.core import get_global

from tawatur.errors import FileThere, OutletFault
from tawatur.model import FeedAddress, Outlet, OutletKey, OutletKind
from tawatur.outlets import OWN_FOLDER
from tawatur.outlets.reading import Fault, read_text
from tawatur.outlets.writing import toml

#: First labels of hosts that name no outlet.
_COMMON_LABELS = frozenset({"www", "ar", "arabic", "m", "news", "rss", "feeds", "feed"})
#: Second labels of countries' domains: the outlet's name stands before them ("okaz.com.sa").
_SECOND_LEVEL = frozenset({"com", "co", "net", "org", "gov", "gouv", "edu", "info", "press"})


def host_of(url: str) -> str:
    """Return the host of an address without "www.", "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def key_of(homepage: str) -> OutletKey:
    """Return a key made from a homepage: "https://ar.nasim-news.example" → "nasim-news"."""
    labels = host_of(homepage).split(".")
    while len(labels) > 2 and labels[0] in _COMMON_LABELS:
        labels = labels[1:]
    name = (
        labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2] if len(labels) > 1 else labels[0]
    )
    return OutletKey(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"))


def country_of(homepage: str) -> str:
    """Return the country whose domain a homepage has, "" where it is nobody's: "alahdath.tn" → "TN"."""
    last = host_of(homepage).rpartition(".")[2].upper()
    code = "GB" if last == "UK" else last
    return code if code in get_global("territory_zones") else ""


def zone_of(country: str) -> str:
    """Return the time zone of a country that has only one, else ""."""
    zones = get_global("territory_zones").get(country, ())
    return str(zones[0]) if len(zones) == 1 else ""


def made(
    *,
    name: str,
    homepage: str,
    key: str = "",
    name_en: str = "",
    country: str = "",
    family: str = "",
    kind: OutletKind = OutletKind.SITE,
    state: bool = False,
    zone: str = "",
    hosts: Sequence[str] = (),
    credits: Sequence[str] = (),
    feeds: Sequence[str | FeedAddress] = (),
) -> Outlet:
    """Return an outlet from what is told of it; what is not told is taken from the homepage where that says it."""
    country = country.upper() or country_of(homepage)
    return Outlet(
        key=OutletKey(key) or key_of(homepage),
        name=name,
        name_en=name_en,
        country=country,
        family=family,
        kind=kind,
        state=state,
        homepage=homepage,
        feeds=tuple(FeedAddress(url=feed) if isinstance(feed, str) else feed for feed in dict.fromkeys(feeds)),
        zone=zone or zone_of(country),
        hosts=tuple(hosts) or ((host_of(homepage),) if host_of(homepage) else ()),
        credits=tuple(credits),
    )


def faults(outlet: Outlet) -> tuple[Fault, ...]:
    """Return what is wrong with an outlet, as reading it from its file would find."""
    return read_text(toml(outlet), outlet.key).faults


def write(home: Path, outlet: Outlet, *, header: str) -> Path:
    """Write an outlet into a file of its own in the data folder, and return its path. ``header`` is a comment for people.

    Raises:
        OutletFault: the outlet has a fault.
        FileThere: a file of this name is there already.
        OSError: the folder cannot be written.
    """
    if wrong := faults(outlet):
        raise OutletFault(outlet.key, ": ".join(part for part in (wrong[0].field, wrong[0].detail) if part))
    path = home / OWN_FOLDER / f"{outlet.key}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    comment = "".join(f"# {line}\n" for line in header.splitlines())
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(f"{comment}\n{toml(outlet)}")
    except FileExistsError as error:
        raise FileThere(str(path)) from error
    return path
