"""The commands ``tawatur readers …``. Each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from tawatur.cli.language import Language
from tawatur.reader import Role

Email = Annotated[str, typer.Argument(metavar="EMAIL", show_default=False, help="The reader's address.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

app = typer.Typer(
    help="The readers who have an account: list, add and remove them, hand links out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(as_json: Json = False, language: Language = None) -> None:
    """List the readers, the first of them first."""
    from tawatur.cli.reader_work import list_command

    list_command(as_json=as_json)


@app.command()
def add(
    email: Email,
    role: Annotated[Role, typer.Option(help="What the reader may do.")] = Role.READER,
    admin: Annotated[bool, typer.Option("--admin", help='The same as "--role admin".')] = False,
    name: Annotated[str, typer.Option(help="The reader's name.")] = "",
    password: Annotated[bool, typer.Option("--password", help="Ask for a password now, and print no link.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send the link by mail, and print none.")] = False,
    language: Language = None,
) -> None:
    """Add a reader: print a link that works once, by which a password is chosen."""
    from tawatur.cli.reader_work import add_command

    add_command(email, role=Role.ADMIN if admin else role, name=name, password=password, send=send)


@app.command()
def role(
    email: Email,
    role: Annotated[Role, typer.Argument(show_default=False, help="What the reader may do from now on.")],
    language: Language = None,
) -> None:
    """Change what a reader may do; his sessions end."""
    from tawatur.cli.reader_work import role_command

    role_command(email, role)


@app.command()
def reset(
    email: Email,
    second: Annotated[bool, typer.Option("--second", help="Take the second step away as well.")] = False,
    language: Language = None,
) -> None:
    """Print a link that works once, by which a reader chooses a new password."""
    from tawatur.cli.reader_work import reset_command

    reset_command(email, second=second)


@app.command()
def link(email: Email, language: Language = None) -> None:
    """Print the links of the letters that wait for an address, where none are sent by mail."""
    from tawatur.cli.reader_work import link_command

    link_command(email)


@app.command()
def remove(email: Email, language: Language = None) -> None:
    """Remove a reader with everything that is kept of him."""
    from tawatur.cli.reader_work import remove_command

    remove_command(email)
