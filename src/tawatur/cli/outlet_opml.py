"""``tawatur outlets import`` and ``export``: lists of feeds as readers hand them to one another (OPML)."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from tawatur.app import known_outlets
from tawatur.cli.faults import say_faults
from tawatur.cli.outlet_list import Filter
from tawatur.cli.run import REJECTED
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import FileThere, PathNotFound
from tawatur.extract import opml
from tawatur.extract.decode import decode
from tawatur.model import Kind, Outlet, OutletKey, Outlets, RawDocument, Rejected
from tawatur.outlets import adding, load_own


def import_command(file: Path) -> None:
    """Add the sites of a list whose outlets are not known yet to the data folder; leave with 1 where one could not be added.

    Raises:
        PathNotFound: there is no such file.
    """
    settings = load()
    spoken = words(settings.language)
    found = _read(file)
    if isinstance(found, Rejected):
        print(spoken.rejected(found), file=sys.stderr)
        raise typer.Exit(REJECTED)
    known = known_outlets(load_own(settings.home))
    added = failed = 0
    for site in opml.by_site(found):
        there = known.of_url(site.homepage)
        if there:
            print(spoken.text("outlet.known", name=there.name, outlet=there.key))
            continue
        outlet = _outlet(site, known)
        known = Outlets((*known.known, outlet), families=known.families)
        done = _add(settings.home, outlet, file.name, spoken)
        added, failed = added + done, failed + (not done)
    print(spoken.text("outlet.imported", n=added))
    raise typer.Exit(REJECTED if failed else 0)


def _read(file: Path) -> opml.Opml | Rejected:
    if not file.is_file():
        raise PathNotFound(str(file))
    document = RawDocument(
        content=file.read_bytes(), origin=str(file), kind=Kind.FEED, collected=datetime.now(UTC)
    )  # the kind counts for nothing here
    text = decode(document)
    if text is None:
        return Rejected(origin=str(file), reason="undecodable")
    return opml.read(text, origin=str(file))


def _outlet(site: opml.Site, known: Outlets) -> Outlet:
    """The outlet of a site; its key is made from the whole host where the short one is another outlet's."""
    key = adding.key_of(site.homepage)
    if known.get(key):
        key = OutletKey(adding.host_of(site.homepage).replace(".", "-"))
    return adding.made(name=site.name, homepage=site.homepage, key=key, feeds=site.feeds)


def _add(home: Path, outlet: Outlet, source: str, spoken: Words) -> bool:
    """Write an outlet into the data folder, and say where; False, with its faults said, where it cannot be one."""
    if faults := adding.faults(outlet):
        say_faults(faults, spoken)
        return False
    try:
        path = adding.write(home, outlet, header=spoken.text("outlet.imported_header", file=source))
    except FileThere as error:
        print(spoken.error(error.key, error.subject, error.detail), file=sys.stderr)
        return False
    print(spoken.text("outlet.added", name=outlet.name, path=path))
    return True


def export_command(wanted: Filter, *, out: Path | None) -> None:
    """Write the feeds of the outlets as a list, to a file or to the output.

    Raises:
        OSError: the file cannot be written.
    """
    settings = load()
    spoken = words(settings.language)
    own = load_own(settings.home)
    say_faults(own.faults, spoken)
    keys = frozenset(outlet.key for outlet in own.outlets)
    found = [one for one in known_outlets(own).known if not one.invented and wanted.lets(one, keys)]
    title = spoken.text("outlet.list_title")
    text = opml.write(opml.of_outlets(found, title=title, language=settings.language))
    if out is None:
        sys.stdout.buffer.write(text.encode())
        return
    out.write_text(text, encoding="utf-8")
    print(spoken.text("outlet.exported", n=sum(len(one.feeds) for one in found), path=out))
