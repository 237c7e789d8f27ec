"""The commands ``tawatur store …``. Each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from tawatur.cli.language import Language

app = typer.Typer(
    help="The store as a whole.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def options() -> None:
    """The store as a whole."""


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", show_default=False, help="A file, or an address.")],
    target: Annotated[str, typer.Argument(metavar="TO", show_default=False, help="A file, or an address.")],
    language: Language = None,
) -> None:
    """Copy a store to another database, and compare them; a copy that was stopped goes on when it is called again."""
    from tawatur.cli.store_copy import copy_command

    copy_command(source, target)


@app.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what there is to do; the status is 1 where there is something.")
    ] = False,
    language: Language = None,
) -> None:
    """Bring the store to this release's version, beside processes of the release before, and say which can work with it."""
    from tawatur.cli.store_migrate import migrate_command

    migrate_command(check=check)
