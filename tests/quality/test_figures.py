"""The quality of figures on invented sentences must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest
from bench.figures import INVENTED, cases, scores

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


def test_the_invented_sentences_are_many() -> None:
    assert len(cases(INVENTED)) >= 150


@pytest.mark.parametrize("field", ["found", "value", "category", "counted", "whole", "bound", "change", "place"])
def test_figures_stay_above_their_floors(field: str) -> None:
    assert scores(INVENTED)[field] >= FLOORS[f"figures_{field}"]
