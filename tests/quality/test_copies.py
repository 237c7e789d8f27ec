"""Copies against agency credits: how many are found must not fall, how many are taken for copies wrongly must not rise."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the articles of ../shared are not here")


def test_copies_of_real_news_stay_above_their_floors() -> None:
    from bench.copies import quality

    found = quality()
    assert found["recall"] >= FLOORS["copies_found"]
    assert found["collapsed"] >= FLOORS["copies_collapsed"]
    assert 1 - found["other_agency"] >= FLOORS["copies_apart"]
