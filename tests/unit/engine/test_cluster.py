"""The engine on a cluster: a real scheduler with a process that works for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tawatur import watching
from tawatur.engine import open_engine
from tawatur.engine.contract import Done

pytest.importorskip("distributed")


class Sums:
    """A board that adds up."""

    def __init__(self) -> None:
        self.counted: dict[tuple[str, ...], float] = {}

    def count(self, name: str, amount: float, labels: Mapping[str, str]) -> None:
        key = (name, *labels.values())
        self.counted[key] = self.counted.get(key, 0) + amount

    def observe(self, name: str, value: float, labels: Mapping[str, str]) -> None:
        self.count(name, value, labels)


def counted(number: int) -> int:
    watching.count("tawatur_articles_total", number, outcome="new")
    watching.observe("tawatur_stage_seconds", 0.5, stage="understand")
    if number == 3:
        raise ValueError("three is no good")
    return number


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=False
    ) as running:
        yield running.scheduler_address.replace("tcp://", "dask://")


def ran(cluster: str, numbers: list[int]) -> list[Done[int, int]]:
    with open_engine(cluster, workers=1) as engine:
        return sorted(engine.run(counted, numbers), key=lambda one: one.item)


def test_what_workers_note_is_read_out_here_once(cluster: str) -> None:
    board = Sums()
    watching.look_on(board)
    try:
        done = ran(cluster, [1, 2, 3, 4])
    finally:
        watching.look_on(None)

    assert [one.result for one in done] == [1, 2, None, 4]
    assert "three is no good" in done[2].error
    assert board.counted == {
        ("tawatur_articles_total", "new"): 1 + 2 + 3 + 4,
        ("tawatur_stage_seconds", "understand"): 4 * 0.5,
    }


def test_where_nobody_looks_on_nothing_is_noted(cluster: str) -> None:
    done = ran(cluster, [1, 2])
    board = Sums()
    watching.look_on(board)
    try:
        ran(cluster, [5])
    finally:
        watching.look_on(None)

    assert [one.result for one in done] == [1, 2]
    assert board.counted[("tawatur_articles_total", "new")] == 5
