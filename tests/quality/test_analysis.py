"""The quality of analysis on labelled news must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the labelled news of ../shared is not here")


def test_analysis_stays_above_its_floors() -> None:
    from bench.analysis import dev_scores

    found = dev_scores()
    for name in ("people", "roles", "direct", "indirect", "speaker", "via"):
        assert found[name] >= FLOORS[f"analysis_{name}"], name


def test_the_fine_grade_stays_above_its_floors() -> None:
    from bench.analysis import dev_scores

    from tawatur.analyzers import chosen
    from tawatur.config import load

    found = dev_scores(chosen(load(), "fine"))
    for name in ("people", "roles"):
        assert found[name] >= FLOORS[f"analysis_fine_{name}"], name
