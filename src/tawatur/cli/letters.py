"""The commands ``tawatur letters …``. Each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.language import Language

app = typer.Typer(
    help="Letters on their way: the key that signs them, what waits, what came back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def dkim(
    domain: Annotated[
        str, typer.Option(help="The domain that letters are from; that of the settings where it is left out.")
    ] = "",
    selector: Annotated[str, typer.Option(help="The name of the key in the DNS.")] = "tawatur",
    ed25519: Annotated[
        bool, typer.Option("--ed25519", help="An Ed25519 key instead of RSA, for a second signature.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where the key is kept; in the data folder otherwise."),
    ] = None,
    language: Language = None,
) -> None:
    """Make a key that signs letters, and print its DNS record; a key that is there already is kept."""
    from tawatur.cli.letter_work import dkim_command

    dkim_command(domain, selector, "ed25519" if ed25519 else "rsa", output)


@app.command()
def run(
    once: Annotated[bool, typer.Option("--once", help="End as soon as all is done that is due.")] = False,
    language: Language = None,
) -> None:
    """Make the issues of newsletters that are due, and send what waits, until it is stopped."""
    from tawatur.cli.issue_work import run_command

    run_command(once=once)


@app.command()
def bounces(
    recipient: Annotated[
        str, typer.Option(help="The address that it came to, where the mail server gives it.", metavar="ADDRESS")
    ] = "",
    language: Language = None,
) -> None:
    """Read one message that came back, from the standard input, and stop what is sent to an address that is none."""
    from tawatur.cli.letter_work import bounces_command

    bounces_command(recipient)


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    language: Language = None,
) -> None:
    """Print what waits in the outbox, which hand-overs are in doubt, and to whom nothing is sent any more."""
    from tawatur.cli.letter_work import status_command

    status_command(as_json=as_json)


@app.command()
def release(
    send: Annotated[
        bool, typer.Option("--send", help="Send them: nothing was sent between the backup and now.")
    ] = False,
    language: Language = None,
) -> None:
    """Let go of the letters and newsletters that a restored store holds back: they are given up, and newsletters go on."""
    from tawatur.cli.letter_work import release_command

    release_command(send=send)


@app.command()
def resume(
    email: Annotated[str, typer.Argument(metavar="EMAIL", show_default=False, help="The address.")],
    language: Language = None,
) -> None:
    """Send newsletters to an address again."""
    from tawatur.cli.letter_work import resume_command

    resume_command(email)
