"""What every store keeps of what readers care about: choices and acts with stories, bounded, and gone with the reader."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.contract.test_repairs import add, head

from tawatur.digest import interests
from tawatur.digest.interests import Act, Choice, Facet, Lesson, Stance, Subject, SubjectKind
from tawatur.errors import ReaderNotFound, StoryNotFound
from tawatur.model import StoryId
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=NOW)
OMAR = Reader(id=ReaderId("r2"), email="omar@nabd.example", made=NOW)
WAFA, PORT = Subject(SubjectKind.PERSON, "wafa"), Subject(SubjectKind.PLACE, "port")
FOLLOWED = Choice(subject=WAFA, name="Wafa Nahas", stance=Stance.FOLLOW, at=NOW)
ABOUT = (Facet(subject=WAFA, name="Wafa", share=0.75, stories=3), Facet(subject=PORT, name="Port", share=0.5))


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA)
    empty_store.add_reader(OMAR)
    for number, story in enumerate("STU"):
        add(empty_store, story.lower(), story, hours=number)
        empty_store.put_story(head(story), ())
    return empty_store


def act(story: str, what: Act = Act.OPENED, *, hours: float = 0) -> Lesson:
    return Lesson(story=StoryId(story), title=f"title of {story}", act=what, at=NOW + hours * HOUR, facets=ABOUT)


def acts(store: Store) -> list[tuple[str, str]]:
    return [(one.story, one.act) for one in store.lessons(SALMA.id)]


def test_choices_are_each_readers_own_and_the_last_of_a_subject_counts(store: Store) -> None:
    assert store.put_choice(SALMA.id, FOLLOWED)
    assert store.put_choice(SALMA.id, replace(FOLLOWED, subject=PORT, name="Port", at=NOW + HOUR))
    muted = replace(FOLLOWED, stance=Stance.MUTE, name="W. Nahas", at=NOW + 2 * HOUR)
    assert store.put_choice(SALMA.id, muted)
    assert [(one.subject, one.name, one.stance) for one in store.choices(SALMA.id)] == [
        (PORT, "Port", Stance.FOLLOW),
        (WAFA, "W. Nahas", Stance.MUTE),
    ]
    assert store.choices(OMAR.id) == store.choices(ReaderId("none")) == ()
    store.drop_choice(SALMA.id, WAFA)
    store.drop_choice(OMAR.id, PORT)
    assert [one.subject for one in store.choices(SALMA.id)] == [PORT]


def test_a_person_and_a_place_of_one_key_are_two(store: Store) -> None:
    store.put_choice(SALMA.id, FOLLOWED)
    store.put_choice(SALMA.id, replace(FOLLOWED, subject=Subject(SubjectKind.PLACE, "wafa"), stance=Stance.MUTE))
    assert len(store.choices(SALMA.id)) == 2


def test_nobody_follows_more_than_there_is_room_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlite_interests", "memory_interests"):
        monkeypatch.setattr(f"tawatur.store.{module}.MOST_CHOICES", 2)
    others = [replace(FOLLOWED, subject=Subject(SubjectKind.WORD, f"w{at}"), at=NOW + at * HOUR) for at in range(3)]
    assert [store.put_choice(SALMA.id, one) for one in others] == [True, True, False]
    assert store.put_choice(SALMA.id, replace(others[0], stance=Stance.MUTE))  # takes no room
    assert len(store.choices(SALMA.id)) == 2


def test_acts_come_back_as_they_were_the_latest_first(store: Store) -> None:
    for lesson in (act("S"), act("T", Act.SAVED, hours=2), act("S", Act.SAVED, hours=1)):
        store.put_lesson(SALMA.id, lesson)
    assert acts(store) == [("T", "saved"), ("S", "saved"), ("S", "opened")]
    assert store.lessons(SALMA.id)[-1] == act("S")
    assert store.lessons(OMAR.id) == ()


def test_an_act_that_is_done_again_is_one(store: Store) -> None:
    store.put_lesson(SALMA.id, act("S"))
    store.put_lesson(SALMA.id, act("T", hours=1))
    store.put_lesson(SALMA.id, act("S", hours=2))
    assert acts(store) == [("S", "opened"), ("T", "opened")]


def test_of_more_and_less_the_last_one_stays(store: Store) -> None:
    store.put_lesson(SALMA.id, act("S"))
    store.put_lesson(SALMA.id, act("S", Act.MORE))
    store.put_lesson(SALMA.id, act("S", Act.LESS, hours=1))
    assert acts(store) == [("S", "less"), ("S", "opened")]
    store.drop_lesson(SALMA.id, StoryId("S"), Act.LESS)
    assert acts(store) == [("S", "opened")]


def test_the_oldest_acts_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlite_interests", "memory_interests"):
        monkeypatch.setattr(f"tawatur.store.{module}.MOST_LESSONS", 2)
    store.put_lesson(OMAR.id, act("S"))
    for hours, story in enumerate("STU"):
        store.put_lesson(SALMA.id, act(story, hours=hours))
    assert acts(store) == [("U", "opened"), ("T", "opened")]
    assert len(store.lessons(OMAR.id)) == 1


def test_a_subject_can_be_taken_out_of_all_acts(store: Store) -> None:
    for story in "ST":
        store.put_lesson(SALMA.id, act(story))
        store.put_lesson(OMAR.id, act(story))
    store.forget_subject(SALMA.id, WAFA)
    assert {facet.subject for one in store.lessons(SALMA.id) for facet in one.facets} == {PORT}
    assert {facet.subject for one in store.lessons(OMAR.id) for facet in one.facets} == {PORT, WAFA}
    store.drop_lessons(SALMA.id)
    assert store.lessons(SALMA.id) == ()
    assert len(store.lessons(OMAR.id)) == 2


def test_nothing_is_kept_of_nobody_and_of_no_story(store: Store) -> None:
    for fails in (
        lambda: store.put_choice(ReaderId("none"), FOLLOWED),
        lambda: store.put_lesson(ReaderId("none"), act("S")),
    ):
        with pytest.raises(ReaderNotFound):
            fails()
    with pytest.raises(StoryNotFound):
        store.put_lesson(SALMA.id, act("none"))
    assert (store.choices(ReaderId("none")), store.lessons(SALMA.id)) == ((), ())


def test_a_readers_export_has_it_all_and_his_end_is_its_end(store: Store) -> None:
    store.put_choice(SALMA.id, FOLLOWED)
    store.put_lesson(SALMA.id, act("S", Act.MORE))
    found = store.export(SALMA.id)["interests"]
    assert found == {
        "choices": [{"kind": "person", "key": "wafa", "name": "Wafa Nahas", "stance": "follow", "at": NOW.isoformat()}],
        "lessons": [
            {
                "story": "S",
                "title": "title of S",
                "act": "more",
                "at": NOW.isoformat(),
                "about": [
                    {"kind": "person", "key": "wafa", "name": "Wafa", "share": 0.75},
                    {"kind": "place", "key": "port", "name": "Port", "share": 0.5},
                ],
            }
        ],
    }
    store.drop_reader(SALMA.id)
    store.add_reader(SALMA)
    assert store.export(SALMA.id)["interests"] == {"choices": [], "lessons": []}


def test_what_is_learned_is_worked_out_of_what_every_store_gives(store: Store) -> None:
    store.put_lesson(SALMA.id, act("S", Act.MORE))
    (wafa, port) = interests.learned(store.lessons(SALMA.id), now=NOW)
    assert (wafa.subject, port.subject) == (WAFA, PORT)
    assert wafa.strength > port.strength > 0
