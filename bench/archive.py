"""Run an archive of any size through the engine, with one worker and with two; one line of JSON last.

    python -m bench.archive [ARTICLES] [--workers N,N] [--out FOLDER]

The articles are those of ``../shared`` (ANT and SaudiNewsNet), as often as it takes, each copy some weeks later under ids of its
own, in files of ``FILE`` articles. ARTICLES is a million without it, which takes hours on two cores; ratios
are good from some ten thousand on. "peak" is the proportional memory of all processes together, in megabytes, looked at every
second. Beside the time stands how the steps share it. FOLDER keeps input and output; else they are gone at the end.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLES = SHARED / "data/articles"
#: Articles a file, and the days between one copy of the collections and the next.
FILE, APART = 10_000, 37
STEPS = ("learn", "read", "group", "compose")


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("articles", nargs="?", type=int, default=1_000_000)
    wanted.add_argument("--workers", default="1,2")
    wanted.add_argument("--out", type=Path)
    given = wanted.parse_args()
    if not ARTICLES.is_dir():
        print("bench/archive: ../shared is not here")
        return
    with nullcontext(given.out) if given.out else tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_input(place / "input", given.articles)
        found = [measured(place, int(workers)) for workers in given.workers.split(",")]
    for one in found:
        print(json.dumps(one), file=sys.stderr)
    first, last = found[0], found[-1]
    speed_up = round(first["seconds"] / last["seconds"], 2)
    print(json.dumps({"bench": "archive", "articles": given.articles, "runs": found, "speed_up": speed_up}))


def write_input(folder: Path, articles: int) -> None:
    """Write so many articles as files of JSON lines, unless they are there."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    lines, number = islice(copies(), articles), 0
    while batch := list(islice(lines, FILE)):
        with gzip.open(folder / f"{number:05d}.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) as file:
            file.writelines(batch)
        number += 1


def copies() -> Iterator[str]:
    """Yield the articles of the collections again and again, each time some days later."""
    copy = 0
    while True:
        shift = timedelta(days=copy * APART)
        for path in sorted(ARTICLES.glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    yield _later(json.loads(line), copy, shift)
        copy += 1


def _later(article: dict[str, str], copy: int, shift: timedelta) -> str:
    when = article.get("published") or ""
    if re.match(r"\d{4}-\d\d-\d\d", when):
        day = datetime.fromisoformat(when[:10]) + shift
        article["published"] = f"{day:%Y-%m-%d}{when[10:]}"
    article["id"] = f"{article['id']}~{copy}"
    article["url"] = ""  # copies are other articles, not other versions of a page
    return json.dumps(article, ensure_ascii=False) + "\n"


def measured(place: Path, workers: int) -> dict[str, object]:
    """Run the archive with so many workers; return what it took."""
    out = place / f"out-{workers}"
    command = [Path(sys.executable).with_name("tawatur"), "archive", "run", place / "input", "-o", out]
    variables = os.environ | {"TAWATUR_HOME": str(place / "home"), "TAWATUR_LANG": "en"}
    began = time.perf_counter()
    options = ["--workers", str(workers), "--collected", "2026-01-01"]
    process = subprocess.Popen([*command, *options], env=variables, stdout=subprocess.DEVNULL)
    watch = Watch(process.pid, out / "work")
    watch.start()
    status = process.wait()
    seconds = time.perf_counter() - began
    watch.join()
    if status:
        raise SystemExit(status)
    made = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    kept = made["articles"]["kept"]
    return {
        "workers": workers,
        "seconds": round(seconds, 1),
        "articles_a_second": round(kept / seconds, 1),
        "peak_mb": round(watch.peak / 2**20),
        "stories": made["tables"]["stories"]["rows"],
        "steps_seconds": watch.steps(began + seconds),
    }


class Watch(threading.Thread):
    """Looks at the memory of a process and those below it, and at which step the work files show."""

    def __init__(self, pid: int, work: Path) -> None:
        super().__init__(daemon=True)
        self.peak, self._pid, self._work = 0, pid, work
        self._began: dict[str, float] = {}

    def run(self) -> None:
        """Look every second until the process is gone."""
        signs = {"learn": "read", "read": "lines.parquet", "group": "grouped", "compose": "composed"}
        while Path(f"/proc/{self._pid}/cmdline").exists() and Path(f"/proc/{self._pid}/cmdline").read_bytes():
            self.peak = max(self.peak, sum(map(memory, tree(self._pid))))
            for step, sign in signs.items():
                if step not in self._began and (self._work / sign).exists():
                    self._began[step] = time.perf_counter()
            time.sleep(1)

    def steps(self, end: float) -> dict[str, float]:
        """Return the seconds that each step took."""
        known = [(step, self._began[step]) for step in STEPS if step in self._began]
        ends = [*(began for _, began in known[1:]), end]
        return {step: round(last - began, 1) for (step, began), last in zip(known, ends, strict=True)}


def tree(pid: int) -> Iterator[int]:
    """Yield a process and those below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def memory(pid: int) -> int:
    """Return the proportional memory of a process, in bytes."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return 1024 * int(found[1]) if found else 0


if __name__ == "__main__":
    main()
