"""``tawatur stories move``, ``merge``, ``split`` and ``undo``: people's corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from tawatur.app import App, open_app
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.correcting import Corrected, Corrector
from tawatur.ids import ArticleId, StoryId, id_in
from tawatur.stories.correct import Signed


def move_command(article: str, story: str, *, by: str, note: str) -> None:
    """Move a report to another story."""
    signed = _signed(by, note)
    _correct(lambda made: made.move([ArticleId(id_in(article))], StoryId(id_in(story)), by=signed), "cli.corrected")


def merge_command(story: str, into: str, *, by: str, note: str) -> None:
    """Merge a story into another one."""
    signed = _signed(by, note)
    _correct(lambda made: made.merge(StoryId(id_in(story)), StoryId(id_in(into)), by=signed), "cli.corrected")


def split_command(story: str, articles: Sequence[str], *, by: str, note: str) -> None:
    """Make some reports of a story one of their own."""
    signed = _signed(by, note)
    going = [ArticleId(id_in(one)) for one in articles]
    _correct(lambda made: made.split(StoryId(id_in(story)), going, by=signed), "cli.corrected")


def undo_command(number: int, *, by: str) -> None:
    """Take a correction back."""
    _correct(lambda made: made.undo(number, by=_signed(by, "")), "cli.corrected.undone")


def _signed(by: str, note: str) -> Signed:
    return Signed(by.strip(), datetime.now(UTC), note.strip())


def _correct(act: Callable[[Corrector], Corrected], key: str) -> None:
    """Make a correction, say what came of it, and let the machine follow."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        done = act(app.corrector())
        print(spoken.text(key, number=done.correction.number))
        app.refresh()
        for story in done.stories:
            for now in app.store.whereabouts(story):
                print("  " + _line(app, now, spoken))


def _line(app: App, story: StoryId, spoken: Words) -> str:
    head = app.store.story_head(story)
    reports = spoken.text("web.reports_count", n=head.reports)
    return spoken.text("cli.story_line", id=story, title=head.title, reports=reports)
