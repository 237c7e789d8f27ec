"""Measure the checker of rewritings: how many corrupted sentences it catches, and how many honest rewritings it lets through.

    python -m bench.faithful [--show KIND]

Taken are the sentences of the accounts of the labelled stories (windows A, B and F of ../shared), each cited together with another
sentence of its account. Honest rewritings are made by rule: a clause is left out or put first, a bracket or relative clause is left
out, two sentences become one, a reporting word becomes another of its meaning, a number word becomes digits. Corrupted is one
number, unit, bound, name, day, word of a quotation, negation, speaker or hedge each time.
``--show`` prints what of a kind was judged wrongly. The last line is one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.account import stories
from bench.windows import STORIES
from tawatur.arabic import numbers
from tawatur.arabic.fold import fold
from tawatur.arabic.words import words
from tawatur.model import Story
from tawatur.stories.account import account
from tawatur.stories.agreement import agreement
from tawatur.stories.faithful import faults
from tawatur.stories.keys import key_of
from tawatur.stories.told import sentences as told_by
from tawatur.understand import quotation_marks

_WORDS = Path(__file__).parent / "data" / "faithful.json"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of an account with another one that is cited beside it, and with the names and speakers of its story."""

    text: str
    other: str
    names: tuple[str, ...]
    speakers: tuple[str, ...]


Change = Callable[[Case], Iterator[str]]


def cases(found: list[Story]) -> list[Case]:
    """Return the sentences of the accounts of some stories."""
    made = []
    for story in found:
        told = account(story, agreement(story), told_by(story)).sentences
        analyses = [report.analysis for report in story.reports]
        people = (name.name for one in analyses for name in (*one.people, *one.places, *one.organizations))
        names = tuple(sorted(set(people)))
        speakers = tuple(sorted({said.speaker for one in analyses for said in one.statements if said.speaker}))
        for at, one in enumerate(told):
            made.append(Case(one.text, told[at - 1].text if len(told) > 1 else "", names, speakers))
    return made


def lists() -> dict[str, list[str]]:
    """Return the words of which changes are made."""
    found: dict[str, list[str]] = json.loads(_WORDS.read_text(encoding="utf-8"))
    return found


LISTS = lists()


def _swap(text: str, one: str, other: str) -> Iterator[str]:
    """Yield a text with one whole word or phrase for another, each place by itself."""
    for match in re.finditer(rf"(?<!\w){re.escape(one)}(?!\w)", text):
        yield text[: match.start()] + other + text[match.end() :]


def _first(found: Iterator[str]) -> Iterator[str]:
    for one in found:
        yield one
        return


def _differ(one: str, other: str) -> bool:
    """Say whether two names are no spellings or parts of each other."""
    first, second = ([key_of(word) for word in name.replace("_", " ").split()] for name in (one, other))
    return not (set(first) <= set(second) or set(second) <= set(first))


def number(case: Case) -> Iterator[str]:
    """One number is another one."""
    for word in words(case.text):
        if (value := numbers.parse(word.text)) is not None and value < 1e6:
            before, behind = case.text[: word.start], case.text[word.end :]
            yield f"{before}{value + 1:g}{behind}"
            yield f"{before}{value * 10 + 10:g}{behind}"


def numbers_swapped(case: Case) -> Iterator[str]:
    """Two numbers of a sentence have changed places."""
    found = [word for word in words(case.text) if numbers.parse(word.text) is not None]
    for one, two in pairwise(found):
        if numbers.parse(one.text) != numbers.parse(two.text):
            text = case.text
            yield text[: one.start] + two.text + text[one.end : two.start] + one.text + text[two.end :]


def unit(case: Case) -> Iterator[str]:
    """What was counted is something else."""
    found = list(words(case.text))
    for one, two in pairwise(found):
        if numbers.parse(one.text) is not None and two.text.isalpha():
            other = next(word for word in LISTS["units"] if fold(word) != fold(two.text))
            yield case.text[: two.start] + other + case.text[two.end :]


def bound(case: Case) -> Iterator[str]:
    """A bound of a number has come or gone."""
    for word in words(case.text):
        if numbers.parse(word.text) is not None:
            yield f"{case.text[: word.start]}{LISTS['bounds'][0]} {case.text[word.start :]}"
    for one in LISTS["bounds"]:
        for match in re.finditer(rf"(?<!\w){one} (?=\d)", case.text):
            yield case.text[: match.start()] + case.text[match.end() :]


def name(case: Case) -> Iterator[str]:
    """A name is another one of the same story."""
    here = [one for one in case.names if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", case.text)]
    for at, one in enumerate(here):
        for other in {case.names[(case.names.index(one) + 1) % len(case.names)], here[at - 1]}:
            if _differ(one, other):
                yield from _first(_swap(case.text, one, other))


def names_of_both(case: Case) -> Iterator[str]:
    """A name of the other cited sentence stands for one of this."""
    there = [one for one in case.names if one in case.other and one not in case.text]
    for one in case.names:
        for other in there[:2]:
            if _differ(one, other):
                yield from _first(_swap(case.text, one, other))


def day(case: Case) -> Iterator[str]:
    """A day, month or time is another one."""
    for kind in ("days", "months", "times"):
        for at, one in enumerate(LISTS[kind]):
            yield from _swap(case.text, one, LISTS[kind][(at + 2) % len(LISTS[kind])])


def quotation(case: Case) -> Iterator[str]:
    """A word of a quotation is another one, is missing, or the marks are."""
    for span in quotation_marks.find(case.text):
        inside = case.text[span.start : span.end]
        found = list(words(inside))
        for word in found[:: max(1, len(found) // 2)]:
            other = next(one.text for one in words(case.other + " " + LISTS["units"][0]) if one.text != word.text)
            yield case.text[: span.start + word.start] + other + case.text[span.start + word.end :]
            if len(found) > 2:
                yield case.text[: span.start + word.start].rstrip() + case.text[span.start + word.end :]
        yield f"{case.text[: span.start - 1]}{inside}{case.text[span.end + 1 :]}"


def marks_added(case: Case) -> Iterator[str]:
    """What somebody is reported to have said is put in marks."""
    quoted = quotation_marks.find(case.text)
    for word in LISTS["tells"]:
        for match in re.finditer(rf"(?<!\w){word} (?=\w)", case.text):
            if not any(span.start <= match.end() <= span.end for span in quoted):
                ends = [one.end for one in words(case.text[match.end() :])]
                end = match.end() + (ends[min(5, len(ends)) - 1] if ends else 0)
                if not any(match.end() <= span.start <= end for span in quoted):
                    yield f"{case.text[: match.end()]}«{case.text[match.end() : end]}»{case.text[end:]}"


def negation(case: Case) -> Iterator[str]:
    """A negation has gone, or one has come before a verb."""
    for one in LISTS["negations"]:
        for match in re.finditer(rf"(?<!\w){one} ", case.text):
            yield case.text[: match.start()] + case.text[match.end() :]
    for match in re.finditer(rf"(?<!\w)(?={'|'.join(LISTS['verbs'])})\w+", case.text):
        yield f"{case.text[: match.start()]}{LISTS['negations'][0]} {case.text[match.start() :]}"


def speaker(case: Case) -> Iterator[str]:
    """Another speaker of the same story says it."""
    for one in case.speakers:
        for other in case.speakers:
            if _differ(one, other):
                yield from _first(_swap(case.text, one, other))


def fact(case: Case) -> Iterator[str]:
    """What somebody said, or what is thought, is told as a fact."""
    for word in LISTS["tells"]:
        for match in re.finditer(rf"(?<!\w){word} ", case.text):
            if len(case.text[match.end() :].split()) > 3:
                yield case.text[match.end() :]
    for hedge in LISTS["hedges"]:
        for match in re.finditer(rf"(?<!\w){hedge} ", case.text):
            yield case.text[: match.start()] + case.text[match.end() :]


def surer(case: Case) -> Iterator[str]:
    """A reporting word says more than the one that stands there."""
    for at, one in enumerate(LISTS["claims"]):
        yield from _swap(case.text, one, LISTS["claims"][at - 2])


def turned(case: Case) -> Iterator[str]:
    """Two names of a sentence have changed places."""
    here = [one for one in case.names if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", case.text)]
    for one, two in pairwise(here):
        if _differ(one, two):
            text = next(_swap(case.text, one, "\0"))
            text = next(_swap(text, two, one), "")
            if text:
                yield text.replace("\0", two)


def without_subject(case: Case) -> Iterator[str]:
    """A clause stands behind another sentence, or alone, so that somebody else is taken for who does it."""
    for word in LISTS["joins"]:
        for part in case.text.split(f"، {word} ")[1:]:
            if case.other:
                yield f"{case.other.rstrip('.')}، {word} {part}"
            yield part


def foreign(case: Case) -> Iterator[str]:
    """A word of no cited sentence stands before or in the middle of it."""
    middle = case.text.find(" ", len(case.text) // 2)
    if middle > 0:
        yield f"{case.text[:middle]} {LISTS['units'][1]}{case.text[middle:]}"


CORRUPTED: tuple[Change, ...] = (
    number,
    numbers_swapped,
    unit,
    bound,
    name,
    names_of_both,
    turned,
    day,
    quotation,
    marks_added,
    negation,
    speaker,
    fact,
    surer,
    without_subject,
    foreign,
)


def left_out(case: Case) -> Iterator[str]:
    """A bracket or a relative clause between commas is left out."""
    relative = "|".join(LISTS["relatives"])
    for match in re.finditer(rf"\s*\([^()]+\)|،\s+(?:{relative})\s[^،.؛]+،", case.text):
        yield case.text[: match.start()] + case.text[match.end() :]


def clause_gone(case: Case) -> Iterator[str]:
    """A clause at the end is left out."""
    for word in LISTS["joins"]:
        for match in re.finditer(rf"،\s+{word} ", case.text):
            yield case.text[: match.start()] + "."


def clause_first(case: Case) -> Iterator[str]:
    """A clause at the end is told first."""
    for word in LISTS["joins"]:
        parts = re.split(rf"،\s+{word} ", case.text)
        if len(parts) == 2:
            yield f"{parts[1].rstrip('.')}، {word} {parts[0]}."


def joined(case: Case) -> Iterator[str]:
    """Two sentences become one."""
    if case.other:
        yield f"{case.text.rstrip('.')}؛ {case.other}"
        yield f"{case.other.rstrip('.')}؛ {LISTS['joins'][1]} {case.text}"


def same_meaning(case: Case) -> Iterator[str]:
    """A reporting word is another one of the same meaning."""
    for one, other in LISTS["synonyms"]:
        yield from _swap(case.text, one, other)


def digits(case: Case) -> Iterator[str]:
    """A number word stands in digits."""
    for one, other in LISTS["digits"]:
        yield from _swap(case.text, one, other)


HONEST: tuple[Change, ...] = (left_out, clause_gone, clause_first, joined, same_meaning, digits)


def main(arguments: list[str]) -> None:
    """Print all figures."""
    if not STORIES.exists():
        sys.exit("skipped: the labelled windows of ../shared are not here")
    shown = arguments[1] if arguments[:1] == ["--show"] else ""
    print(json.dumps({"bench": "faithful", **quality(cases(stories()), shown)}, ensure_ascii=False))


def quality(found: list[Case], shown: str = "") -> dict[str, object]:
    """Return the share of corrupted sentences that are caught and of honest ones that pass, by kind, and the cost of one."""
    start, judged = time.process_time(), 0
    result: dict[str, object] = {}
    for what, changes, right in (("caught", CORRUPTED, True), ("passed", HONEST, False)):
        counts: dict[str, tuple[float, int]] = {}
        for change in changes:
            good, of = 0, 0
            for case in found:
                for text in change(case):
                    wrong = faults(text, [case.text, case.other] if case.other else [case.text])
                    of, good = of + 1, good + (bool(wrong) == right)
                    if bool(wrong) != right and change.__name__ == shown:
                        print(f"\n{text}\n  {case.text}\n  {[(one.kind.value, one.word) for one in wrong]}")
            judged += of
            counts[change.__name__] = (round(good / of, 4) if of else 1.0, of)
        total = sum(of for _, of in counts.values())
        result[what] = round(sum(share * of for share, of in counts.values()) / max(total, 1), 4)
        result[f"{what}_by_kind"] = counts
    same = [case for case in found if not faults(case.text, [case.text])]
    result["unchanged"] = len(same) / len(found)
    result["milliseconds"] = 1000 * (time.process_time() - start) / judged
    return result


if __name__ == "__main__":
    main(sys.argv[1:])
