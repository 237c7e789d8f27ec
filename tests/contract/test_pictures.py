"""What every store keeps of reports' pictures: named by reports, fetched once, shown by stories."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.contract.test_store import NOW, decision, document, head, prepared

from tawatur.ids import ArticleId, OutletKey, StoryId, picture_id
from tawatur.model import Picture
from tawatur.picture import KeptPicture, PictureState, StoryPicture
from tawatur.store import Prepared, Store
from tawatur.store.pictures import NEWS
from tawatur.stories.glance import Glance

MINUTE = timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=99)
ONE, TWO = "https://cdn.one.example/1.jpg", "https://cdn.two.example/2.jpg"
LEAD = StoryPicture(id=picture_id(ONE), width=800, height=600, alt="x", article=ArticleId("a"), outlet=OutletKey("one"))


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


def pictured(name: str, address: str, *, outlet: str = "one", at: datetime = NOW) -> Prepared:
    made = prepared(name, at=at)
    return replace(made, article=replace(made.article, outlet=OutletKey(outlet), picture=Picture(address=address)))


def add(
    store: Store, name: str, address: str = ONE, *, outlet: str = "one", at: datetime = NOW, story: str = ""
) -> None:
    store.add_document(document(name, name.encode()), prepared=[pictured(name, address, outlet=outlet, at=at)])
    if story:
        store.place(decision(name, story), time=at)


def claimed(store: Store, now: datetime = NOW, **named: object) -> list[tuple[str, int]]:
    given = {"since": LONG_AGO, "limit": 9} | named
    found = store.claim_pictures(now, now + MINUTE, **given)  # type: ignore[arg-type]
    assert all(one.next_at == now + MINUTE for one in found)
    return [(one.address, one.tries) for one in found]


def keep(store: Store, address: str = ONE) -> KeptPicture:
    known = store.picture(picture_id(address))
    assert known is not None
    kept = replace(known, state=PictureState.KEPT, next_at=None, width=800, height=600, likeness="0f")
    store.put_picture(kept)
    return kept


def test_a_picture_comes_with_the_first_report_that_names_it(store: Store) -> None:
    add(store, "a")
    add(store, "b", outlet="two")
    expected = KeptPicture(id=picture_id(ONE), address=ONE, outlet=OutletKey("one"), found=NOW, next_at=NOW)
    assert (
        store.picture(picture_id(ONE))
        == store.picture_of(ArticleId("a"))
        == store.picture_of(ArticleId("b"))
        == expected
    )
    assert store.picture_of(ArticleId("nobody")) is None
    assert store.picture(picture_id(TWO)) is None
    assert store.count_pictures() == {PictureState.WAITING: 1}


def test_a_report_without_one_names_none(store: Store) -> None:
    store.add_document(document("a"), prepared=[prepared("a", at=NOW)])
    assert store.picture_of(ArticleId("a")) is None
    assert store.count_pictures() == {}


def test_a_picture_is_lent_to_one_and_falls_due_again(store: Store) -> None:
    add(store, "a")
    assert store.next_picture(since=LONG_AGO) == NOW
    assert claimed(store, NOW - MINUTE) == []
    assert claimed(store) == [(ONE, 1)]
    assert claimed(store) == []
    assert store.next_picture(since=LONG_AGO) == NOW + MINUTE
    assert claimed(store, NOW + MINUTE) == [(ONE, 2)]


def test_each_outlet_lends_its_latest_one(store: Store) -> None:
    for number in range(3):
        add(store, f"a{number}", f"{ONE}?{number}")
    add(store, "b", TWO, outlet="two")
    for number in range(3):
        found = store.picture(picture_id(f"{ONE}?{number}"))
        assert found
        store.put_picture(replace(found, next_at=NOW - number * MINUTE))
    assert claimed(store) == [(f"{ONE}?0", 1), (TWO, 1)]
    assert claimed(store, without=[OutletKey("one")]) == []
    assert claimed(store) == [(f"{ONE}?1", 1)]
    assert claimed(store, limit=0) == []


def test_pictures_of_old_reports_wait_for_nothing_until_news_names_them(store: Store) -> None:
    add(store, "a", at=NOW - NEWS)
    assert claimed(store) == []
    assert store.next_picture(since=LONG_AGO) is None
    add(store, "b", at=NOW - NEWS + MINUTE)
    assert claimed(store) == [(ONE, 1)]


def test_pictures_that_were_found_long_ago_lapse(store: Store) -> None:
    add(store, "a")
    assert claimed(store, since=NOW + MINUTE) == []
    assert store.next_picture(since=NOW + MINUTE) is None
    store.lapse_pictures(before=NOW)
    assert store.next_picture(since=LONG_AGO) == NOW
    store.lapse_pictures(before=NOW + MINUTE)
    assert store.next_picture(since=LONG_AGO) is None


def test_what_became_of_it_is_kept_and_never_asked_for_again(store: Store) -> None:
    add(store, "a")
    kept = keep(store)
    assert store.picture(kept.id) == kept
    assert claimed(store, NOW + MINUTE) == []
    add(store, "b")
    assert store.picture(kept.id) == kept
    store.put_picture(replace(kept, state=PictureState.REFUSED, reason="picture.small", detail="9 x 9"))
    add(store, "c")
    assert claimed(store, NOW + MINUTE) == []
    assert store.count_pictures() == {PictureState.REFUSED: 1}


def test_a_story_has_the_kept_pictures_of_its_reports(store: Store) -> None:
    add(store, "a", story="S")
    add(store, "b", TWO, story="S")
    add(store, "c", story="T")
    assert store.pictures_of(StoryId("S")) == {}
    kept = keep(store)
    assert store.pictures_of(StoryId("S")) == {"a": kept}
    assert store.pictures_of(StoryId("T")) == {"c": kept}
    assert store.pictures_of(StoryId("nobody")) == {}
    assert set(store.stories_with(kept.id, most=9)) == {"S", "T"}
    assert len(store.stories_with(kept.id, most=1)) == 1
    assert store.stories_with(picture_id("x"), most=9) == ()


def test_lists_show_the_picture_that_leads(store: Store) -> None:
    add(store, "a", story="S")
    store.put_leading(StoryId("S"), LEAD)
    assert store.headlines(limit=9) == ()
    store.put_story(head("S"), (), glance=Glance(section="sport", agreed=3))
    before = store.edition()
    store.put_leading(StoryId("S"), LEAD)
    (found,) = store.headlines(limit=9)
    assert found.glance == Glance(section="sport", agreed=3, picture=LEAD)
    assert [one.head.id for one in store.headlines(limit=9, section="sport")] == ["S"]
    shown = store.edition()
    assert shown != before
    store.put_leading(StoryId("S"), LEAD)
    assert store.edition() == shown, "nothing has changed"
    store.put_leading(StoryId("S"), None)
    assert store.headlines(limit=9)[0].glance.picture is None


def test_the_edition_changes_with_what_is_kept(store: Store) -> None:
    add(store, "a", story="S")
    before = store.edition()
    claimed(store)
    assert store.edition() == before
    kept = keep(store)
    shown = store.edition()
    assert shown != before
    store.put_picture(replace(kept, state=PictureState.GONE))
    assert store.edition() != shown
