"""What a rewritten sentence may be, and what is a fault in it. The sentences stand in ``data/faithful.toml``."""

import time
import tomllib
from typing import Any

import pytest
from tests.unit.stories.building import DATA

from tawatur.stories.faithful import LONGEST, Fault, FaultKind, faults

CASES: list[dict[str, Any]] = tomllib.loads((DATA / "faithful.toml").read_text(encoding="utf-8"))["case"]
FINE = [(text, case["cited"]) for case in CASES for text in case["fine"]]
FAULTY = [(kind, text, case["cited"]) for case in CASES for kind, texts in case["faults"].items() for text in texts]


@pytest.mark.parametrize(("text", "cited"), FINE)
def test_what_stands_in_the_cited_sentences_passes(text: str, cited: list[str]) -> None:
    assert faults(text, cited) == ()


@pytest.mark.parametrize(("kind", "text", "cited"), FAULTY)
def test_what_does_not_stand_there_is_a_fault_of_its_kind(kind: str, text: str, cited: list[str]) -> None:
    found = faults(text, cited)
    assert found
    assert kind == "any" or FaultKind(kind) in {one.kind for one in found}, found


@pytest.mark.parametrize("case", CASES)
def test_every_cited_sentence_is_faithful_to_itself_and_to_no_other(case: dict[str, Any]) -> None:
    for text in case["cited"]:
        assert faults(text, [text]) == ()
        assert all(faults(text, [other]) for other in case["cited"] if other != text)


@pytest.mark.parametrize("case", CASES)
def test_no_word_can_be_left_out_of_the_middle_of_a_clause(case: dict[str, Any]) -> None:
    """Of each sentence every word that is neither first nor last, nor beside a sign, is left out in turn."""
    for text in case["cited"]:
        words = text.split()
        for at in range(1, len(words) - 1):
            if all(word.isalpha() for word in words[at - 1 : at + 2]):
                assert faults(" ".join(words[:at] + words[at + 1 :]), case["cited"]), words[at]


def test_nothing_and_too_much_are_no_sentence() -> None:
    text = CASES[0]["cited"][0]
    assert faults("", [text]) == faults(text, []) == (Fault(FaultKind.LENGTH, ""),)
    assert faults("word " * (LONGEST + 1), [text]) == (Fault(FaultKind.LENGTH, ""),)


def test_a_sentence_of_one_word_again_and_again_is_judged_in_time() -> None:
    word = CASES[0]["cited"][0].split()[0]
    start = time.process_time()
    assert faults(f"{word} " * LONGEST, [f"{word} " * LONGEST] * 4) == ()
    assert time.process_time() - start < 5
