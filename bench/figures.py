"""Measure the figures of texts: precision, recall and F1 by field, milliseconds a thousand words, one line of JSON last.

    python -m bench.figures [LABELLED.jsonl ...] [--errors]

Without arguments: the invented sentences of ``tests/quality``. A line is {"text", "figures": [{"text", "category", "value", …}]},
the figures in the order of the text, each with its words as published. A figure is found where it shares characters with the
labelled one. Of the pairs, a field is right where it is the labelled one; fields that a label leaves out are not asked. "whole"
asks for value, other end, category and what is counted at once.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tawatur.arabic.fold import fold
from tawatur.arabic.stems import match_keys
from tawatur.model import Figure, Name, Span
from tawatur.understand import places
from tawatur.understand.figures import figures
from tawatur.understand.reading import read

INVENTED = Path(__file__).resolve().parents[1] / "tests/quality/data/figures.jsonl"
EXACT = ("bound", "change", "place", "period", "per", "former", "part", "sides", "against", "code")
Label = dict[str, Any]


def cases(path: Path) -> list[Label]:
    """Return the labelled texts of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def spans(text: str, labels: list[Label]) -> Iterator[Span]:
    """Yield where the labels stand; each is looked for behind the start of the one before it."""
    start = 0
    for label in labels:
        at = text.find(label["text"], start)
        if at < 0:
            raise ValueError(f"the label {label['text']!r} does not stand in {text!r} in this order")
        yield Span(at, at + len(label["text"]))
        start = at + 1


def pairs(told: tuple[Figure, ...], text: str, labels: list[Label]) -> list[tuple[Figure, Label]]:
    """Pair each label with the first free figure that shares characters with it."""
    found, free = [], list(told)
    for span, label in zip(spans(text, labels), labels, strict=True):
        near = [one for one in free if one.span.start < span.end and span.start < one.span.end]
        same = [one for one in near if one.value == label["value"]]
        if near:
            free.remove((same or near)[0])
            found.append(((same or near)[0], label))
    return found


def is_right(field: str, told: Figure, label: Label) -> bool:
    """Say whether a field of a figure is what the label says."""
    if field == "value":
        ends = (told.value, told.upper), (label["value"], label.get("upper"))
        return all(_same(one, other) for one, other in zip(*ends, strict=True))
    if field == "counted":
        return not label["counted"] or bool(_heads(label["counted"]) & (_heads(told.unit) | _heads(told.counted)))
    if field == "whole":
        return all(is_right(one, told, label) for one in ("value", "category", "counted"))
    value = getattr(told, field)
    return (list(value) if field == "sides" else value) == label[field]


def _same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _heads(words: str) -> set[str]:
    return {fold(words), *match_keys(words)}


class Tally:
    """Pairs that are right, figures told and labels, by field and by category."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, told: tuple[Figure, ...], case: Label) -> list[tuple[Figure, Label]]:
        """Count the figures of one text, and return those pairs that are not whole."""
        both = pairs(told, case["text"], case["figures"])
        for field in ("found", "value", "category", "counted", "whole"):
            self.told[field] += len(told)
            self.gold[field] += len(case["figures"])
            self.hit[field] += sum(field == "found" or is_right(field, one, label) for one, label in both)
        for field in EXACT:
            asked = [(one, label) for one, label in both if field in label]
            self.told[field] += sum(bool(label[field]) or bool(getattr(one, field)) for one, label in asked)
            self.hit[field] += sum(
                (bool(label[field]) or bool(getattr(one, field))) and is_right(field, one, label)
                for one, label in asked
            )
        return [(one, label) for one, label in both if not is_right("whole", one, label)]

    def rows(self) -> Iterator[tuple[str, float, float, float]]:
        """Yield (field, precision, recall, F1); fields that are only asked of pairs have one accuracy."""
        for field in self.told:
            right, told, gold = self.hit[field], self.told[field], self.gold[field] or self.told[field]
            if told:
                yield field, right / told, right / max(1, gold), 2 * right / max(1, told + gold)


def told_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text, with the places that the analysis finds in it."""
    reading = read(text)
    named: tuple[Name, ...] = places.find(reading)
    return figures(text, reading.sentences, places=named)


@cache
def scores(path: Path, *, errors: bool = False) -> dict[str, float]:
    """Return F1 by field on a labelled file, printing a line for each."""
    tally = Tally()
    for case in cases(path):
        told = told_of(case["text"])
        wrong = tally.add(told, case)
        if errors:
            _show(case, told, wrong)
    for field, precision, recall, f1 in tally.rows():
        print(
            f"{path.stem:12}{field:10} f1={f1:.3f}  precision={precision:.3f}  recall={recall:.3f}  ({tally.told[field]})"
        )
    return {field: round(f1, 3) for field, _, _, f1 in tally.rows()}


def _show(case: Label, told: tuple[Figure, ...], wrong: list[tuple[Figure, Label]]) -> None:
    paired = pairs(told, case["text"], case["figures"])
    for one, label in wrong:
        print(f"  wrong   {case.get('id', '')} {_of_figure(one)} <> {_of_label(label)}")
    for label in case["figures"]:
        if not any(label is other for _, other in paired):
            print(f"  missing {case.get('id', '')} {_of_label(label)} in {case['text'][:90]}")
    for one in told:
        if not any(one is other for other, _ in paired):
            print(f"  extra   {case.get('id', '')} {_of_figure(one)}")
    for one, label in paired:
        for field in EXACT:
            if field in label and not is_right(field, one, label):
                print(f"  {field:8}{case.get('id', '')} {one.text}: {getattr(one, field)!r} <> {label[field]!r}")


def _of_figure(one: Figure) -> str:
    return f"{one.text!r} {one.category} {one.value:g} {one.upper} {one.unit}/{one.counted}"


def _of_label(label: Label) -> str:
    return f"{label['text']!r} {label['category']} {label['value']:g} {label.get('upper')} {label['counted']}"


def speed(texts: list[str]) -> float:
    """Return the milliseconds that a thousand words take, the shared reading apart, in a second pass."""
    readings = [read(text).sentences for text in texts]
    for _ in range(2):
        start = time.process_time()
        for text, sentences in zip(texts, readings, strict=True):
            figures(text, sentences, dates=())
        spent = 1000 * (time.process_time() - start)
    return round(1000 * spent / max(1, sum(len(text.split()) for text in texts)), 2)


def main(arguments: list[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")] or [INVENTED]
    found = {path.stem: scores(path, errors="--errors" in arguments) for path in paths}
    spent = speed([case["text"] for path in paths for case in cases(path)])
    print(f"{spent:.2f} ms a thousand words, dates apart")
    print(json.dumps({"bench": "figures", **found, "ms": spent}))


if __name__ == "__main__":
    main(sys.argv[1:])
