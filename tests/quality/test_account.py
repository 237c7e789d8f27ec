"""The account of the labelled stories: every sentence is traced, and it covers more than other ways to shorten."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the labelled windows of ../shared are not here")


@cache
def measured() -> dict[str, Any]:
    from bench.account import quality, stories

    return quality(stories(("B",)))


def test_every_sentence_is_traced() -> None:
    assert measured()["sentences"] > 100
    assert measured()["untraced"] == 0


@pytest.mark.parametrize("length", ["full", "short"])
def test_it_covers_what_several_sources_say(length: str) -> None:
    found = measured()[length]
    assert found["ours"]["covered"] >= FLOORS[f"account_{length}"]
    assert found["ours"]["covered"] > max(found["longest"]["covered"], found["lexrank"]["covered"])
    assert found["ours"]["repeated"] < min(found["longest"]["repeated"], found["lexrank"]["repeated"])
