"""What every store keeps of rewritten accounts."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    Kind,
    OutletKey,
    RawDocument,
    Rewriting,
    RewrittenSentence,
    StoryId,
    Why,
)
from tawatur.store import Prepared, Store, open_store
from tawatur.stories.profile import profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
STORY, OTHER = StoryId("s"), StoryId("o")
SENTENCES = (
    RewrittenSentence(text="one and two", rests_on=(1, 0)),
    RewrittenSentence(text="three", rests_on=(2,), own=False),
)
MADE = Rewriting(made_of="print", model="m", at=NOW, sentences=SENTENCES)


@pytest.fixture
def store(empty_store: Store) -> Store:
    for article, story in (("a", STORY), ("b", OTHER)):
        made = Article(id=ArticleId(article), outlet=OutletKey("one"), origin=article, collected=NOW)
        analysis = Analysis(article=made.id, version="1")
        prepared = Prepared(article=made, analysis=analysis, profile=profile(made, analysis))
        document = RawDocument(content=article.encode(), origin=article, kind=Kind.TEXT, collected=NOW)
        empty_store.add_document(document, prepared=[prepared])
        empty_store.place(Decision(article=made.id, story=story, joined=False, why=Why(key="first")), time=NOW)
    return empty_store


def test_a_rewriting_is_given_back_as_it_was_kept_and_for_its_story_alone(store: Store) -> None:
    assert store.rewriting(STORY) is None
    store.put_rewriting(STORY, MADE)
    assert store.rewriting(STORY) == MADE
    assert store.rewriting(OTHER) is None


def test_the_latest_takes_the_place_of_an_earlier_one(store: Store) -> None:
    later = replace(MADE, made_of="other", sentences=SENTENCES[1:])
    store.put_rewriting(STORY, MADE)
    store.put_rewriting(OTHER, MADE)
    store.put_rewriting(STORY, later)
    assert store.rewriting(STORY) == later
    assert store.rewriting(OTHER) == MADE


def test_a_rewriting_can_be_forgotten_once_and_again(store: Store) -> None:
    store.put_rewriting(STORY, MADE)
    store.drop_rewriting(STORY)
    store.drop_rewriting(STORY)
    assert store.rewriting(STORY) is None


def test_a_story_that_never_was_has_none(store: Store) -> None:
    assert store.rewriting(StoryId("none")) is None
    with pytest.raises(StoryNotFound):
        store.put_rewriting(StoryId("none"), MADE)
    assert store.rewriting(StoryId("none")) is None


def test_it_is_still_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite3"
    opened = open_store(path)
    made = Article(id=ArticleId("a"), outlet=OutletKey("one"), origin="a", collected=NOW)
    analysis = Analysis(article=made.id, version="1")
    prepared = Prepared(article=made, analysis=analysis, profile=profile(made, analysis))
    opened.add_document(RawDocument(content=b"a", origin="a", kind=Kind.TEXT, collected=NOW), prepared=[prepared])
    opened.place(Decision(article=made.id, story=STORY, joined=False, why=Why(key="first")), time=NOW)
    opened.put_rewriting(STORY, MADE)
    opened.close()
    again = open_store(path)
    assert again.rewriting(STORY) == MADE
    again.close()
