"""``tawatur extract``, ``analyze`` and ``group``: one step at a time, JSON lines out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
import typer

from tawatur.analyzers import chosen
from tawatur.app import Watch, fetch_policy, known_outlets, open_app, read_places
from tawatur.cli.faults import say_faults
from tawatur.cli.progress import Quiet, watching
from tawatur.cli.reading import passed_lines, status
from tawatur.cli.records import Record, analysis_record, article_record
from tawatur.cli.words import Words, words
from tawatur.config import load
from tawatur.errors import InputError
from tawatur.extract import Extraction, extract
from tawatur.fetch import files
from tawatur.model import Article, ArticleId, Decision, RawDocument, Rejected
from tawatur.outlets import load_own
from tawatur.pipeline import Kept, attempt
from tawatur.store import Store

Write = Callable[[Record], None]
STANDARD_OUTPUT = "-"


def extract_command(paths: Sequence[str], output: str, *, published: date | None) -> None:
    """Write the articles of files, folders and addresses."""
    spoken = words(load().language)
    with writer(output) as write, watching(spoken) as watch:
        rejected: list[Rejected] = []
        for article in articles(paths, published, watch, rejected):
            write(article_record(article))
    for line in passed_lines(watch.over, spoken):
        print(line, file=sys.stderr)
    raise typer.Exit(status(rejected))


def analyze_command(source: str, output: str, *, grade: str | None = None) -> None:
    """Write what each article says, by the analyser that is chosen, or the one that ``grade`` names."""
    analyze = chosen(load(), grade)
    with writer(output) as write, watching(words(load().language)) as watch:
        rejected: list[Rejected] = []
        for article in articles([source], None, watch, rejected):
            write(analysis_record(article, analyze(article)))
    raise typer.Exit(status(rejected))


def articles(paths: Sequence[str], published: date | None, watch: Quiet, rejected: list[Rejected]) -> Iterator[Article]:
    """Yield the articles of files, folders and addresses; what was rejected is said, and added to ``rejected``."""
    own = load_own(load().home)
    say_faults(own.faults, words(load().language))
    outlets = known_outlets(own)
    given = files.Given(collected=datetime.now(UTC), outlets=outlets, published=published)
    for item in read_places(paths, given, watch, fetch_policy(load())):
        found = _extracted(item, given)
        watch.taken(Kept(new=tuple(article.id for article in found.articles), rejected=found.rejected))
        rejected += found.rejected
        yield from found.articles


def _extracted(item: RawDocument | Rejected, given: files.Given) -> Extraction:
    if isinstance(item, RawDocument):
        found = attempt(item, lambda: extract(item, outlets=given.outlets, latest=item.collected.date()))
    else:
        found = item
    return Extraction(articles=(), rejected=(found,)) if isinstance(found, Rejected) else found


def group_command(source: str, output: str, *, state: str | None) -> None:
    """Write which story each article belongs to when all is decided: later reports change what was decided of earlier ones."""
    settings = load()
    with _state(state) as database, open_app(settings, database=database) as app, writer(output) as write:
        answers = Answers(app.store, write, words(settings.language))
        with watching(words(settings.language)) as watch:
            rejected = app.group([source], watch=Both(watch, answers))
        answers.write()
    raise typer.Exit(status(rejected))


class Answers:
    """Writes a line for each article of a call, once: those that it grouped in the order of time, then the known ones."""

    def __init__(self, store: Store, write: Write, spoken: Words) -> None:
        self._store, self._write, self._words = store, write, spoken
        self._met: dict[ArticleId, None] = {}
        self._grouped: dict[ArticleId, None] = {}

    def met(self, articles: Iterable[ArticleId]) -> None:
        """Note articles of this call."""
        self._met |= dict.fromkeys(articles)

    def decided(self, decision: Decision) -> None:
        """Note that an article was grouped; one that an earlier call left over is not asked for."""
        if decision.article in self._met:
            self._grouped[decision.article] = None

    def write(self) -> None:
        """Write the stories in which the articles stand now."""
        for article in self._grouped | self._met:
            if decision := self._store.decision(article):
                why = self._words.why(decision.why)
                self._write({"id": article, "story": decision.story, "why": why, "score": decision.why.score})


class Both(Watch):
    """Tells one watch how far the work is, and the answers what was met and decided."""

    def __init__(self, watch: Watch, answers: Answers) -> None:
        self._watch, self._answers = watch, answers

    def files(self, count: int, size: int) -> None:
        self._watch.files(count, size)

    def file(self) -> None:
        self._watch.file()

    def bytes(self, count: int) -> None:
        self._watch.bytes(count)

    def fetching(self, count: int) -> None:
        self._watch.fetching(count)

    def fetched(self) -> None:
        self._watch.fetched()

    def passed(self, reason: str) -> None:
        self._watch.passed(reason)

    def taken(self, kept: Kept) -> None:
        self._watch.taken(kept)
        self._answers.met((*kept.new, *kept.duplicates))

    def grouping(self, articles: int) -> None:
        self._watch.grouping(articles)

    def grouped(self, decision: Decision) -> None:
        self._watch.grouped(decision)
        self._answers.decided(decision)

    def composing(self, stories: int) -> None:
        self._watch.composing(stories)

    def composed(self) -> None:
        self._watch.composed()


@contextmanager
def _state(folder: str | None) -> Iterator[Path]:
    """Give the path of a store: in the folder, or in one that goes when the work is done."""
    if folder is not None:
        yield Path(folder) / "tawatur.sqlite3"
        return
    with tempfile.TemporaryDirectory(prefix="tawatur-") as temporary:
        yield Path(temporary) / "tawatur.sqlite3"


@contextmanager
def writer(output: str) -> Iterator[Write]:
    """Give a function that writes one line. A file appears under its name only when all of it is written."""
    if output == STANDARD_OUTPUT:
        yield lambda record: _line(sys.stdout.buffer, record)
        return
    part = Path(f"{output}.part")
    try:
        with open(part, "wb") as file:
            yield lambda record: _line(file, record)
        os.replace(part, output)
    except OSError as error:
        raise InputError(output, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _line(file: BinaryIO, record: Record) -> None:
    file.write(msgspec.json.encode(record) + b"\n")
