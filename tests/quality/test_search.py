"""How well headlines find another outlet's report must not fall below its floor, nor below what SQLite finds by itself."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the labelled windows of ../shared are not here")


def test_headlines_find_reports_of_other_outlets() -> None:
    from bench.search import quality

    found = quality()
    assert found["mrr"] >= FLOORS["search_mrr"]
    assert found["mrr_ranking"] >= FLOORS["search_mrr_ranking"]
    assert found["gain"] >= FLOORS["search_gain"]
    assert found["gain_ranking"] >= FLOORS["search_gain_ranking"]
