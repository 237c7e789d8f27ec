"""What corrections ask for together: the later wins, nothing contradicts itself, and what has to change so that it is met."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import ArticleId, Constraints, Correction, RepairKind, StoryId
from tawatur.stories.constraints import Passage, allows, constraints, parting, settle

NOW = datetime(2026, 3, 9, tzinfo=UTC)


def named(letters: str) -> tuple[ArticleId, ...]:
    return tuple(map(ArticleId, letters))


def asked(together: str = "", one: str = "", other: str = "", *, number: int = 0, undone: bool = False) -> Correction:
    return Correction(
        kind=RepairKind.MOVE,
        who="",
        note="",
        at=NOW,
        together=named(together),
        apart=(named(one), named(other)),
        number=number,
        undone=NOW if undone else None,
    )


def groups(found: Constraints) -> list[str]:
    return sorted("".join(sorted(group)) for group in found.together)


def test_groups_that_share_a_report_are_one() -> None:
    assert groups(constraints([asked("ab"), asked("bc"), asked("xy")])) == ["abc", "xy"]


def test_a_report_that_was_taken_out_later_leaves_the_others_together() -> None:
    found = constraints([asked("abcd"), asked("", "d", "abc")])
    assert groups(found) == ["abc"]
    assert found.parts(ArticleId("d"), ArticleId("a"))


def test_what_was_put_together_later_is_no_longer_apart() -> None:
    found = constraints([asked("", "ab", "xy"), asked("ax")])
    assert groups(found) == ["ax"]
    assert not found.parts(ArticleId("a"), ArticleId("x"))
    assert found.parts(ArticleId("b"), ArticleId("x"))
    assert found.parts(ArticleId("a"), ArticleId("y"))


def test_what_is_undone_asks_for_nothing() -> None:
    assert constraints([asked("ab", undone=True), asked("", "a", "b", undone=True)]) == Constraints()


def test_reports_may_go_where_nobody_keeps_them_out_and_leave_nobody_that_they_are_tied_to() -> None:
    obeyed = constraints([asked("ab"), asked("", "a", "x")])
    assert allows(obeyed, "ab", "c", "d")
    assert not allows(obeyed, "a", "b", "d")
    assert not allows(obeyed, "ab", "c", "dx")


def test_the_latest_correction_that_keeps_apart_is_named() -> None:
    both = [asked("", "a", "x", number=1), asked("", "xy", "ab", number=2), asked("", "b", "x", number=3, undone=True)]
    found = parting(both, named("ac"), named("xz"))
    assert found is not None
    assert found.number == 2
    assert parting(both, named("c"), named("x")) is None


def test_a_torn_group_gathers_where_most_of_it_stands() -> None:
    stories = {StoryId("S"): named("ax"), StoryId("T"): named("bc")}
    assert settle(constraints([asked("abc")]), stories) == (Passage(named("a"), StoryId("S"), StoryId("T")),)


def test_reports_that_may_not_stand_together_leave_with_those_that_they_are_tied_to() -> None:
    obeyed = constraints([asked("bc"), asked("", "c", "a")])
    assert settle(obeyed, {StoryId("S"): named("abcd")}) == (Passage(named("bc"), StoryId("S"), None),)


LETTERS = "abcdefgh"
some = st.lists(st.sampled_from(LETTERS), max_size=4, unique=True).map("".join)
correction = st.builds(
    lambda together, one, other: asked(together, one, "".join(letter for letter in other if letter not in one)),
    some,
    some,
    some,
)


@given(st.lists(correction, max_size=6), st.lists(st.sampled_from("STU"), min_size=8, max_size=8))
def test_whatever_was_asked_can_be_met_and_is_when_it_has_settled(asked: Sequence[Correction], at: list[str]) -> None:
    obeyed = constraints(asked)
    assert sum(map(len, obeyed.together)) == len(frozenset().union(*obeyed.together))
    stories = {StoryId(story): named("") for story in "STU"}
    for letter, story in zip(LETTERS, at, strict=True):
        stories[StoryId(story)] += named(letter)
    settled = carried(stories, settle(obeyed, stories))
    for one, other in combinations(named(LETTERS), 2):
        assert not obeyed.binds(one, other) or settled[one] == settled[other]
        assert not obeyed.parts(one, other) or settled[one] != settled[other]
        assert not (obeyed.binds(one, other) and obeyed.parts(one, other))
    assert settle(obeyed, inside(settled)) == ()


def carried(stories: dict[StoryId, tuple[ArticleId, ...]], passages: Sequence[Passage]) -> dict[ArticleId, StoryId]:
    at = {article: story for story, articles in stories.items() for article in articles}
    for number, passage in enumerate(passages):
        assert all(at[article] == passage.origin for article in passage.articles)
        at |= dict.fromkeys(passage.articles, passage.target or StoryId(f"new {number}"))
    return at


def inside(at: dict[ArticleId, StoryId]) -> dict[StoryId, tuple[ArticleId, ...]]:
    return {story: tuple(one for one in at if at[one] == story) for story in at.values()}


@given(st.lists(correction, min_size=1, max_size=6))
def test_the_latest_correction_is_always_met_whole(asked: Sequence[Correction]) -> None:
    latest = asked[-1]
    obeyed = constraints(asked)
    torn = {*latest.together} & {*latest.apart[0]} and {*latest.together} & {*latest.apart[1]}
    if not torn:
        assert all(obeyed.binds(one, other) for one, other in combinations(latest.together, 2))
    assert all(obeyed.parts(one, other) for one in latest.apart[0] for other in latest.apart[1])


def test_no_stories_have_nothing_to_settle() -> None:
    assert settle(constraints([asked("abc", "", ""), asked("", "d", "e")]), {}) == ()
