"""The checker of rewritings on labelled stories: what is corrupted is caught, what is honest passes; floors only rise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
#: One sentence of so many is taken, to keep it short.
STEP = 6

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the labelled windows of ../shared are not here")


@cache
def measured() -> dict[str, Any]:
    from bench.account import stories
    from bench.faithful import cases, quality

    return quality(cases(stories(("B",)))[::STEP])


@pytest.mark.parametrize("what", ["caught", "passed"])
def test_the_checker_stays_above_its_floors(what: str) -> None:
    assert measured()[what] >= FLOORS[f"faithful_{what}"]
