"""What every store keeps of reading: what is read, what is changed since, all at once, and what repairs do to it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contract.test_repairs import add, head, merge, repair

from tawatur.errors import ReaderNotFound, StoryNotFound
from tawatur.model import ArticleId, RepairKind, StoryId
from tawatur.reader import Reader, ReaderId
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.reads import KEPT, Read, ReadState

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=NOW)
OMAR = Reader(id=ReaderId("r2"), email="omar@nabd.example", made=NOW)
UNREAD, READ, CHANGED = ReadState.UNREAD, ReadState.READ, ReadState.CHANGED
#: The stories with their reports.
STORIES = {"S": "abc", "T": "de", "U": "f"}


@pytest.fixture
def store(empty_store: Store) -> Store:
    fill(empty_store)
    return empty_store


def fill(store: Store) -> None:
    store.add_reader(SALMA)
    store.add_reader(OMAR)
    for story, reports in STORIES.items():
        for number, article in enumerate(reports):
            add(store, article, story, hours=number)
        store.put_story(head(story), ())
        tell(store, story, reports)


def tell(store: Store, story: str, reports: str) -> int:
    return store.put_told(StoryId(story), map(ArticleId, reports))


def read(store: Store, story: str, *, reader: Reader = SALMA, hours: float = 0, reports: str = "") -> None:
    held = frozenset(map(ArticleId, reports or STORIES[story]))
    store.put_read(reader.id, Read(story=StoryId(story), at=NOW + hours * HOUR, reports=held))


def states(store: Store, stories: str = "STU", reader: Reader = SALMA) -> list[ReadState]:
    found = store.read_states(reader.id, map(StoryId, stories))
    return [found[StoryId(story)] for story in stories]


def test_what_was_read_is_read_by_that_reader_alone(store: Store) -> None:
    read(store, "S")
    assert states(store) == [READ, UNREAD, UNREAD]
    assert states(store, reader=OMAR) == [UNREAD] * 3
    assert states(store, reader=replace(OMAR, id=ReaderId("none"))) == [UNREAD] * 3
    assert store.read_states(SALMA.id, ()) == {}


def test_a_story_that_tells_something_new_is_changed_until_it_is_read_again(store: Store) -> None:
    read(store, "S")
    tell(store, "S", "abcx")
    tell(store, "T", "dex")
    assert states(store) == [CHANGED, UNREAD, UNREAD]
    read(store, "S", reports="abcx")
    assert states(store) == [READ, UNREAD, UNREAD]


def test_numbers_grow_over_all_stories_and_are_given_back_with_their_reports(store: Store) -> None:
    first, second = tell(store, "S", "abc"), tell(store, "U", "f")
    assert second > first
    told = store.told(StoryId("S"))
    assert told is not None
    assert (told.number, told.reports) == (first, {"a", "b", "c"})
    assert store.told(StoryId("none")) is None


def test_a_story_of_an_older_release_is_read_although_nothing_was_noted_of_it(store: Store) -> None:
    add(store, "g", "V")
    store.put_story(head("V"), ())
    assert states(store, "V") == [UNREAD]
    read(store, "V", reports="g")
    assert states(store, "V") == [READ]
    tell(store, "V", "g")  # made anew: the reports are those that were read
    assert states(store, "V") == [READ]
    tell(store, "V", "gh")
    assert states(store, "V") == [CHANGED]


def test_what_was_read_is_told_with_its_reports_the_last_first_and_can_be_forgotten(store: Store) -> None:
    read(store, "S")
    read(store, "T", hours=1)
    read(store, "S", hours=2, reports="ab")
    assert [one.story for one in store.reads(SALMA.id, limit=9)] == ["S", "T"]
    assert store.reads(SALMA.id, limit=1)[0] == store.read_of(SALMA.id, StoryId("S"))
    found = store.read_of(SALMA.id, StoryId("S"))
    assert found is not None
    assert (found.reports, found.at, found.before) == ({"a", "b"}, NOW + 2 * HOUR, frozenset())
    again = replace(found, before=frozenset({ArticleId("a")}))
    store.put_read(SALMA.id, again)
    assert store.read_of(SALMA.id, StoryId("S")) == again
    store.drop_read(SALMA.id, StoryId("S"))
    assert states(store) == [UNREAD, READ, UNREAD]
    assert store.read_of(SALMA.id, StoryId("S")) is None
    store.drop_reads(SALMA.id)
    assert store.reads(SALMA.id, limit=9) == ()


def test_all_can_be_called_read_as_it_is_then(store: Store) -> None:
    assert store.all_read(SALMA.id) is None
    read(store, "T")
    tell(store, "T", "dex")
    store.put_all_read(SALMA.id, at=NOW)
    assert store.all_read(SALMA.id) == NOW
    assert states(store) == [READ] * 3
    tell(store, "S", "abcx")
    add(store, "g", "V")
    store.put_story(head("V"), ())
    tell(store, "V", "g")
    assert states(store, "STUV") == [CHANGED, READ, READ, UNREAD]
    assert states(store, reader=OMAR) == [UNREAD] * 3
    store.put_all_read(SALMA.id, at=NOW + HOUR)
    assert states(store, "STUV") == [READ] * 4
    store.drop_reads(SALMA.id)
    assert states(store, "STUV") == [UNREAD] * 4


def test_what_was_read_long_ago_is_forgotten(store: Store) -> None:
    read(store, "S")
    read(store, "T", hours=KEPT / HOUR + 1)
    assert states(store) == [UNREAD, READ, UNREAD]


def test_nothing_is_kept_of_nobody_and_of_no_story(store: Store) -> None:
    with pytest.raises(ReaderNotFound):
        read(store, "S", reader=replace(SALMA, id=ReaderId("none")))
    with pytest.raises(ReaderNotFound):
        store.put_all_read(ReaderId("none"), at=NOW)
    with pytest.raises(StoryNotFound):
        read(store, "none", reports="a")
    with pytest.raises(StoryNotFound):
        tell(store, "none", "a")


def test_a_readers_export_has_it_all_and_his_end_is_its_end(store: Store) -> None:
    read(store, "S")
    store.put_all_read(SALMA.id, at=NOW + HOUR)
    found = store.export(SALMA.id)
    assert found["read"] == [{"story": "S", "at": NOW.isoformat()}]
    assert found["all_read"] == (NOW + HOUR).isoformat()
    store.drop_reader(SALMA.id)
    store.add_reader(SALMA)
    assert states(store) == [UNREAD] * 3
    assert store.export(SALMA.id)["all_read"] is None


# --- What repairs do ------------------------------------------------------------------------------------------------------


def test_a_story_that_ends_in_another_one_takes_along_that_it_was_read(store: Store) -> None:
    read(store, "T")
    merge(store, "de", "T", "S")
    assert states(store, "S") == [CHANGED]  # a, b and c are new to her
    tell(store, "S", "abcde")
    assert states(store, "S") == [CHANGED]


def test_who_has_read_both_stories_has_read_what_they_become(store: Store) -> None:
    read(store, "S")
    read(store, "T", hours=1)
    merge(store, "de", "T", "S")
    assert states(store, "S") == [READ]
    tell(store, "S", "abcde")
    assert states(store, "S") == [READ]
    found = store.read_of(SALMA.id, StoryId("S"))
    assert found is not None
    assert (found.reports, found.at) == (set("abcde"), NOW + HOUR)


def test_what_is_parted_from_a_story_that_was_read_is_read_as_far_as_it_was(store: Store) -> None:
    read(store, "S", reports="ab")
    read(store, "S", reader=OMAR)
    repair(store, RepairKind.SPLIT, "c", "S", "N")
    repair(store, RepairKind.SPLIT, "b", "S", "M")
    for story, reports in (("N", "c"), ("M", "b"), ("S", "a")):
        store.put_story(head(story), ())
        tell(store, story, reports)
    assert states(store, "SNM") == [READ, UNREAD, READ]  # c came behind her reading
    assert states(store, "SNM", reader=OMAR) == [READ] * 3


def test_one_report_that_joins_another_story_makes_that_no_read_one(store: Store) -> None:
    read(store, "S")
    repair(store, RepairKind.MOVE, "c", "S", "T")
    assert states(store) == [READ, UNREAD, UNREAD]


def test_both_stores_stand_alike_after_any_acts(tmp_path: Path) -> None:
    for seed in range(12):
        both = [open_store(MEMORY), open_store(tmp_path / f"{seed}.sqlite3")]
        found = []
        for one in both:
            fill(one)
            found.append(list(played(one, random.Random(seed))))
            one.close()
        assert found[0] == found[1]


def played(store: Store, dice: random.Random) -> Iterator[object]:
    """Do things by chance, and yield how both readers stand to all stories behind each."""
    where = {article: story for story, reports in STORIES.items() for article in reports}
    for step in range(40):
        story, reader = dice.choice("STU"), dice.choice((SALMA, OMAR))
        held = "".join(sorted(article for article, at in where.items() if at == story))
        what = dice.randrange(6)
        if what == 0 and held:
            read(store, story, reader=reader, hours=step, reports=held)
        elif what == 1 and held:
            tell(store, story, held)
        elif what == 2 and held:
            read(store, story, reader=reader, hours=step, reports=held[:1])
        elif what == 3 and step % 7 == 0:
            store.put_all_read(reader.id, at=NOW + step * HOUR)
        elif what == 4:
            store.drop_read(reader.id, StoryId(story))
        elif what == 5 and held:
            going = "".join(dice.sample(held, dice.randint(1, len(held))))
            target = dice.choice([one for one in "STUVW" if one != story])
            repair(store, RepairKind.MOVE, going, story, target)
            where |= dict.fromkeys(going, target)
        yield [states(store, "STUVW", reader=one) for one in (SALMA, OMAR)]
        yield [store.reads(one.id, limit=9) for one in (SALMA, OMAR)]
