"""The quality of extraction on real pages must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SHARED.exists(), reason="the pages of ../shared are not here")
def test_extraction_stays_above_its_floors() -> None:
    from bench.extraction import ours, scores

    _, means = scores(ours)
    assert means["f1"] >= FLOORS["extraction_f1"]
    assert means["title"] >= FLOORS["extraction_title"]
    assert means["day"] >= FLOORS["extraction_day"]
    assert means["boilerplate_kept"] == 0
