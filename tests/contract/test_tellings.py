"""What every store keeps of tellings: a story opened from it is the story composed anew, whatever has been read in between."""

from datetime import UTC, datetime

import pytest
from tests.contract.test_repairs import merge

from tawatur import outlets, pipeline, sample
from tawatur.app import sample_documents
from tawatur.fetch.files import Given
from tawatur.model import Outlets, StoryId
from tawatur.store import Store
from tawatur.stories.compose import compose
from tawatur.stories.whole import Whole, opened, whole

NOW = datetime(2026, 3, 20, tzinfo=UTC)
OUTLETS = outlets.load().joined(sample.outlets().known)


class Silent:
    def taken(self, kept: object) -> None: ...
    def grouping(self, articles: int) -> None: ...
    def grouped(self, decision: object) -> None: ...
    def composing(self, stories: int) -> None: ...
    def composed(self) -> None: ...


@pytest.fixture
def store(empty_store: Store) -> Store:
    items = sample_documents(Given(collected=NOW, outlets=OUTLETS))
    with empty_store.reading(NOW) as now:
        pipeline.read(items, store=empty_store, outlets=OUTLETS, now=now, watch=Silent())
    return empty_store


def anew(store: Store, story: StoryId) -> Whole:
    return whole(compose(story, store.reports(story), outlets=OUTLETS), outlets=OUTLETS)


def test_a_story_that_is_opened_is_the_one_composed_anew(store: Store) -> None:
    heads = store.front(limit=100)
    assert len(heads) > 20
    for head in heads:
        kept = store.telling(head.id)
        assert kept is not None
        assert kept.story.reports == ()
        assert opened(head.id, kept, store.reports(head.id), outlets=OUTLETS) == anew(store, head.id)


def test_what_is_kept_is_not_shown_of_other_reports_nor_with_other_outlets(store: Store) -> None:
    largest = max(store.front(limit=100), key=lambda head: head.reports)
    kept, reports = store.telling(largest.id), store.reports(largest.id)
    fewer = opened(largest.id, kept, reports[1:], outlets=OUTLETS)
    assert fewer == whole(compose(largest.id, reports[1:], outlets=OUTLETS), outlets=OUTLETS)
    nobody = Outlets()
    assert opened(largest.id, kept, reports, outlets=nobody).story == compose(largest.id, reports, outlets=nobody)


def test_a_story_that_has_ended_keeps_no_telling(store: Store) -> None:
    one, other = [head.id for head in store.front(limit=100) if head.reports == 1][:2]
    (report,) = store.reports(one)
    merge(store, [report.article.id], one, other)  # type: ignore[arg-type]
    assert store.telling(one) is None
    assert store.telling(StoryId("nothing")) is None
