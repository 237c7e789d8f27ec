"""The commands ``tawatur outlets …``. Each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.language import Language
from tawatur.model import OutletKind

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Country = Annotated[str, typer.Option(help="A country code of two letters: EG, SA, MA …")]
Family = Annotated[str, typer.Option(help="The owner, as families are called in the outlets' files.")]
Kind = Annotated[OutletKind | None, typer.Option(help="The kind of outlet.")]
Slow = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="From when on an answer is slow.")]
Timeout = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long to wait for an answer.")]

app = typer.Typer(
    help="The outlets that are known: list, add and try them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(
    country: Country = "",
    kind: Kind = None,
    family: Family = "",
    own: Annotated[bool, typer.Option("--own", help="Only those of the data folder.")] = False,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """List the outlets, with how many of their feeds have been tried and what came of it."""
    from tawatur.cli.outlet_list import Filter, list_command

    list_command(Filter(country=country.upper(), kind=kind, family=family, own=own), as_json=as_json)


@app.command()
def add(
    homepage: Annotated[str, typer.Argument(metavar="[HOMEPAGE]", show_default=False, help="Where it stands.")] = "",
    name: Annotated[str, typer.Option(help="Its name in Arabic.")] = "",
    name_en: Annotated[str, typer.Option("--name-en", help="Its name in English.")] = "",
    key: Annotated[str, typer.Option(help="A word of small Latin letters; made from the homepage if not given.")] = "",
    country: Country = "",
    family: Family = "",
    kind: Kind = None,
    state: Annotated[bool, typer.Option("--state", help="A government owns or runs it.")] = False,
    zone: Annotated[str, typer.Option(help="Its time zone: Africa/Cairo.")] = "",
    host: Annotated[list[str] | None, typer.Option(help="A host of its pages; may be given again.")] = None,
    credit: Annotated[list[str] | None, typer.Option(help="How others credit it; may be given again.")] = None,
    feed: Annotated[list[str] | None, typer.Option(help="The address of a feed; may be given again.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of the outlet that has this key.")] = False,
    language: Language = None,
) -> None:
    """Add an outlet to the data folder: from options, or by asking for what is missing."""
    from tawatur.cli.outlet_add import Given, add_command

    given = Given(
        homepage=homepage,
        name=name,
        name_en=name_en,
        key=key,
        country=country,
        family=family,
        kind=kind,
        state=state,
        zone=zone,
        hosts=tuple(host or ()),
        credits=tuple(credit or ()),
        feeds=tuple(feed or ()),
    )
    add_command(given, replace=replace)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", show_default=False, help="A list of feeds (OPML).")],
    language: Language = None,
) -> None:
    """Add the outlets of a list of feeds to the data folder; those that are known stay as they are."""
    from tawatur.cli.outlet_opml import import_command

    import_command(file)


@app.command()
def export(
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.opml", help="Where to; else it is printed.")
    ] = None,
    country: Country = "",
    kind: Kind = None,
    family: Family = "",
    own: Annotated[bool, typer.Option("--own", help="Only those of the data folder.")] = False,
    language: Language = None,
) -> None:
    """Write the feeds of the outlets as a list (OPML) that any feed reader takes."""
    from tawatur.cli.outlet_list import Filter
    from tawatur.cli.outlet_opml import export_command

    export_command(Filter(country=country.upper(), kind=kind, family=family, own=own), out=out)


@app.command()
def check(
    only: Annotated[list[str] | None, typer.Option(metavar="KEY", help="Only this outlet; may be given again.")] = None,
    country: Country = "",
    slow: Slow = 10.0,
    timeout: Timeout = 20.0,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Try the feeds of all outlets, many at once, and say how each is doing."""
    from tawatur.cli.outlet_check import check_command

    check_command(only or [], country=country.upper(), slow=slow, timeout=timeout, as_json=as_json)


@app.command()
def probe(
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False, help="A homepage or a feed.")],
    slow: Slow = 10.0,
    timeout: Timeout = 20.0,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Find and try the feeds of a homepage, and propose a table for an outlet's file."""
    from tawatur.cli.outlet_check import probe_command

    probe_command(url, slow=slow, timeout=timeout, as_json=as_json)
