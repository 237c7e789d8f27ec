"""The stance of headlines must not fall below its floor."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the headlines of ../shared are not here")


def test_stance_stays_above_its_floor() -> None:
    from bench.agreement import headlines

    assert headlines()["macro_f1"] >= FLOORS["stance_macro_f1"]
