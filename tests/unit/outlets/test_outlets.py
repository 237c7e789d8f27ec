"""Outlets as data: complete, without doubles, and read strictly."""

import re

import pytest

from tawatur import outlets
from tawatur.errors import ConfigError

ONE = '[[outlet]]\nkey = "a"\nname = "A"\nhosts = ["a.example"]\nkind = "agency"\ncredits = ["AA"]\n'


def test_every_outlet_has_what_others_rely_on() -> None:
    known = outlets.load().known
    assert len(known) >= 15
    for outlet in known:
        assert re.fullmatch(r"[a-z0-9-]+", outlet.key)
        assert re.search("[\u0621-\u064a]", outlet.name), outlet.key
        assert outlet.name_en, outlet.key
        assert re.fullmatch("[A-Z]{2}", outlet.country), outlet.key
        assert outlet.hosts, outlet.key
        assert all(not host.startswith("www.") and "/" not in host for host in outlet.hosts)
        assert not outlet.invented


def test_no_host_and_no_agency_credit_belongs_to_two() -> None:
    known = outlets.load().known
    hosts = [host for outlet in known for host in outlet.hosts]
    credits = [credit for outlet in known if outlet.agency for credit in outlet.credits]
    assert len(hosts) == len(set(hosts))
    assert len(credits) == len(set(credits))
    assert all(outlet.credits for outlet in known if outlet.agency)


def test_a_page_is_its_outlets_by_host_or_parent_domain() -> None:
    known = outlets.load()
    found = known.of_url("https://www.bbc.com/arabic/articles/1")
    assert found is not None
    assert found.key == "bbc"
    assert known.of_url("https://notbbc.com/1") is None
    assert known.of_url(None) is None


def test_a_file_is_read() -> None:
    (found,) = outlets.read_toml(ONE)
    assert (found.key, found.hosts, found.agency, found.credits) == ("a", ("a.example",), True, ("AA",))
    assert outlets.read_toml("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "[[outlet]",
        '[[outlet]]\nname = "A"',
        '[[outlet]]\nkey = "a"',
        ONE + 'colour = "red"\n',
        ONE.replace('"A"', "7"),
        ONE.replace('["AA"]', '"AA"'),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault(text: str) -> None:
    with pytest.raises(ConfigError):
        outlets.read_toml(text)
