"""``extract``, ``analyze`` and ``group``: JSON lines in and out, as the interface fixes them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tawatur = Callable[..., subprocess.CompletedProcess[str]]
EXTRACTED = {
    "file", "title", "subtitle", "published", "authors", "paragraphs", "updates", "captions", "related", "source_line",
    "removed", "url",
}  # fmt: skip


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def article(id: str, text: str, **fields: str) -> str:
    title, _, body = text.partition("\n")
    record = {"id": id, "source": id[0], "url": "", "title": title, "text": body} | fields
    return json.dumps(record, ensure_ascii=False)


@pytest.fixture
def corpus(tmp_path: Path, pages: dict[str, str]) -> Path:
    """Two outlets on one happening, one on another, not in the order of time; one article has only ``collected``."""
    path = tmp_path / "articles.jsonl"
    made = [
        article("b1", pages["bridge"], published="2026-03-09T18:00:00+00:00"),
        article("c1", pages["strike"], collected="2026-03-11T22:00:00+00:00"),
        article("a1", pages["bridge"], published="2026-03-09T12:00:00+00:00"),
        article("b1", pages["bridge"], published="2026-03-09T18:00:00+00:00"),
    ]
    path.write_text("\n".join(made) + "\n", encoding="utf-8")
    return path


def test_extract_gives_a_line_an_article(tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]) -> None:
    (tmp_path / "page.txt").write_text(pages["bridge"], encoding="utf-8")
    done = tawatur("extract", "page.txt", "-o", "out.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (record,) = lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    title, *paragraphs = pages["bridge"].splitlines()
    assert record.keys() >= EXTRACTED
    assert (record["file"], record["title"], record["paragraphs"]) == ("page.txt", title, paragraphs)
    assert record["published"] == "2026-03-09"
    assert not (tmp_path / "home" / "tawatur.sqlite3").exists()


def test_extract_writes_the_good_beside_the_bad(tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]) -> None:
    (tmp_path / "page.txt").write_text(pages["bridge"], encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = tawatur("extract", "empty.txt", "page.txt")
    assert done.returncode == 1
    assert len(lines(done.stdout)) == 1
    assert len(done.stderr.splitlines()) == 1


def test_analyze_gives_spans_that_count_in_its_text(tawatur: Tawatur, corpus: Path) -> None:
    done = tawatur("analyze", corpus)
    assert done.returncode == 0, done.stderr
    records = lines(done.stdout)
    assert [record["id"] for record in records] == ["b1", "c1", "a1", "b1"]
    assert records[0]["people"]
    assert {"kind", "text", "speaker", "via", "cue"} <= records[0]["quotes"][0].keys()
    for record in records:
        text = record["text"]
        for person, spans in zip(record["people"], record["spans"]["people"], strict=True):
            assert any(text[start:end] in (person["name"], *person["aliases"]) for start, end in spans)
        for kind in ("dates", "figures"):
            for found, ((start, end),) in zip(record[kind], record["spans"][kind], strict=True):
                assert text[start:end] == found["text"]


def test_group_answers_each_article_once_in_the_order_of_time(tawatur: Tawatur, corpus: Path) -> None:
    done = tawatur("group", corpus)
    assert done.returncode == 0, done.stderr
    answers = lines(done.stdout)
    assert [answer["id"] for answer in answers] == ["a1", "b1", "c1"]
    stories = {answer["id"]: answer["story"] for answer in answers}
    assert stories["a1"] == stories["b1"] != stories["c1"]
    assert all(answer["why"] and "why." not in answer["why"] for answer in answers)


def test_group_goes_on_with_its_state(tawatur: Tawatur, corpus: Path, tmp_path: Path, pages: dict[str, str]) -> None:
    first = {answer["id"]: answer["story"] for answer in lines(tawatur("group", corpus, "--state", "state").stdout)}
    later = tmp_path / "later.jsonl"
    again, new = (article(id, pages["bridge"], published="2026-03-09T18:00:00+00:00") for id in ("b1", "d1"))
    later.write_text(f"{again}\n{new}\n", encoding="utf-8")
    done = tawatur("group", later, "-o", "out.jsonl", "--state", "state")
    assert done.returncode == 0, done.stderr
    second = {one["id"]: one["story"] for one in lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))}
    assert second == {"b1": first["b1"], "d1": first["b1"]}


def test_a_file_that_cannot_be_written_is_said_in_one_line(tawatur: Tawatur, corpus: Path) -> None:
    done = tawatur("group", corpus, "-o", "no/such/folder/out.jsonl")
    assert done.returncode == 2
    assert "no/such/folder/out.jsonl" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_whoever_stops_reading_our_output_gets_no_traceback(corpus: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(corpus.read_text(encoding="utf-8") * 40, encoding="utf-8")
    command = f"{Path(sys.executable).with_name('tawatur')} analyze {many} | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""
