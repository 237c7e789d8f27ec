"""Cities are found as people spell them, and every zone has one."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tawatur.subscriptions.zones import UTC, cities, cities_called, city_of

LINES = (Path(__file__).parent / "data" / "cities.tsv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", LINES)
def test_a_city_is_found_as_it_is_spelled(line: str) -> None:
    typed, _, zones = line.partition("\t")
    assert {one.zone for one in cities_called(typed, "ar")} == set(zones.split())


def test_a_name_that_several_cities_have_is_told_by_their_countries() -> None:
    typed = next(line.partition("\t")[0] for line in LINES if " Africa/Tripoli" in line)
    found = cities_called(typed, "ar")
    assert len({one.name for one in found}) == 1
    assert len({one.label for one in found}) == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_city_leads_back_to_its_zone_and_all_zones_exist(language: str) -> None:
    found = cities(language)
    assert len(found) > 400
    for one in found:
        ZoneInfo(one.zone)
        assert one.zone in {other.zone for other in cities_called(one.label, language)}


def test_a_zone_is_called_by_its_first_city_and_by_its_own_name_where_nobody_knows_it() -> None:
    assert city_of("Africa/Cairo", "en").label == "Cairo, Egypt"
    assert city_of("Europe/Kiev", "en").name == city_of("Europe/Kyiv", "en").name
    assert city_of("Nowhere/At_all", "ar").label == "Nowhere/At_all"
    assert city_of(UTC, "en").label == "Greenwich"
