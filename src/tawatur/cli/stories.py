"""The commands ``tawatur stories …``. Each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from tawatur.cli.language import Language

Story = Annotated[str, typer.Argument(metavar="STORY", show_default=False, help="A story: its id, or its address.")]
Report = Annotated[str, typer.Argument(metavar="ARTICLE", show_default=False, help="A report: its id, or its address.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who corrects it.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

app = typer.Typer(
    help="The stories: list them, show their reports, correct them, and see what became of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 24,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """List the stories as the front page does, with their ids."""
    from tawatur.cli.story_list import list_command

    list_command(limit, as_json=as_json)


@app.command()
def show(story: Story, as_json: Json = False, language: Language = None) -> None:
    """Show the reports of a story, with their ids and why they stand there."""
    from tawatur.cli.story_list import show_command

    show_command(story, as_json=as_json)


@app.command()
def history(story: Story, as_json: Json = False, language: Language = None) -> None:
    """Tell what became of a story: what was merged into it, split off, moved, by whom and why."""
    from tawatur.cli.story_history import history_command

    history_command(story, as_json=as_json)


@app.command()
def move(article: Report, story: Story, by: By = "", note: Note = "", language: Language = None) -> None:
    """Move a report to another story."""
    from tawatur.cli.story_correct import move_command

    move_command(article, story, by=by, note=note)


@app.command()
def merge(
    story: Story,
    into: Annotated[str, typer.Argument(metavar="STORY", show_default=False, help="The story that stays.")],
    by: By = "",
    note: Note = "",
    language: Language = None,
) -> None:
    """Merge a story into another one, whose address stays; the old address leads there."""
    from tawatur.cli.story_correct import merge_command

    merge_command(story, into, by=by, note=note)


@app.command()
def split(
    story: Story,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", show_default=False, help="The reports that leave it.")
    ],
    by: By = "",
    note: Note = "",
    language: Language = None,
) -> None:
    """Make some reports of a story one of their own; the address stays with the larger part."""
    from tawatur.cli.story_correct import split_command

    split_command(story, articles, by=by, note=note)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", show_default=False, help="The number of a correction.")],
    by: By = "",
    language: Language = None,
) -> None:
    """Take a correction back."""
    from tawatur.cli.story_correct import undo_command

    undo_command(number, by=by)
