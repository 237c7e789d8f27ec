"""Documents that kill whoever works on them, on a disk and in an object store."""

from pathlib import Path

import pytest

from tawatur.archive import deaths
from tawatur.archive.deaths import DEATHS, Deaths
from tawatur.objects import ObjectPath, Place


@pytest.fixture(params=["disk", "store"])
def note(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return tmp_path / "work" / "0.at" if request.param == "disk" else ObjectPath(f"memory://{tmp_path.name}/0.at")


def died(note: Place, start: str, at: int) -> set[int]:
    """Work up to a document and die there; return which were passed over."""
    with Deaths(note, start).noting() as (deadly, begin):
        for position in range(at + 1):
            if position not in deadly:
                begin(position)
    return deadly


def test_a_document_at_which_workers_die_again_and_again_is_passed_over(note: Place) -> None:
    assert [died(note, "a", 7) for _ in range(DEATHS + 1)] == [set()] * DEATHS + [{7}]
    assert died(note, "a", 7) == {7}


def test_deaths_in_another_start_of_the_run_do_not_count(note: Place) -> None:
    for _ in range(DEATHS):
        died(note, "a", 7)
    assert died(note, "b", 7) == set()


def test_workers_that_die_here_and_there_have_another_cause(note: Place) -> None:
    assert [died(note, "a", at) for at in (3, 5, 9, 4)] == [set()] * 4


def test_what_is_done_leaves_no_note(note: Place) -> None:
    died(note, "a", 2)
    Deaths(note, "a").forget()
    Deaths(note, "a").forget()
    assert not note.exists()


def test_a_store_is_told_of_each_document_only_behind_a_death(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    monkeypatch.setattr(ObjectPath, "write_bytes", lambda _, content: written.append(content))
    note = deaths.ObjectNote(ObjectPath("memory://a/0.at"), [], "a ")
    for position in range(5):
        note(position)
    assert written == [b"a 0\n"]
    note = deaths.ObjectNote(ObjectPath("memory://a/0.at"), ["a 0"], "a ")
    for position in range(3):
        note(position)
    assert written[1:] == [b"a 0\na 0\n", b"a 0\na 1\n", b"a 0\na 2\n"]
