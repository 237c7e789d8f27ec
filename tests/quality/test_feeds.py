"""Agreement with feedparser on its own test files must not fall below its floors; floors only rise."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SHARED.exists(), reason="the feeds of ../shared are not here")
def test_feeds_are_read_as_feedparser_reads_its_own() -> None:
    from bench.feeds import agreement, compare

    found = compare()
    assert found.files >= 2100
    assert found.crashed == []
    shares = agreement(found)
    assert shares["entries"] == 1
    assert {field: share for field, share in shares.items() if share < FLOORS[f"feeds_{field}"]} == {}
