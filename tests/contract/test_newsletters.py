"""What every store keeps of newsletters and their issues."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from tawatur.errors import IssueNotFound, NewsletterNotFound, ReaderNotFound
from tawatur.model import ArticleId, StoryId
from tawatur.newsletter import (
    About,
    Content,
    Issue,
    IssueSentence,
    IssueStory,
    Length,
    Newsletter,
    NewsletterId,
    NewsletterKind,
    Rhythm,
    issue_id,
)
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store, open_store
from tawatur.store.newsletters import TOLD_KEPT, Scheduled, ToldStory
from tawatur.store.outbox import Letter

NOW = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
DAY, LEASE = timedelta(days=1), timedelta(minutes=10)
SALMA = Reader(id=ReaderId("salma"), email="salma@manara.example", made=NOW)
MORNING = Newsletter(
    id=NewsletterId("n1"),
    owner=SALMA.id,
    kind=NewsletterKind.MORNING,
    made=NOW,
    rhythm=Rhythm(days=frozenset({1, 2, 5}), at=time(8, 30), zone="Africa/Cairo"),
)
TOPIC = replace(
    MORNING,
    id=NewsletterId("n2"),
    kind=NewsletterKind.TOPIC,
    made=NOW + LEASE,
    subject=About(kind="topic", key="sport", name="Sport"),
    length=Length.LONG,
)
PUBLIC = replace(MORNING, id=NewsletterId("n3"), owner=None, slug="morning")


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA)
    return empty_store


def issue(number: int = 1, *, of: Newsletter = MORNING, slot: datetime | None = NOW, made: datetime = NOW) -> Issue:
    sentence = IssueSentence(text="A bridge opened.", sources=(0,), independent=1)
    story = IssueStory(
        id=StoryId("s1"),
        title="The bridge",
        first=made,
        latest=made,
        reports=1,
        outlets=1,
        independent=1,
        sentences=(sentence,),
        sources=(),
        reasons=(),
    )
    content = Content(kind=of.kind, title="", length=of.length, until=made, stories=(story,))
    return Issue(newsletter=of.id, number=number, made=made, slot=slot, content=content)


def told(story: str, at: datetime, *reports: str) -> ToldStory:
    return ToldStory(story=StoryId(story), at=at, reports=frozenset(map(ArticleId, reports)))


def claimed(store: Store, now: datetime, limit: int = 10) -> list[NewsletterId]:
    return [one.newsletter.id for one in store.claim_newsletters(now=now, lease=LEASE, limit=limit)]


def test_newsletters_come_back_as_they_were_put_the_first_made_first(store: Store) -> None:
    for one in (TOPIC, MORNING, PUBLIC):
        store.put_newsletter(one, due=NOW)
    assert store.newsletter(MORNING.id) == Scheduled(newsletter=MORNING, due=NOW)
    assert store.newsletters_of(SALMA.id) == (
        Scheduled(newsletter=MORNING, due=NOW),
        Scheduled(newsletter=TOPIC, due=NOW),
    )
    assert store.public_newsletters() == (Scheduled(newsletter=PUBLIC, due=NOW),)


def test_a_changed_newsletter_takes_the_place_of_the_old_one_and_keeps_its_issues(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    assert store.put_issue(issue(), settles=NOW, due=NOW + DAY)
    changed = replace(MORNING, length=Length.SHORT)
    store.put_newsletter(changed, due=None)
    found = store.newsletter(MORNING.id)
    assert found == Scheduled(newsletter=changed, due=None, slot=NOW, told=NOW, issues=1)
    assert claimed(store, NOW + 9 * DAY) == []


def test_what_is_unknown_is_refused(store: Store) -> None:
    with pytest.raises(ReaderNotFound):
        store.put_newsletter(replace(MORNING, owner=ReaderId("nobody")), due=NOW)
    with pytest.raises(NewsletterNotFound):
        store.newsletter(MORNING.id)
    with pytest.raises(NewsletterNotFound):
        store.put_issue(issue(), settles=NOW)
    with pytest.raises(IssueNotFound):
        store.issue(issue_id(MORNING.id, 1))
    assert not store.put_nothing(MORNING.id, settles=NOW, slot=NOW, due=None)
    store.drop_newsletter(MORNING.id)


def test_what_is_due_is_lent_to_one_the_longest_due_first(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(TOPIC, due=NOW - DAY)
    store.put_newsletter(PUBLIC, due=None)
    assert store.next_newsletter() == NOW - DAY
    assert claimed(store, NOW - 2 * DAY) == []
    assert claimed(store, NOW, limit=1) == [TOPIC.id]
    assert claimed(store, NOW) == [MORNING.id]
    assert claimed(store, NOW) == []
    assert store.newsletter(TOPIC.id).due == NOW - DAY
    assert store.next_newsletter() == NOW + LEASE
    assert claimed(store, NOW + LEASE) == [MORNING.id, TOPIC.id]


def test_an_issue_is_kept_with_what_it_told_its_letters_and_the_next_time(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    letter = Letter(kind="issue", email=SALMA.email, reader=SALMA.id, once=f"{issue().id}:{SALMA.id}")
    kept = store.put_issue(issue(), told=[told("s1", NOW, "a1")], letters=[letter], settles=NOW, due=NOW + DAY)
    assert kept
    assert store.issue(issue().id) == issue()
    assert [one.letter for one in store.waiting_letters()] == [letter]
    assert store.told_by(MORNING.id, since=NOW) == (told("s1", NOW, "a1"),)
    assert store.newsletter(MORNING.id) == Scheduled(newsletter=MORNING, due=NOW + DAY, slot=NOW, told=NOW, issues=1)
    assert claimed(store, NOW) == []
    assert claimed(store, NOW + DAY) == [MORNING.id]


def test_of_two_who_make_the_same_issue_one_is_told_that_it_was_made(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    letter = Letter(kind="issue", email=SALMA.email)
    assert store.put_issue(issue(), letters=[letter], settles=NOW, due=NOW + DAY)
    assert not store.put_issue(issue(), letters=[letter], settles=NOW, due=NOW + DAY)
    assert not store.put_issue(issue(2), told=[told("s2", NOW, "a2")], letters=[letter], settles=NOW, due=NOW + DAY)
    assert not store.put_issue(issue(1, slot=None), letters=[letter])
    assert not store.put_nothing(MORNING.id, settles=NOW, slot=NOW, due=NOW + DAY)
    assert len(store.waiting_letters()) == 1
    assert store.told_by(MORNING.id, since=NOW) == ()
    assert len(store.issues(MORNING.id, limit=9)) == 1


def test_an_issue_that_was_asked_for_settles_nothing(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW + DAY)
    assert store.put_issue(issue(slot=None))
    found = store.newsletter(MORNING.id)
    assert (found.due, found.slot, found.told, found.issues) == (NOW + DAY, None, NOW, 1)
    assert store.put_issue(issue(2, slot=NOW + DAY), settles=NOW + DAY, due=NOW + 2 * DAY)


def test_where_nothing_is_new_the_next_time_is_noted(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW - 5 * DAY)
    assert store.put_nothing(MORNING.id, settles=NOW - 5 * DAY, slot=NOW, due=NOW + DAY)
    found = store.newsletter(MORNING.id)
    assert (found.due, found.slot, found.told, found.issues) == (NOW + DAY, NOW, None, 0)


def test_what_was_told_again_has_all_reports_and_what_is_old_is_forgotten(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(TOPIC, due=NOW)
    first = [told("s1", NOW, "a1", "a2"), told("s2", NOW, "b1")]
    assert store.put_issue(issue(slot=None), told=first)
    later = NOW + TOLD_KEPT
    assert store.put_issue(issue(2, slot=None, made=later), told=[told("s1", later, "a2", "a3")])
    assert store.told_by(MORNING.id, since=NOW) == (told("s1", later, "a1", "a2", "a3"), told("s2", NOW, "b1"))
    assert store.told_by(MORNING.id, since=later) == (told("s1", later, "a1", "a2", "a3"),)
    assert store.told_by(TOPIC.id, since=NOW) == ()
    assert store.put_issue(issue(3, slot=None, made=later + DAY))
    assert [one.story for one in store.told_by(MORNING.id, since=NOW)] == ["s1"]


def test_issues_are_listed_the_last_one_first(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(TOPIC, due=NOW)
    for number in range(1, 5):
        made = NOW + number * DAY
        assert store.put_issue(issue(number, slot=made if number % 2 else None, made=made))
    assert store.put_issue(issue(1, of=TOPIC, slot=None))
    found = store.issues(MORNING.id, limit=2)
    assert [(one.number, one.id, one.slot) for one in found] == [
        (4, issue_id(MORNING.id, 4), None),
        (3, issue_id(MORNING.id, 3), NOW + 3 * DAY),
    ]
    assert (found[0].leading, found[0].told, found[0].made) == ("The bridge", 1, NOW + 4 * DAY)
    assert [one.number for one in store.issues(MORNING.id, limit=9, before=3)] == [2, 1]


def test_newsletters_are_exported_and_go_with_their_reader(store: Store) -> None:
    store.put_newsletter(MORNING, due=NOW)
    store.put_newsletter(PUBLIC, due=NOW)
    store.put_issue(issue(), told=[told("s1", NOW, "a1")], settles=NOW, due=NOW + DAY)
    (exported,) = store.export(SALMA.id)["newsletters"]  # type: ignore[misc]
    assert exported["kind"] == "morning"
    assert exported["issues"][0]["content"]["stories"][0]["title"] == "The bridge"
    store.drop_reader(SALMA.id)
    assert store.newsletters_of(SALMA.id) == ()
    assert [one.newsletter for one in store.public_newsletters()] == [PUBLIC]
    with pytest.raises(IssueNotFound):
        store.issue(issue().id)
    assert store.told_by(MORNING.id, since=NOW) == ()
    assert claimed(store, NOW + 2 * DAY) == [PUBLIC.id]


def test_many_at_once_get_each_newsletter_once_and_make_each_issue_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.sqlite3")
    for number in range(40):
        store.put_newsletter(replace(PUBLIC, id=NewsletterId(f"n{number:02}")), due=NOW)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: claimed(store, NOW, limit=5), range(16)))
        made = issue(of=replace(PUBLIC, id=NewsletterId("n00")))
        kept = list(pool.map(lambda _: store.put_issue(made, settles=NOW, due=NOW + DAY), range(16)))
    numbers = [one for batch in found for one in batch]
    assert len(numbers) == len(set(numbers)) == 40
    assert kept.count(True) == 1
    store.close()
