"""People with their names and roles, on invented examples."""

import time
from pathlib import Path
from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.understand import people
from tawatur.understand.reading import read
from tawatur.understand.tagger import PERSON, Tagged


@pytest.mark.parametrize("case", cases("people"), ids=lambda case: case["about"])
def test_one_entry_a_person(case: Any) -> None:
    found = people.find(read(case["text"]))
    assert [[one.name, list(one.aliases), list(one.roles)] for one in found] == case["people"]


@pytest.mark.parametrize("case", cases("people"), ids=lambda case: case["about"])
def test_spans_hold_the_names(case: Any) -> None:
    for person in people.find(read(case["text"])):
        assert {case["text"][span.start : span.end] for span in person.spans} == {person.name, *person.aliases}


def test_the_empty_text_names_nobody() -> None:
    assert people.find(read("")) == ()


def test_a_role_that_points_at_another_says_what_it_means() -> None:
    case = next(case for case in cases("people") if case["about"] == "what a peer is")
    assert [one.meant for one in people.find(read(case["text"]))] == [(), (case["meant"],)]


def test_a_long_text_takes_time_in_proportion_to_its_length() -> None:
    text = "\n".join(case["text"] for case in cases("people"))
    spent = []
    for times in (5, 40):
        reading = read("\n".join([text] * times))
        start = time.process_time()
        people.drafts(reading)
        spent.append(time.process_time() - start)
    assert spent[1] < 24 * spent[0]


def test_a_word_of_descent_that_a_tagger_marks_alone_names_nobody() -> None:
    text = (Path(__file__).parent / "data/lone_descent.txt").read_text(encoding="utf-8")
    reading = read(text, lambda sentences: [(Tagged(1, 1, PERSON),) for _ in sentences])
    assert list(people.find(reading)) == []
