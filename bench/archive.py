"""Run an archive of any size through the engine, with one worker and with two; one line of JSON last.

    python -m bench.archive [ARTICLES] [--workers N,N] [--of ant|saudi] [--out FOLDER]

The articles are those of ``../shared`` (ANT and SaudiNewsNet), as often as it takes, each copy some weeks later under ids of its
own, in files of ``FILE`` articles; ``--of`` takes one collection alone: ANT has 160 articles a day, SaudiNewsNet 1,700. ARTICLES
is a million without it, which takes hours on two cores; ratios are good from some ten thousand on. "peak_mb" is the proportional
memory of all processes together, looked at every second; "worker_peak_mb" the largest resident memory of a worker in a step, of
which some 60 MB are libraries that all share. CPU counts beside the clock, because it means the same on a busy machine:
"speed_up_on_free_cores" is all CPU over that of the worker with most to do in each step and of the driver, which no other can do
at the same time. FOLDER keeps input and output; else they are gone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from tawatur.app import known_outlets
from tawatur.archive.job import Job, inputs_of
from tawatur.archive.running import run_archive
from tawatur.engine.local import LocalEngine

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLES = SHARED / "data/articles"
#: Articles a file, and the days between one copy of the collections and the next.
FILE, APART = 2_500, 37


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("articles", nargs="?", type=int, default=1_000_000)
    wanted.add_argument("--workers", default="1,2")
    wanted.add_argument("--of", default="", choices=["", "ant", "saudi"])
    wanted.add_argument("--out", type=Path)
    given = wanted.parse_args()
    if not ARTICLES.is_dir():
        print("bench/archive: ../shared is not here")
        return
    with nullcontext(given.out) if given.out else tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_input(place / "input", given.articles, given.of)
        found = [measured(place, int(workers)) for workers in given.workers.split(",")]
    for one in found:
        print(json.dumps(one), file=sys.stderr)
    first, last = found[0], found[-1]
    speed_up = round(first["seconds"] / last["seconds"], 2)
    print(
        json.dumps(
            {"bench": "archive", "articles": given.articles, "of": given.of, "runs": found, "speed_up": speed_up}
        )
    )


def write_input(folder: Path, articles: int, of: str) -> None:
    """Write so many articles as files of JSON lines, unless they are there."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    lines, number = islice(copies(of), articles), 0
    while batch := list(islice(lines, FILE)):
        with gzip.open(folder / f"{number:05d}.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) as file:
            file.writelines(batch)
        number += 1


def copies(of: str) -> Iterator[str]:
    """Yield the articles of the collections again and again, each time some days later."""
    copy = 0
    while True:
        shift = timedelta(days=copy * APART)
        for path in sorted(ARTICLES.glob(f"{of}*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    yield _later(json.loads(line), copy, shift)
        copy += 1


def _later(article: dict[str, str], copy: int, shift: timedelta) -> str:
    # SaudiNewsNet tells only when an article was collected, from which its day is inferred: that moves along.
    for field in ("published", "collected"):
        when = article.get(field) or ""
        if re.match(r"\d{4}-\d\d-\d\d", when):
            day = datetime.fromisoformat(when[:10]) + shift
            article[field] = f"{day:%Y-%m-%d}{when[10:]}"
    article["id"] = f"{article['id']}~{copy}"
    article["url"] = ""  # copies are other articles, not other versions of a page
    return json.dumps(article, ensure_ascii=False) + "\n"


def measured(place: Path, workers: int) -> dict[str, object]:
    """Run the archive with so many workers; return what it took."""
    out = place / f"out-{workers}"
    files = sorted((place / "input").iterdir())
    job = Job(inputs=inputs_of(files), collected=datetime(2026, 1, 1, tzinfo=UTC), outlets=known_outlets(()))
    began = time.perf_counter()
    with LocalEngine(workers) as engine:
        watch = Watch()
        watch.start()
        made = run_archive(job, out.resolve(), engine, watch)
        steps = watch.end()
    seconds = time.perf_counter() - began
    kept = made["articles"]["kept"]
    cpu = sum(step.cpu for step in steps)
    return {
        "workers": workers,
        "seconds": round(seconds, 1),
        "articles_a_second": round(kept / seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "cpu_ms_an_article": round(1000 * cpu / kept, 2),
        "speed_up_on_free_cores": round(cpu / sum(step.longest for step in steps), 2),
        "peak_mb": round(watch.peak / 2**20),
        "stories": made["tables"]["stories"]["rows"],
        "steps": {step.name: step.told(kept) for step in steps},
    }


@dataclass(slots=True)
class Step:
    """What a step took: seconds, seconds of CPU of the driver and of each worker, the largest memory of a worker in bytes."""

    name: str
    seconds: float
    driver: float
    workers: list[float]
    peak: int

    @property
    def cpu(self) -> float:
        """Return all seconds of CPU."""
        return self.driver + sum(self.workers)

    @property
    def longest(self) -> float:
        """Return what it would take on free cores: what the driver does alone, and the worker that has most to do."""
        return self.driver + max(self.workers, default=0.0)

    def told(self, articles: int) -> dict[str, object]:
        """Return it for people, CPU in milliseconds an article too."""
        return {
            "seconds": round(self.seconds, 1),
            "driver_cpu": round(self.driver, 2),
            "worker_cpu": [round(one, 1) for one in self.workers],
            "ms_an_article": round(1000 * self.cpu / articles, 2),
            "worker_peak_mb": round(self.peak / 2**20),
        }


class Watch(threading.Thread):
    """Looks on while an archive is run by this process and its workers. As a thread it looks at their memory every second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self._running = 0, True
        self._steps: list[Step] = []
        self._name, self._began, self._driver, self._cpu = "", 0.0, 0.0, dict[int, float]()

    def run(self) -> None:
        """Look every second until the end."""
        while self._running:
            self.peak = max(self.peak, sum(map(memory, tree(os.getpid()))))
            time.sleep(1)

    def step(self, name: str, items: int) -> None:
        """End the step before, and begin the next one."""
        self._close()
        workers = list(children())
        for worker in workers:
            with suppress(OSError):
                Path(f"/proc/{worker}/clear_refs").write_text("5")  # forgets the peak
        self._name, self._began, self._driver = name, time.perf_counter(), time.process_time()
        self._cpu = {worker: cpu(worker) for worker in workers}

    def done(self) -> None:
        """Pass over an item."""

    def end(self) -> list[Step]:
        """End the last step and return all."""
        self._running = False
        self._close()
        return self._steps

    def _close(self) -> None:
        if self._name:
            workers = list(children())
            used = [cpu(worker) - self._cpu.get(worker, 0.0) for worker in workers]
            driver, seconds = time.process_time() - self._driver, time.perf_counter() - self._began
            self._steps.append(Step(self._name, seconds, driver, used, max(map(peak, workers), default=0)))


def children() -> Iterator[int]:
    """Yield the workers of this process."""
    for child in islice(tree(os.getpid()), 1, None):
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child


def cpu(pid: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> int:
    """Return the largest memory of a process since it was last forgotten, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return 1024 * int(found[1]) if found else 0


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
