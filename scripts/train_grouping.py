"""Make the data files of ``tawatur.stories``: the background frequencies and the weights of grouping.

train_grouping.py background CORPUS.conll   count the keys of a corpus of one "token tag" a line, in texts of 250 tokens
train_grouping.py weights                   climb to the weights that group the labelled windows best; prints how well weights
                                            from two windows group the third, which is the honest figure
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.windows import NAMES, LabelledWindow, b_cubed, load

from tawatur.arabic.fold import fold_word
from tawatur.arabic.words import stop_words
from tawatur.stories.assign import story_of
from tawatur.stories.background import background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.keys import key_of
from tawatur.stories.profile import Member
from tawatur.stories.similarity import Features, Measured
from tawatur.stories.window import Window

DATA = Path(__file__).resolve().parent.parent / "src/tawatur/stories/data"
TEXT_TOKENS = 250
BACKGROUND_HEAD = """\
# How common words are in Arabic news at large: key, number of texts that hold it; the first row is the number of texts.
# Counted by scripts/train_grouping.py in texts of 250 tokens of ANERcorp, the training part of the CAMeL Lab split
# (Benajiba, Rosso and Benedi 2007; Obeid et al. 2020), CC BY-SA 4.0. Keys of one text only are left out.
"""
WEIGHTS_HEAD = """\
# The weights of grouping, found by scripts/train_grouping.py; stories/similarity.py says what each feature is.
"""
STORY = ("mean", "size", "join")
START = np.array([2.0, 2.5, 0.9, 1.0, -0.4, -0.3, 1.5, -0.4, -0.2, -0.2, 0.5, 0.2, 5.3])
#: How far one step goes. The first weight stays: only ratios count.
STEP = np.array([0.0, 0.8, 0.4, 0.6, 0.2, 0.2, 0.5, 0.3, 0.3, 0.3, 0.12, 0.12, 0.3])
STEPS, SEEDS = 250, (1, 2, 3, 4, 5)
#: A good place to stand is good a little beside the threshold too.
BESIDE = (-0.2, 0.0, 0.2)

Rows = list[np.ndarray]


def count_background(corpus: Path) -> None:
    """Write ``background.tsv`` from a corpus."""
    tokens = [line.split()[0] for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [tokens[at : at + TEXT_TOKENS] for at in range(0, len(tokens), TEXT_TOKENS)]
    stop = stop_words()
    counts = Counter(key for text in texts for key in {key_of(word) for word in text if fold_word(word) not in stop})
    kept = sorted((key, n) for key, n in counts.items() if n > 1 and len(key) > 1 and key[0].isalnum())
    body = "".join(f"{key}\t{count}\n" for key, count in [("-", len(texts)), *kept])
    (DATA / "background.tsv").write_text(BACKGROUND_HEAD + body, encoding="utf-8")


def measure(labelled: LabelledWindow) -> Rows:
    """Return for each article of a window its features with every earlier one, as grouping would have measured them then."""
    window = Window(lambda start, end: (), background())
    rows: Rows = []
    earlier: list[Entry] = []
    for profile in labelled.profiles:
        window.move(profile.time)
        new = entry(Member(profile=profile, story=story_of(profile)))
        measured = Measured(new, lru_cache(maxsize=None)(window.idf))
        rows.append(
            np.array([measured.features(before) for before in earlier]).reshape(len(earlier), len(Features._fields))
        )
        earlier.append(new)
        window.add(Member(profile=profile, story=new.story))
    return rows


def group(rows: Rows, weights: np.ndarray, beside: float = 0.0) -> list[int]:
    """Group a window in the order of time, as ``assign`` does, and return the number of each article's story."""
    pair, (mean, size, join) = weights[: -len(STORY)], weights[-len(STORY) :]
    labels, counts = np.zeros(len(rows), int), np.zeros(len(rows))
    stories = 0
    for at, row in enumerate(rows):
        label = stories
        if at:
            values, before = row @ pair, labels[:at]
            best = np.full(stories, -np.inf)
            np.maximum.at(best, before, values)
            means = np.bincount(before, values, stories) / counts[:stories]
            story = mean * means + (1 - mean) * best + size * np.log(counts[:stories])
            if story.max() >= join + beside:
                label = int(story.argmax())
        labels[at] = label
        counts[label] += 1
        stories = max(stories, label + 1)
    return labels.tolist()


def quality(names: Sequence[str], weights: np.ndarray, beside: Sequence[float] = (0.0,)) -> float:
    """Return the mean B-cubed F1 over windows."""
    return float(
        np.mean([b_cubed(LABELLED[name].gold, group(ROWS[name], weights, b))[2] for name in names for b in beside])
    )


def climb(names: Sequence[str], seed: int) -> np.ndarray:
    """Return weights that group some windows well, by keeping random steps that do better."""
    chance = np.random.default_rng(seed)
    at, best = START, quality(names, START, BESIDE)
    for _ in range(STEPS):
        step = STEP * chance.normal(size=len(at)) * (chance.random(len(at)) < 0.35)
        tried = at + step
        tried[:4] = np.maximum(tried[:4], 0)
        tried[-3] = np.clip(tried[-3], 0, 1)
        value = quality(names, tried, BESIDE)
        if value > best:
            at, best = tried, value
    return at


def fit(names: Sequence[str]) -> np.ndarray:
    """Return the mean of several climbs, which stands firmer than the best of them."""
    return np.mean([climb(names, seed) for seed in SEEDS], axis=0)


def write(weights: np.ndarray) -> None:
    """Write ``weights.toml``."""
    names = [*Features._fields, *STORY]
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(names, weights, strict=True)]
    lines.insert(len(Features._fields), "\n[story]")
    (DATA / "weights.toml").write_text(WEIGHTS_HEAD + "\n[features]\n" + "\n".join(lines) + "\n", encoding="utf-8")


LABELLED: dict[str, LabelledWindow] = {}
ROWS: dict[str, Rows] = {}


def train() -> None:
    """Print what weights from two windows are worth on the third, and write those from all."""
    for name in NAMES:
        LABELLED[name] = load(name)
        ROWS[name] = measure(LABELLED[name])
    held_out = []
    for name in NAMES:
        weights = fit([other for other in NAMES if other != name])
        held_out.append(quality([name], weights))
        print(f"{name} by the others: {held_out[-1]:.4f}", weights.round(2), flush=True)
    print(f"mean held out: {np.mean(held_out):.4f}")
    weights = fit(NAMES)
    print(f"all: {quality(NAMES, weights):.4f}", [round(quality([name], weights), 4) for name in NAMES])
    write(weights)


def main(arguments: list[str]) -> None:
    """Run the command of the arguments."""
    if len(arguments) == 2 and arguments[0] == "background":
        count_background(Path(arguments[1]))
    elif arguments == ["weights"]:
        train()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
