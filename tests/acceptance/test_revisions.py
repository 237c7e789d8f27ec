"""A page that is read, changes, and is read again: by the real command, and through the pages it serves."""

import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.acceptance.warm import WARM, Started

from tawatur.app import open_app
from tawatur.config import Settings
from tawatur.web import create

Tawatur = Callable[..., subprocess.CompletedProcess[str]]
DATA = Path(__file__).parent / "data"
BEFORE, AFTER = DATA / "page_before.html", DATA / "page_after.html"


def put(folder: Path, source: Path, name: str = "page.html", replacing: tuple[str, str] = ("", "")) -> None:
    """Let the page of a folder be another one."""
    text = source.read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(*replacing) if replacing[0] else text, encoding="utf-8")


def read(tawatur: Tawatur) -> dict[str, Any]:
    done = tawatur("read", "--json", "page.html")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def pages(folder: Path) -> TestClient:
    return TestClient(create(open_app(Settings(home=folder / "home"))))


def chain(folder: Path) -> list[tuple[str, dict[str, Any] | None]]:
    with closing(sqlite3.connect(folder / "home" / "tawatur.sqlite3")) as connection:
        rows = connection.execute("SELECT article, change FROM versions ORDER BY at, rowid").fetchall()
    return [(article, json.loads(change) if change else None) for article, change in rows]


def test_a_changed_page_takes_its_place_in_the_story(tawatur: Tawatur, tmp_path: Path) -> None:
    put(tmp_path, BEFORE)
    first = read(tawatur)
    put(tmp_path, AFTER)
    second = read(tawatur)
    assert (first["new"], first["revisions"], second["new"], second["revisions"]) == (1, 0, 1, 1)
    (story,) = second["stories"]
    assert story["id"] == first["stories"][0]["id"]
    (report,) = story["reports"]
    assert report["why"]["key"] == "revision"
    assert report["id"] != first["stories"][0]["reports"][0]["id"]
    (_, nothing), (newest, change) = chain(tmp_path)
    assert (newest, nothing) == (report["id"], None)
    assert change is not None
    assert (change["kind"], change["facts"]) == ("material", ["figure"])
    assert read(tawatur)["new"] == 0


def test_the_number_of_revisions_is_said(tawatur: Tawatur, tmp_path: Path) -> None:
    put(tmp_path, BEFORE)
    assert "revisions" not in tawatur("read", "page.html").stdout
    put(tmp_path, AFTER)
    assert "revisions of earlier articles: 1" in tawatur("read", "page.html").stdout


@pytest.mark.parametrize(
    "replacing",
    [
        ("<nav>", "<nav class='new'>"),
        ("</article>", "</article><aside><a href='/2'>رابط</a></aside>"),
        ("https://www.manara.example/news/2026/3/9/souq", "https://m.manara.example/news/2026/3/9/souq/?utm_source=x"),
    ],
    ids=["markup", "navigation", "address"],
)
def test_what_changes_no_word_is_no_revision(tawatur: Tawatur, tmp_path: Path, replacing: tuple[str, str]) -> None:
    put(tmp_path, BEFORE)
    read(tawatur)
    put(tmp_path, BEFORE, replacing=replacing)
    again = read(tawatur)
    assert (again["new"], again["duplicates"], again["revisions"]) == (0, 1, 0)
    assert len(chain(tmp_path)) == 1


def test_another_article_at_the_same_address_is_no_revision(tawatur: Tawatur, tmp_path: Path) -> None:
    put(tmp_path, BEFORE)
    read(tawatur)
    text = BEFORE.read_text(encoding="utf-8")
    head, body = text.split("<article>")
    other = "<h1>Another report</h1>" + "".join(f"<p>{'word ' * 30}number {at}.</p>" for at in range(4))
    (tmp_path / "page.html").write_text(head + "<article>" + other + body[body.index("</article>") :], encoding="utf-8")
    again = read(tawatur)
    assert (again["new"], again["revisions"]) == (1, 0)
    assert len(again["stories"]) == 1


def test_a_feed_that_sums_up_a_known_page_is_no_revision_and_the_page_behind_its_summary_is_one(
    tawatur: Tawatur, tmp_path: Path
) -> None:
    put(tmp_path, BEFORE)
    text = BEFORE.read_text(encoding="utf-8")
    title = text[text.index("<h1>") + 4 : text.index("</h1>")]
    address = "https://www.manara.example/news/2026/3/9/souq"
    summary = text[text.index("<p>") + 3 : text.index("</p>")]
    item = f"<item><title>{title}</title><link>{address}</link><description>{summary}</description></item>"
    feed = f"<rss version='2.0'><channel><title>x</title><link>https://manara.example/</link>{item}</channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    read(tawatur)
    behind = json.loads(tawatur("read", "--json", "feed.xml").stdout)
    assert (behind["new"], behind["duplicates"], behind["revisions"]) == (0, 1, 0)
    other = {"TAWATUR_HOME": str(tmp_path / "other")}
    assert json.loads(tawatur("read", "--json", "feed.xml", **other).stdout)["new"] == 1
    page = json.loads(tawatur("read", "--json", "page.html", **other).stdout)
    assert (page["new"], page["revisions"]) == (1, 1)
    assert len(page["stories"][0]["reports"]) == 1


def test_both_versions_in_one_reading_end_as_in_two(tawatur: Tawatur, tmp_path: Path) -> None:
    put(tmp_path, BEFORE, "a.html")
    put(tmp_path, AFTER, "b.html")
    done = json.loads(tawatur("read", "--json", "a.html", "b.html").stdout)
    assert (done["new"], done["revisions"]) == (2, 1)
    (story,) = done["stories"]
    assert [report["origin"] for report in story["reports"]] == ["b.html"]


def test_an_archive_that_is_read_out_of_order_is_sorted_by_when_it_was_collected(
    tawatur: Tawatur, tmp_path: Path
) -> None:
    url, title = "https://manara.example/news/1", "one two three four five"
    for name, hour, count in (("newest", 12, 15), ("oldest", 8, 9), ("middle", 10, 12)):
        text = f"So many as {count} people came to the bridge on the first day, and all of them crossed it."
        record = {"id": name, "source": "manara", "url": url, "title": title, "text": text}
        times = {"published": "2026-03-09T07:00:00Z", "collected": f"2026-03-09T{hour:02}:00:00Z"}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record | times), encoding="utf-8")
        assert tawatur("read", f"{name}.jsonl").returncode == 0
    assert [article for article, _ in chain(tmp_path)] == ["oldest", "middle", "newest"]
    with pages(tmp_path) as client:
        story = client.get("/api/stories").json()["stories"][0]
        assert story["reports"] == 1
        detail = client.get(f"/api/stories/{story['id']}").json()
        assert [report["id"] for report in detail["reports"]] == ["newest"]
        changes = client.get("/api/articles/middle/changes").json()
        removed = [
            piece["text"].strip() for part in changes["parts"] for piece in part["pieces"] if piece["op"] == "removed"
        ]
        assert removed == ["9"]


def test_the_pages_show_the_versions_and_what_changed(tawatur: Tawatur, tmp_path: Path) -> None:
    put(tmp_path, BEFORE)
    read(tawatur)
    put(tmp_path, AFTER)
    read(tawatur)
    (old, _), (new, _) = chain(tmp_path)
    with pages(tmp_path) as client:
        shown = client.get(f"/article/{new}").text
        assert f'href="/article/{new}/changes"' in shown
        assert f'href="/article/{old}"' in shown
        earlier = client.get(f"/en/article/{old}").text
        assert f'href="/en/article/{new}"' in earlier
        assert "Change of fact: a figure" in earlier
        changes = client.get(f"/article/{new}/changes").text
        assert "<ins>" in changes
        assert "<del>" in changes
        assert client.get(f"/article/{old}/changes").status_code == 404
        assert client.get("/article/unknown/changes").status_code == 404
        told = client.get(f"/api/articles/{new}/revisions").json()
        assert [one["article"] for one in told["revisions"]] == [old, new]
        assert told["revisions"][1]["change"]["facts"] == ["figure"]
        parts = client.get(f"/api/articles/{new}/changes").json()["parts"]
        pieces = [(piece["op"], piece["text"].strip()) for part in parts for piece in part["pieces"]]
        assert ("removed", "12") in pieces
        assert ("added", "15") in pieces
        assert client.get(f"/api/articles/{old}/changes").status_code == 404
        assert client.get("/api/articles/unknown/revisions").status_code == 404


def dump(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but for the moments of the clock."""
    with closing(sqlite3.connect(home / "tawatur.sqlite3")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            "versions": connection.execute("SELECT article, chain, change FROM versions ORDER BY article").fetchall(),
            "profiles": connection.execute("SELECT article, story, newer FROM profiles ORDER BY article").fetchall(),
            "reports": connection.execute("SELECT article, story, why FROM reports ORDER BY article").fetchall(),
            "stories": connection.execute("SELECT id, stale, reports, outlets FROM stories ORDER BY id").fetchall(),
            "lines": connection.execute("SELECT outlet, line, articles, days FROM lines ORDER BY line").fetchall(),
        }


@pytest.mark.slow
def test_a_second_reading_that_is_killed_ends_like_one_that_nobody_disturbed(tmp_path: Path) -> None:
    names = [f"{number}.html" for number in range(12)]

    def write(source: Path) -> None:
        for number, name in enumerate(names):
            put(tmp_path, source, name, ("/souq", f"/souq-{number}"))

    def command(home: Path) -> Started:
        environment = {"TAWATUR_HOME": str(home), "TAWATUR_GRADE": "fast", "PATH": "/usr/bin:/bin"}
        arguments = ["read", "--json", *(str(tmp_path / name) for name in names)]
        return WARM.start(arguments, cwd=tmp_path, env=environment)

    home = tmp_path / "first"
    write(BEFORE)
    assert command(home).wait() == 0
    write(AFTER)
    whole = tmp_path / "whole"
    shutil.copytree(home, whole)
    begin = time.monotonic()
    assert command(whole).wait() == 0
    length, kills = time.monotonic() - begin, 0
    for at in range(6):
        other = tmp_path / f"killed-{at}"
        shutil.copytree(home, other)
        process = command(other)
        time.sleep(length * (0.5 + at * 0.09))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        assert command(other).wait() == 0
        assert dump(other) == dump(whole)
    assert kills
    assert all(newer for article, _, newer in dump(whole)["profiles"] if article not in newest(whole))


def newest(home: Path) -> set[str]:
    with closing(sqlite3.connect(home / "tawatur.sqlite3")) as connection:
        return {row[0] for row in connection.execute("SELECT article FROM profiles WHERE newer IS NULL")}
