"""Train the tagger of names of people, places and organisations on ANERcorp, and say how well it does.

    python -m scripts.train_names ANERCORP.conll [MODEL]

The last tenth of the sentences is held out to choose the settings; the shipped model is trained on all. ANERcorp (CC BY-SA 4.0) is
125,102 words of Arabic news with their entities; see ``understand/models/README.md``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pycrfsuite
from scripts.crfsuite_file import weights_of

from tawatur.understand.crf import packed
from tawatur.understand.name_features import folded_token, sentence_features
from tawatur.understand.tagger import KINDS, NameModel, Tagger
from tawatur.understand.tokens import Token

MODEL = Path(__file__).resolve().parent.parent / "src/tawatur/understand/models/names.npz"
SETTINGS = {"c1": 0.1, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": True}
Words = Sequence[tuple[str, str]]  # the words of a sentence with their tags
Example = tuple[list[list[str]], list[str]]


def main(corpus: Path, model: Path) -> None:
    """Print the held-out scores of a model on nine tenths, then train and write one on all."""
    learned, tested = held_out(corpus)
    _report(tested, NameModel(train(learned)))
    model.write_bytes(train([*learned, *tested]))
    print(f"{model.name}: {model.stat().st_size / 1e6:.2f} MB")


def held_out(corpus: Path) -> tuple[list[Words], list[Words]]:
    """Return the sentences to learn from and those to choose by: the last tenth."""
    found = list(sentences(corpus))
    cut = len(found) * 9 // 10
    return found[:cut], found[cut:]


def sentences(corpus: Path) -> Iterator[Words]:
    """Yield the sentences of a corpus with a word and its tag a line; they end with a full stop."""
    sentence: list[tuple[str, str]] = []
    for line in corpus.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 2:
            sentence.append((fields[0], fields[1]))
        if sentence and (len(fields) != 2 or fields[0] == "."):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def train(learned: Iterable[Words]) -> bytes:
    """Return the file of the model that is learned from tagged sentences."""
    return packed(weights_of(trained(learned)))


def trained(learned: Iterable[Words]) -> bytes:
    """Return the model that crfsuite learns from tagged sentences, in its own form."""
    trainer = pycrfsuite.Trainer(verbose=False)  # type: ignore[attr-defined]
    for sentence in learned:
        trainer.append(*_example(sentence))
    trainer.set_params(SETTINGS)
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        return Path(file.name).read_bytes()


def _example(sentence: Words) -> Example:
    return sentence_features(_tokens(sentence)), _tags(sentence)


def _tokens(sentence: Words) -> tuple[Token, ...]:
    return tuple(folded_token(text) for text, _ in sentence)


def _tags(sentence: Words) -> list[str]:
    return [tag if tag[2:] in KINDS else "O" for _, tag in sentence]


def _report(tested: Sequence[Words], tagger: Tagger) -> None:
    found = tagger([_tokens(sentence) for sentence in tested])
    pairs = [
        (entities(_tags(sentence)), {(name.first, name.last + 1, name.kind) for name in names})
        for sentence, names in zip(tested, found, strict=True)
    ]
    for kind in KINDS:
        hit = sum(len({e for e in gold & found if e[2] == kind}) for gold, found in pairs)
        gold_count = sum(e[2] == kind for gold, _ in pairs for e in gold)
        found_count = sum(e[2] == kind for _, found in pairs for e in found)
        print(f"{kind}: f1={2 * hit / max(gold_count + found_count, 1):.3f} (gold {gold_count})")


def entities(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names that tags mark: first word, word behind the last, type."""
    found: set[tuple[int, int, str]] = set()
    start = -1
    for at, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            found.add((start, at, tags[start][2:]))
            start = -1
        if tag.startswith("B-"):
            start = at
    return found


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else MODEL)
