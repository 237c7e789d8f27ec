"""Bad input: one clear line each, an exit status other than 0, and everything good beside it is still read."""

import gzip
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

Done = subprocess.CompletedProcess[str]
Tawatur = Callable[..., Done]
LINE = {"id": "a1", "source": "one", "url": "", "published": "2026-03-09T10:00:00Z", "title": "t"}


def good(folder: Path, pages: dict[str, str]) -> Path:
    path = folder / "good.txt"
    path.write_text(pages["bridge"], encoding="utf-8")
    return path


def record(pages: dict[str, str], **fields: Any) -> bytes:
    return json.dumps(LINE | {"text": pages["strike"]} | fields, ensure_ascii=False).encode()


def read_json(tawatur: Tawatur, *paths: str | Path) -> tuple[int, dict[str, Any], str]:
    done = tawatur("read", "--json", *paths)
    return done.returncode, json.loads(done.stdout), done.stderr


def bad_file(kind: str, folder: Path) -> Path:
    """Make one bad input and return its path."""
    packed = gzip.compress(os.urandom(5000))
    contents = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": bytes(range(256)) * 20,
        "image.png": b"\x89PNG\r\n\x1a\n" + os.urandom(500),
        "cut.txt.gz": packed[: len(packed) // 2],
        "not-gzip.txt.gz": b"plain words",
        "cut.txt.zst": zstandard.compress(os.urandom(5000))[:2000],
        "not-zstd.zst": b"plain words",
        "crawl.warc": b"WARC/1.0\r\nWARC-Type: response\r\n",
        "crawl.warc.gz": gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n"),
        "table.parquet": b"PAR1" + os.urandom(100),
        "style.css": b"words of another program",
        "bomb.txt.gz": gzip.compress(b" " * (40 << 20)),
    }
    path = folder / kind
    if kind == "empty-folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind in contents:
        path.write_bytes(contents[kind])
    return path


BAD = {
    "empty.txt": ("empty", "empty"),
    "blank.txt": ("empty", "empty"),
    "binary.txt": ("binary", "binary"),
    "image.png": ("binary", "binary"),
    "style.css": ("unknown_kind", "unknown kind"),
    "cut.txt.gz": ("broken_gzip", "gzip"),
    "not-gzip.txt.gz": ("broken_gzip", "gzip"),
    "cut.txt.zst": ("broken_zstd", "zstd"),
    "not-zstd.zst": ("broken_zstd", "zstd"),
    "crawl.warc": ("cut_record", "cut-off record"),
    "crawl.warc.gz": ("cut_record", "cut-off record"),
    "table.parquet": ("broken_parquet", "Parquet"),
    "bomb.txt.gz": ("too_large", "limit"),
    "empty-folder": ("nothing_readable", "nothing to read"),
    "missing.txt": ("path_not_found", "no such path"),
    "pipe": ("not_a_file", "neither a file"),
    "http://127.0.0.1:9/a": ("fetch.private", "internal address"),
    "https://[::1]/a": ("fetch.private", "internal address"),
    "http://0x7f.1/a": ("fetch.bad_address", "no valid address"),
    "file:///etc/passwd": ("fetch.scheme", "only http and https"),
    "http://one.example:25/a": ("fetch.port", "port"),
}


@pytest.fixture(scope="module")
def reading(tawatur_in: Tawatur, pages: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Done:
    """One reading of everything that is bad, with one good page in the middle."""
    folder = tmp_path_factory.mktemp("bad")
    paths: list[str | Path] = [name if "://" in name else bad_file(name, folder) for name in BAD]
    paths.insert(5, good(folder, pages))
    return tawatur_in(folder, "read", "--json", *paths)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_in_one_line(name: str, reading: Done) -> None:
    reason, words = BAD[name]
    (rejected,) = [
        one for one in json.loads(reading.stdout)["rejected"] if one["origin"].partition("#")[0].endswith(name)
    ]
    assert rejected["reason"] == reason
    (line,) = [line for line in reading.stderr.splitlines() if line == rejected["message"]]
    assert words in line


def test_everything_good_beside_bad_files_is_read(reading: Done) -> None:
    found = json.loads(reading.stdout)
    assert found["new"] == 1
    assert len(found["stories"]) == 1
    assert len(found["rejected"]) == len(reading.stderr.splitlines()) == len(BAD)


def test_the_status_tells_a_wrong_call_from_a_bad_file(tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]) -> None:
    page = good(tmp_path, pages)
    assert tawatur("read", page, bad_file("empty.txt", tmp_path)).returncode == 1
    assert tawatur("read", page, tmp_path / "missing.txt").returncode == 2
    assert tawatur("read", page).returncode == 0


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_bad_lines_cost_themselves_only(suffix: str, tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]) -> None:
    lines = [record(pages), b"", b"no json", b"[1, 2]", b'{"id": "x"}', b"\xff\xfe\x00\x01", record(pages, id="a2")]
    content = b"\r\n".join(lines)
    packed = {"": content, ".gz": gzip.compress(content), ".zst": zstandard.compress(content)}[suffix]
    path = tmp_path / f"articles.jsonl{suffix}"
    path.write_bytes(packed)
    status, found, errors = read_json(tawatur, path)
    assert status == 1
    assert [one["origin"] for one in found["rejected"]] == [f"{path}#{number}" for number in (3, 4, 5, 6)]
    for number, line in zip((3, 4, 5, 6), errors.splitlines(), strict=True):
        assert f"{path.name}, line {number}" in line
    assert found["new"] == 2


def test_lines_before_the_break_of_a_packed_file_are_read(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    lines = b"".join(record(pages, id=f"a{number}", summary=os.urandom(9000).hex()) + b"\n" for number in range(30))
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-20000])
    status, found, errors = read_json(tawatur, path)
    assert status == 1
    (rejected,) = found["rejected"]
    assert rejected["reason"] == "broken_gzip"
    assert found["new"] == int(rejected["origin"].rpartition("#")[2]) - 1 > 10
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_arabic_encodings_are_read_right(
    encoding: str, tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(pages["bridge"].encode(encoding))
    status, found, errors = read_json(tawatur, path)
    assert (status, errors) == (0, "")
    (report,) = found["stories"][0]["reports"]
    words = " ".join([report["title"], *report["paragraphs"]]).split()
    assert words == pages["bridge"].split()


def test_what_was_rejected_is_rejected_again_and_kept_once(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"no json\n" + record(pages))
    first, again = tawatur("read", path), tawatur("read", path)
    assert first.returncode == again.returncode == 1
    assert first.stderr == again.stderr
    assert "new articles: 1" in first.stdout
    assert "duplicates: 1" in again.stdout
    assert "rejected: 1" in again.stdout


def test_one_article_in_two_files_is_a_duplicate(tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]) -> None:
    for name in ("a.jsonl", "b.ndjson"):
        (tmp_path / name).write_bytes(record(pages))
    status, found, _ = read_json(tawatur, tmp_path / "a.jsonl", tmp_path / "b.ndjson")
    assert (status, found["new"], found["duplicates"]) == (0, 1, 1)
    assert len(found["stories"][0]["reports"]) == 1


def test_hidden_files_are_passed_over_and_a_folder_names_the_outlet(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    folder = tmp_path / "input" / "bbc"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(pages["bridge"], encoding="utf-8")
    (folder / ".hidden.txt").write_text(pages["strike"], encoding="utf-8")
    status, found, _ = read_json(tawatur, tmp_path / "input")
    assert status == 0
    (report,) = [report for story in found["stories"] for report in story["reports"]]
    assert report["outlet"] == "bbc"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_counts_come_last_in_the_language_asked_for(
    language: str, tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    done = tawatur("read", "--lang", language, bad_file("empty.txt", tmp_path), good(tmp_path, pages))
    counts = done.stdout.split("\n\n")[-1].splitlines()
    assert [line.rpartition(" ")[2] for line in counts] == ["1", "1", "0", "1", "1"]
    assert ("rejected" in done.stdout) == (language == "en")


def test_a_store_that_cannot_be_used_is_said_in_one_line(
    tawatur: Tawatur, tmp_path: Path, pages: dict[str, str]
) -> None:
    path = good(tmp_path, pages)
    (tmp_path / "file").write_text("in the way")
    unwritable = tawatur("read", path, TAWATUR_HOME=str(tmp_path / "file" / "home"))
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "tawatur.sqlite3").write_bytes(b"no store " * 1000)
    corrupt = tawatur("read", path, TAWATUR_HOME=str(tmp_path / "bad"))
    for done, word in ((unwritable, "cannot be written"), (corrupt, "damaged")):
        assert done.returncode == 2
        assert word in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("read",), ("read", "--published", "yesterday", "x"), ("nothing",), ("read", "--lang", "xx", "x")]
)
def test_a_wrong_call_is_status_2(arguments: tuple[str, ...], tawatur: Tawatur) -> None:
    assert tawatur(*arguments).returncode == 2


#: An analyser of one's own with which no story can be made, or no article grouped, as with a fault in a release.
FAULTY = """
import os
from tawatur import desk
from tawatur.understand import analyze
def broken(*_, **__):
    raise RuntimeError("a fault")
if os.environ["FAULT"] == "composing":
    desk.drafted = broken
else:
    desk.Grouper.place = broken
"""


@pytest.mark.parametrize(
    ("fault", "counts", "line"),
    [
        ("composing", (0, 1), "stories that could not be made anew, stay as they were"),
        ("grouping", (1, 0), "articles that could not be put into a story"),
    ],
)
def test_what_could_not_be_grouped_or_composed_is_told_and_comes_with_the_next_reading(
    fault: str, counts: tuple[int, int], line: str, tmp_path: Path, tawatur: Tawatur, pages: dict[str, str]
) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY)
    path = good(tmp_path, pages)
    faulty = {"TAWATUR_GRADE": "faulty:analyze", "FAULT": fault, "PYTHONPATH": str(tmp_path)}
    done = tawatur("read", path, **faulty)
    assert done.returncode == 1
    assert line in done.stdout
    assert "RuntimeError: a fault" in (tmp_path / "home" / "tawatur.log").read_text(encoding="utf-8")
    done = tawatur("read", "--json", path, **faulty)
    found = json.loads(done.stdout)
    assert (len(found["ungrouped"]), len(found["failing"])) == counts, "what failed is tried again"
    status, found, _ = read_json(tawatur, path)
    assert (status, found["ungrouped"], found["failing"], len(found["stories"])) == (0, [], [], 1)
