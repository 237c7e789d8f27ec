"""Archives run into tables by the real command: by few workers and many, killed, resumed, on two nodes; always the same tables."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tawatur import sample
from tawatur.objects import ObjectPath, Place, seekable

Done = subprocess.CompletedProcess[str]
Tawatur = Callable[..., Done]
COMMAND = Path(sys.executable).with_name("tawatur")
#: The edition as it is, and as if it fell on the end of a month, so that its stories lie across two windows.
SHIFTS = (0, 21)
#: So many of its articles: enough for stories of several reports, and little enough to be run a dozen times.
ARTICLES = 40
COLLECTED = "2026-05-01"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, tawatur_in: Tawatur) -> Path:
    """An archive of invented articles: three files of JSON lines."""
    folder = tmp_path_factory.mktemp("archive")
    with sample.folder() as items:
        assert tawatur_in(folder, "extract", items, "-o", folder / "edition.jsonl").returncode == 0
    edition = [
        json.loads(line) for line in (folder / "edition.jsonl").read_text(encoding="utf-8").splitlines()[:ARTICLES]
    ]
    (folder / "edition.jsonl").unlink()
    lines = [line for shift in SHIFTS for number, one in enumerate(edition) if (line := article(one, number, shift))]
    for part in range(3):
        (folder / f"{part}.jsonl").write_text("".join(lines[part::3]), encoding="utf-8")
    return folder


def article(one: dict[str, Any], number: int, shift: int) -> str:
    """Return an article of the edition as a line of an archive, so many days later; "" where it has no day."""
    if not one["published"]:
        return ""
    day = date.fromisoformat(one["published"][:10]) + timedelta(days=shift)
    source = one["url"] or one["file"]
    host = re.sub(r"\W+", "-", source.split("/")[2] if "//" in source else one["file"].split("-")[0])
    made = {"id": f"{number}-{shift}", "source": host, "published": f"{day}{one['published'][10:]}"}
    return json.dumps(made | {"title": one["title"], "text": "\n".join(one["paragraphs"])}, ensure_ascii=False) + "\n"


def run(tawatur: Tawatur, folder: Path, archive: Path, out: Path, *options: str, **environment: str) -> dict[str, Any]:
    done = tawatur(folder, "archive", "run", archive, "-o", out, "--collected", COLLECTED, *options, **environment)
    assert done.returncode == 0, done.stderr
    return manifest(out)


def manifest(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, tawatur_in: Tawatur, archive: Path) -> Path:
    """What one worker makes of the archive."""
    folder = tmp_path_factory.mktemp("alone")
    run(tawatur_in, folder, archive, folder / "out", "--workers", "1")
    return folder / "out"


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / table).to_pylist()
    return found


def test_four_workers_make_the_same_tables_as_one(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    made = run(tawatur_in, tmp_path, archive, tmp_path / "out", "--workers", "4")
    assert made == manifest(alone)
    assert made["articles"]["kept"] == len(rows(alone, "articles")) > 70


def test_every_report_stands_in_a_story_and_every_sentence_where_the_tables_say(alone: Path) -> None:
    articles = {row["id"]: row for row in rows(alone, "articles")}
    stories = {row["id"]: row for row in rows(alone, "stories")}
    reports = rows(alone, "reports")
    assert {row["article"] for row in reports} == articles.keys()
    assert {row["story"] for row in reports} == stories.keys() == {row["story"] for row in articles.values()}
    told = [(one, one["text"]) for row in stories.values() for one in row["account"]]
    told += [(row, row["text"]) for table in ("claims", "points") for row in rows(alone, table)]
    assert len(told) > 150
    for at, text in told:
        assert articles[at["article"]]["text"][at["start"] : at["end"]] == text


def test_windows_are_joined_as_a_stream_would_group(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    every = tmp_path / "all.jsonl"
    every.write_bytes(b"".join(path.read_bytes() for path in sorted(archive.glob("*.jsonl"))))
    assert tawatur_in(tmp_path, "group", every, "-o", tmp_path / "live.jsonl").returncode == 0
    lines = (tmp_path / "live.jsonl").read_text(encoding="utf-8").splitlines()
    live = {one["id"]: one["story"] for one in map(json.loads, lines)}
    joined = {row["id"]: row["story"] for row in rows(alone, "articles")}
    assert joined.keys() == live.keys()
    months = {row["id"]: row["published"].month for row in rows(alone, "articles")}
    across = [held for held in groups(joined).values() if len({months[one] for one in held}) > 1]
    assert across, "no story lies across the windows"
    assert b_cubed(joined, live) > 0.99


def groups(stories: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, story in stories.items():
        found[story].add(one)
    return found


def b_cubed(one: dict[str, str], other: dict[str, str]) -> float:
    """Return the B-cubed F1 of one grouping against another (Bagga and Baldwin 1998)."""
    ours, theirs = groups(one), groups(other)
    common = {key: len(ours[one[key]] & theirs[other[key]]) for key in one}
    precision = sum(common[key] / len(ours[one[key]]) for key in one) / len(one)
    recall = sum(common[key] / len(theirs[other[key]]) for key in one) / len(one)
    return 2 * precision * recall / (precision + recall)


def test_two_workers_killed_again_and_again_and_their_run_too_lose_nothing(
    tmp_path: Path, archive: Path, alone: Path
) -> None:
    chance, out, kills = random.Random(7), tmp_path / "out", 0
    for _ in range(2):
        with started(tmp_path, archive, out) as process:
            for _ in range(2):
                time.sleep(chance.uniform(0.0, 2.0))
                kills += killed(chance.choice(waited_for(process)))
            time.sleep(chance.uniform(0.0, 1.0))
            process.kill()
    with started(tmp_path, archive, out) as process:
        assert process.wait(timeout=300) == 0
    assert kills >= 3
    assert manifest(out) == manifest(alone)
    assert not (out / "work").exists()


@contextmanager
def started(folder: Path, archive: Place, out: Place) -> Iterator[subprocess.Popen[bytes]]:
    command = [COMMAND, "archive", "run", str(archive), "-o", str(out), "--collected", COLLECTED, "--workers", "2"]
    variables = os.environ | {"TAWATUR_HOME": str(folder / "home"), "TAWATUR_LANG": "en"}
    process = subprocess.Popen(command, env=variables, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def waited_for(process: subprocess.Popen[bytes]) -> list[int]:
    while not (workers := children(process.pid)):
        assert process.poll() is None
        time.sleep(0.05)
    return workers


def killed(worker: int) -> bool:
    try:
        os.kill(worker, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def children(pid: int) -> list[int]:
    """Return the workers of a run: its children that run our engine, and not what watches over shared memory."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in found if b"spawn_main" in command_line(one)]


def command_line(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_run_between_object_stores_is_killed_and_goes_on_to_the_same_tables(
    tmp_path: Path, objects: dict[str, str], archive: Path, alone: Path
) -> None:
    given, out = ObjectPath("s3://news/archive"), ObjectPath("s3://news/tables")
    for path in archive.glob("*.jsonl"):
        (given / path.name).put(path)
    with started(tmp_path, given, out) as process:
        while not (out / "work" / "read" / "000001.json").exists():
            assert process.poll() is None
            time.sleep(0.1)
        process.kill()
    assert not (out / "manifest.json").exists()
    with started(tmp_path, given, out) as process:
        assert process.wait(timeout=300) == 0
    made, expected = json.loads((out / "manifest.json").read_bytes()), manifest(alone)
    for table in ("analyses", "claims", "stories", "reports", "points"):  # those that name no input
        assert made["tables"][table] == expected["tables"][table]
    found = {str(one).removeprefix(f"{out}/") for one in out.files()}
    assert found == {one["path"] for table in made["tables"].values() for one in table["files"]} | {"manifest.json"}
    table = pq.read_table(seekable(out / made["tables"]["articles"]["files"][0]["path"]))
    assert all(origin.startswith("s3://news/archive/") for origin in table["origin"].to_pylist())


def test_an_object_store_that_cannot_be_used_is_told(
    tmp_path: Path, objects: dict[str, str], tawatur_in: Tawatur, archive: Path
) -> None:
    done = tawatur_in(tmp_path, "archive", "run", "s3://no-such-bucket/news", "-o", tmp_path / "out")
    assert (done.returncode, "there is no bucket s3://no-such-bucket" in done.stderr) == (2, True)
    done = tawatur_in(tmp_path, "archive", "run", archive, "-o", "https://example.org/out")
    assert (done.returncode, "nothing can be written" in done.stderr) == (2, True)
    done = tawatur_in(tmp_path, "archive", "run", archive, "-o", "memory://out")
    assert (done.returncode, "memory of one process" in done.stderr) == (2, True)


def test_articles_in_an_object_store_are_read_into_the_store_as_files_are(
    tmp_path: Path, objects: dict[str, str], tawatur_in: Tawatur, archive: Path
) -> None:
    given = ObjectPath("s3://news/articles")
    (given / "1.jsonl").write_bytes(b"".join((archive / "1.jsonl").read_bytes().splitlines(keepends=True)[:3]))
    done = tawatur_in(tmp_path, "read", given, "s3://news/articles/none")
    assert (done.returncode, "new articles: 3" in done.stdout) == (2, True)
    assert "s3://news/articles/none" in done.stderr
    done = tawatur_in(tmp_path, "read", "s3://no-such-bucket/news")
    assert (done.returncode, done.stdout, "there is no bucket s3://no-such-bucket" in done.stderr) == (2, "", True)


DEADLY = """
import os, signal
from tawatur.understand import analyze
def deadly(article):
    if article.id == "7-0":
        os.kill(os.getpid(), signal.SIGKILL)
    return analyze(article)
"""


def test_a_document_that_kills_its_worker_costs_itself(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    (tmp_path / "deadly.py").write_text(DEADLY)
    options = ("--workers", "2", "--grade", "deadly:deadly")
    made = run(tawatur_in, tmp_path, archive, tmp_path / "out", *options, PYTHONPATH=str(tmp_path))
    assert made["rejected"] == {"killed_worker": 1}
    assert made["articles"]["kept"] == manifest(alone)["articles"]["kept"] - 1
    (rejected,) = rows(tmp_path / "out", "rejected")
    assert rejected["origin"].startswith(str(archive))


def test_a_damaged_file_and_a_bad_line_are_told_and_cost_nothing_else(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    damaged = tmp_path / "archive"
    damaged.mkdir()
    for path in archive.glob("*.jsonl"):
        (damaged / path.name).write_bytes(path.read_bytes() + b"{broken\n")
    (damaged / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00cut")
    made = run(tawatur_in, tmp_path, damaged, tmp_path / "out")
    assert made["rejected"] == {"bad_json": 3, "broken_gzip": 1}
    assert made["articles"] == manifest(alone)["articles"]


def test_a_line_that_an_outlet_repeats_is_taken_out_of_its_first_article_too(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path
) -> None:
    prompt = (Path(__file__).parent / "data" / "prompt.txt").read_text(encoding="utf-8").strip()
    (tmp_path / "archive").mkdir()
    for path in archive.glob("*.jsonl"):
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        made = [one | {"source": "one", "text": f"{one['text']}\n{prompt}"} for one in found if one["text"]]
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)
        (tmp_path / "archive" / path.name).write_text(lines, encoding="utf-8")
    run(tawatur_in, tmp_path, tmp_path / "archive", tmp_path / "out")
    found = rows(tmp_path / "out", "articles")
    assert not [row["id"] for row in found if prompt in row["text"]]
    assert all({"text": prompt, "reason": "repeated_line"} in row["removed"] for row in found)


def test_what_stands_in_the_folder_is_never_touched(tmp_path: Path, tawatur_in: Tawatur, archive: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = tawatur_in(tmp_path, "archive", "run", archive, "-o", tmp_path)
    assert (done.returncode, "holds something else" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_same_command_again_does_nothing_and_another_one_is_refused(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in alone.rglob("*")}
    assert run(tawatur_in, tmp_path, archive, alone) == manifest(alone)
    assert {path: path.stat().st_mtime_ns for path in alone.rglob("*")} == before
    done = tawatur_in(tmp_path, "archive", "run", archive / "0.jsonl", "-o", alone)
    assert (done.returncode, "holds something else" in done.stderr) == (2, True)


def test_two_nodes_of_which_one_is_killed_make_the_same_tables(
    tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path
) -> None:
    pytest.importorskip("distributed")
    out = tmp_path / "out"
    with dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", folder=tmp_path) as scheduler:
        address = said(scheduler, r"Scheduler at:\s+(tcp://\S+)")
        options = ("--nthreads", "1", "--nworkers", "1", "--no-dashboard")
        with (
            dask("worker", address, "--host", "127.0.0.2", *options, folder=tmp_path) as first,
            dask("worker", address, "--host", "127.0.0.3", *options, folder=tmp_path),
        ):
            run_of = [COMMAND, "archive", "run", archive, "-o", out, "--collected", COLLECTED]
            variables = os.environ | {"TAWATUR_HOME": str(tmp_path / "home")}
            engine = ["--engine", f"dask{address.removeprefix('tcp')}"]
            process = subprocess.Popen([*run_of, *engine], env=variables, stdout=subprocess.DEVNULL)
            read = out / "work" / "read"
            while process.poll() is None and not list(read.glob("*.at")):
                time.sleep(0.05)
            time.sleep(0.5)
            os.killpg(first.pid, signal.SIGKILL)  # the node with all its processes
            assert process.wait(timeout=300) == 0
    assert manifest(out) == manifest(alone)


@contextmanager
def dask(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a part of a Dask cluster in a process group of its own."""
    command = [sys.executable, "-m", "dask", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folder, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said(process: subprocess.Popen[str], pattern: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("it ended")


def test_a_live_store_exports_the_same_tables(tmp_path: Path, tawatur_in: Tawatur, archive: Path, alone: Path) -> None:
    assert tawatur_in(tmp_path, "read", archive).returncode == 0
    done = tawatur_in(tmp_path, "export", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for table in ("articles", "analyses", "claims", "stories", "reports", "points"):
        assert by_key(tmp_path / "out", table) == by_key(alone, table), table
    done = tawatur_in(tmp_path, "export", tmp_path / "april", "--from", "2026-04-01", "--to", "2026-04-02")
    assert done.returncode == 0, done.stderr
    days = {str(row["published"])[:10] for row in rows(tmp_path / "april", "articles")}
    assert days == {"2026-04-01", "2026-04-02"}


def by_key(out: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in an order of their own, without the moment of reading."""
    found = ({key: value for key, value in row.items() if key != "collected"} for row in rows(out, table))
    return sorted(found, key=lambda row: json.dumps(row, default=str, sort_keys=True))
