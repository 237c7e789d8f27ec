"""The packaged outlets: complete, without doubles, of every Arab country, and nothing claimed that was not looked at."""

import importlib.util
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tawatur import outlets
from tawatur.extract.lines import comparable
from tawatur.model import Outlet, OutletKind
from tawatur.outlets.reading import is_address, read_text
from tawatur.outlets.writing import family_toml, toml

ROOT = Path(__file__).parents[3]
KNOWN = outlets.load().known
ARAB = re.findall("..", "DZBHKMDJEGIQJOKWLBLYMRMAOMPSQASASOSDSYTNAEYE")
ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[A-Za-z]")
#: Two agencies that print one credit: the two of Yemen. Nobody can tell which of them "سبأ" means.
SHARED = {"saba", "saba-sanaa"}
FILES = sorted(file.name for file in files("tawatur.outlets").iterdir() if file.name.endswith(".toml"))
each_outlet = pytest.mark.parametrize("outlet", KNOWN, ids=lambda outlet: outlet.key)


@each_outlet
def test_an_outlet_has_what_others_rely_on(outlet: Outlet) -> None:
    assert ARABIC.search(outlet.name)
    assert LATIN.search(outlet.name_en)
    assert not ARABIC.search(outlet.name_en)
    assert outlet.country
    assert outlet.hosts
    assert is_address(outlet.homepage)
    assert not outlet.invented


@each_outlet
def test_the_homepage_stands_on_a_host_of_the_outlet(outlet: Outlet) -> None:
    found = outlets.load().of_url(outlet.homepage)
    assert found is not None
    assert found.key == outlet.key


@each_outlet
def test_a_feed_stands_with_its_outlet(outlet: Outlet) -> None:
    for feed in outlet.feeds:
        host = urlsplit(feed.url).hostname or ""
        assert any(host == own or host.endswith(f".{own}") for own in outlet.hosts), feed.url
        assert feed.checked is None, "nothing of the package has been tried from where it is made"
    assert len({feed.url for feed in outlet.feeds}) == len(outlet.feeds)


def test_keys_hosts_and_names_belong_to_one() -> None:
    for values in (
        [outlet.key for outlet in KNOWN],
        [outlet.name for outlet in KNOWN],
        [host for outlet in KNOWN for host in outlet.hosts],
        [feed.url for outlet in KNOWN for feed in outlet.feeds],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_a_credit_belongs_to_one_agency() -> None:
    told = [(comparable(name), one.key) for one in KNOWN if one.agency for name in {*one.credits, one.name}]
    owners: dict[str, set[str]] = {}
    for credit, key in told:
        owners.setdefault(credit, set()).add(key)
    assert all(keys == SHARED for keys in owners.values() if len(keys) > 1)
    assert all(outlet.credits for outlet in KNOWN if outlet.agency)


def test_no_credit_of_an_agency_is_the_name_of_another_outlet() -> None:
    names = {comparable(outlet.name): outlet.key for outlet in KNOWN if not outlet.agency}
    credits = [(credit, outlet.key) for outlet in KNOWN if outlet.agency for credit in outlet.credits]
    assert [found for found in credits if comparable(found[0]) in names] == []


def test_every_arab_country_has_its_file_its_agency_and_others() -> None:
    for country in ARAB:
        (name,) = (file for file in FILES if file.startswith(f"{country.lower()}-"))
        found = read_text(files("tawatur.outlets").joinpath(name).read_text(encoding="utf-8"), name).outlets
        assert len(found) >= 4, country
        assert {outlet.country for outlet in found} == {country}
        assert any(outlet.agency for outlet in found), country
        assert all(outlet.zone for outlet in found), country


def test_there_are_many_of_every_kind_and_most_with_a_feed() -> None:
    assert len(KNOWN) >= 250
    assert sum(bool(outlet.feeds) for outlet in KNOWN) >= 120
    assert {outlet.kind for outlet in KNOWN} == set(OutletKind)
    assert sum(outlet.agency for outlet in KNOWN) >= 40


def test_families_are_named_and_used() -> None:
    families = outlets.load().families
    assert all(ARABIC.search(family.name) for family in families)
    assert {outlet.family for outlet in KNOWN if outlet.family} == {family.key for family in families}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alarabiya", "alhadath"),
        ("aawsat", "independentarabia"),
        ("ahram", "gate-ahram"),
        ("youm7", "elwatan"),
        ("france24", "mcd"),
        ("albayan", "emaratalyoum"),
        ("aljazeera", "aljazeera-mubasher"),
    ],
)
def test_outlets_of_one_owner_are_one_family(one: str, other: str) -> None:
    first, second = outlets.load().get(one), outlets.load().get(other)
    assert first is not None
    assert second is not None
    assert first.family == second.family != ""


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_in_arabic_what_it_holds_and_that_its_feeds_are_unchecked(name: str) -> None:
    text = files("tawatur.outlets").joinpath(name).read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert ARABIC.search(head[0])
    if name != "families.toml":
        assert any("checked" in line for line in head)


def test_what_is_written_is_read_back() -> None:
    known = outlets.load()
    text = "\n".join([*map(toml, known.known), *map(family_toml, known.families)])
    contents = read_text(text, "all.toml")
    assert contents.faults == ()
    assert contents.outlets == known.known
    assert contents.families == known.families


def test_a_page_is_its_outlets_by_host_or_parent_domain() -> None:
    known = outlets.load()
    found = known.of_url("https://www.bbc.com/arabic/articles/1")
    assert found is not None
    assert found.key == "bbc"
    assert known.of_url("https://notbbc.com/1") is None
    assert known.of_url(None) is None


def test_the_narrower_host_wins() -> None:
    known = outlets.load()
    found = [known.of_url(f"https://{host}/a") for host in ("gate.ahram.org.eg", "english.ahram.org.eg")]
    assert [outlet.key for outlet in found if outlet] == ["gate-ahram", "ahram"]


def test_the_reference_shows_the_countries_as_they_are() -> None:
    spec = importlib.util.spec_from_file_location("outlet_table", ROOT / "scripts" / "outlet_table.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / "docs" / "reference" / "outlets.md").read_text(encoding="utf-8")
    assert script.renewed(text) == text, "run scripts/outlet_table.py"


def test_the_tables_of_the_documents_are_right() -> None:
    for document in (ROOT / "docs" / "reference" / "outlets.md", ROOT / "src" / "tawatur" / "outlets" / "README.md"):
        for block in re.findall(r"```toml\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
            contents = read_text(block, document.name)
            assert contents.faults == ()
            assert contents.outlets
