"""The commands ``tawatur archive …``. Each loads what it needs when it is called."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from tawatur.cli.language import Language

app = typer.Typer(
    help="Archives of any size to stories, as Parquet tables, on this machine or on a cluster.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def archive() -> None:
    """Archives of any size to stories, as Parquet tables, on this machine or on a cluster."""


@app.command()
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", show_default=False, help="Files and folders: WARC, JSON lines, Parquet, pages."
        ),
    ],
    output: Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="The folder of the tables.")],
    engine: Annotated[
        str, typer.Option(metavar="ENGINE", help='"local", or a Dask scheduler: "dask://HOST:PORT".')
    ] = "local",
    workers: Annotated[int, typer.Option(min=0, max=1024, help='Processes of "local"; 0: one a core.')] = 0,
    grade: Annotated[str, typer.Option(help='How articles are analysed: "fast" or "fine".')] = "fast",
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of publication of all that does not state its own."),
    ] = None,
    collected: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day on which all was collected that does not state its own; today."
        ),
    ] = None,
    language: Language = None,
) -> None:
    """Read archives into tables of articles, stories and claims. The same command goes on with a run that was stopped."""
    from tawatur.cli.archive_run import Wish, run_command

    run_command(
        inputs,
        output,
        Wish(
            engine=engine,
            workers=workers,
            grade=grade,
            published=published.date() if published else None,
            collected=collected,
        ),
    )
