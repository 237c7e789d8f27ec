"""Measure ``extract`` on labelled pages beside the libraries of the field: scores, pages a second, one line of JSON last.

    python -m bench.extraction [DIR]

DIR holds ``name.html`` and ``name.json`` (the article as marked by hand); it is ``../shared/data/pages`` where none is named. The
scorer is that of ``../shared``. Every library reads the same bytes with the settings that serve it best here;
``trafilatura_fast`` is the very call that ``extract`` stands on, without metadata. Each reader reads all pages once, unmeasured,
then ``ROUNDS`` times, the readers taking turns; its time is its best round. ``per_100kb`` is pages of 100 kB a second,
``times_fast`` the time beside ``trafilatura_fast``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html

from tawatur import outlets
from tawatur.extract import extract
from tawatur.extract.decode import decode
from tawatur.extract.record import record
from tawatur.model import Kind, RawDocument

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "data/pages"
SCORER = SHARED / "eval/score_extraction.py"
LATEST = date(2026, 11, 24)
ROUNDS = 5
Reader = Callable[[Path], dict[str, Any]]


def ours(file: Path) -> dict[str, Any]:
    """Return the first article of a page as ``tawatur extract`` writes it."""
    found = extract(_document(file), outlets=_OUTLETS, latest=LATEST).articles
    return record(found[0], file.name) if found else {"file": file.name, "paragraphs": []}


def trafilatura_fast(file: Path) -> dict[str, Any]:
    """Return what trafilatura gives by the call that ``extract`` makes: its fast way, no metadata."""
    found = trafilatura.bare_extraction(file.read_bytes(), fast=True, include_comments=False, with_metadata=False)
    return _record(file, paragraphs=((found.text if found else "") or "").splitlines())


def raw_trafilatura(file: Path) -> dict[str, Any]:
    """Return what trafilatura gives with all it has, title and day included."""
    found = trafilatura.bare_extraction(file.read_bytes(), with_metadata=True, include_comments=False)
    told = found.as_dict() if found else {}
    paragraphs = (told.get("text") or "").splitlines()
    return _record(file, title=told.get("title"), published=told.get("date"), paragraphs=paragraphs)


def newspaper4k(file: Path) -> dict[str, Any]:
    """Return what newspaper4k gives, told that the page is Arabic and that it must not fetch."""
    import newspaper

    page = newspaper.Article("https://page.example/", language="ar", fetch_images=False)
    page.download(input_html=_text(file))
    page.parse()
    day = page.publish_date.isoformat() if isinstance(page.publish_date, datetime) else None
    return _record(file, title=page.title, published=day, paragraphs=page.text.splitlines())


def readability(file: Path) -> dict[str, Any]:
    """Return what readability-lxml gives: the text of the element that it chooses."""
    from readability import Document

    page = Document(_text(file))
    element = html.document_fromstring(page.summary(html_partial=True))
    return _record(
        file, title=page.short_title(), paragraphs=[str(text) for text in element.itertext() if text.strip()]
    )


def resiliparse(file: Path) -> dict[str, Any]:
    """Return what resiliparse gives: its main content."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    content = file.read_bytes()
    text = extract_plain_text(bytes_to_str(content, detect_encoding(content)), main_content=True, links=False)
    return _record(file, paragraphs=text.splitlines())


READERS: tuple[Reader, ...] = (ours, trafilatura_fast, raw_trafilatura, newspaper4k, readability, resiliparse)
_OUTLETS = outlets.load()


def _document(file: Path) -> RawDocument:
    collected = datetime.combine(LATEST, datetime.min.time(), UTC)
    return RawDocument(content=file.read_bytes(), origin=str(file), kind=Kind.HTML, collected=collected)


def _text(file: Path) -> str:
    return decode(_document(file)) or ""


def _record(file: Path, *, title: object = "", published: object = None, paragraphs: list[str]) -> dict[str, Any]:
    return {"file": file.name, "title": title, "published": published, "paragraphs": paragraphs}


def scores(reader: Reader, pages: Path = PAGES) -> tuple[str, dict[str, float]]:
    """Return the scorer's lines for a reader, and its means by name."""
    records = [_read(reader, file) for file in sorted(pages.glob("*.html"))]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in records)
        out.flush()
        command = [sys.executable, str(SCORER), out.name, str(pages)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return told, {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", told.splitlines()[-1])}


def _read(reader: Reader, file: Path) -> dict[str, Any]:
    """The record of a page; a library that fails on it finds nothing. Raises ImportError where the library is missing."""
    try:
        return reader(file)
    except ImportError:
        raise
    except Exception as fault:
        print(f"{reader.__name__} failed on {file.name}: {fault!r:.100}", file=sys.stderr)
        return _record(file, paragraphs=[])


def seconds(readers: list[Reader], pages: Path) -> dict[str, float]:
    """Return the best time of each reader for all pages, in seconds."""
    files = sorted(pages.glob("*.html"))
    best = {reader.__name__: float("inf") for reader in readers}
    for _ in range(ROUNDS):
        for reader in readers:
            begin = time.perf_counter()
            for file in files:
                _read(reader, file)
            best[reader.__name__] = min(best[reader.__name__], time.perf_counter() - begin)
    return best


def main(pages: Path) -> None:
    """Print the figures of all readers."""
    if not pages.exists() or not SCORER.exists():
        sys.exit("bench.extraction: the pages or the scorer of ../shared are not here")
    figures: dict[str, dict[str, float]] = {}
    found: list[Reader] = []
    for reader in READERS:
        try:
            told, figures[reader.__name__] = scores(reader, pages)
        except ImportError as missing:
            print(f"{reader.__name__}: {missing}")
            continue
        found.append(reader)
        print(f"{reader.__name__}\n{told}")
    size = sum(file.stat().st_size for file in pages.glob("*.html"))
    times = seconds(found, pages)
    for name, best in times.items():
        figures[name]["pages_per_second"] = round(figures[name]["pages"] / best, 1)
        figures[name]["per_100kb"] = round(size / 1e5 / best, 1)
        figures[name]["times_fast"] = round(best / times["trafilatura_fast"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
