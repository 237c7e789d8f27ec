"""Make the data files of ``tawatur.stories``: the background frequencies and the weights of similarity.

``background CORPUS.conll`` counts the matching keys of a corpus of one "token tag" a line, in texts of 250 tokens.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tawatur.arabic.stems import match_keys

DATA = Path(__file__).parent.parent / "src/tawatur/stories/data"
TEXT_TOKENS = 250
HEAD = """\
# How common words are in Arabic news at large: matching key, number of texts that hold it; the first row is the number of texts.
# Counted by scripts/train_grouping.py in texts of 250 tokens of ANERcorp, the training part of the CAMeL Lab split
# (Benajiba, Rosso and Benedi 2007; Obeid et al. 2020), CC BY-SA 4.0. Keys of one text only are left out.
"""


def background(corpus: Path) -> None:
    """Write ``background.tsv`` from a corpus."""
    tokens = [line.split()[0] for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [" ".join(tokens[at : at + TEXT_TOKENS]) for at in range(0, len(tokens), TEXT_TOKENS)]
    counts = Counter(key for text in texts for key in set(match_keys(text)))
    rows = [("", len(texts)), *sorted((key, n) for key, n in counts.items() if n > 1)]
    body = "".join(f"{key or '-'}\t{count}\n" for key, count in rows)
    (DATA / "background.tsv").write_text(HEAD + body, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "background":
        sys.exit(__doc__)
    background(Path(sys.argv[2]))
