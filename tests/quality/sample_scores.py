"""Scores of the analysis of the sample edition against what stands beside its items.

The measures are those of the labelled news: a person counts once, under the full name or an alias; a direct quotation is found
from a token F1 of 0.8 on, an indirect one from 0.6 on; a speaker is right under any name of the person, or, unnamed, from a
token F1 of 0.5 on; a date is found where one expression contains the other, in order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tawatur import outlets, sample
from tawatur.arabic.fold import fold
from tawatur.extract import extract
from tawatur.extract.kinds import detect
from tawatur.model import Article, Outlets, RawDocument
from tawatur.understand import analyze
from tawatur.understand.record import record

READ = datetime(2026, 3, 20, 12, tzinfo=UTC)
LEAST = {"direct": 0.8, "indirect": 0.6}

Record = dict[str, Any]


def pairs() -> Iterator[tuple[Article, Record]]:
    """Yield each article of the sample whose analysis is expected, with the expectation."""
    known = Outlets((*outlets.load().known, *sample.outlets().known))
    contents = {item.name: item for item in sample.items()}
    for name in sample.expected_names():
        item = contents[name]
        kind = detect(item.content, name)
        assert kind, f"{name} is of no kind"
        document = RawDocument(content=item.content, origin=name, kind=kind, collected=READ, outlet=item.outlet)
        found = extract(document, outlets=known, latest=date(2026, 3, 20)).articles
        for article, expected in zip(found, sample.expected(name)["articles"], strict=True):
            if "people" in expected:
                yield article, expected


class Tally:
    """What was found, told and expected, by measure."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, name: str, hit: int, told: int, gold: int) -> None:
        self.hit[name] += hit
        self.told[name] += told
        self.gold[name] += gold

    def f1(self) -> dict[str, float]:
        return {name: 2 * self.hit[name] / max(1, self.told[name] + self.gold[name]) for name in self.gold}


@cache
def scores() -> dict[str, float]:
    """Return the F1 of people, direct, indirect, speaker and dates over the sample."""
    tally = Tally()
    for article, gold in pairs():
        told = record(article, analyze(article))
        score(told, gold, tally)
    return tally.f1()


def score(told: Record, gold: Record, tally: Tally) -> None:
    """Count one article's record against its expectation."""
    people = matched(told["people"], gold["people"], lambda a, b: float(fold(a["name"]) in forms(b)))
    tally.add("people", len(people), len(told["people"]), len(gold["people"]))
    called = names_of(gold["people"])
    for kind, least in LEAST.items():
        ours, theirs = ([quote for quote in one["quotes"] if quote["kind"] == kind] for one in (told, gold))
        found = matched(ours, theirs, lambda a, b: token_f1(a["text"], b["text"]), least=least)
        tally.add(kind, len(found), len(ours), len(theirs))
        right = sum(is_speaker(a["speaker"], b["speaker"], called) for a, b in found)
        tally.add("speaker", right, len(theirs), len(theirs))
    dates = dates_in_order(told["dates"], gold["dates"])
    tally.add("dates", len(dates), len(told["dates"]), len(gold["dates"]))
    tally.add("dates_value", sum(a["value"] == b["value"] for a, b in dates), len(told["dates"]), len(gold["dates"]))


def matched(
    told: list[Record], gold: list[Record], likeness: Callable[[Record, Record], float], *, least: float = 1.0
) -> list[tuple[Record, Record]]:
    """Pair each told record with the likest free gold one of likeness ``least`` or more."""
    free, found = list(range(len(gold))), []
    for one in told:
        best = max(free, key=lambda at: likeness(one, gold[at]), default=None)
        if best is not None and likeness(one, gold[best]) >= least:
            free.remove(best)
            found.append((one, gold[best]))
    return found


def forms(person: Record) -> set[str]:
    return {fold(name) for name in (person["name"], *person.get("aliases", ()))}


def names_of(people: list[Record]) -> dict[str, set[str]]:
    called: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for form in forms(person):
            called[form] |= forms(person)
    return called


def is_speaker(told: str, gold: str, called: dict[str, set[str]]) -> bool:
    a, b = fold(told or ""), fold(gold or "")
    return bool(a) and (a == b or a in called.get(b, ()) or token_f1(a, b) >= 0.5)


def token_f1(a: str, b: str) -> float:
    """Return the F1 of two texts as bags of folded words."""
    x, y = Counter(fold(a).split()), Counter(fold(b).split())
    return 2 * (x & y).total() / max(1, x.total() + y.total())


def dates_in_order(told: list[Record], gold: list[Record]) -> list[tuple[Record, Record]]:
    found, start = [], 0
    for one in told:
        text = fold(one["text"])
        for at in range(start, len(gold)):
            other = fold(gold[at]["text"])
            if text and (text in other or other in text):
                found.append((one, gold[at]))
                start = at + 1
                break
    return found
