"""Measure the telling of encodings: pages that come out exactly right, beside other detectors; one line of JSON last.

    python -m bench.encodings

Texts are the project's own examples (``tests/unit/extract/data/encodings.txt``) and, where ``../shared`` is, articles, headlines
and the first four words of headlines. Each becomes a page in every encoding that can hold it, under every declaration of
``DECLARATIONS``, and as bare text under none. A page is right if every character is. ``ms`` is milliseconds a page.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from trafilatura.utils import decode_file

from tawatur.extract.decode import decode
from tawatur.model import Kind, RawDocument

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests/unit/extract/data/encodings.txt"
ARTICLES = ROOT.parent / "shared/data/articles"
#: So many articles of each file count.
MOST = 12
AT = datetime(2026, 11, 24, tzinfo=UTC)

ENCODINGS = ("utf-8", "utf-8-sig", "cp1256", "iso8859_6", "utf-16", "utf-16-le", "utf-16-be", "mac_arabic", "cp720")
#: Name of a way of declaring: what the header says, what the page says.
DECLARATIONS = {
    "right": ("{}", "{}"), "none": (None, ""), "utf-8": (None, "utf-8"), "windows-1256": (None, "windows-1256"),
    "iso-8859-1": ("iso-8859-1", "iso-8859-1"), "header against meta": ("windows-1256", "utf-8"),
    "iso-8859-6": ("iso-8859-6", "iso-8859-6"),
    "in a comment": (None, "comment"), "far down": (None, "far"), "nonsense": ("x-user-defined", "none"),
}  # fmt: skip
Detector = Callable[[bytes, str | None], str | None]


def ours(content: bytes, charset: str | None) -> str | None:
    """Return the text as Tawatur decodes it."""
    return decode(RawDocument(content=content, origin="x", kind=Kind.HTML, collected=AT, charset=charset))


def charset_normalizer(content: bytes, charset: str | None) -> str | None:
    """Return the best guess of charset-normalizer, which looks at declarations inside."""
    best = from_bytes(content).best()
    return str(best) if best else None


def resiliparse(content: bytes, charset: str | None) -> str | None:
    """Return what resiliparse's detector gives, with its fallbacks."""
    return bytes_to_str(content, detect_encoding(content, from_html_meta=True))


def trafilatura(content: bytes, charset: str | None) -> str | None:
    """Return the text as trafilatura reads a file."""
    return decode_file(content)


def lxml(content: bytes, charset: str | None) -> str | None:
    """Return the text as lxml's parser reads a page that it is given as bytes."""
    from lxml import html

    try:
        root = html.document_fromstring(content)
    except Exception:
        return None
    return " ".join("".join(str(part) for part in root.itertext()).split())


class Scores(NamedTuple):
    """The share of right pages by kind of text, how often each way of trying failed, and milliseconds a page."""

    shares: dict[str, float]
    failed: Counter[str]
    milliseconds: float


DETECTORS: tuple[Detector, ...] = (ours, charset_normalizer, resiliparse, trafilatura, lxml)


def texts(articles: Path = ARTICLES) -> Iterator[tuple[str, str]]:
    """Yield texts with the name of their kind; ``articles`` is the folder of the articles."""
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield "own", line
    for path in sorted(articles.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for _, line in zip(range(MOST), file, strict=False):
                article = json.loads(line)
                yield "article", article["text"]
                yield "headline", article["title"]
                yield "four words", " ".join(article["title"].split()[:4])


def page(text: str, declared: str) -> str:
    """Return a page of a text with a declaration."""
    meta = f'<meta charset="{declared}">'
    if declared == "comment":
        meta = '<!-- <meta charset="iso-8859-6"> -->'
    elif declared == "far":
        meta = "<style>" + " p { margin: 0 }" * 400 + '</style><meta charset="windows-1256">'
    head = meta if declared else ""
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


def cases(articles: Path = ARTICLES) -> Iterator[tuple[str, str, str, bytes, str | None]]:
    """Yield kind, what is tried, the text, its bytes and the header's charset."""
    for kind, text in texts(articles):
        for encoding in ENCODINGS:
            if not text.strip() or encoded(text, encoding).decode(encoding, "replace") != text:
                continue
            yield kind, f"{encoding}, bare", text, encoded(text, encoding), None
            for way, (header, meta) in DECLARATIONS.items():
                whole = page(text, meta.format(encoding))
                yield (
                    kind,
                    f"{encoding}, {way}",
                    whole,
                    encoded(whole, encoding),
                    (header or "").format(encoding) or None,
                )


def encoded(text: str, encoding: str) -> bytes:
    """Return the bytes of a text. ``mac_arabic`` has ASCII twice, and Python takes the one that nobody writes."""
    if encoding != "mac_arabic":
        return text.encode(encoding, "ignore")
    return b"".join(char.encode("ascii" if char.isascii() else encoding, "ignore") for char in text)


def right(text: str, found: str | None) -> bool:
    """Say whether a page came out right, a byte-order mark passed; lxml gives the words of a page without its markup."""
    found = None if found is None else found.removeprefix("\ufeff")
    return found is not None and (found == text or (found.startswith("x") and found[1:].strip() == _words(text)))


def _words(text: str) -> str:
    return " ".join(text.partition("<p>")[2].partition("</p>")[0].split())


def scores(detector: Detector, every: int = 1, articles: Path = ARTICLES) -> Scores:
    """Return how a detector does on every so many cases."""
    good: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    seconds = 0.0
    for at, (kind, way, text, content, header) in enumerate(cases(articles)):
        if at % every:
            continue
        all_[kind] += 1
        begin = time.perf_counter()
        found = detector(content, header)
        seconds += time.perf_counter() - begin
        if right(text, found):
            good[kind] += 1
        else:
            failed[way] += 1
    shares = {kind: round(good[kind] / all_[kind], 4) for kind in all_}
    return Scores(shares, failed, round(1000 * seconds / all_.total(), 3))


def main() -> None:
    """Print the figures of all detectors; the slower ones are tried on every seventeenth page."""
    figures = {}
    for detector in DETECTORS:
        every = 1 if detector is ours else 17
        shares, failed, milliseconds = scores(detector, every)
        figures[detector.__name__] = {**shares, "ms": milliseconds}
        print(f"{detector.__name__:20}{figures[detector.__name__]}")
        print("   failed most:", ", ".join(f"{way} {count}" for way, count in failed.most_common(6)), file=sys.stderr)
    print(json.dumps({"bench": "encodings", **figures}))


if __name__ == "__main__":
    main()
