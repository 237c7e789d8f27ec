"""Measure the reading of archives: megabytes and documents a second, and the most memory, for N documents and four times as many.

    python -m bench.archives [N]

Invented pages, made of the words of the sample edition, are written to a temporary folder as a web archive of the form of CC-NEWS
(each record a gzip member: a request and a response a page), as Parquet and as JSON lines. Each reading runs in a process of its
own, so that the most memory it used is its own. Beside it the web archive is read with fastwarc, and with warcio where that is
installed. The last line is JSON: bytes are those of the file; ``rss_mb`` is the whole process, ``idle_mb`` of it before reading.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tawatur import sample
from tawatur.app import known_outlets
from tawatur.fetch import files
from tawatur.model import RawDocument

COUNT, TIMES = 1000, 4
#: Words of an article, and how many bytes of markup and program stand around them on a page.
WORDS, AROUND = 300, 40_000
MARKUP = "<div class='menu'><a href='/{0}/{1}'>{1}</a></div><script>var a{0}='{1}';</script>\n"
Texts = Iterator[tuple[int, str, str]]


def articles(count: int) -> Texts:
    """Yield number, title and text of invented articles."""
    words = [word for item in sample.items() for word in item.content.decode("utf-8", "ignore").split()]
    chance = random.Random(7)
    for number in range(count):
        body = [" ".join(chance.choices(words, k=WORDS // 6)) for _ in range(6)]
        yield number, " ".join(chance.choices(words, k=9)), "\n".join(body)


def web_archive(path: Path, count: int) -> None:
    """Write a web archive of the form of CC-NEWS."""
    chance = random.Random(8)
    around = "".join(MARKUP.format(chance.randrange(10**6), chance.randrange(10**9)) for _ in range(AROUND // 80))
    with open(path, "wb") as file:
        for number, title, text in articles(count):
            url = f"https://outlet{number % 50}.example/news/{number}"
            paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
            page = f"<!doctype html><html><body>{around}<article><h1>{title}</h1>{paragraphs}</article></body></html>"
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
            request = f"GET /news/{number} HTTP/1.1\r\nHost: outlet.example\r\n\r\n".encode()
            for kind, block in (("request", request), ("response", answer)):
                file.write(gzip.compress(record(kind, url, number, block), 5))


def record(kind: str, url: str, number: int, block: bytes) -> bytes:
    """Return a WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Length: {len(block)}\r\n"
        f"WARC-Date: {day(number):%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def day(number: int) -> datetime:
    """Return when an article appeared."""
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield the articles as records."""
    for number, title, text in articles(count):
        url = f"https://outlet{number % 50}.example/news/{number}"
        yield {"id": str(number), "url": url, "published": day(number).isoformat(), "title": title, "text": text}


def json_lines(path: Path, count: int) -> None:
    """Write JSON lines."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(count))


def table(path: Path, count: int) -> None:
    """Write a Parquet table in groups of 1,000 rows."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("id", "url", "published", "title", "text")])
    with ParquetWriter(path, schema) as writer:
        batch: list[dict[str, str]] = []
        for row in rows(count):
            batch.append(row)
            if len(batch) == 1000:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                batch.clear()
        if batch:
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))


MADE: dict[str, Callable[[Path, int], None]] = {"warc.gz": web_archive, "parquet": table, "jsonl": json_lines}


def ours(path: str) -> int:
    """Return how many documents Tawatur reads."""
    given = files.Given(collected=datetime(2026, 6, 1, tzinfo=UTC), outlets=known_outlets())
    return sum(isinstance(one, RawDocument) for one in files.read(Path(path), given))


def with_fastwarc(path: str) -> int:
    """Return how many responses fastwarc reads."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return sum(len(one.reader.read()) > 0 for one in ArchiveIterator(path, record_types=WarcRecordType.response))


def with_warcio(path: str) -> int:
    """Return how many responses warcio reads."""
    from warcio.archiveiterator import ArchiveIterator

    with open(path, "rb") as file:
        found = (one for one in ArchiveIterator(file) if one.rec_type == "response")
        return sum(len(one.content_stream().read()) > 0 for one in found)


READERS: dict[str, Callable[[str], int]] = {"tawatur": ours, "fastwarc": with_fastwarc, "warcio": with_warcio}


def measure(reader: str, path: str) -> None:
    """Read in this process, and print what that took."""
    idle = most_memory()
    began = time.perf_counter()
    count = READERS[reader](path)
    seconds = time.perf_counter() - began
    print(json.dumps({"documents": count, "seconds": seconds, "rss_mb": most_memory(), "idle_mb": idle}))


def most_memory() -> float:
    """Return the most memory that this process has used, in MB. Linux alone tells it apart from its parent's."""
    try:
        return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(reader: str, path: Path) -> dict[str, float]:
    """Return what a reading took in a process of its own."""
    command = [sys.executable, "-m", "bench.archives", reader, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    found["per_second"] = found["documents"] / found["seconds"]
    found["mb_per_second"] = path.stat().st_size / 1e6 / found["seconds"]
    return {name: round(value, 1) for name, value in found.items()}


def main(arguments: list[str]) -> None:
    """Measure and print."""
    count = int(arguments[0]) if arguments else COUNT
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, make in MADE.items():
            for size in (count, count * TIMES):
                path = Path(folder) / f"a.{kind}"
                make(path, size)
                readers = [name for name in READERS if name == "tawatur" or (kind == "warc.gz" and installed(name))]
                for reader in readers:
                    name = f"{kind} {reader} {size}"
                    figures[name] = measured(reader, path)
                    print(f"{name:28}", figures[name], flush=True)
                path.unlink()
    print(json.dumps(figures))


def installed(name: str) -> bool:
    """Say whether a library is there to compare with."""
    from importlib.util import find_spec

    return find_spec(name) is not None


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in READERS:
        measure(*sys.argv[1:3])
    else:
        main(sys.argv[1:])
