"""The quality of grouping on labelled windows must not fall below its floor, nor hang on the process's history."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the labelled windows of ../shared are not here")


def test_grouping_stays_above_its_floor() -> None:
    from bench.grouping import quality

    found = quality()
    assert found["f1"] >= FLOORS["grouping_b3_f1"]
    assert found["pairwise"] >= FLOORS["grouping_pairwise_f1"]
    assert found["precision"] >= max(FLOORS["grouping_precision"], found["recall"])


def test_real_news_is_grouped_alike_with_a_restart_every_37_articles() -> None:
    from bench.windows import load
    from tests.unit.stories.test_assign import run

    profiles = list(load("A").profiles[:300])
    assert run(profiles, restart=37)[0] == run(profiles, restart=10**6)[0]
