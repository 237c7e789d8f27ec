"""One TOML file → its outlets and families, and what is wrong in it: one faulty table leaves the others working.

The form is in ``docs/reference/outlets.md``: ``[[outlet]]`` tables with the fields of ``model.Outlet``, ``[[family]]`` tables with
those of ``model.Family``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import msgspec
from babel.core import get_global
from lxml import etree

from tawatur.model import Family, Outlet, OutletKind, PageRule

Noun = TypeVar("Noun", Outlet, Family)

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_REQUIRED = ("key", "name")
#: Where msgspec says that a value is wrong: "… - at `$.feeds[0].url`".
_AT = re.compile(r"^(?P<why>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in a file of outlets. ``reason`` is a message key under ``outlet.fault.``; "" where nothing is named."""

    file: str
    reason: str
    outlet: str = ""
    field: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What files of outlets hold: the tables that are right, and the faults of the others."""

    outlets: tuple[Outlet, ...] = ()
    families: tuple[Family, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(files: Iterable[tuple[str, str]]) -> Contents:
    """Return what files hold, each given by its name and its text. A key that stands there before is a fault."""
    read_files = [(name, read_text(text, name)) for name, text in files]
    kept: dict[str, Outlet] = {}
    faults = [fault for _, contents in read_files for fault in contents.faults]
    for name, contents in read_files:
        for outlet in contents.outlets:
            if outlet.key in kept:
                faults.append(Fault(file=name, outlet=outlet.key, field="key", reason="twice"))
            else:
                kept[outlet.key] = outlet
    families = {family.key: family for _, contents in read_files for family in contents.families}
    return Contents(outlets=tuple(kept.values()), families=tuple(families.values()), faults=tuple(faults))


def read_text(text: str, file: str) -> Contents:
    """Return what one file holds."""
    try:
        tables = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        return Contents(faults=(Fault(file=file, reason="not_toml", detail=str(error)),))
    strange = tables.keys() - {"outlet", "family"}
    faults = [Fault(file=file, field=name, reason="unknown_table") for name in sorted(strange)]
    outlets, families = [], []
    for at, table in enumerate(_tables(tables, "outlet"), 1):
        found = _outlet(table, file, at)
        outlets += [found] if isinstance(found, Outlet) else []
        faults += found if isinstance(found, list) else []
    for at, table in enumerate(_tables(tables, "family"), 1):
        kin = _converted(table, Family, file, _name(table, at))
        families += [kin] if isinstance(kin, Family) else []
        faults += [kin] if isinstance(kin, Fault) else []
    return Contents(outlets=tuple(outlets), families=tuple(families), faults=tuple(faults))


def _tables(tables: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The tables of a kind; "[outlet]" in place of "[[outlet]]" is understood."""
    found = tables.get(name, [])
    return [table for table in (found if isinstance(found, list) else [found]) if isinstance(table, dict)]


def _name(table: dict[str, Any], at: int) -> str:
    return str(table.get("key") or table.get("name") or f"#{at}")


def _outlet(table: dict[str, Any], file: str, at: int) -> Outlet | list[Fault]:
    name = _name(table, at)
    known = [field.name for field in fields(Outlet)]
    faults = [
        Fault(file=file, outlet=name, field=field, reason="unknown_field", detail=_meant(field, known))
        for field in sorted(table.keys() - set(known))
    ]
    faults += [
        Fault(file=file, outlet=name, field=field, reason="missing") for field in _REQUIRED if not table.get(field)
    ]
    if faults:
        return faults
    found = _converted(table, Outlet, file, name)
    if isinstance(found, Fault):
        return [found]
    return list(_faults(found, file)) or found


def _meant(field: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(field.lower(), known, 1, 0.6)), "")


def _converted(table: dict[str, Any], kind: type[Noun], file: str, name: str) -> Noun | Fault:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        field, why = (found["field"] or "", found["why"]) if found else ("", str(error))
        if field == "kind":
            return Fault(file=file, outlet=name, field=field, reason="bad_kind", detail=", ".join(OutletKind))
        return Fault(file=file, outlet=name, field=field, reason="bad_value", detail=why)


def _faults(outlet: Outlet, file: str) -> Iterator[Fault]:
    """Yield what is wrong with an outlet whose values are of the right types."""

    def fault(field: str, reason: str, detail: str) -> Fault:
        return Fault(file=file, outlet=outlet.key, field=field, reason=reason, detail=detail)

    if not _KEY.fullmatch(outlet.key):
        yield fault("key", "bad_key", outlet.key)
    if outlet.country and outlet.country not in _countries():
        yield fault("country", "bad_country", outlet.country)
    if outlet.zone and outlet.zone not in _zones():
        yield fault("zone", "bad_zone", outlet.zone)
    addresses = [("homepage", outlet.homepage)] if outlet.homepage else []
    for field, url in [*addresses, *((f"feeds[{at}].url", feed.url) for at, feed in enumerate(outlet.feeds))]:
        if not is_address(url):
            yield fault(field, "bad_url", url)
    for at, host in enumerate(outlet.hosts):
        if not _HOST.fullmatch(host):
            yield fault(f"hosts[{at}]", "bad_host", host)
    for at, rule in enumerate(outlet.rules):
        for field, reason, detail in rule_faults(rule):
            yield fault(f"rules[{at}]{field}", reason, detail)


def rule_faults(rule: PageRule) -> Iterator[tuple[str, str, str]]:
    """Yield the field, the reason and the detail of what is wrong in a page rule: XPath that does not compile, or none at all."""
    expressions = [(".body", rule.body), (".title", rule.title)]
    expressions += [(f".remove[{at}]", expression) for at, expression in enumerate(rule.remove)]
    if not any(expression for _, expression in expressions):
        yield "", "empty_rule", ""
    for field, expression in expressions:
        try:
            if expression:
                etree.XPath(expression)
        except etree.XPathError as error:
            yield field, "bad_xpath", f"{expression}: {error}"


def is_address(url: str) -> bool:
    """Say whether a text is the address of something on the web: http or https, and a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:
        return False


@cache
def _countries() -> frozenset[str]:
    """The two-letter codes of countries, as CLDR has them, and those of the two bodies that publish as one."""
    return frozenset(map(str, get_global("territory_zones"))) | {"EU", "UN"}


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
