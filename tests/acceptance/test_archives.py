"""Archives through the real command: web archives, tables, lists of articles, folders of pages; good and damaged."""

import gzip
import json
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.fetch.archives import DATE, PACKINGS, http, packed, record

from tawatur.store import open_store

Done = subprocess.CompletedProcess[str]
Tawatur = Callable[..., Done]
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "warc"


def page(text: str) -> bytes:
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n") if line.strip())
    return f"<!doctype html><html><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


@pytest.fixture
def made(pages: dict[str, str]) -> list[bytes]:
    """The records of an archive: two pages, and what stands between pages in every archive."""
    bridge, strike = page(pages["bridge"]), page(pages["strike"])
    return [
        record(b"software: x", kind="warcinfo", url=""),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(http(gzip.compress(bridge), Content_Encoding="gzip"), url="https://one.example/bridge", digest=True),
        record(http(page("x"), status=301), url="https://one.example/moved"),
        record(http(b"GIF89a", type="image/gif"), url="https://one.example/a.gif"),
        record(http(b"", type="text/html"), kind="revisit", url="https://one.example/bridge"),
        record(http(strike), url="<https://two.example/strike>"),
    ]


def read_json(tawatur: Tawatur, *paths: str | Path) -> tuple[int, dict[str, Any], str]:
    done = tawatur("read", "--json", *paths)
    return done.returncode, json.loads(done.stdout), done.stderr


def reports(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {report["url"]: report for story in found["stories"] for report in story["reports"]}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_web_archive_gives_its_pages_and_counts_the_rest(
    packing: str, tawatur: Tawatur, tmp_path: Path, made: list[bytes], pages: dict[str, str]
) -> None:
    path = tmp_path / f"news.warc{packing}"
    path.write_bytes(packed(made, packing))
    status, found, errors = read_json(tawatur, path)
    assert (status, errors, found["new"]) == (0, "", 2)
    read = reports(found)
    assert read.keys() == {"https://one.example/bridge", "https://two.example/strike"}
    bridge = read["https://one.example/bridge"]
    assert [bridge["title"], *bridge["paragraphs"]] == [line for line in pages["bridge"].split("\n") if line.strip()]
    assert bridge["outlet"] == "one.example"
    assert found["passed"] == {"status": 1, "other_type": 1, "revisit": 1}
    again = read_json(tawatur, path)[1]
    assert (again["new"], again["duplicates"]) == (0, 2)


def test_counts_of_an_archive_are_for_people_in_their_language(
    tawatur: Tawatur, tmp_path: Path, made: list[bytes]
) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(made))
    english = tawatur("read", path).stdout.splitlines()[-4:]
    assert english[0].endswith(": 3")
    assert all(line.endswith(": 1") and "passed." not in line for line in english[1:])
    done = tawatur("extract", path, "--lang", "ar")
    assert len(done.stdout.splitlines()) == 2
    assert len(done.stderr.splitlines()) == 4
    assert not any("passed" in line or "cli." in line for line in done.stderr.splitlines())


def test_a_damaged_archive_gives_its_good_pages_and_a_message_with_the_place(
    tawatur: Tawatur, tmp_path: Path, made: list[bytes]
) -> None:
    members = [gzip.compress(one) for one in made]
    damaged = members[2][:200] + b"\xff" * 9 + members[2][209:]
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join([*members[:2], damaged, *members[3:], members[2][:300]]))
    status, found, errors = read_json(tawatur, path)
    assert (status, reports(found).keys()) == (1, {"https://two.example/strike"})
    places = [len(b"".join(members[:2])), len(b"".join([*members[:2], damaged, *members[3:]]))]
    for place, line in zip(places, errors.splitlines(), strict=True):
        assert f"news.warc.gz, at byte {place}: damaged or cut-off gzip" in line


def test_a_table_and_a_list_give_the_articles_of_json_lines(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    rows = [
        {
            "headline": text.partition("\n")[0],
            "maintext": text.partition("\n")[2],
            "source_domain": "one.example",
            "url": "",
        }
        for text in (pages["bridge"], pages["strike"])
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "b.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "c.parquet")
    first = {}
    for name in ("a.jsonl", "b.json", "c.parquet"):
        done = tawatur("extract", tmp_path / name)
        assert (done.returncode, done.stderr) == (0, "")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        first[name] = [{key: one[key] for key in ("id", "title", "paragraphs", "outlet")} for one in found]
    assert first["a.jsonl"] == first["b.json"] == first["c.parquet"]
    assert len(first["a.jsonl"]) == 2


def test_a_table_without_articles_names_its_columns(tawatur: Tawatur, tmp_path: Path) -> None:
    pq.write_table(pa.table({"price": [1], "city": ["x"]}), tmp_path / "a.parquet")
    done = tawatur("extract", tmp_path)
    assert done.returncode == 1
    assert "price, city" in done.stderr


def test_a_mirror_of_pages_is_read_with_their_addresses(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    folder = tmp_path / "mirror" / "www.one.com" / "news"
    folder.mkdir(parents=True)
    (folder / "1.html").write_bytes(page(pages["bridge"]))
    (folder / "2.html").write_bytes(page(pages["strike"]))
    (folder / "2.json").write_text('{"url": "https://two.example/2", "date": "2026-03-09"}')
    status, found, errors = read_json(tawatur, tmp_path / "mirror")
    assert (status, errors) == (0, "")
    assert reports(found).keys() == {"https://www.one.com/news/1.html", "https://two.example/2"}


#: Documents and rejections of each file; of the others there are none.
DOCUMENTS = {
    "example-bad-non-chunked.warc.gz", "example-bad.warc.gz.bad", "example-iana.org-chunked.warc", "example-resource.warc.gz",
    "example-trunc.warc", "example-wget-bad-target-uri.warc.gz", "example-wrong-chunks.warc.gz", "example.arc",
    "example.arc.gz", "example.warc", "example.warc.gz",
}  # fmt: skip
DAMAGED = {"bad.arc": 2, "example-space-in-url.arc": 1}


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_damaged_archives_of_others_give_their_good_records(tawatur: Tawatur) -> None:
    done = tawatur("extract", SHARED)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert Counter(Path(one["origin"].partition("#")[0]).name for one in found) == Counter(DOCUMENTS)
    assert all(one["url"].startswith("http") and one["paragraphs"] for one in found)
    told = [line for line in done.stderr.splitlines() if ", at byte " in line]
    assert Counter(Path(line.partition(", at byte ")[0]).name for line in told) == DAMAGED
    assert done.returncode == 1


def test_a_page_that_states_no_day_stands_at_the_time_of_its_record(tawatur: Tawatur, tmp_path: Path) -> None:
    path = tmp_path / "old.warc"
    told = page(
        "Weir mended\nThe weir at the old mill has been mended by the people of the town, who took a month over it."
    )
    later = page(
        "Ferry sold\nThe ferry of the lake has been sold to a family of fishermen, who will paint it green and run it."
    )
    later = later.replace(
        b"<article>", b'<meta property="article:published_time" content="2026-03-02T09:00:00Z"><article>'
    )
    records = [record(http(told), url="https://one.example/weir"), record(http(later), url="https://one.example/ferry")]
    path.write_bytes(b"".join(records))
    read_json(tawatur, path)
    store = open_store(tmp_path / "home" / "tawatur.sqlite3")
    times = {member.profile.time for head in store.front(limit=3) for member in store.members(head.id)}
    store.close()
    assert times == {datetime.fromisoformat(DATE), datetime.fromisoformat("2026-03-02T09:00:00Z")}
