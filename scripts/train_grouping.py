"""Make the data files of ``tawatur.stories``: the background frequencies and the weights of grouping.

train_grouping.py background CORPUS.conll   count the keys of a corpus of one "token tag" a line, in texts of 250 tokens
train_grouping.py weights [FOLDER/NAME ..]  find the weights that group the labelled windows best, and more of their form, each of
                                            NAME.jsonl and NAME.gold.json; prints how well weights from the others group each
                                            window, which is the honest figure
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.windows import NAMES, STORIES, LabelledWindow, b_cubed, load, pairwise
from sklearn.linear_model import LogisticRegression

from tawatur.arabic.fold import fold_word
from tawatur.arabic.words import stop_words
from tawatur.model import ArticleId, StoryId
from tawatur.stories.background import background
from tawatur.stories.entry import Entry
from tawatur.stories.keys import key_of
from tawatur.stories.linkage import Linkage
from tawatur.stories.postings import Postings
from tawatur.stories.profile import Member
from tawatur.stories.similarity import Features, features
from tawatur.stories.weights import Weights
from tawatur.stories.window import Window

DATA = Path(__file__).resolve().parent.parent / "src/tawatur/stories/data"
TEXT_TOKENS = 250
BACKGROUND_HEAD = """\
# How common words are in Arabic news at large: key, number of texts that hold it; the first row is the number of texts.
# Counted by scripts/train_grouping.py in texts of 250 tokens of ANERcorp, the training part of the CAMeL Lab split
# (Benajiba, Rosso and Benedi 2007; Obeid et al. 2020), CC BY-SA 4.0. Keys of one text only are left out.
"""
WEIGHTS_HEAD = """\
# The weights of grouping, found by scripts/train_grouping.py; stories/similarity.py says what each feature is, stories/weights.py
# what the numbers of a story are.
"""
#: Bounds of the value of a pair, in logarithms of odds: nothing that is measured of two reports makes surer than 1 to 1,000.
BOUNDS = {"least": -6.0, "most": 7.0}
#: What the numbers of a story are tried at: where size counts more, great stories swallow what is near them. A good place to
#: stand is good a little beside it too.
SIZES, JOINS = np.arange(0.0, 0.61, 0.1), np.arange(-1.5, 0.51, 0.25)
BESIDE = [(size, join) for size in (-1, 0, 1) for join in (-1, 0, 1)]
#: How strongly weights are held small (1/C of a logistic regression over features of unit variance), and by which power of a
#: story's size its pairs count less: a story of forty reports has 780 pairs, and is one story.
STRENGTH, POWER = 2.0, 0.3

Labels = list[StoryId]


class Rows:
    """Values of pairs, given as a table."""

    def __init__(self, table: Mapping[ArticleId, Mapping[ArticleId, float]]) -> None:
        self._table = table

    def row(self, one: Entry) -> Mapping[ArticleId, float]:
        """Return the values of a report with all others that it is a pair with."""
        return self._table[one.article]


class Measured:
    """A window with the features of all its pairs."""

    def __init__(self, window: LabelledWindow) -> None:
        self.gold = window.gold
        self.entries = _entries(window)
        found = list(_pairs(self.entries))
        at = {one.article: number for number, one in enumerate(self.entries)}
        self.pairs = [(at[one.article], at[other.article]) for one, other in found]
        self.features = np.array([features(one, other) for one, other in found])
        self.same = np.array([self.gold[one] == self.gold[other] for one, other in self.pairs])

    def balance(self) -> np.ndarray:
        """Return how much each pair counts."""
        size = Counter(self.gold)
        return np.array(
            [(size[self.gold[one]] - 1) ** -POWER if same else 1.0
             for (one, _), same in zip(self.pairs, self.same, strict=True)]
        )  # fmt: skip

    def group(self, values: np.ndarray, by: Weights) -> list[int]:
        """Return the number of each report's group, from the values of the pairs."""
        table: dict[ArticleId, dict[ArticleId, float]] = {one.article: {} for one in self.entries}
        for (one, other), value in zip(self.pairs, values.clip(by.least, by.most).tolist(), strict=True):
            first, second = self.entries[one].article, self.entries[other].article
            table[first][second] = table[second][first] = value
        groups = Linkage(self.entries, Rows(table), by).run()
        label = {article: number for number, group in enumerate(groups) for article in group}
        return [label[one.article] for one in self.entries]


def _entries(window: LabelledWindow) -> list[Entry]:
    """Return the reports of a window as they come, one after the other."""
    held = Window(lambda start, end: (), background())
    for one in window.profiles:
        held.move(one.time)
        held.add(Member(profile=held.noted(one), story=StoryId("")))
    return [held.held(one.article) for one in window.profiles]


def _pairs(entries: Sequence[Entry]) -> Iterable[tuple[Entry, Entry]]:
    index, held = Postings(), {one.article: one for one in entries}
    for one in entries:
        yield from ((one, held[near]) for near in index.overlaps(one)[0])
        index.add(one)


BLANK = Weights(features=Features(*[0.0] * len(Features._fields)), constant=0.0, size=0.0, join=0.0, **BOUNDS)
WINDOWS: dict[str, Measured] = {}


def fit(names: Iterable[str]) -> tuple[np.ndarray, float]:
    """Return the weights of the features, and the constant, by a logistic regression over the pairs of windows."""
    windows = [WINDOWS[name] for name in names]
    found = np.vstack([window.features for window in windows])
    middle, spread = found.mean(0), found.std(0) + 1e-9
    model = LogisticRegression(C=1 / STRENGTH, max_iter=3000)
    same, balance = (
        np.concatenate(parts) for parts in zip(*[(one.same, one.balance()) for one in windows], strict=True)
    )
    model.fit((found - middle) / spread, same, sample_weight=balance)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)


def values(name: str, fitted: tuple[np.ndarray, float]) -> np.ndarray:
    """Return the values of a window's pairs."""
    return WINDOWS[name].features @ fitted[0] + fitted[1]


def quality(given: Sequence[tuple[str, np.ndarray]], by: Weights) -> float:
    """Return the mean of B-cubed F1, and a quarter of pairwise F1, over windows with the values of their pairs."""
    labels = [(WINDOWS[name].gold, WINDOWS[name].group(found, by)) for name, found in given]
    return float(np.mean([b_cubed(gold, found)[2] + 0.25 * pairwise(gold, found) for gold, found in labels]))


def tuned(given: Sequence[tuple[str, np.ndarray]]) -> Weights:
    """Return weights with the numbers of a story that group some windows best, together with those beside them."""
    table = np.array([[quality(given, replace(BLANK, size=size, join=join)) for join in JOINS] for size in SIZES])
    padded = np.pad(table, 1, mode="edge")
    smooth = sum(np.roll(padded, step, axis=(0, 1)) for step in BESIDE)[1:-1, 1:-1]
    size, join = np.unravel_index(smooth.argmax(), smooth.shape)
    return replace(BLANK, size=round(float(SIZES[size]), 3), join=round(float(JOINS[join]), 3))


def write(fitted: tuple[np.ndarray, float], story: Weights) -> None:
    """Write ``weights.toml``."""
    weights, constant = fitted
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(Features._fields, weights, strict=True)]
    lines += ["", "[story]", f"constant = {constant:.3f}"]
    lines += [f"{name} = {getattr(story, name):.3f}" for name in ("least", "most", "size", "join")]
    (DATA / "weights.toml").write_text(WEIGHTS_HEAD + "\n[features]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def held_out() -> None:
    """Print how well what the other windows teach groups each (B-cubed precision, recall, F1, pairwise F1).

    The story's numbers too are found on values of pairs that taught nothing.
    """
    found = []
    for name in WINDOWS:
        others = _but(name)
        story = tuned([(other, values(other, fit(_but(name, other)))) for other in others])
        labels = WINDOWS[name].group(values(name, fit(others)), story)
        found.append((*b_cubed(WINDOWS[name].gold, labels), pairwise(WINDOWS[name].gold, labels)))
        print(f"{name} by the others:", [round(part, 4) for part in found[-1]], (story.size, story.join), flush=True)
    print("mean held out:", np.mean(found, axis=0).round(4))


def train(more: Sequence[Path]) -> None:
    """Print what the other windows teach for each, and write the weights that all teach."""
    for path in (*(STORIES / name for name in NAMES), *more):
        WINDOWS[path.name] = Measured(load(path.name, path.parent))
    held_out()
    write(fit(WINDOWS), tuned([(name, values(name, fit(_but(name)))) for name in WINDOWS]))


def _but(*names: str) -> list[str]:
    return [name for name in WINDOWS if name not in names]


def count_background(corpus: Path) -> None:
    """Write ``background.tsv`` from a corpus."""
    tokens = [line.split()[0] for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [tokens[at : at + TEXT_TOKENS] for at in range(0, len(tokens), TEXT_TOKENS)]
    stop = stop_words()
    counts = Counter(key for text in texts for key in {key_of(word) for word in text if fold_word(word) not in stop})
    kept = sorted((key, n) for key, n in counts.items() if n > 1 and len(key) > 1 and key[0].isalnum())
    body = "".join(f"{key}\t{count}\n" for key, count in [("-", len(texts)), *kept])
    (DATA / "background.tsv").write_text(BACKGROUND_HEAD + body, encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Run the command of the arguments."""
    if len(arguments) == 2 and arguments[0] == "background":
        count_background(Path(arguments[1]))
    elif arguments[:1] == ["weights"]:
        train([Path(path) for path in arguments[1:]])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
