"""``tawatur outlets add``: an outlet of one's own, from options or from answers, into a file of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import typer

from tawatur.app import known_outlets
from tawatur.cli.faults import say_faults
from tawatur.cli.run import FAILED
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import OutletKnown
from tawatur.model import Outlet, OutletKind
from tawatur.outlets import adding, load_own


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the call tells of the outlet."""

    homepage: str = ""
    name: str = ""
    name_en: str = ""
    key: str = ""
    country: str = ""
    family: str = ""
    kind: OutletKind | None = None
    state: bool = False
    zone: str = ""
    hosts: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def add_command(given: Given, *, replace: bool) -> None:
    """Write the outlet, and say where.

    Raises:
        OutletKnown: an outlet has this key, and its place is not to be taken.
        FileThere: a file of this name is there already.
    """
    settings = load()
    spoken = words(settings.language)
    if not (given.homepage and given.name):
        given = asked(given, spoken)
    outlet = _made(given)
    if faults := adding.faults(outlet):
        say_faults(faults, spoken)
        raise typer.Exit(FAILED)
    known = known_outlets(load_own(settings.home)).get(outlet.key)
    if known is not None and not replace:
        raise OutletKnown(outlet.key, known.name)
    path = adding.write(settings.home, outlet, header=spoken.text("outlet.added_header"))
    print(spoken.text("outlet.added", name=outlet.name, path=path))
    print(
        spoken.text("outlet.added_next", outlet=outlet.key)
        if outlet.feeds
        else spoken.text("outlet.added_no_feed", url=outlet.homepage)
    )


def _made(given: Given) -> Outlet:
    return adding.made(
        name=given.name,
        homepage=given.homepage,
        key=given.key,
        name_en=given.name_en,
        country=given.country,
        family=given.family,
        kind=given.kind or OutletKind.SITE,
        state=given.state,
        zone=given.zone,
        hosts=given.hosts,
        credits=given.credits,
        feeds=given.feeds,
    )


def asked(given: Given, spoken: Words) -> Given:
    """Return what the call tells with the answers to what it does not; an empty answer leaves what is offered."""

    def ask(field: str, offered: str) -> str:
        return str(
            typer.prompt(spoken.text(f"outlet.ask.{field}"), default=offered, show_default=bool(offered))
        ).strip()

    def must(field: str) -> str:
        return str(typer.prompt(spoken.text(f"outlet.ask.{field}"))).strip()

    homepage = given.homepage or must("homepage")
    if "://" not in homepage:
        homepage = f"https://{homepage}"
    name = given.name or must("name")
    country = given.country or ask("country", adding.country_of(homepage))
    kind = given.kind or _kind(ask("kind", OutletKind.SITE.value))
    feeds = given.feeds or tuple(ask("feeds", "").split())
    return replace(
        given,
        homepage=homepage,
        name=name,
        name_en=given.name_en or ask("name_en", ""),
        key=given.key or ask("key", adding.key_of(homepage)),
        country=country,
        kind=kind,
        feeds=feeds,
    )


def _kind(answer: str) -> OutletKind:
    return OutletKind(answer) if answer in set(OutletKind) else OutletKind.SITE
