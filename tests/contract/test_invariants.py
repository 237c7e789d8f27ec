"""What holds after any sequence of placings, repairs of the machine, corrections by people and undoings, in every store.

Every report stands in one story. Every address leads to stories that live. What people have corrected, and not undone, is so. All
stores hold the same.
"""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tawatur.correcting import Corrector
from tawatur.errors import CorrectionRefused
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    Kind,
    OutletKey,
    Outlets,
    RawDocument,
    Repair,
    RepairKind,
    StoryId,
    Why,
)
from tawatur.repairing import carry_out
from tawatur.store import MEMORY, Prepared, Store, open_store
from tawatur.stories.constraints import constraints
from tawatur.stories.correct import Signed, first_id
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
BY = Signed("Salma", NOW, "")
pick = st.integers(0, 10**6)


class Newsroom(RuleBasedStateMachine):
    """A machine and people at work on the same stories, kept twice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.stores: tuple[Store, ...] = (open_store(Path(self.folder.name) / "store.sqlite3"), open_store(MEMORY))
        self.articles: list[ArticleId] = []
        self.newest: dict[ArticleId, ArticleId] = {}
        self.ever: set[StoryId] = set()
        self.made = 0

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    # -- what may happen ---------------------------------------------------------------------------------------------

    @rule(at=pick, new=st.booleans())
    def a_report_comes(self, at: int, new: bool) -> None:
        article = self.arrives(chain=f"a{len(self.articles):02}")
        story = first_id(article) if new or not self.living() else self.living()[at % len(self.living())]
        self.stands(article, story, joined=not new)

    @precondition(lambda self: self.articles)
    @rule(at=pick)
    def a_page_changes(self, at: int) -> None:
        old = self.articles[at % len(self.articles)]
        story = self.stores[0].story_of(old)
        assert story is not None
        article = self.arrives(chain=str(old))
        forerunners = {store.forerunner(article) for store in self.stores}
        assert {one.story for one in forerunners if one} == {story}
        self.stands(article, story, joined=True)
        self.articles.remove(old)

    @precondition(lambda self: len(self.living()) > 1)
    @rule(one=pick, other=pick, kind=st.sampled_from(RepairKind), many=st.integers(1, 4))
    def the_machine_decides_again(self, one: int, other: int, kind: RepairKind, many: int) -> None:
        origin, target = self.story(one), self.story(other)
        articles = tuple(decision.article for decision in self.stores[0].standing(origin)[:many])
        if kind is RepairKind.SPLIT:
            target = first_id(articles[0])
        elif origin == target:
            return
        wanted = Repair(kind=kind, articles=articles, origin=origin, target=target, why=Why(key=f"repair_{kind}"))
        done = [carry_out(store, wanted, constraints(store.corrections()), at=NOW) for store in self.stores]
        assert done[0] == done[1]
        self.ever |= {done[0].target} if done[0] else set()

    @precondition(lambda self: self.articles)
    @rule(one=pick, to=pick, which=st.lists(pick, min_size=1, max_size=3))
    def somebody_moves_reports(self, one: int, to: int, which: list[int]) -> None:
        held, story = self.stores[0].standing(self.story(one)), self.address(to)
        articles = {held[at % len(held)].article for at in which}
        self.correct(lambda corrector: corrector.move(sorted(articles), story, by=BY))

    @precondition(lambda self: self.articles)
    @rule(one=pick, other=pick)
    def somebody_merges_stories(self, one: int, other: int) -> None:
        story, into = self.address(one), self.story(other)
        self.correct(lambda corrector: corrector.merge(story, into, by=BY))

    @precondition(lambda self: self.articles)
    @rule(one=pick, which=st.lists(pick, min_size=1, max_size=3))
    def somebody_splits_a_story(self, one: int, which: list[int]) -> None:
        story = self.story(one)
        held = self.stores[0].standing(story)
        articles = {held[at % len(held)].article for at in which}
        self.correct(lambda corrector: corrector.split(story, sorted(articles), by=BY))

    @precondition(lambda self: self.made)
    @rule(at=pick)
    def somebody_undoes_a_correction(self, at: int) -> None:
        number = 1 + at % self.made
        self.correct(lambda corrector: corrector.undo(number, by=BY), new=False)

    # -- how ---------------------------------------------------------------------------------------------------------

    def living(self) -> list[StoryId]:
        return sorted(story for story in self.ever if self.stores[0].standing(story))

    def story(self, at: int) -> StoryId:
        return self.living()[at % len(self.living())]

    def address(self, at: int) -> StoryId:
        """Return a story that lives or has ended."""
        return sorted(self.ever)[at % len(self.ever)]

    def arrives(self, *, chain: str) -> ArticleId:
        article = ArticleId(chain if chain not in self.newest else f"{chain}'")
        collected = NOW + timedelta(minutes=len(self.newest))
        made = Article(id=article, outlet=OutletKey("one"), origin=article, collected=collected)
        analysis = Analysis(article=made.id, version="1")
        own = Revision(
            article=made.id, outlet=made.outlet, address="x", chain=ArticleId(chain.rstrip("'")), at=collected
        )
        one = Prepared(article=made, analysis=analysis, profile=profile(made, analysis), revisions=(own,))
        document = RawDocument(content=article.encode(), origin=article, kind=Kind.TEXT, collected=collected)
        for store in self.stores:
            store.add_document(document, prepared=[one])
        self.newest[article] = article
        return article

    def stands(self, article: ArticleId, story: StoryId, *, joined: bool) -> None:
        why = Why(key="both_report" if joined else "first")
        for store in self.stores:
            (waiting,) = store.pending(10)
            store.place(Decision(article=article, story=story, joined=joined, why=why), time=waiting.time)
        self.articles.append(article)
        self.ever.add(story)

    def correct(self, act, *, new: bool = True) -> None:
        """Do the same in both stores; what is refused changes nothing."""
        before = [store.placed() for store in self.stores]
        done: list[object] = []
        for store in self.stores:
            try:
                done.append(act(Corrector(store, Outlets())))
            except CorrectionRefused as refused:
                done.append((type(refused), refused.args))
        assert done[0] == done[1]
        if isinstance(done[0], tuple):
            assert before == [store.placed() for store in self.stores]
            return
        self.made += new
        self.ever.update(done[0].stories)  # type: ignore[attr-defined]

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def every_report_stands_in_one_story(self) -> None:
        for store in self.stores:
            held = [one.article for story in sorted(self.ever) for one in store.standing(story)]
            assert sorted(held) == sorted(self.articles)
            for story in self.ever:
                assert {store.story_of(one.article) for one in store.standing(story)} <= {story}

    @invariant()
    def every_address_leads_to_stories_that_live(self) -> None:
        for store in self.stores:
            for story in self.ever:
                found = store.whereabouts(story)
                assert found
                assert all(store.standing(one) and store.whereabouts(one) == (one,) for one in found)

    @invariant()
    def what_people_have_corrected_is_so(self) -> None:
        for store in self.stores:
            obeyed = constraints(store.corrections())
            for one, other in combinations(self.articles, 2):
                same = store.story_of(one) == store.story_of(other)
                assert same or not obeyed.binds(one, other)
                assert not (same and obeyed.parts(one, other))

    @invariant()
    def all_stores_hold_the_same(self) -> None:
        one, other = self.stores
        assert one.corrections() == other.corrections()
        assert one.counts() == other.counts()
        assert (one.stale(1000), one.due(1000)) == (other.stale(1000), other.due(1000))
        assert one.front(limit=1000) == other.front(limit=1000)
        for story in self.ever:
            assert one.standing(story) == other.standing(story)
            assert one.repairs(story) == other.repairs(story)
            assert one.whereabouts(story) == other.whereabouts(story)

    @invariant()
    def no_list_names_a_story_that_has_ended(self) -> None:
        for store in self.stores:
            for head in store.front(limit=1000):
                assert store.standing(head.id)
            assert all(store.standing(story) for story in (*store.stale(1000), *store.due(1000)))


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_an_undone_merging_is_as_if_it_had_never_been() -> None:
    room = Newsroom()
    for new in (True, False, True, False, False):
        room.a_report_comes(at=len(room.ever) - 1, new=new)
    before = [[store.standing(story) for story in sorted(room.ever)] for store in room.stores]
    one, other = sorted(room.ever)
    room.correct(lambda corrector: corrector.merge(one, other, by=BY))
    room.a_report_comes(at=0, new=False)
    room.correct(lambda corrector: corrector.undo(1, by=BY), new=False)
    later = room.articles[-1]
    after = [
        [tuple(one for one in store.standing(story) if one.article != later) for story in sorted(room.ever)]
        for store in room.stores
    ]
    assert after == before
    assert replace(room.stores[0].correction(1), undone=None, undone_by="").number == 1
    room.teardown()


def test_what_an_undone_splitting_had_overruled_is_so_again_wherever_the_machine_has_moved_its_reports() -> None:
    room = Newsroom()
    for _ in range(2):
        room.a_report_comes(at=0, new=True)
    story_of = room.stores[0].story_of
    (one, home), (other, origin) = ((article, story_of(article)) for article in room.articles)
    room.correct(lambda corrector: corrector.merge(origin, home, by=BY))
    room.correct(lambda corrector: corrector.split(home, [other], by=BY))
    assert story_of(other) == origin
    room.a_report_comes(at=room.living().index(origin), new=False)
    room.a_report_comes(at=0, new=True)
    target = story_of(room.articles[-1])
    moved = Repair(kind=RepairKind.MOVE, articles=(other,), origin=origin, target=target, why=Why(key="repair_move"))
    for store in room.stores:
        assert carry_out(store, moved, constraints(store.corrections()), at=NOW)
    room.correct(lambda corrector: corrector.undo(2, by=BY), new=False)
    assert (story_of(one), story_of(other)) == (home, home)
    room.what_people_have_corrected_is_so()
    room.all_stores_hold_the_same()
    room.teardown()
