"""Reasons are words that people read: names first, phrases whole, nothing twice."""

import json

from tests.unit.stories.building import DATA, analysis, article

from tawatur.model import StoryId
from tawatur.stories.entry import Entry, entry
from tawatur.stories.profile import Member, profile
from tawatur.stories.why import MOST, shared_terms, why_joined

TERMS = json.loads((DATA / "why.json").read_text(encoding="utf-8"))


def flat(key: str) -> float:
    return 1.0


def of(name: str, **names: tuple[str, ...]) -> Entry:
    report = article(name)
    return entry(Member(profile=profile(report, analysis(report, **names)), story=StoryId("s")))


NAMES = {"people": (TERMS["person"],), "places": (TERMS["place"],)}


def test_a_person_is_named_first_by_the_family_name_then_a_place() -> None:
    terms = shared_terms(of("bridge_one", **NAMES), [of("bridge_two", **NAMES)], flat)
    assert terms[:2] == (TERMS["family_name"], TERMS["place"])
    assert TERMS["given_name"] not in " ".join(terms).split()


def test_two_words_that_stand_together_are_one_term() -> None:
    terms = shared_terms(of("bridge_one", **NAMES), [of("bridge_two", **NAMES)], flat)
    assert TERMS["phrase"] in terms


def test_no_word_is_named_twice_and_only_a_few_terms() -> None:
    terms = shared_terms(of("bridge_one"), [of("bridge_two"), of("bridge_untitled")], flat)
    words = " ".join(terms).split()
    assert len(words) == len(set(words))
    assert 2 <= len(terms) <= MOST


def test_a_person_whom_the_others_do_not_name_is_no_reason() -> None:
    stranger = of("bridge_one", people=(TERMS["stranger"],))
    assert TERMS["stranger"].split()[-1] not in shared_terms(stranger, [of("bridge_two")], flat)


def test_words_are_written_without_clitics_where_reports_write_them_so() -> None:
    terms = shared_terms(of("quake"), [of("quake")], flat)
    assert not any(term.startswith(TERMS["clitic"]) for term in terms)


def test_reports_that_share_nothing_have_no_terms() -> None:
    assert shared_terms(of("toll"), [of("gold")], flat) == ()


def test_the_same_text_is_a_copy() -> None:
    two = of("bridge_two")
    assert why_joined(of("bridge_copy"), [two], two, score=0.9, idf=flat).key == "copy"
    assert why_joined(of("bridge_one"), [two], two, score=0.9, idf=flat).key == "both_report"
