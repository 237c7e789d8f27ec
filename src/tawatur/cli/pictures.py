"""The commands ``tawatur pictures …``. Each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from tawatur.cli.language import Language

Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", show_default=False, help="Where it stands at its outlet, or here.")
]

app = typer.Typer(
    help="The pictures of reports: how many there are, and taking one away.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def show(context: typer.Context, language: Language = None) -> None:
    """Print how many pictures wait, are kept, failed, were refused or made room, and how much room they take."""
    from tawatur.cli.picture_work import show_command

    if context.invoked_subcommand is None:
        show_command()


@app.command()
def withdraw(address: Address, language: Language = None) -> None:
    """Delete a picture, and show it no more."""
    from tawatur.cli.picture_work import withdraw_command

    withdraw_command(address)
