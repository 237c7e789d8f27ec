"""One number of independent sources for a story wherever it is shown, and what is told of its copies."""

import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.messages import catalogue
from tawatur.stories.backing import backing
from tawatur.web import create
from tawatur.web.words import words

Tawatur = Callable[..., subprocess.CompletedProcess[str]]
TEXTS = tomllib.loads((Path(__file__).parents[1] / "unit/stories/data/copies.toml").read_text(encoding="utf-8"))
PRINTS = ("original", "cut", "new_opening", "reworded", "other_spelling")


def lines() -> str:
    """Return the invented agency text and what four outlets made of it, and a fifth outlet that prints it twice."""
    title = TEXTS["original"]["text"].strip().partition("\n")[0][:60]
    found = [
        {
            "id": f"{outlet}-{name}",
            "source": outlet,
            "published": f"2026-03-09T{hour:02}:00:00+00:00",
            "title": title,
            "text": TEXTS[name]["text"].strip(),
        }
        for hour, (outlet, name) in enumerate([*((f"paper-{name}", name) for name in PRINTS), ("twice", "cut")], 6)
    ]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in [*found, {**found[-1], "id": "twice-again"}])


@pytest.fixture
def record(tawatur: Tawatur, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "in.jsonl").write_text(lines(), encoding="utf-8")
    done = tawatur("read", "--json", "in.jsonl")
    assert done.returncode == 0, done.stderr
    (story,) = json.loads(done.stdout)["stories"]
    found: dict[str, Any] = story
    return found


def opened(folder: Path) -> App:
    return open_app(Settings(home=folder / "home"))


def shown(page: str) -> set[str]:
    """Return every count of independent sources that a page shows."""
    counts = "|".join(re.escape(words("en").text("web.independent", n=n)) for n in range(1, 9))
    return set(re.findall(rf"(?<!\d)(?:{counts})", html.fromstring(page).text_content()))


def test_the_number_is_the_same_everywhere(record: dict[str, Any], tawatur: Tawatur, tmp_path: Path) -> None:
    app = opened(tmp_path)
    story, head = app.story(record["id"]), app.store.story_head(record["id"])
    everybody = backing((report.article.id for report in story.reports), story)
    numbers = {record["independent"], story.independent, len(story.sources), head.independent, everybody.independent}
    assert numbers == {1}
    assert story.outlets == record["outlets"] == len(head.outlets) == 6
    assert len(story.reports) - len(record["dependences"]) == 1

    client = TestClient(create(app))
    (item,) = client.get("/api/stories").json()["stories"]
    detail = client.get(f"/api/stories/{record['id']}").json()
    assert item["independent"] == detail["independent"] == len(detail["sources"]) == 1
    said = {words("en").text("web.independent", n=1)}
    for path in ("/en/", f"/en/story/{record['id']}", f"/en/article/{record['reports'][0]['id']}"):
        assert shown(client.get(path).text) == said, path
    printed = tawatur("read", "in.jsonl").stdout
    assert printed.count(catalogue("en").text("cli.independent", n=1)) == 1


def test_every_collapse_has_its_reason_with_its_evidence(record: dict[str, Any]) -> None:
    reasons = {one["reason"] for one in record["dependences"]}
    assert reasons == {"copy", "same_outlet"}
    for one in record["dependences"]:
        assert (one["share"] > 0.5) == (one["reason"] == "copy")
        assert f"{round(100 * one['share'])}%" in one["sentence"] or one["reason"] == "same_outlet"


def test_a_copys_page_says_of_what_it_is_one_and_what_was_changed(record: dict[str, Any], tmp_path: Path) -> None:
    client = TestClient(create(opened(tmp_path)))
    ids = {report["outlet"]: report["id"] for report in record["reports"]}
    page = html.fromstring(client.get(f"/article/{ids['paper-cut']}").text)
    (note,) = page.xpath("//*[@class='copy-note']")
    assert note.xpath(".//a/@href") == [f"/article/{ids['paper-original']}"]
    assert words("ar").text("copy.cut_paragraph", n=2) in note.text_content()
    assert len(note.xpath(".//del")) == 3
    assert len(note.xpath(".//ins")) == 1
    first = html.fromstring(client.get(f"/article/{ids['paper-original']}").text)
    assert len(first.xpath("//section[@class='copied']//li")) >= 4
    story = html.fromstring(client.get(f"/story/{record['id']}").text)
    assert words("ar").text("first.stated") in story.xpath("string(//*[contains(@class, 'first')])")
