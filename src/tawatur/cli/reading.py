"""``tawatur read``: news into the store, and the stories that it tells onto the page."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
import typer

from tawatur.app import App, open_app
from tawatur.arabic.sentences import sentences
from tawatur.cli.aside import watched_meanwhile
from tawatur.cli.faults import say_faults
from tawatur.cli.progress import watching
from tawatur.cli.records import rejected_record, story_record
from tawatur.cli.run import FAILED, REJECTED
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import StoryNotFound
from tawatur.model import Article, Outlets, Rejected, Related, Report, Story, StoryId
from tawatur.pipeline import Reading

#: How many stories are printed for people; ``--json`` has all of them.
MOST_STORIES = 100
#: Rejections that are a mistake in the call itself.
_CALL = {
    "path_not_found",
    "not_a_file",
    "fetch.bad_address",
    "fetch.scheme",
    "fetch.credentials",
    "fetch.port",
    "fetch.private",
}

#: Records whose reason begins so were read although something about them is wrong.
ODD = "wrong_"


def read_command(paths: Sequence[str], *, published: date | None, as_json: bool, workers: int = 1) -> None:
    """Read, print, and leave with the exit status that says whether all was well; ``workers`` 0: one a core."""
    settings = load()
    spoken = words(settings.language)
    with open_app(settings) as app, watched_meanwhile(app.store, settings):
        say_faults(app.faults, spoken)
        with watching(spoken) as watch:
            helping = workers or os.cpu_count() or 1
            reading = app.read(paths, published=published, watch=watch, workers=helping)
        if as_json:
            print_json(reading, app, watch.over, spoken)
        else:
            print_text(reading, app, watch.over, spoken)
    raise typer.Exit(status(reading.rejected) or (REJECTED if reading.failing or reading.ungrouped else 0))


def status(rejected: Sequence[Rejected]) -> int:
    """Return the exit status of a call in which some things were rejected."""
    if any(one.reason in _CALL for one in rejected):
        return FAILED
    return REJECTED if rejected else 0


def touched(reading: Reading, app: App) -> tuple[StoryId, ...]:
    """Return the stories of the articles of a reading, new or known, in the order in which the articles were met.

    A story that has never been made, as that failed, is not among them.
    """
    found = (app.store.story_of(article) for article in reading.articles)
    unmade = set(reading.failing).difference(app.store.titles(reading.failing))
    return tuple(dict.fromkeys(story for story in found if story is not None and story not in unmade))


def print_json(reading: Reading, app: App, over: Counter[str], spoken: Words) -> None:
    """Print one JSON document, story by story, so that its size is no matter."""
    outlets = app.all_outlets()
    sys.stdout.write('{"stories": [')
    for number, story in enumerate(touched(reading, app)):
        record = story_record(app.story(story), outlets, lambda id: _title(app, id), spoken)
        sys.stdout.write((",\n" if number else "\n") + msgspec.json.encode(record).decode())
    rest = {
        "documents": reading.documents,
        "new": len(reading.new),
        "revisions": len(reading.revisions),
        "duplicates": len(reading.duplicates),
        "passed": dict(over.most_common()),
        "rejected": [rejected_record(one, spoken) for one in reading.rejected],
        "ungrouped": reading.ungrouped,
        "failing": reading.failing,
    }
    sys.stdout.write("\n], " + msgspec.json.encode(rest).decode()[1:] + "\n")


def print_text(reading: Reading, app: App, over: Counter[str], spoken: Words) -> None:
    """Print the stories for people, then the counts."""
    outlets = app.all_outlets()
    stories = touched(reading, app)
    for story in stories[:MOST_STORIES]:
        for line in story_lines(app.story(story), outlets, app, spoken):
            print(line)
        print()
    if len(stories) > MOST_STORIES:
        print(spoken.text("cli.more_stories", n=len(stories) - MOST_STORIES))
    for line in (*count_lines(reading, spoken), *passed_lines(over, spoken)):
        print(line)


def story_lines(story: Story, outlets: Outlets, app: App, spoken: Words) -> Iterator[str]:
    """Yield the lines of one story."""
    yield story.title
    independent = spoken.text("cli.independent", n=story.independent)
    counts = (spoken.published(story.day), spoken.text("cli.outlets", n=story.outlets), independent)
    yield "  " + " · ".join(counts)
    for report in story.reports:
        yield from _report_lines(report, outlets, spoken)
    for related in story.related:
        yield "  " + _related_line(related, app, spoken)


def _report_lines(report: Report, outlets: Outlets, spoken: Words) -> Iterator[str]:
    outlet = outlets.get(report.article.outlet)
    name = outlet.name if outlet else report.article.outlet
    yield "  - " + spoken.text("cli.report", outlet=name, title=_headline(report.article))
    yield "    " + spoken.text("cli.why", why=spoken.why(report.why))


def _headline(article: Article) -> str:
    """Return the headline, or where the page has none its first sentence."""
    if article.title:
        return article.title
    return next((article.text[span.start : span.end] for span in sentences(article.text)), "")


def _related_line(related: Related, app: App, spoken: Words) -> str:
    return spoken.text("cli.related", title=_title(app, related.story), why=spoken.why(related.why))


def _title(app: App, story: StoryId) -> str:
    try:
        return app.store.story_head(story).title
    except StoryNotFound:
        return story


def count_lines(reading: Reading, spoken: Words) -> Iterator[str]:
    """Yield the counts: documents read, new articles, revisions among them, duplicates, and what was rejected by reason."""
    yield spoken.text("cli.count.documents", n=reading.documents)
    yield spoken.text("cli.count.new", n=len(reading.new))
    if reading.revisions:
        yield spoken.text("cli.count.revisions", n=len(reading.revisions))
    yield spoken.text("cli.count.duplicates", n=len(reading.duplicates))
    yield spoken.text("cli.count.rejected", n=len(reading.rejected))
    for key, count in Counter(one.key for one in reading.rejected).most_common():
        yield "  " + spoken.text("cli.count.reason", reason=spoken.text(key), count=count)
    if reading.ungrouped:
        yield spoken.text("cli.count.ungrouped", n=len(reading.ungrouped))
    if reading.failing:
        yield spoken.text("cli.count.failing", n=len(reading.failing))


def passed_lines(over: Counter[str], spoken: Words) -> Iterator[str]:
    """Yield how many records of archives were passed over, by reason; nothing where there were none."""
    odd = {reason: count for reason, count in over.items() if reason.startswith(ODD)}
    for key, counts in (("cli.count.passed", over - Counter(odd)), ("cli.count.odd", Counter(odd))):
        if counts:
            yield spoken.text(key, n=counts.total())
        for reason, count in counts.most_common():
            yield "  " + spoken.text("cli.count.reason", reason=spoken.text(f"passed.{reason}"), count=count)
