"""The commands ``tawatur newsletters …``. Each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.language import Language
from tawatur.newsletter import Length, NewsletterKind

Slug = Annotated[str, typer.Argument(metavar="SLUG", show_default=False, help="The last part of its page's address.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

app = typer.Typer(
    help="Newsletters that anybody may subscribe to by e-mail: make, pause and remove them; bring subscribers in and out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(as_json: Json = False, language: Language = None) -> None:
    """List the newsletters with how many people each has."""
    from tawatur.cli.newsletter_work import list_command

    list_command(as_json=as_json)


@app.command()
def add(
    kind: Annotated[NewsletterKind, typer.Argument(show_default=False, help="What it tells of.")],
    slug: Annotated[
        str, typer.Option(help="The last part of its page's address: small Latin letters, digits, hyphens.")
    ],
    title: Annotated[str, typer.Option(help="What it is called.")],
    description: Annotated[str, typer.Option(help="What introduces it, in Markdown.")] = "",
    subject: Annotated[str, typer.Option(help="Of a section its key, of a name the name, of a search the query.")] = "",
    days: Annotated[
        str, typer.Option(help='Days of the week by ISO number: "1234567" is every day, "5" Fridays.')
    ] = "",
    at: Annotated[str, typer.Option(metavar="HH:MM", help="The time of the day.")] = "",
    zone: Annotated[str, typer.Option(help="By whose clocks: a city, or a zone of the IANA database.")] = "UTC",
    length: Annotated[Length, typer.Option(help="How much it tells of each story.")] = Length.MEDIUM,
    words: Annotated[str, typer.Option(metavar="ar|en", help="The language around the stories.")] = "ar",
    language: Language = None,
) -> None:
    """Make a newsletter; what is left out is as usual for its kind."""
    from tawatur.cli.newsletter_work import Given, add_command

    chosen = Given(subject=subject, days=days, at=at, zone=zone, length=length, words=words)
    add_command(kind, slug=slug, title=title, description=description, given=chosen)


@app.command()
def pause(slug: Slug, language: Language = None) -> None:
    """Let a newsletter rest until it is resumed."""
    from tawatur.cli.newsletter_work import pause_command

    pause_command(slug)


@app.command()
def resume(slug: Slug, language: Language = None) -> None:
    """Let a newsletter come again."""
    from tawatur.cli.newsletter_work import resume_command

    resume_command(slug)


@app.command()
def subscribers(slug: Slug, as_json: Json = False, language: Language = None) -> None:
    """List to whom a newsletter is sent, with when and how each agreed."""
    from tawatur.cli.newsletter_work import subscribers_command

    subscribers_command(slug, as_json=as_json)


@app.command("import")
def import_(
    slug: Slug,
    file: Annotated[
        Path, typer.Argument(show_default=False, help="A table (CSV) with columns email, confirmed and source.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    language: Language = None,
) -> None:
    """Bring in addresses whose owners agreed elsewhere. Whoever has left is not brought in again."""
    from tawatur.cli.newsletter_work import import_command

    import_command(slug, file, dry_run=dry_run)


@app.command()
def export(
    slug: Slug,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where the table goes.")] = None,
    language: Language = None,
) -> None:
    """Give out the subscribers of a newsletter as a table that can be brought in again."""
    from tawatur.cli.newsletter_work import export_command

    export_command(slug, output)


@app.command()
def remove(
    slug: Slug,
    yes: Annotated[bool, typer.Option("--yes", help="Ask no more.")] = False,
    language: Language = None,
) -> None:
    """Remove a newsletter with its issues and its subscribers."""
    from tawatur.cli.newsletter_work import remove_command

    remove_command(slug, yes=yes)
