"""The ladder of dependence: every joining of groups has its reason, and what nothing ties stays independent."""

from dataclasses import replace

import pytest
from tests.unit.stories.building import article, report, rows

from tawatur.model import Article, Family, Outlet, OutletKey, OutletKind, Outlets
from tawatur.stories.independence import independence

AGENCY_NAMES = rows("agencies.tsv")
OUTLETS = Outlets(
    known=(
        Outlet(key=OutletKey("daily"), name="Daily", family="house"),
        Outlet(key=OutletKey("evening"), name="Evening", family="house"),
        Outlet(key=OutletKey("loner"), name="Loner"),
        *(
            Outlet(key=OutletKey(key), name=name, kind=OutletKind.AGENCY, credits=tuple(others))
            for key, name, *others in AGENCY_NAMES
        ),
    )
)


def reasons(*articles: Article) -> list[tuple[str, str, str]]:
    found = independence([report(one) for one in articles], outlets=OUTLETS)
    assert len(found.groups) == len(articles) - len(found.dependences)
    assert sorted(one for group in found.groups for one in group) == sorted(one.id for one in articles)
    return [(one.article, one.on, one.reason) for one in found.dependences]


def test_reports_that_nothing_ties_are_independent() -> None:
    assert reasons(article("bridge_one"), article("bridge_two")) == []


def test_one_outlet_counts_once() -> None:
    first, second = article("bridge_one", outlet="loner"), article("bridge_two", outlet="loner")
    assert reasons(first, second) == [("bridge_two", "bridge_one", "same_outlet")]


def test_outlets_of_one_family_count_once() -> None:
    first, second = article("bridge_one", outlet="daily"), article("bridge_two", outlet="evening")
    assert reasons(first, second) == [("bridge_two", "bridge_one", "same_family")]


def test_outlets_without_a_known_family_are_not_one() -> None:
    assert reasons(article("bridge_one", outlet="loner"), article("bridge_two", outlet="nobody")) == []


def test_copied_text_counts_once() -> None:
    assert reasons(article("bridge_two"), article("bridge_copy")) == [("bridge_copy", "bridge_two", "copy")]


@pytest.mark.parametrize(("verdict", "one", "other"), rows("credits.tsv"))
def test_credits_of_one_agency_tie_reports(verdict: str, one: str, other: str) -> None:
    found = reasons(article("bridge_one", agency=one), article("bridge_two", agency=other))
    assert found == ([("bridge_two", "bridge_one", "same_agency")] if verdict == "same" else [])


def test_a_report_that_credits_an_agency_leans_on_the_agencys_own() -> None:
    key, name, *_ = AGENCY_NAMES[0]
    own, taken = article("bridge_one", outlet=key), article("bridge_two", agency=name)
    assert reasons(own, taken) == [("bridge_two", "bridge_one", "same_agency")]


def test_an_outlet_that_publishes_its_own_report_and_a_copy_does_not_make_the_two_one() -> None:
    own, other, copy = (
        article("bridge_one", outlet="loner"),
        article("bridge_two"),
        article("bridge_copy", outlet="loner"),
    )
    assert reasons(own, other, copy) == [("bridge_copy", "bridge_two", "copy")]


def test_an_outlet_vouches_once_even_for_two_agencies() -> None:
    one, other = article("bridge_one", outlet="loner", agency="X"), article("bridge_two", outlet="loner", agency="Y")
    assert reasons(one, other) == [("bridge_two", "bridge_one", "same_outlet")]


def test_the_first_rung_gives_the_reason_and_the_outlet_its_name() -> None:
    first = article("bridge_two", outlet="daily", agency="X")
    second = replace(article("bridge_copy", outlet="daily", agency="X"))
    found = independence((report(first), report(second)), outlets=OUTLETS).dependences
    assert [(one.reason, one.detail) for one in found] == [("same_outlet", "Daily")]


def test_no_reports_no_groups() -> None:
    assert independence((), outlets=OUTLETS).groups == ()


def test_a_credit_that_two_agencies_print_is_neither_ones() -> None:
    own, shared = next((key, names[-1]) for key, *names in AGENCY_NAMES if key == "twin-a")
    assert reasons(article("bridge_one", outlet=own), article("bridge_two", agency=shared)) == []


def test_a_family_is_told_by_its_name() -> None:
    named = OUTLETS.joined([], [Family(key="house", name="Press House")])
    first, second = article("bridge_one", outlet="daily"), article("bridge_two", outlet="evening")
    (found,) = independence((report(first), report(second)), outlets=named).dependences
    assert found.detail == "Press House"


def test_a_report_that_credits_two_agencies_does_not_make_them_one() -> None:
    key, name, *_ = AGENCY_NAMES[0]
    both = article("bridge_copy", agency=f"{name} / X")
    own, other = article("bridge_one", outlet=key), article("toll", agency="X")
    assert reasons(own, other, both) == [("bridge_copy", "bridge_one", "same_agency")]


def test_a_credit_of_the_outlet_itself_is_none() -> None:
    assert reasons(article("bridge_one", outlet="loner", agency="Loner"), article("toll", agency="Loner")) == [
        ("toll", "bridge_one", "names_source")
    ]


def test_an_update_without_its_credit_stays_with_what_it_updates() -> None:
    first = article("bridge_two", outlet="loner", agency="X")
    update, other = article("bridge_copy", outlet="loner"), article("toll", agency="X")
    assert reasons(first, update, other) == [
        ("toll", "bridge_two", "same_agency"),
        ("bridge_copy", "bridge_two", "same_outlet"),
    ]


def test_an_agencys_own_report_stands_first_though_it_came_later() -> None:
    key, name, *_ = AGENCY_NAMES[0]
    taken, own = article("bridge_two", agency=name), article("bridge_one", outlet=key)
    assert reasons(taken, own) == [("bridge_two", "bridge_one", "same_agency")]


def test_there_are_never_more_sources_than_outlets() -> None:
    own, copy = article("bridge_one", outlet="loner"), article("bridge_copy", outlet="loner")
    agency, other = article("toll", outlet="loner", agency="X"), article("bridge_two", outlet="other")
    found = independence([report(one) for one in (own, agency, other, copy)], outlets=OUTLETS)
    assert [sorted(group) for group in found.groups] == [["bridge_one", "toll"], ["bridge_copy", "bridge_two"]]


def test_the_evidence_of_a_copy_is_the_share_of_its_words() -> None:
    (found,) = independence(
        [report(article("bridge_two")), report(article("bridge_copy"))], outlets=OUTLETS
    ).dependences
    assert 0.9 < found.share <= 1
