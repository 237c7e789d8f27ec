"""What helping processes take apart comes out as if one process had done it all, whoever of them is killed."""

import logging
import os
import re
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from multiprocessing import active_children
from pathlib import Path

import msgspec

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.extract.identity import trace
from tawatur.extract.repeated import nothing
from tawatur.fetch import files
from tawatur.helping import Helpers, Room
from tawatur.model import Analysis, Article, Decision, Kind, RawDocument, Rejected
from tawatur.pipeline import Apart, Item, Reading, take_apart
from tawatur.store import Store, open_store
from tawatur.understand import Analyzer
from tawatur.watching import Notes, logs, look_on

NOW = datetime(2026, 4, 1, tzinfo=UTC)
OUTLETS = known_outlets()
DOCUMENTS, DEADLY = 14, 11
PROMPT = (Path(__file__).parents[1] / "acceptance/data/prompt.txt").read_text(encoding="utf-8").strip()


class Nobody:
    """Looks on and says nothing."""

    def taken(self, kept: pipeline.Kept) -> None: ...
    def grouping(self, articles: int) -> None: ...
    def grouped(self, decision: Decision) -> None: ...
    def composing(self, stories: int) -> None: ...
    def composed(self) -> None: ...


def read(
    documents: Iterable[Item],
    place: Path,
    *,
    helpers: int = 1,
    deadly: str = "",
    analyzer: Callable[[], Analyzer] | None = None,
) -> Reading:
    room = Room(outlets=OUTLETS, store=place, now=NOW, analyzer=analyzer or partial(killed_by, deadly))
    with closing(open_store(place)) as store, store.reading(NOW) as now, Helpers(helpers, room, alone=3) as ahead:
        return pipeline.gather(
            documents,
            store=store,
            outlets=OUTLETS,
            now=now,
            watch=Nobody(),
            analyze=plain,
            ahead=ahead,  # type: ignore[arg-type]
        )


def plain(article: Article) -> Analysis:
    return Analysis(article=article.id, version="1")


def killed_by(title: str) -> Analyzer:
    """Return an analyser whose process does not outlive an article."""

    def run(article: Article) -> Analysis:
        if title and article.title == title:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(article)

    return run


def dump(place: Path) -> list[str]:
    """Return all rows of all tables but those of the index for search, which cannot be read so."""
    with closing(sqlite3.connect(place)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in names if not re.match("search(_|$)", name)]
        return [f"{name} {row}" for name in tables for row in db.execute(f"SELECT * FROM {name}")]


def test_helpers_of_which_some_are_killed_make_the_same_store_and_a_deadly_document_costs_itself(
    tmp_path: Path,
) -> None:
    found = list(islice(sample_documents(files.Given(collected=NOW, outlets=OUTLETS)), DOCUMENTS))
    documents = [*found[:9], Rejected(origin="elsewhere", reason="empty"), found[3], *found[9:]]
    (deadly,) = [one for one in found[DEADLY:] if isinstance(one, RawDocument)][:1]
    (article,) = take_apart(deadly, OUTLETS, nothing, now=NOW, analyze=plain).whole

    def killing() -> Iterator[Item]:
        for number, item in enumerate(documents):
            if number == DOCUMENTS - 1:
                while not active_children():
                    time.sleep(0.05)
                active_children()[0].kill()
            yield item

    read([one for one in documents if one is not deadly], tmp_path / "alone.sqlite3")
    reading = read(killing(), tmp_path / "store.sqlite3", helpers=2, deadly=article.title)
    assert [(one.origin, one.reason) for one in reading.rejected] == [
        ("elsewhere", "empty"),
        (deadly.origin, "killed_worker"),
    ]
    gone = set(dump(tmp_path / "store.sqlite3")) - set(dump(tmp_path / "alone.sqlite3"))
    assert [one for one in gone if "killed_worker" not in one] == []
    assert set(dump(tmp_path / "alone.sqlite3")) <= set(dump(tmp_path / "store.sqlite3"))
    assert active_children() == []


def telling() -> Analyzer:
    """Return an analyser that says in the log in which process it is."""

    def run(article: Article) -> Analysis:
        logging.getLogger("tawatur.tests").warning("it is %s that reads", os.getpid())
        return plain(article)

    return run


def test_figures_and_log_lines_of_helpers_reach_whoever_reads(tmp_path: Path) -> None:
    found = list(islice(sample_documents(files.Given(collected=NOW, outlets=OUTLETS)), 8))
    board, log, handlers = Notes(), tmp_path / "log", list(logging.getLogger().handlers)
    look_on(board)
    logs.begin(logs.Manner(path=log))
    try:
        reading = read(found, tmp_path / "store.sqlite3", helpers=2, analyzer=telling)
    finally:
        look_on(None)
        logs.begin(None)
        logging.getLogger().handlers[:] = handlers
    stages = Counter(labels["stage"] for _, name, _, labels in board.taken() if name == "tawatur_stage_seconds")
    assert stages["extract"] == len(found)
    assert stages["understand"] == stages["profile"] >= len(reading.new)
    lines = re.findall(r"it is (\d+) that reads.* trace=(\w+)", log.read_text(encoding="utf-8"))
    # The first three documents are read here, without a word; each of the others by a helper.
    assert {one for _, one in lines} == {trace(document.origin) for document in found[3:]}
    assert str(os.getpid()) not in {process for process, _ in lines}


def test_a_line_that_came_to_be_known_meanwhile_is_taken_out_as_if_nobody_had_been_ahead(tmp_path: Path) -> None:
    def text(number: int) -> str:
        words = PROMPT.split()
        return "\n".join((" ".join(words[number % 5 :] + words) + f" {number}.", PROMPT))

    def line(number: int) -> RawDocument:
        published = (NOW - timedelta(days=60 - number)).isoformat()
        told = {"id": f"a{number}", "source": "one", "published": published, "title": f"{number} {PROMPT}"}
        return RawDocument(
            content=msgspec.json.encode(told | {"text": text(number)}),
            origin=f"lines#{number}",
            kind=Kind.JSONL,
            collected=NOW,
        )

    class AllAhead(pipeline.NobodyAhead):
        def apart(self, items: Iterable[Item], store: Store, /) -> Iterator[tuple[Item, Apart | Rejected | None]]:
            made = [(one, take_apart(one, OUTLETS, store.repeated, now=NOW, analyze=plain)) for one in items]  # type: ignore[arg-type]
            return iter(made)

    found = []
    for number, ahead in enumerate((pipeline.ALONE, AllAhead())):
        store = open_store(tmp_path / f"{number}.sqlite3")
        lines = [line(one) for one in range(50)]
        pipeline.gather(lines, store=store, outlets=OUTLETS, now=NOW, watch=Nobody(), analyze=plain, ahead=ahead)  # type: ignore[arg-type]
        store.close()
        found.append(dump(tmp_path / f"{number}.sqlite3"))
    assert found[0] == found[1]
    assert any("repeated_line" in one for one in found[0])
