"""``tawatur outlets list``: who is known, and what the last checks brought."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import typer

from tawatur.app import known_outlets
from tawatur.cli import outlet_words
from tawatur.cli.faults import say_faults
from tawatur.cli.records import Record
from tawatur.cli.run import REJECTED
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.model import Outlet, OutletKey, OutletKind, Outlets
from tawatur.outlets import checks, load_own
from tawatur.outlets.health import FINE, Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which outlets are wanted; "" and None let all through."""

    country: str = ""
    kind: OutletKind | None = None
    family: str = ""
    own: bool = False

    def lets(self, outlet: Outlet, own: frozenset[OutletKey]) -> bool:
        """Say whether an outlet is wanted."""
        return (
            self.country in ("", outlet.country)
            and self.kind in (None, outlet.kind)
            and self.family in ("", outlet.family)
            and (not self.own or outlet.key in own)
        )


def list_command(wanted: Filter, *, as_json: bool) -> None:
    """Print the outlets; leave with 1 where a file of the data folder has a fault."""
    settings = load()
    spoken = words(settings.language)
    own = load_own(settings.home)
    outlets = known_outlets(own)
    keys = frozenset(outlet.key for outlet in own.outlets)
    found = [outlet for outlet in outlets.known if not outlet.invented and wanted.lets(outlet, keys)]
    last = checks.load(settings.home)
    say_faults(own.faults, spoken)
    if as_json:
        records = [outlet_record(outlet, last, own=outlet.key in keys) for outlet in found]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(records)) + b"\n")
    else:
        _print(found, outlets, last, keys, spoken)
    raise typer.Exit(REJECTED if own.faults else 0)


def outlet_record(outlet: Outlet, last: Mapping[str, Check], *, own: bool) -> Record:
    """Return an outlet as JSON gives it out: its fields, whose it is, and the last check of each feed (null: never)."""
    made: Record = msgspec.to_builtins(outlet)
    for feed in made["feeds"]:
        check = last.get(feed["url"])
        feed["last_check"] = msgspec.to_builtins(check) if check else None
    return made | {"own": own}


def _print(
    found: Sequence[Outlet], outlets: Outlets, last: Mapping[str, Check], own: frozenset[OutletKey], spoken: Words
) -> None:
    head = [spoken.text(f"outlet.column.{name}") for name in ("key", "name", "country", "kind", "family", "feeds")]
    rows = [_row(outlet, outlets, last, own, spoken) for outlet in found]
    for line in outlet_words.columns([head, *rows]) if rows else ():
        print(line)
    feeds = [feed for outlet in found for feed in outlet.feeds]
    tried = sum(feed.url in last or feed.checked is not None for feed in feeds)
    print()
    print(spoken.text("outlet.listed", n=len(found)))
    print(spoken.text("outlet.tried", tried=tried, feeds=len(feeds)))
    if tried < len(feeds):
        print(spoken.text("outlet.untried"))


def _row(
    outlet: Outlet, outlets: Outlets, last: Mapping[str, Check], own: frozenset[OutletKey], spoken: Words
) -> list[str]:
    english = spoken.messages.language == "en"
    return [
        f"{outlet.key}*" if outlet.key in own else outlet.key,
        outlet.name_en if english and outlet.name_en else outlet.name,
        outlet_words.country(outlet.country, spoken) or "–",
        spoken.text(f"outlet.kind.{outlet.kind}"),
        outlet_words.family(outlet.family, outlets, spoken) or "–",
        _feeds(outlet, last, spoken),
    ]


def _feeds(outlet: Outlet, last: Mapping[str, Check], spoken: Words) -> str:
    """Return what is known of an outlet's feeds: none, not tried, how many of how many answer, or what is wrong with all."""
    if not outlet.feeds:
        return spoken.text("outlet.feeds.none")
    tried = [last[feed.url] for feed in outlet.feeds if feed.url in last]
    dated = [feed for feed in outlet.feeds if feed.checked is not None]
    if not tried and not dated:
        return spoken.text("outlet.feeds.untried", count=len(outlet.feeds))
    fine = sum(check.state in FINE for check in tried) if tried else len(dated)
    line = spoken.text("outlet.feeds.fine", fine=fine, count=len(outlet.feeds))
    worst = next((check for check in tried if check.state not in FINE), None)
    return f"{line} {spoken.text(f'outlet.state.{worst.state}')}" if worst else line
