"""What people's corrections do: which reports go, which address stays, which reasons change, and what is refused."""

from datetime import UTC, datetime

import pytest

from tawatur.errors import (
    CorrectionBuiltOn,
    CorrectionUndone,
    KeptApart,
    NothingNamed,
    NothingStays,
    ReportElsewhere,
    SameStory,
)
from tawatur.model import ArticleId, Correction, Decision, Repair, Repaired, RepairKind, StoryId, Why
from tawatur.stories.correct import Signed, back, first_id, free_id, merge, move, refuse_undoing, split, step

NOW = datetime(2026, 3, 9, tzinfo=UTC)
SALMA = Signed("Salma", NOW, "a note")


def named(letters: str) -> tuple[ArticleId, ...]:
    return tuple(map(ArticleId, letters))


def standing(story: str, letters: str) -> tuple[Decision, ...]:
    """Return reports of a story, the first of which began it; each of the others is most like the one before it."""
    pairs = zip(letters, " " + letters, strict=False)
    return tuple(
        Decision(
            article=ArticleId(one),
            story=StoryId(story),
            joined=one != letters[0],
            why=Why(key="first") if one == letters[0] else Why(key="both_report", like=ArticleId(like)),
        )
        for one, like in pairs
    )


def changed(decisions: tuple[Decision, ...]) -> str:
    return "".join(one.article for one in decisions)


def apart(one: str, other: str, *, number: int = 7) -> Correction:
    return Correction(
        kind=RepairKind.SPLIT, who="Omar", note="", at=NOW, apart=(named(one), named(other)), number=number
    )


def test_a_moved_report_is_tied_to_where_it_goes_and_parted_from_where_it_stood() -> None:
    plan = move(named("b"), standing("S", "abc"), standing("T", "de"), by=SALMA, corrections=())
    assert (plan.step.repair.kind, plan.step.repair.articles) == (RepairKind.MOVE, named("b"))
    assert (plan.step.repair.origin, plan.step.repair.target) == ("S", "T")
    assert (plan.correction.together, plan.correction.apart) == (named("deb"), (named("b"), named("ac")))
    assert (plan.correction.who, plan.correction.note, plan.correction.at) == ("Salma", "a note", NOW)
    assert changed(plan.step.decisions) == "b"
    assert plan.step.decisions[0].why.key == "hand_move"


def test_reports_that_move_together_are_parted_from_the_rest_alone() -> None:
    plan = move(named("cb"), standing("S", "abc"), standing("T", "de"), by=SALMA, corrections=())
    assert plan.step.repair.articles == named("bc")
    assert (plan.correction.together, plan.correction.apart) == (named("debc"), (named("bc"), named("a")))
    for out, error in (("ax", ReportElsewhere), ("", NothingNamed)):
        with pytest.raises(error):
            move(named(out), standing("S", "ab"), standing("T", "d"), by=SALMA, corrections=())


def test_the_last_report_of_a_story_may_move_and_is_parted_from_nobody() -> None:
    plan = move(named("a"), standing("S", "a"), standing("T", "d"), by=SALMA, corrections=())
    assert plan.correction.apart == ((), ())


def test_a_merged_story_is_tied_whole_and_only_its_beginning_gets_another_reason() -> None:
    plan = merge(standing("T", "de"), standing("S", "abc"), by=SALMA, corrections=())
    assert (plan.step.repair.kind, plan.step.repair.articles, plan.step.repair.target) == (
        RepairKind.MERGE,
        named("de"),
        "S",
    )
    assert plan.correction.together == named("abcde")
    assert changed(plan.step.decisions) == "d"


@pytest.mark.parametrize(("out", "going"), [("c", "c"), ("ab", "c"), ("a", "a"), ("cba", "d")])
def test_the_address_of_a_split_story_stays_with_the_larger_part(out: str, going: str) -> None:
    held = "abcd" if out == "cba" else "abc"
    plan = split(named(out), standing("S", held), by=SALMA)
    assert changed_all(plan.step.repair) == going
    assert plan.step.repair.target == first_id(ArticleId(going[0]))
    assert plan.correction.apart == (named(going), tuple(one for one in held if one not in going))


def changed_all(repair: Repair) -> str:
    return "".join(repair.articles)


@pytest.mark.parametrize("out", ["ab", "cd"])
def test_of_equal_parts_the_older_keeps_the_address(out: str) -> None:
    assert split(named(out), standing("S", "abcd"), by=SALMA).step.repair.articles == named("cd")


def test_reports_that_leave_without_what_they_were_like_get_the_reason_of_leaving() -> None:
    plan = split(named("cd"), standing("S", "abcde"), by=SALMA)
    assert changed(plan.step.decisions) == "c"


def test_the_new_story_gets_no_id_that_a_living_one_has() -> None:
    wish = first_id(ArticleId("c"))
    target = split(named("c"), standing("S", "abc"), by=SALMA, lives={wish}.__contains__).step.repair.target
    assert target not in (wish, "S")
    assert free_id(wish, {wish, target}.__contains__) not in (wish, target)


def test_what_changes_nothing_is_refused() -> None:
    with pytest.raises(SameStory):
        move(named("a"), standing("S", "ab"), standing("S", "ab"), by=SALMA, corrections=())
    with pytest.raises(SameStory):
        merge(standing("S", "ab"), standing("S", "ab"), by=SALMA, corrections=())


def test_no_report_can_leave_a_story_that_it_is_not_of_and_not_all_can() -> None:
    for out, error in (("ax", ReportElsewhere), ("", NothingNamed), ("ab", NothingStays)):
        with pytest.raises(error):
            split(named(out), standing("S", "ab"), by=SALMA)


def test_what_somebody_took_apart_is_not_joined() -> None:
    with pytest.raises(KeptApart, match="7: Omar"):
        merge(standing("T", "de"), standing("S", "abc"), by=SALMA, corrections=[apart("e", "ax")])
    with pytest.raises(KeptApart):
        move(named("e"), standing("T", "de"), standing("S", "abc"), by=SALMA, corrections=[apart("a", "e")])
    move(named("d"), standing("T", "de"), standing("S", "abc"), by=SALMA, corrections=[apart("a", "e")])


def test_a_correction_is_undone_once_and_not_under_a_later_one_of_the_same_reports() -> None:
    first, other, later = apart("a", "b", number=1), apart("x", "y", number=2), apart("b", "c", number=3)
    refuse_undoing(first, [first, other])
    with pytest.raises(CorrectionBuiltOn, match="1: 3"):
        refuse_undoing(first, [first, other, later])
    refuse_undoing(later, [first, other, later])
    with pytest.raises(CorrectionUndone):
        refuse_undoing(Correction(kind=RepairKind.MOVE, who="", note="", at=NOW, undone=NOW), [])


def test_taking_back_returns_reports_with_their_reasons_from_wherever_they_are() -> None:
    merged = merge(standing("T", "de"), standing("S", "abc"), by=SALMA, corrections=()).step
    done = Repaired(number=1, repair=merged.repair, at=NOW, before=standing("T", "d"))
    (found,) = back(
        done, dict.fromkeys(named("de"), StoryId("S")), StoryId("T"), {StoryId("S"): standing("S", "abcde")}
    )
    assert (found.repair.kind, found.repair.articles) == (RepairKind.SPLIT, named("de"))
    assert (found.repair.origin, found.repair.target) == ("S", "T")
    assert found.decisions == standing("T", "d")


def test_what_leaves_a_story_empty_on_its_way_back_merges_it() -> None:
    parted = split(named("c"), standing("S", "abc"), by=SALMA).step
    new = parted.repair.target
    done = Repaired(number=1, repair=parted.repair, at=NOW)
    there = {new: standing(new, "c"), StoryId("S"): standing("S", "ab")}
    (found,) = back(done, {ArticleId("c"): new}, StoryId("S"), there)
    assert (found.repair.kind, found.repair.origin, found.repair.target) == (RepairKind.MERGE, new, "S")
    there[new] = standing(new, "cx")
    (found,) = back(done, {ArticleId("c"): new}, StoryId("S"), there)
    assert found.repair.kind is RepairKind.MOVE
    assert back(done, {ArticleId("c"): StoryId("S")}, StoryId("S"), there) == ()


def test_a_step_of_the_machine_gives_its_reason_to_what_it_moves() -> None:
    why = Why(key="repair_move", score=0.8)
    repair = Repair(kind=RepairKind.MOVE, articles=named("c"), origin=StoryId("S"), target=StoryId("T"), why=why)
    (decision,) = step(repair, standing("S", "abc")).decisions
    assert (decision.article, decision.story, decision.joined, decision.why) == ("c", "T", True, why)
