"""The quality of dates on labelled news must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled news of ../shared is not here")
def test_dates_stay_above_their_floors() -> None:
    from bench.dates import news

    scores = news()
    assert scores["dates"] >= FLOORS["dates"]
    assert scores["dates_value"] >= FLOORS["dates_value"]


@pytest.mark.skipif(not SHARED.exists(), reason="the public sets of ../shared are not here")
def test_the_calendar_stays_above_its_floors_on_public_sets() -> None:
    from bench.dates import duckling, recognizers

    assert recognizers("DateParser") >= FLOORS["dates_days"]
    assert duckling() >= FLOORS["dates_expressions"]
