"""What every store keeps of repairs and corrections: where reports are now, what stories have become, who corrected what."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import ArticleNotFound, CorrectionNotFound, StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Correction,
    Decision,
    Kind,
    OutletKey,
    RawDocument,
    Related,
    Repair,
    Repaired,
    RepairKind,
    StoryHead,
    StoryId,
    Why,
)
from tawatur.store import Prepared, Store, open_store
from tawatur.store.sql import migrations
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONE = OutletKey("one")
#: What the release before repairs kept of one story, whose report has an older version.
LAST_RELEASE = (Path(__file__).parent / "data" / "before_repairs.sql").read_text(encoding="utf-8")
BECAUSE = Why(key="repair_merge", score=0.9, terms=("x",))


@pytest.fixture
def store(empty_store: Store) -> Store:
    for number, (article, story) in enumerate(("aS", "bS", "cS", "dT", "eT", "fU")):
        add(empty_store, article, story, hours=number)
    for story in "STU":
        show(empty_store, story)
    return empty_store


def add(store: Store, article: str, story: str, *, hours: int = 0, chain: str = "") -> None:
    collected = NOW + hours * HOUR
    made = Article(id=ArticleId(article), outlet=ONE, origin=article, collected=collected)
    analysis = Analysis(article=made.id, version="1")
    revision = Revision(article=made.id, outlet=ONE, address=f"x/{chain}", chain=ArticleId(chain), at=collected)
    found = profile(made, analysis)
    one = Prepared(article=made, analysis=analysis, profile=found, revisions=(revision,) if chain else ())
    document = RawDocument(content=article.encode(), origin=article, kind=Kind.TEXT, collected=collected)
    store.add_document(document, prepared=[one])
    first = not store.standing(StoryId(story))
    why = Why(
        key="first" if first else "both_report", like=None if first else store.standing(StoryId(story))[0].article
    )
    store.place(Decision(article=made.id, story=StoryId(story), joined=not first, why=why), time=found.time)


def head(story: str) -> StoryHead:
    return StoryHead(
        id=StoryId(story),
        title=f"title of {story}",
        lead="",
        first=NOW,
        latest=NOW,
        reports=1,
        outlets=(ONE,),
        independent=1,
    )


def show(store: Store, story: str, *related: str) -> None:
    links = tuple(Related(story=StoryId(one), why=Why(key="same_context", score=0.5)) for one in related)
    store.put_story(head(story), links)


def repair(store: Store, kind: RepairKind, articles: str, origin: str, target: str, **more: object) -> Repaired:
    going = tuple(map(ArticleId, articles))
    wanted = Repair(kind=kind, articles=going, origin=StoryId(origin), target=StoryId(target), why=BECAUSE)
    return store.repair(wanted, at=NOW, **more)  # type: ignore[arg-type]


def merge(store: Store, articles: str, origin: str, target: str) -> Repaired:
    return repair(store, RepairKind.MERGE, articles, origin, target)


def standing(store: Store, story: str) -> str:
    """Return the reports of a story, which every way of asking for them gives alike."""
    found = [one.article for one in store.standing(StoryId(story))]
    assert all(one.story == story for one in store.standing(StoryId(story)))
    assert found == [report.article.id for report in store.reports(StoryId(story))]
    assert found == [member.profile.article for member in store.members(StoryId(story))]
    recalled = [member for member in store.recall(NOW - HOUR, NOW + 99 * HOUR) if member.story == story]
    assert found == [member.profile.article for member in recalled]
    assert all(store.story_of(article) == story for article in found)
    return "".join(found)


def stale(store: Store) -> str:
    return "".join(store.stale(100))


def where(store: Store, story: str) -> str:
    return "".join(store.whereabouts(StoryId(story)))


def front(store: Store) -> str:
    assert store.counts().stories == len(store.front(limit=100))
    return "".join(sorted(head.id for head in store.front(limit=100)))


# -- moving, merging, splitting ----------------------------------------------------------------------------------------


def test_a_moved_report_stands_in_the_other_story_and_both_are_stale(store: Store) -> None:
    assert stale(store) == ""
    repair(store, RepairKind.MOVE, "b", "S", "T")
    assert (standing(store, "S"), standing(store, "T"), standing(store, "U")) == ("ac", "bde", "f")
    assert stale(store) == "ST"
    assert (front(store), where(store, "S")) == ("STU", "S")


def test_a_story_that_its_latest_report_has_left_is_made_anew_in_the_order_of_what_it_still_holds(store: Store) -> None:
    repair(store, RepairKind.MOVE, "c", "S", "U")
    repair(store, RepairKind.MOVE, "e", "T", "S")
    assert store.stale(9) == ("T", "S", "U"), "d comes before e, and e before f"
    repair(store, RepairKind.MOVE, "e", "S", "U")
    assert store.stale(9) == ("S", "T", "U"), "b comes before d"


def test_a_merged_story_ends_and_its_address_leads_to_the_other(store: Store) -> None:
    merge(store, "de", "T", "S")
    assert (standing(store, "S"), standing(store, "T")) == ("abcde", "")
    assert (front(store), stale(store), where(store, "T")) == ("SU", "S", "S")
    with pytest.raises(StoryNotFound):
        store.story_head(StoryId("T"))
    assert store.titles(map(StoryId, "STX")) == {"S": "title of S", "T": "title of T"}


def test_a_split_makes_a_story_that_is_stale_and_has_no_head_yet(store: Store) -> None:
    repair(store, RepairKind.SPLIT, "bc", "S", "N")
    assert (standing(store, "S"), standing(store, "N")) == ("a", "bc")
    assert (front(store), stale(store), where(store, "N")) == ("STU", "SN", "N")
    store.put_head(head("N"))
    assert (front(store), stale(store)) == ("NSTU", "SN")


def test_a_report_that_does_not_stand_there_does_not_leave(store: Store) -> None:
    for articles in ("bd", "x"):
        with pytest.raises(ArticleNotFound):
            repair(store, RepairKind.MOVE, articles, "S", "U")
    assert (standing(store, "S"), standing(store, "U"), stale(store)) == ("abc", "f", "")
    assert store.repairs(StoryId("S")) == ()


def test_older_versions_go_along_and_newer_ones_stay_where_these_went(store: Store) -> None:
    add(store, "v", "U", hours=7, chain="v")
    add(store, "w", "U", hours=8, chain="v")
    assert standing(store, "U") == "fw"
    repair(store, RepairKind.MOVE, "w", "U", "S")
    assert (standing(store, "S"), standing(store, "U")) == ("abcw", "f")
    assert store.story_of(ArticleId("v")) == store.story_of(ArticleId("w")) == "S"
    assert (store.current(ArticleId("v")), store.current(ArticleId("w")), store.current(ArticleId("?"))) == (
        "w",
        "w",
        "?",
    )
    with pytest.raises(ArticleNotFound):
        repair(store, RepairKind.MOVE, "v", "S", "U")


def test_reasons_are_changed_where_they_are_given_and_kept_as_they_were(store: Store) -> None:
    was = store.standing(StoryId("T"))
    changed = Decision(article=ArticleId("d"), story=StoryId("S"), joined=True, why=BECAUSE)
    done = repair(store, RepairKind.MERGE, "de", "T", "S", decisions=(changed,))
    assert done.before == (was[0],)
    now = {one.article: one for one in store.standing(StoryId("S"))}
    assert now["d"] == changed
    assert now["e"].why == was[1].why
    assert store.repairs(StoryId("S")) == (done,)


# -- where ended stories are -------------------------------------------------------------------------------------------


def test_addresses_of_ended_stories_lead_to_stories_that_live_however_long_the_way(store: Store) -> None:
    merge(store, "f", "U", "T")
    merge(store, "def", "T", "S")
    assert (where(store, "U"), where(store, "T"), where(store, "S")) == ("S", "S", "S")
    repair(store, RepairKind.SPLIT, "f", "S", "N")
    assert (where(store, "U"), where(store, "T")) == ("N", "SN")
    merge(store, "abcde", "S", "N")
    assert {where(store, story) for story in "STUN"} == {"N"}


def test_a_story_whose_reports_left_one_by_one_leads_to_where_they_are(store: Store) -> None:
    repair(store, RepairKind.MOVE, "d", "T", "S")
    assert where(store, "T") == "T"
    repair(store, RepairKind.MOVE, "e", "T", "U")
    assert (where(store, "T"), front(store)) == ("SU", "SU")
    merge(store, "fe", "U", "S")
    assert where(store, "T") == "S"


def test_nobody_knows_where_a_story_is_that_never_was(store: Store) -> None:
    assert store.whereabouts(StoryId("?")) == ()
    assert store.standing(StoryId("?")) == ()


def test_a_story_that_has_ended_lives_again_when_reports_come_back(store: Store) -> None:
    merge(store, "de", "T", "S")
    repair(store, RepairKind.SPLIT, "de", "S", "T")
    assert (standing(store, "T"), where(store, "T"), standing(store, "S")) == ("de", "T", "abc")
    assert stale(store) == "ST"
    show(store, "T")
    assert front(store) == "STU"
    assert [one.repair.kind for one in store.repairs(StoryId("T"))] == [RepairKind.MERGE, RepairKind.SPLIT]


def test_the_front_page_goes_on_behind_no_story_that_has_ended(store: Store) -> None:
    merge(store, "de", "T", "S")
    assert store.front(limit=10, before=StoryId("T")) == ()


# -- what is related ---------------------------------------------------------------------------------------------------


def related(store: Store, story: str) -> str:
    return "".join(sorted(one.story for one in store.related(StoryId(story))))


def test_what_was_related_to_an_ended_story_is_related_to_the_other(store: Store) -> None:
    show(store, "U", "T")
    show(store, "T", "S")
    merge(store, "de", "T", "S")
    assert (related(store, "U"), related(store, "S"), related(store, "T")) == ("S", "U", "")


def test_related_stories_are_named_once_and_never_a_story_itself(store: Store) -> None:
    show(store, "U", "T", "S")
    show(store, "T", "S", "U")
    show(store, "S", "T", "U")
    merge(store, "de", "T", "S")
    assert (related(store, "U"), related(store, "S"), related(store, "T")) == ("S", "U", "")


# -- corrections -------------------------------------------------------------------------------------------------------


def correction(together: str = "", one: str = "", other: str = "") -> Correction:
    def named(letters: str) -> tuple[ArticleId, ...]:
        return tuple(map(ArticleId, letters))

    return Correction(
        kind=RepairKind.MOVE,
        who="Salma",
        note="a note",
        at=NOW,
        together=named(together),
        apart=(named(one), named(other)),
    )


def test_corrections_are_kept_with_their_numbers_until_they_are_undone_and_then_as_undone(store: Store) -> None:
    first, second = store.add_correction(correction("ab")), store.add_correction(correction("", "a", "de"))
    assert (first.number, second.number) == (1, 2)
    assert store.corrections() == (first, second)
    undone = store.undo_correction(1, at=NOW + HOUR, who="Omar")
    assert (undone.undone, undone.undone_by, undone.together) == (NOW + HOUR, "Omar", ("a", "b"))
    assert (store.correction(1), store.corrections()) == (undone, (second,))
    for ask in (store.correction, lambda number: store.undo_correction(number, at=NOW, who="")):
        with pytest.raises(CorrectionNotFound):
            ask(3)


def test_corrections_hold_for_the_newest_versions_of_their_reports(store: Store) -> None:
    add(store, "v", "U", hours=7, chain="v")
    store.add_correction(correction("vf", "v", "ab"))
    add(store, "w", "U", hours=8, chain="v")
    (found,) = store.corrections()
    assert (found.together, found.apart) == (("w", "f"), (("w",), ("a", "b")))
    assert store.correction(1).together == ("v", "f")


def test_stories_of_a_correction_are_due_to_be_looked_at_again(store: Store) -> None:
    number = store.add_correction(correction("de")).number
    repair(store, RepairKind.MOVE, "b", "S", "T")
    assert store.due(100) == ()
    done = repair(store, RepairKind.MERGE, "bde", "T", "U", correction=number)
    assert (store.due(100), store.repairs_of(number)) == (("U",), (done,))
    back = repair(store, RepairKind.SPLIT, "bde", "U", "T", correction=number, undoing=True)
    assert (store.due(100), store.due(1), store.repairs_of(number)) == (("T", "U"), ("T",), (done, back))
    store.looked_at(StoryId("T"))
    assert store.due(100) == ("U",)


def test_whoever_holds_what_was_grouped_learns_of_repairs_corrections_and_their_undoing(store: Store) -> None:
    def counted() -> int:
        seen.append(store.placed())
        return len(set(seen))

    seen: list[int] = []
    assert counted() == 1
    repair(store, RepairKind.MOVE, "b", "S", "T")
    assert counted() == 2
    store.add_correction(correction("ab"))
    assert counted() == 3
    store.undo_correction(1, at=NOW, who="")
    assert counted() == 4
    assert seen == sorted(seen)


def test_a_head_is_kept_only_for_a_story_that_lives(store: Store) -> None:
    merge(store, "de", "T", "S")
    for story in ("T", "?"):
        with pytest.raises(StoryNotFound):
            store.put_head(head(story))


def broken(store: Store) -> None:
    """Write several things together, and fail behind them."""
    with store.together():
        store.add_correction(correction("ab"))
        merge(store, "b", "T", "S")
        raise RuntimeError


def test_writing_together_keeps_all_or_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    add(store, "a", "S")
    add(store, "b", "T")
    with pytest.raises(RuntimeError):
        broken(store)
    assert (standing(store, "S"), standing(store, "T"), store.corrections()) == ("a", "b", ())
    store.close()


def test_a_store_of_the_last_release_is_brought_forward_with_its_stories(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(path)) as before:
        for number, script in migrations():
            if number < 5:
                before.executescript(script)
        before.executescript(LAST_RELEASE)
        before.execute("PRAGMA user_version = 4")
        before.commit()
    store = open_store(path)
    assert (standing(store, "S"), where(store, "S"), front(store)) == ("b", "S", "S")
    repair(store, RepairKind.MOVE, "b", "S", "N")
    assert (where(store, "S"), store.story_of(ArticleId("a")), store.current(ArticleId("a"))) == ("N", "N", "b")
    assert (front(store), stale(store), store.due(9), store.corrections()) == ("", "N", (), ())
    store.close()
