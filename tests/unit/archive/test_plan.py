"""How files are cut into shards."""

from datetime import UTC, datetime

import pytest

from tawatur.archive.job import Input, Job
from tawatur.archive.plan import MANY, MOST, shards
from tawatur.fetch.parts import PIECE


def job(*sizes: int) -> Job:
    inputs = tuple(Input(path=f"/{number}", size=size, changed=0) for number, size in enumerate(sizes))
    return Job(inputs=inputs, collected=datetime(2026, 1, 1, tzinfo=UTC), shard=100)


def test_small_files_are_one_shard_and_large_ones_several_up_to_a_bound() -> None:
    found = shards(job(0, 100, 101, 10**9))
    assert [sum((one.first, one.last) == (number, number + 1) for one in found) for number in range(4)] == [
        1,
        1,
        2,
        MOST,
    ]
    assert [one.number for one in found] == list(range(len(found)))


@pytest.mark.parametrize("size", [1, 250, 10**6])
def test_each_document_is_of_one_part(size: int) -> None:
    parts = shards(job(size))
    for position in range(5 * PIECE * len(parts)):
        assert sum(one.part.has(position) for one in parts) == 1


def test_many_small_files_are_read_together_and_large_ones_alone() -> None:
    sizes = [10] * MANY + [1000, 60, 60, 0]
    found = shards(job(*sizes))
    assert [input for one in found if one.part.number == 0 for input in range(one.first, one.last)] == list(
        range(len(sizes))
    )
    assert {sum(sizes[one.first : one.last]) for one in found if one.part.of == 1} == {100, 60, 60 % 100}
    assert [(one.first, one.part.of) for one in found if one.part.of > 1] == [(MANY, 10)] * 10
    assert [len(shards(job(*([10] * count)))) for count in (0, 1, MANY)] == [0, 1, MANY]
