"""News that comes bit by bit, and what the next issue says of a story that was told: what is new in it, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.web.arriving import MORNING, Newsroom

from tawatur.letters import Letters
from tawatur.newsletter import ChangeKind, Content, Length, Newsletter, NewsletterId, NewsletterKind
from tawatur.reader import Reader, ReaderId
from tawatur.store.reads import Read

HOUR = timedelta(hours=1)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=MORNING)
EVENING = Newsletter(
    id=NewsletterId("evening"), owner=SALMA.id, kind=NewsletterKind.EVENING, made=MORNING, length=Length.MEDIUM
)


@pytest.fixture
def newsroom() -> Newsroom:
    made = Newsroom()
    made.store.add_reader(SALMA)
    made.store.put_newsletter(EVENING, due=None)
    made.arrives("factory_first", "factory_second", "museum")
    return made


@pytest.fixture
def letters(newsroom: Newsroom) -> Letters:
    return Letters(newsroom.store, newsroom.outlets)


def sent(letters: Letters, hour: int) -> Content | None:
    issue = letters.send(EVENING.id, MORNING + hour * HOUR)
    return issue.content if issue else None


def test_a_story_that_was_told_comes_again_with_what_changed_alone(letters: Letters, newsroom: Newsroom) -> None:
    first = sent(letters, 6)
    assert first
    assert {one.id for one in first.stories} == {newsroom.story("factory_first"), newsroom.story("museum")}
    assert all(not one.told_before for one in first.stories)
    assert sent(letters, 7) is None
    newsroom.arrives("factory_third")
    second = sent(letters, 10)
    assert second
    (story,) = second.stories
    assert story.id == newsroom.story("factory_first")
    assert story.told_before
    (figure,) = [one for one in story.changes if one.kind is ChangeKind.FIGURE]
    assert (figure.was.split()[0], figure.now.split()[0]) == ("5", "7")
    assert [story.sources[one].outlet for one in figure.sources] == ["barid"]
    assert len(story.sentences) <= 1
    assert second.headlines == ()
    assert sent(letters, 11) is None


def test_a_story_that_goes_on_is_told_by_its_latest_turn(letters: Letters, newsroom: Newsroom) -> None:
    newsroom.arrives("factory_third")
    store = newsroom.store
    article = next(
        one.article for one in store.reports(newsroom.story("factory_first")) if one.article.outlet == "barid"
    )
    store.put_newsletter(replace(EVENING, length=Length.SHORT), due=None)
    content = letters.preview(replace(EVENING, length=Length.SHORT), MORNING + 27 * HOUR)
    assert content
    # A day looks back to two hours behind the first report.
    (story,) = [one for one in content.content.stories if one.id == newsroom.story("factory_first")]
    assert story.title == article.title
    assert story.sentences[0].text in article.text


def test_what_its_reader_has_read_is_told_when_it_changes(letters: Letters, newsroom: Newsroom) -> None:
    story, store = newsroom.story("factory_first"), newsroom.store
    reports = frozenset(one.article for one in store.standing(story))
    store.put_read(SALMA.id, Read(story=story, at=MORNING, reports=reports))
    first = sent(letters, 6)
    assert first
    assert [one.id for one in first.stories] == [newsroom.story("museum")]
    newsroom.arrives("factory_third")
    second = sent(letters, 10)
    assert second
    assert [one.id for one in second.stories] == [story]
    assert second.stories[0].told_before
