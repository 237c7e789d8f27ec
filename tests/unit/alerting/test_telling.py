"""What was found is told at a good time, once, and by every channel that was chosen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import chain

import pytest
from tests.unit.alerting.desk import DAY, EVERY_CHANNEL, HOUR, MINUTE, NOW, SALMA, Desk, breaking

from tawatur.alert import Browser, Webhook, WebhookId, browser_id
from tawatur.alerting.telling import STALE
from tawatur.alerting.words import Words
from tawatur.letters import Letters
from tawatur.messages import catalogue
from tawatur.model import Outlets
from tawatur.newsletter import Channel, Issue, Newsletter, NewsletterId, Pause, QuietHours, issue_id
from tawatur.store import Store

AT = "https://push.example/1"


@pytest.fixture
def desk(empty_store: Store) -> Desk:
    return Desk(empty_store)


def channels(desk: Desk) -> None:
    desk.store.put_browser(
        Browser(id=browser_id(AT), reader=SALMA.id, endpoint=AT, p256dh="B", auth="A", made=NOW, agent="Firefox")
    )
    hook = Webhook(id=WebhookId("h1"), reader=SALMA.id, url="https://salma.example/hook", made=NOW)
    desk.store.put_webhook(hook)
    desk.store.put_webhook(replace(hook, id=WebhookId("h2"), disabled=NOW))


def chained(desk: Desk, newsletter: str) -> list[str]:
    return list(chain.from_iterable(desk.told(newsletter)))


def found(desk: Desk, *stories: str, now: datetime = NOW) -> None:
    for story in stories:
        desk.rise(story, 60, 30, 5)
    desk.look(now)


def test_an_alert_is_told_by_every_channel_that_was_chosen(desk: Desk) -> None:
    channels(desk)
    desk.watch(breaking("b1", channels=EVERY_CHANNEL), breaking("b2", channels=frozenset({Channel.WEBHOOK})))
    found(desk, "s1")
    desk.tell()
    due = desk.store.claim_dispatches(now=NOW + DAY, lease=HOUR, limit=9)
    assert sorted((one.channel.value, one.target) for one in due) == [
        ("push", browser_id(AT)),
        ("webhook", "h1"),
        ("webhook", "h1"),
    ]
    assert len({one.issue for one in due}) == 2
    assert [one.letter.kind for one in desk.store.waiting_letters()] == ["issue"]
    assert desk.told("b1") == [["s1"]] == desk.told("b2")


def test_an_alert_is_told_a_little_later_and_once(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    found(desk, "s1")
    desk.tell(NOW)
    assert desk.told("b1") == []
    desk.tell()
    desk.tell()
    assert desk.told("b1") == [["s1"]]


def test_two_are_told_alone_and_twenty_in_one(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    found(desk, "s1", "s2")
    desk.tell()
    assert desk.told("b1") == [["s1"], ["s2"]]
    flood = [f"f{number}" for number in range(20)]
    found(desk, *flood)
    desk.tell()
    assert len(desk.told("b1")) == 3
    content = desk.store.issue(issue_id(NewsletterId("b1"), 3)).content
    assert (content.told, content.counts.stories) == (10, 20)
    assert Words("ar", "").standing(desk.store.issue(issue_id(NewsletterId("b1"), 3))) == catalogue("ar").text(
        "alerts.told.more", n=19
    )


def test_what_was_found_in_quiet_hours_is_told_at_their_end_in_one(desk: Desk) -> None:
    quiet = QuietHours(begin=time(11), end=time(15))
    desk.watch(breaking("b1", quiet=quiet))
    found(desk, "s1")
    desk.tell()
    found(desk, "s2")
    desk.tell(NOW + 2 * MINUTE)
    assert desk.told("b1") == []
    desk.tell(datetime(2026, 3, 9, 15, 0, tzinfo=UTC))
    assert desk.told("b1") == [["s1", "s2"]]


def test_a_reader_is_told_so_many_an_hour_whatever_asked(desk: Desk) -> None:
    desk.store.put_ceiling(SALMA.id, 2)
    desk.watch(breaking("b1"), breaking("b2"))
    found(desk, "s1")
    desk.tell()
    found(desk, "s2", "s3")
    desk.tell(NOW + 2 * MINUTE)
    assert desk.told("b1") == desk.told("b2") == [["s1"]]
    desk.tell(NOW + HOUR + 2 * MINUTE)
    assert desk.told("b1") == [["s1"], ["s2", "s3"]]


def test_after_a_long_pause_each_story_is_told_once_and_what_is_old_never(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    found(desk, "s1", "s2")
    desk.tell(NOW + 9 * HOUR)
    assert desk.told("b1") == [["s1"], ["s2"]]
    found(desk, "s3")
    desk.tell(NOW + STALE)
    assert chained(desk, "b1").count("s3") == 0
    desk.tell(NOW + 2 * STALE)
    assert len(chained(desk, "b1")) == 2


def test_a_newsletter_that_was_paused_meanwhile_tells_nothing(desk: Desk) -> None:
    desk.watch(breaking("b1"))
    found(desk, "s1")
    desk.watch(replace(breaking("b1"), paused=Pause.ASKED))
    desk.tell()
    desk.watch(breaking("b1"))
    desk.tell()
    assert desk.told("b1") == []


def test_many_who_tell_at_once_tell_each_story_once(desk: Desk) -> None:
    channels(desk)
    desk.watch(*(breaking(f"b{number}", channels=EVERY_CHANNEL) for number in range(3)))
    desk.store.put_ceiling(SALMA.id, 30)
    found(desk, "s1", "s2")
    with ThreadPoolExecutor(1 if type(desk.store).__name__ == "MemoryStore" else 4) as pool:
        list(pool.map(lambda _: desk.tell(), range(4)))
    assert [chained(desk, f"b{number}") for number in range(3)] == [["s1", "s2"]] * 3
    due = desk.store.claim_dispatches(now=NOW + DAY, lease=HOUR, limit=99)
    assert len(due) == len({one.id for one in due}) == 12


def test_an_issue_that_somebody_else_made_meanwhile_leaves_its_alerts_to_be_told(desk: Desk) -> None:
    """Between the making of an issue and its being kept another one takes its number: nothing of it is kept."""
    if type(desk.store).__name__ == "MemoryStore":
        pytest.skip("in memory nothing is rolled back")
    desk.watch(breaking("b1"))
    found(desk, "s1")
    (alert,) = desk.store.alerts_of(NewsletterId("b1"), now=NOW + MINUTE)

    def meanwhile(newsletter: Newsletter, issue: Issue) -> None:
        desk.store.tell_alerts([alert.number], issue_id(newsletter.id, 99), at=NOW)

    hindered = Letters(desk.store, Outlets(()), carriers=(meanwhile,))
    replace(desk.telling, letters=hindered).tell_due(NOW + MINUTE)
    assert desk.store.newsletter(NewsletterId("b1")).issues == 0
    assert desk.store.waiting_letters() == ()
    desk.tell()
    assert desk.told("b1") == [["s1"]]
