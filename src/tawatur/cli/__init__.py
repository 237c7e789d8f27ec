"""The command ``tawatur``. Each command loads what it needs when it is called, so that the small ones answer at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from tawatur.cli import archive, letters, newsletters, outlets, pictures, readers, stores, stories
from tawatur.cli.language import Language
from tawatur.cli.run import run

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", show_default=False, help="Files, folders and addresses.")
]
Input = Annotated[str, typer.Argument(metavar="IN.jsonl", show_default=False, help="Articles, one a line.")]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="OUT.jsonl", help='Where to; "-" is the standard output.')
]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day of publication of all that does not state its own."),
]


app = typer.Typer(
    help="Tawatur: one story, every source, and who is independent of whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


app.add_typer(outlets.app, name="outlets")
app.add_typer(stories.app, name="stories")
app.add_typer(readers.app, name="readers")
app.add_typer(pictures.app, name="pictures")
app.add_typer(letters.app, name="letters")
app.add_typer(newsletters.app, name="newsletters")
app.add_typer(archive.app, name="archive")
app.add_typer(stores.app, name="store")


def main() -> None:
    """Run the command line; nobody ever sees a traceback."""
    run(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tawatur {version('tawatur')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Tawatur: one story, every source, and who is independent of whom."""


@app.command()
def read(
    paths: Paths,
    published: Published = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes that help; 0: one a core.")] = 0,
    language: Language = None,
) -> None:
    """Read files, folders and addresses into the store, and print the stories that they tell."""
    from tawatur.cli.reading import read_command

    day = published.date() if published else None
    read_command(paths, published=day, as_json=as_json, workers=workers)


@app.command()
def extract(paths: Paths, output: Output = "-", published: Published = None, language: Language = None) -> None:
    """Take the articles out of pages, feeds and texts: JSON lines, one an article."""
    from tawatur.cli.lines import extract_command

    extract_command(paths, output, published=published.date() if published else None)


@app.command()
def analyze(
    source: Input,
    output: Output = "-",
    grade: Annotated[
        str | None, typer.Option(help='"fast", "fine", "hub", "chat", or a function of yours: "MODULE:FUNCTION".')
    ] = None,
    language: Language = None,
) -> None:
    """Say of each article who it names, who says what, when and how much: JSON lines, one an article."""
    from tawatur.cli.lines import analyze_command

    analyze_command(source, output, grade=grade)


@app.command()
def group(
    source: Input,
    output: Output = "-",
    state: Annotated[str | None, typer.Option(metavar="DIR", help="Keep what was grouped, for the next call.")] = None,
    language: Language = None,
) -> None:
    """Group articles into stories: JSON lines, one an article, with the reason."""
    from tawatur.cli.lines import group_command

    group_command(source, output, state=state)


@app.command()
def export(
    output: Annotated[str, typer.Argument(metavar="OUT", help="The folder of the tables; it is to be empty.")],
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; by default that of all news."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day; by default that of all news.")
    ] = None,
    language: Language = None,
) -> None:
    """Write the news of the store as Parquet tables: articles, what they say, stories, reports, points."""
    from tawatur.cli.archive_run import export_command

    export_command(output, first=first.date() if first else None, last=last.date() if last else None)


@app.command()
def backup(
    output: Annotated[
        str,
        typer.Argument(
            metavar="OUT", show_default=False, help="The file that is made, or a folder; with --verify, the backup."
        ),
    ],
    keep: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Let go of all but the newest N backups of the folder.")
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Take the pictures along; they can be fetched again.")
    ] = True,
    verify: Annotated[bool, typer.Option("--verify", help="Read a backup whole, and make none.")] = False,
    language: Language = None,
) -> None:
    """Write the store and the data folder into one file, as they are at one moment, while everybody goes on."""
    from tawatur.cli.backup_work import backup_command, verify_command

    if verify:
        verify_command(output)
    else:
        backup_command(output, keep=keep, pictures=pictures)


@app.command()
def restore(
    backup: Annotated[str, typer.Argument(metavar="BACKUP", show_default=False, help="The file that was made.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of a store that holds something; that is kept by another name."),
    ] = False,
    trial: Annotated[bool, typer.Option("--check", help="Do all of it but the last step: nothing is changed.")] = False,
    language: Language = None,
) -> None:
    """Make the store and the data folder of a backup."""
    from tawatur.cli.backup_work import restore_command

    restore_command(backup, replace=replace, trial=trial)


@app.command()
def crawl(
    once: Annotated[bool, typer.Option("--once", help="Read what is due now, and leave.")] = False,
    during: Annotated[
        str | None, typer.Option("--for", metavar="DURATION", help='For how long, as "30m", "6h" or "2d".')
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="This outlet alone; can be given several times.")
    ] = None,
    language: Language = None,
) -> None:
    """Read the outlets' feeds, and the pages that they name, again and again: news into the store."""
    from tawatur.cli.crawling import crawl_command

    crawl_command(once=once, during=during, only=only or ())


@app.command()
def health(
    as_json: Annotated[bool, typer.Option("--json", help="Print what programs are told.")] = False,
    language: Language = None,
) -> None:
    """Say how the Tawatur is that runs with these settings; the exit status is 0 where it is ready."""
    from tawatur.cli.health import health_command

    health_command(as_json=as_json)


@app.command()
def trace(
    page: Annotated[
        str, typer.Argument(metavar="PAGE", show_default=False, help="An address, or the id of an article.")
    ],
    language: Language = None,
) -> None:
    """Print the number by which a page is found in the log, from the fetch to the letter."""
    from tawatur.cli.tracing import trace_command

    trace_command(page)


@app.command()
def search(
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY...", show_default=False, help="Words, phrases and filters.")
    ] = None,
    page: Annotated[int, typer.Option(min=1, help="Which page of the results.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    reindex: Annotated[bool, typer.Option("--reindex", help="Enter every article anew; no query is asked.")] = False,
    language: Language = None,
) -> None:
    """Search the reports in the store, and print the stories that they tell."""
    from tawatur.cli.searching import reindex_command, search_command

    if reindex:
        reindex_command()
    else:
        search_command(query or (), page=page, as_json=as_json)


@app.command()
def rewrite(
    stories: Annotated[
        list[str] | None, typer.Argument(metavar="STORY...", show_default=False, help="Stories: ids or addresses.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All stories, the newest first.")] = False,
    language: Language = None,
) -> None:
    """Let a language model of yours rewrite the accounts of stories; what has no source is not kept."""
    from tawatur.cli.rewriting import rewrite_command

    rewrite_command(stories or (), every=every)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")] = None,
    crawl: Annotated[
        bool | None, typer.Option("--crawl/--no-crawl", help="Read the outlets' feeds in the background as well.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer; one for each core.")] = 1,
    language: Language = None,
) -> None:
    """Serve the pages."""
    from tawatur.cli.serving import serve_command

    serve_command(host, port, crawl=crawl, workers=workers)


@app.command()
def start(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port to listen on.")] = None,
    language: Language = None,
) -> None:
    """Put the sample edition into the store, once, and serve the pages."""
    from tawatur.cli.serving import start_command

    start_command(host, port)
