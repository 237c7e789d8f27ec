"""Files of outlets are read strictly: what is wrong is named, and what is right is kept."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from tawatur import outlets
from tawatur.errors import ConfigError
from tawatur.messages import LANGUAGES, catalogue
from tawatur.model import FeedAddress, OutletKind, PageRule
from tawatur.outlets.reading import read, read_text
from tawatur.outlets.writing import toml

DATA = Path(__file__).parent / "data"
CASES = tomllib.loads((DATA / "faults.toml").read_text(encoding="utf-8"))["case"]
WHOLE = (DATA / "whole.toml").read_text(encoding="utf-8")
ONE = '[[outlet]]\nkey = "a"\nname = "A"\nhosts = ["a.example"]\n'
OTHER = ONE.replace('"a"', '"b"').replace("a.example", "b.example")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_fault_names_file_outlet_and_field(case: dict) -> None:
    contents = read([("mine.toml", case["text"])])
    assert [[one.outlet, one.field, one.reason] for one in contents.faults] == case["faults"]
    assert {one.file for one in contents.faults} == {"mine.toml"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_one_fault_leaves_the_others_working(case: dict) -> None:
    contents = read([("mine.toml", case["text"]), ("others.toml", ONE), ("more.toml", OTHER)])
    assert {"a", "b"} <= {outlet.key for outlet in contents.outlets}


def test_every_reason_is_a_message_in_both_languages() -> None:
    reasons = {fault[2] for case in CASES for fault in case["faults"]} | {"unreadable"}
    for language in LANGUAGES:
        assert [reason for reason in reasons if f"outlet.fault.{reason}" not in catalogue(language)] == []


def test_every_field_is_read_and_written() -> None:
    (found,) = read_text(WHOLE, "whole.toml").outlets
    assert found.kind is OutletKind.PAPER
    assert found.feeds[0] == FeedAddress(url="https://nasim.example/feed", checked=date(2026, 3, 1))
    assert found.rules[0] == PageRule(
        path="/ar/news",
        body="//div[@id='text']",
        title="//h1",
        remove=("//aside", "//p[@class='ad']"),
        valid_until=date(2027, 1, 1),
    )
    assert read_text(toml(found), "again.toml").outlets == (found,)


def test_a_misspelt_field_is_answered_with_the_one_that_was_meant() -> None:
    (fault,) = read_text(ONE + "feed = []\n", "mine.toml").faults
    assert fault.detail == "feeds"


def test_single_brackets_and_a_byte_order_mark_are_understood() -> None:
    contents = read_text("\ufeff" + ONE.replace("[[outlet]]", "[outlet]"), "mine.toml")
    assert [outlet.key for outlet in contents.outlets] == ["a"]


def test_the_data_folder_adds_outlets_and_keeps_faults_apart(tmp_path: Path) -> None:
    assert outlets.load_own(tmp_path).outlets == ()
    folder = tmp_path / "outlets"
    folder.mkdir()
    (folder / "good.toml").write_text(ONE, encoding="utf-8")
    (folder / "bad.toml").write_text("[[outlet]", encoding="utf-8")
    (folder / "latin.toml").write_bytes(b'[[outlet]]\nkey = "\xe9"\n')
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    found = outlets.load_own(tmp_path)
    assert [outlet.key for outlet in found.outlets] == ["a"]
    assert [(Path(fault.file).name, fault.reason) for fault in found.faults] == [
        ("latin.toml", "unreadable"),
        ("bad.toml", "not_toml"),
    ]


def test_a_text_of_the_package_with_a_fault_is_refused() -> None:
    with pytest.raises(ConfigError):
        outlets.read_toml(ONE + 'colour = "red"\n')
    assert outlets.read_toml("") == ()
