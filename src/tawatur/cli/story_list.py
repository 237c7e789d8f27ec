"""``tawatur stories list`` and ``show``: the stories with the ids by which they and their reports are named."""

from __future__ import annotations

import sys

import msgspec

from tawatur.app import App, open_app
from tawatur.cli.records import story_record
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import StoryApart, StoryNotFound
from tawatur.ids import StoryId, id_in
from tawatur.model import Report
from tawatur.stories.lead import lead_of


def list_command(limit: int, *, as_json: bool) -> None:
    """Print the stories, newest day first."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        heads = app.store.front(limit=limit)
        if as_json:
            print_json([msgspec.to_builtins(head) for head in heads])
            return
        for head in heads:
            reports = spoken.text("web.reports_count", n=head.reports)
            print(spoken.text("cli.story_line", id=head.id, title=head.title, reports=reports))


def show_command(story: str, *, as_json: bool) -> None:
    """Print the reports of a story, oldest first."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app:
        found = app.story(current(app, story))
        outlets = app.all_outlets()
        if as_json:
            titles = app.store.titles([one.story for one in found.related])
            print_json(story_record(found, outlets, lambda id: titles.get(id, id), spoken))
            return
        reports = spoken.text("web.reports_count", n=len(found.reports))
        print(spoken.text("cli.story_line", id=found.id, title=found.title, reports=reports))
        for report in found.reports:
            outlet = outlets.get(report.article.outlet)
            print("  " + _report(report, outlet.name if outlet else report.article.outlet, spoken))
            print("    " + spoken.text("cli.why", why=spoken.why(report.why)))


def _report(report: Report, outlet: str, spoken: Words) -> str:
    line = spoken.text("cli.report", outlet=outlet, title=report.article.title or lead_of(report.article))
    return spoken.text("cli.named", id=report.article.id, line=line)


def current(app: App, story: str) -> StoryId:
    """Return the story that an id or an address stands for now.

    Raises:
        StoryNotFound: no story ever had this id.
        StoryApart: its reports stand in several stories now.
    """
    asked = StoryId(id_in(story))
    found = app.store.whereabouts(asked)
    if not found:
        raise StoryNotFound(asked)
    if len(found) > 1:
        raise StoryApart(asked, ", ".join(found))
    return found[0]


def print_json(value: object) -> None:
    """Print a value as JSON, indented."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value)).decode() + "\n")
