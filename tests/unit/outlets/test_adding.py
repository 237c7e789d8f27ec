"""An outlet is made from what is told of it, and its file never takes another's place."""

from pathlib import Path

import pytest

from tawatur.errors import FileThere, OutletFault
from tawatur.outlets import adding, load_own


@pytest.mark.parametrize(
    ("homepage", "key"),
    [
        ("https://www.nasim.example", "nasim"),
        ("https://nasim.com.sa/ar/", "nasim"),
        ("https://ar.nasim-news.example/a?b=c", "nasim-news"),
        ("https://arabic.nasim.co.uk", "nasim"),
        ("https://nasim.tn", "nasim"),
        ("http://localhost:8000/", "localhost"),
        ("", ""),
    ],
)
def test_a_key_is_made_from_the_homepage(homepage: str, key: str) -> None:
    assert adding.key_of(homepage) == key


@pytest.mark.parametrize(
    ("homepage", "country", "zone"),
    [
        ("https://nasim.com.sa", "SA", "Asia/Riyadh"),
        ("https://nasim.co.uk", "GB", "Europe/London"),
        ("https://nasim.ps", "PS", ""),  # two zones
        ("https://nasim.example", "", ""),
        ("https://nasim.news", "", ""),
    ],
)
def test_country_and_zone_are_taken_where_the_address_says_them(homepage: str, country: str, zone: str) -> None:
    made = adding.made(name="N", homepage=homepage)
    assert (made.country, made.zone) == (country, zone)


def test_what_is_told_counts_before_the_address() -> None:
    made = adding.made(
        name="N", homepage="https://nasim.tn", country="fr", zone="Africa/Tunis", hosts=("a.example",), key="k"
    )
    assert (made.country, made.zone, made.hosts, made.key) == ("FR", "Africa/Tunis", ("a.example",), "k")


def test_an_address_that_cannot_be_split_is_a_fault_and_no_crash() -> None:
    assert [fault.field for fault in adding.faults(adding.made(name="N", homepage="http://[", key="n"))] == ["homepage"]


def test_a_file_is_made_and_read_back_and_never_written_over(tmp_path: Path) -> None:
    outlet = adding.made(name="N", homepage="https://nasim.example", feeds=("https://nasim.example/feed",) * 2)
    path = adding.write(tmp_path, outlet, header="two\nlines")
    assert path.read_text(encoding="utf-8").startswith("# two\n# lines\n\n[[outlet]]\n")
    assert load_own(tmp_path).outlets == (outlet,)
    with pytest.raises(FileThere):
        adding.write(tmp_path, outlet, header="")
    with pytest.raises(OutletFault):
        adding.write(tmp_path, adding.made(name="N", homepage="nasim", key="n"), header="")
    assert [one.name for one in path.parent.iterdir()] == ["nasim.toml"]
