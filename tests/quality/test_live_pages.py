"""The reading of live pages and of several articles on one page must not fall below its floors; floors only rise."""

import json
from pathlib import Path

from tests.quality.live_pages import Outcome, outcome, pages

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


def outcomes() -> list[Outcome]:
    return [outcome(page) for page in pages()["page"]]


def test_live_pages_stay_above_their_floors() -> None:
    found = outcomes()
    for one in found:
        print(f"{one.wrong or 'right':60}{one.name}")
    right = sum(not one.wrong for one in found) / len(found)
    times = sum(one.times for one in found) / sum(one.updates for one in found)
    counts = sum(one.found == one.updates for one in found) / len(found)
    print(f"live pages: right {right:.3f}, counts {counts:.3f}, times {times:.3f} of {len(found)} pages")
    assert right >= FLOORS["live_pages_right"]
    assert counts >= FLOORS["live_pages_counts"]
    assert times >= FLOORS["live_pages_times"]
