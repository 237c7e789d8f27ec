"""The quality of analysis on the sample edition, whose people no list knows, must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest
from tests.quality.sample_scores import scores

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["people", "direct", "indirect", "speaker", "dates", "dates_value"])
def test_the_analysis_of_the_sample_stays_above_its_floors(name: str) -> None:
    print(f"sample {name}: f1 {scores()[name]:.3f}")
    assert scores()[name] >= FLOORS[f"sample_{name}"]
