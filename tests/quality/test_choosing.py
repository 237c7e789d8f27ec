"""What invented readers are shown of a real window must keep its promises."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the windows of ../shared are not here")


def test_readers_get_what_they_follow_never_what_they_mute_and_always_what_most_sources_tell() -> None:
    from bench.choosing import quality

    found = quality(["B"])
    assert found["muted"] == 0
    assert found["top"] == found["explained"] == 1
    assert found["followed"] >= FLOORS["choosing_followed"]
    assert found["one"] <= 0.5
    assert found["learned"] >= max(FLOORS["choosing_learned"], 5 * found["unlearned"])
    assert found["unread_copies"] <= found["unread"]
