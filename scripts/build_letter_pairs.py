"""Count which letter follows which in Arabic words: ``src/tawatur/extract/data/letter_pairs.tsv``.

    python scripts/build_letter_pairs.py

The counts are of the sample edition, a text of the project's own; "_" is the edge of a word. ``extract.encodings`` uses them to
tell Arabic letters from what another encoding makes of them, for which a small text is enough.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

from tawatur import outlets, sample
from tawatur.extract import extract
from tawatur.extract.kinds import detect
from tawatur.model import RawDocument

OUT = Path(__file__).resolve().parents[1] / "src/tawatur/extract/data/letter_pairs.tsv"
WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
KNOWN = outlets.load()
READ = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEADER = """# How often a letter follows another in the words of the sample edition. Columns: a letter ("_" is the edge of a
# word), then each follower with its count. Made by scripts/build_letter_pairs.py.
"""


def pairs() -> dict[str, Counter[str]]:
    """Return the followers of each letter with their counts."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in sample.items():
        kind = detect(item.content, item.name)
        if kind is None:
            continue
        document = RawDocument(
            content=item.content,
            origin=item.name,
            kind=kind,
            collected=READ,
        )
        for article in extract(document, outlets=KNOWN, latest=date(2026, 3, 20)).articles:
            for word in WORD.findall(f"{article.title}\n{article.text}"):
                for first, second in zip(f"_{word}", f"{word}_", strict=True):
                    found[first][second] += 1
    return found


def main() -> None:
    """Write the file."""
    lines = [
        "\t".join([first, *(f"{second}{count}" for second, count in sorted(followers.items()))])
        for first, followers in sorted(pairs().items())
    ]
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
