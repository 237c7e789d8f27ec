"""Measure ``extract`` on real pages beside raw trafilatura: the scorer's lines, pages a second, one line of JSON last.

    python -m bench.extraction

Pages and scorer are those of ``../shared``. Rates are those of a second pass, so that loading does not count; ``per_100kb`` is
pages of 100 kB a second.
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

from tawatur import outlets
from tawatur.extract import extract
from tawatur.extract.record import record
from tawatur.model import Kind, RawDocument

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "data/pages"
SCORER = SHARED / "eval/score_extraction.py"
LATEST = date(2026, 11, 24)
Reader = Callable[[Path], dict[str, Any]]


def ours(file: Path) -> dict[str, Any]:
    """Return the first article of a page as ``tawatur extract`` writes it."""
    collected = datetime.combine(LATEST, datetime.min.time(), UTC)
    document = RawDocument(content=file.read_bytes(), origin=str(file), kind=Kind.HTML, collected=collected)
    found = extract(document, outlets=outlets.load(), latest=LATEST).articles
    return record(found[0], file.name) if found else {"file": file.name, "paragraphs": []}


def raw_trafilatura(file: Path) -> dict[str, Any]:
    """Return what trafilatura gives by itself, in the same form."""
    found = trafilatura.bare_extraction(file.read_bytes(), with_metadata=True, include_comments=False)
    told = found.as_dict() if found else {}
    paragraphs = (told.get("text") or "").splitlines()
    return {"file": file.name, "title": told.get("title"), "published": told.get("date"), "paragraphs": paragraphs}


def resiliparse(file: Path) -> dict[str, Any]:
    """Return what resiliparse gives by itself, in the same form. Raises ImportError where it is not installed."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    content = file.read_bytes()
    text = extract_plain_text(bytes_to_str(content, detect_encoding(content)), main_content=True)
    return {"file": file.name, "title": "", "published": None, "paragraphs": text.splitlines()}


def scores(reader: Reader) -> tuple[str, dict[str, float]]:
    """Return the scorer's lines for a reader, and its means by name with the rates."""
    files = sorted(PAGES.glob("*.html"))
    records = [reader(file) for file in files]
    seconds = _seconds(reader, files)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False, default=str) + "\n" for one in records)
        out.flush()
        command = [sys.executable, str(SCORER), out.name, str(PAGES)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    means = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", told.splitlines()[-1])}
    size = sum(file.stat().st_size for file in files)
    rates = {"pages_per_second": round(len(files) / seconds, 1), "per_100kb": round(size / 1e5 / seconds, 1)}
    return told, means | rates


def _seconds(reader: Reader, files: list[Path]) -> float:
    begin = time.perf_counter()
    for file in files:
        reader(file)
    return time.perf_counter() - begin


def main() -> None:
    """Print the figures of all readers."""
    if not PAGES.exists():
        sys.exit("bench.extraction: the pages of ../shared are not here")
    figures = {}
    for reader in (ours, raw_trafilatura, resiliparse):
        try:
            told, figures[reader.__name__] = scores(reader)
        except ImportError:
            print(f"{reader.__name__}: not installed")
            continue
        print(f"{reader.__name__}\n{told}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
