"""A fault of the program costs the article or the story that it was met with, and is told; the run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pyarrow.parquet as pq
import pytest

from tawatur import sample
from tawatur.app import known_outlets
from tawatur.archive import composing, running
from tawatur.archive.job import Job, inputs_of
from tawatur.engine.contract import Done
from tawatur.fetch import files
from tawatur.stories.assign import Grouper

Item = TypeVar("Item")
Result = TypeVar("Result")


class Here:
    """An engine in this process."""

    workers = 1

    def __enter__(self) -> Here:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def run(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Done[Item, Result]]:
        return (Done(item, function(item)) for item in items)


class Nobody:
    def step(self, name: str, items: int) -> None: ...

    def done(self) -> None: ...


def run(out: Path) -> Mapping[str, Any]:
    with sample.folder() as items:
        found = list(files.walk([f"{items}/waz", f"{items}/sada", f"{items}/barid"]))
        collected = datetime(2026, 3, 15, tzinfo=UTC)
        job = Job(inputs=inputs_of(found), collected=collected, published=date(2026, 3, 9), outlets=known_outlets(()))
        return running.run_archive(job, out, Here(), Nobody())


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / table).to_pylist()
    return found


def test_a_fault_costs_one_article_and_one_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    clean = run(whole)
    torn = max((row["reports"], row["id"]) for row in rows(whole, "stories"))[1]
    lost = next(row for row in rows(whole, "articles") if row["story"] != torn)
    place, compose = Grouper.place, composing.compose

    def placed(self: Grouper, given: Any) -> Any:
        if given.article == lost["id"]:
            raise ZeroDivisionError
        return place(self, given)

    def composed(story: Any, *given: Any, **named: Any) -> Any:
        if story == torn:
            raise KeyError(story)
        return compose(story, *given, **named)

    monkeypatch.setattr(Grouper, "place", placed)
    monkeypatch.setattr(composing, "compose", composed)
    made = run(out)
    assert made["rejected"] == {**clean["rejected"], "not_composed": 1, "not_grouped": 1}
    told = {row["reason"]: (row["origin"], row["detail"]) for row in rows(out, "rejected")}
    assert told["not_composed"] == (torn, "KeyError")
    assert told["not_grouped"] == (lost["origin"], "")
    assert {row["id"] for row in rows(out, "articles")} == {row["id"] for row in rows(whole, "articles")} - {lost["id"]}
    assert torn not in {row["id"] for row in rows(out, "stories")}
    assert torn in {row["story"] for row in rows(out, "articles")}
    assert json.loads((out / "manifest.json").read_text()) == made
