"""An outlet → its TOML table, in the order of the fields and without those that say nothing. ``reading`` reads it back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tawatur.model import Family, FeedAddress, Outlet, OutletKind, PageRule


def toml(outlet: Outlet) -> str:
    """Return the ``[[outlet]]`` table of an outlet."""
    return "\n".join(("[[outlet]]", *_lines(outlet))) + "\n"


def family_toml(family: Family) -> str:
    """Return the ``[[family]]`` table of a family."""
    given = (("key", family.key), ("name", family.name), ("name_en", family.name_en))
    return "\n".join(("[[family]]", *(f"{name} = {_text(value)}" for name, value in given if value))) + "\n"


def _lines(outlet: Outlet) -> Iterator[str]:
    for name in ("key", "name", "name_en", "country", "family"):
        if value := getattr(outlet, name):
            yield f"{name} = {_text(value)}"
    if outlet.kind is not OutletKind.SITE:
        yield f"kind = {_text(outlet.kind)}"
    if outlet.state:
        yield "state = true"
    for name in ("homepage", "zone"):
        if value := getattr(outlet, name):
            yield f"{name} = {_text(value)}"
    for name in ("hosts", "credits"):
        if values := getattr(outlet, name):
            yield f"{name} = {_list(values)}"
    if outlet.invented:
        yield "invented = true"
    if outlet.feeds:
        yield "feeds = ["
        yield from (f"  {_feed(feed)}," for feed in outlet.feeds)
        yield "]"
    for rule in outlet.rules:
        yield from ("", *_rule(rule))


def _feed(feed: FeedAddress) -> str:
    parts = [f"url = {_text(feed.url)}"]
    parts += [f"section = {_text(feed.section)}"] if feed.section else []
    parts += [f"checked = {feed.checked.isoformat()}"] if feed.checked else []
    return "{ " + ", ".join(parts) + " }"


def _rule(rule: PageRule) -> Iterator[str]:
    yield "[[outlet.rules]]"
    for name in ("path", "body", "title"):
        if value := getattr(rule, name):
            yield f"{name} = {_text(value)}"
    if rule.remove:
        yield f"remove = {_list(rule.remove)}"
    if rule.valid_until:
        yield f"valid_until = {rule.valid_until.isoformat()}"


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are among TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"
