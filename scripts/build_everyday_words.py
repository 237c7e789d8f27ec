"""Write ``understand/data/everyday_words.txt``: words of news that are no names, from ANERcorp's training part.

    python scripts/build_everyday_words.py ANERCORP-TRAIN.conll

A word is kept that stands at least twice outside names, and at most once in 25 times in the name of a person.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tawatur.arabic.fold import fold

TARGET = Path(__file__).resolve().parents[1] / "src/tawatur/understand/data/everyday_words.txt"
HEADER = """\
# Words of everyday news without the article, folded: verbs, nouns, particles with their clitics. At the edge of a name they are
# no part of it, unless well attested as a first name. Take a word out that is lost from a name; add one that is taken for a name.
# Written by scripts/build_everyday_words.py from ANERcorp, a corpus of Arabic news (CC BY-SA 4.0, see SOURCES.md).
"""


def words(conll: str) -> list[str]:
    """Return the everyday words of a corpus with one token and its label a line."""
    outside: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for line in conll.splitlines():
        parts = line.split()
        if len(parts) > 1:
            (people if parts[-1].endswith("PERS") else outside)[fold(parts[0])] += 1
    return sorted(
        word
        for word, count in outside.items()
        if count >= 2 and people[word] * 25 <= count and _is_plain(word, outside)
    )


def _is_plain(word: str, outside: Counter[str]) -> bool:
    conjoined = word[:1] == "و" and word[1:] in outside
    return len(word) > 2 and word.isalpha() and not word.isascii() and not word.startswith("ال") and not conjoined


if __name__ == "__main__":
    found = words(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(HEADER + "\n".join(found) + "\n", encoding="utf-8")
