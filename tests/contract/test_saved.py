"""What every store keeps of what readers saved, of the clippings behind it, and of the keys of programs and feed readers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.errors import ClippingNotFound, ReaderNotFound, SavedNotFound
from tawatur.model import ArticleId, BlockKind, OutletKey, Span
from tawatur.reader import Reader, ReaderId
from tawatur.saved import (
    ClippedBlock,
    ClippedReport,
    Clipping,
    Highlight,
    Saved,
    SavedId,
    SavedKind,
    SavedOrder,
    SavedState,
    Wanted,
)
from tawatur.store import Store
from tawatur.store.keys import AccessKey, Scope

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SALMA = Reader(id=ReaderId("r-1"), email="salma@manara.example", made=NOW)
OMAR = Reader(id=ReaderId("r-2"), email="omar@nabd.example", made=NOW)
REPORT = ClippedReport(
    outlet=OutletKey("manara"), name="Manara", article=ArticleId("a1"), title="Bridge", published=NOW
)
BLOCK = ClippedBlock(kind=BlockKind.PARAGRAPH, text="The bridge opened.")
TEXT = Clipping(title="Bridge", blocks=(BLOCK,), reports=(REPORT,), independent=1, figures=("7",))
OTHER = replace(TEXT, title="Ferry")
MARKED = Highlight(id="h1", span=Span(4, 10), text="bridge", at=NOW, note="which one?")
BRIDGE = Saved(
    reader=SALMA.id,
    kind=SavedKind.ARTICLE,
    of="a1",
    title="Bridge",
    at=NOW,
    lead="The bridge opened.",
    outlets=(OutletKey("manara"),),
    published=NOW - HOUR,
    note="for the paper",
    tags=("roads", "paper"),
    version="a1",
    highlights=(MARKED,),
    clippings=(TEXT.id,),
)
FERRY = replace(
    BRIDGE, of="a2", title="A ferry", at=NOW + HOUR, published=None, tags=("sea",), clippings=(), highlights=()
)
ALL = Wanted(state=SavedState.ALL)


@pytest.fixture
def store(empty_store: Store) -> Store:
    empty_store.add_reader(SALMA)
    empty_store.add_reader(OMAR)
    return empty_store


def put(store: Store, *saved: Saved) -> None:
    for one in saved:
        store.put_saved(one, words=one.title.lower().split(), clippings=(TEXT, OTHER))


def test_what_was_saved_is_given_back_to_whom_it_belongs(store: Store) -> None:
    put(store, BRIDGE)
    assert store.saved(SALMA.id, BRIDGE.id) == BRIDGE
    with pytest.raises(SavedNotFound):
        store.saved(OMAR.id, BRIDGE.id)
    with pytest.raises(SavedNotFound):
        store.saved(SALMA.id, SavedId("none"))
    with pytest.raises(ReaderNotFound):
        put(store, replace(BRIDGE, reader=ReaderId("none")))


def test_saving_again_takes_the_place_of_what_was_saved(store: Store) -> None:
    put(store, BRIDGE)
    put(store, replace(BRIDGE, note="", tags=("sea",), read=True))
    assert store.saved_list(SALMA.id, ALL) == (replace(BRIDGE, note="", tags=("sea",), read=True),)
    assert store.saved_tags(SALMA.id) == {"sea": 1}


def test_a_clipping_is_kept_once_and_as_long_as_anybody_has_it(store: Store) -> None:
    put(store, BRIDGE, replace(BRIDGE, reader=OMAR.id))
    assert store.clippings((OTHER.id, TEXT.id)) == (TEXT,)
    store.drop_saved(SALMA.id, BRIDGE.id)
    assert store.clippings((TEXT.id,)) == (TEXT,)
    put(store, replace(BRIDGE, reader=OMAR.id, clippings=(OTHER.id,)))
    assert store.clippings((TEXT.id, OTHER.id)) == (OTHER,)
    store.drop_reader(OMAR.id)
    assert store.clippings((TEXT.id, OTHER.id)) == ()


def test_nothing_is_saved_with_a_clipping_that_is_not_there(store: Store) -> None:
    with pytest.raises(ClippingNotFound):
        store.put_saved(BRIDGE, words=())
    assert store.saved_count(SALMA.id, ALL) == 0
    put(store, BRIDGE)
    store.put_saved(replace(BRIDGE, read=True), words=())
    assert store.clippings(BRIDGE.clippings) == (TEXT,)


def test_a_list_is_sorted_as_asked_for(store: Store) -> None:
    old = replace(BRIDGE, of="a3", title="Zoo", at=NOW - HOUR, published=NOW)
    put(store, BRIDGE, FERRY, old)

    def of(order: SavedOrder) -> list[str]:
        return [one.title for one in store.saved_list(SALMA.id, replace(ALL, order=order))]

    assert of(SavedOrder.NEWEST) == ["A ferry", "Bridge", "Zoo"]
    assert of(SavedOrder.OLDEST) == ["Zoo", "Bridge", "A ferry"]
    assert of(SavedOrder.PUBLISHED) == ["Zoo", "Bridge", "A ferry"]
    assert of(SavedOrder.TITLE) == ["A ferry", "Bridge", "Zoo"]
    assert store.saved_list(SALMA.id, replace(ALL, limit=1, skip=1)) == (BRIDGE,)


def test_a_list_has_what_it_is_asked_for(store: Store) -> None:
    put(store, replace(BRIDGE, archived=True), replace(FERRY, read=True), replace(FERRY, of="s1", kind=SavedKind.STORY))

    def of(**asked: object) -> list[str]:
        wanted = Wanted(**asked)  # type: ignore[arg-type]
        found = store.saved_list(SALMA.id, wanted)
        assert store.saved_count(SALMA.id, wanted) == len(found)
        return sorted(one.of for one in found)

    assert of() == ["a2", "s1"]
    assert of(state=SavedState.UNREAD) == ["s1"]
    assert of(state=SavedState.ARCHIVED) == ["a1"]
    assert of(state=SavedState.ALL) == ["a1", "a2", "s1"]
    assert of(kind=SavedKind.STORY) == ["s1"]
    assert of(state=SavedState.ALL, tag="roads") == ["a1"]
    assert of(state=SavedState.ALL, tag="road") == []


def test_what_was_saved_is_found_by_words_that_follow_one_another(store: Store) -> None:
    store.put_saved(FERRY, words=("ferry", "to", "the", "island", "1.3", 'o"k'))
    put(store, replace(FERRY, reader=OMAR.id))

    def found(*phrases: tuple[str, ...]) -> bool:
        return store.saved_list(SALMA.id, Wanted(phrases=phrases)) == (FERRY,)

    assert found(("ferry",), ("island",))
    assert found(("to", "the"), ("1.3",))
    assert not found(("ferry", "the"))
    assert not found(("ferry",), ("bridge",))
    assert not found(("ferry OR bridge",))
    store.put_saved(FERRY, words=("bridge",))
    assert found(("bridge",))
    assert not found(("ferry",))


def test_tags_are_counted_for_their_reader(store: Store) -> None:
    put(store, BRIDGE, FERRY, replace(FERRY, of="a4"), replace(BRIDGE, reader=OMAR.id, tags=("omar",)))
    assert dict(store.saved_tags(SALMA.id)) == {"paper": 1, "roads": 1, "sea": 2}
    store.drop_saved(OMAR.id, BRIDGE.id)
    store.drop_saved(SALMA.id, BRIDGE.id)
    assert dict(store.saved_tags(SALMA.id)) == {"sea": 2}


def test_a_reader_takes_all_with_him_and_leaves_nothing(store: Store) -> None:
    put(store, BRIDGE)
    store.add_key(key("k1"))
    (saved,) = store.export(SALMA.id)["saved"]  # type: ignore[misc]
    assert (saved["of"], saved["tags"], saved["highlights"][0]["text"]) == ("a1", ["roads", "paper"], "bridge")
    assert saved["texts"][0]["blocks"][0]["text"] == "The bridge opened."
    (known,) = store.export(SALMA.id)["keys"]  # type: ignore[misc]
    assert "hash" not in known
    store.drop_reader(SALMA.id)
    assert store.export(SALMA.id)["saved"] == store.export(SALMA.id)["keys"] == []
    store.add_reader(SALMA)
    assert store.saved_list(SALMA.id, ALL) == ()
    assert store.saved_list(SALMA.id, replace(ALL, phrases=(("bridge",),))) == ()


def key(id: str, **fields: object) -> AccessKey:
    made = {"hash": f"hash of {id}", "reader": SALMA.id, "scope": Scope.READ, "name": "desk", "made": NOW}
    return AccessKey(id=id, **{**made, **fields})  # type: ignore[arg-type]


def test_a_key_is_known_by_its_hash_until_it_is_dropped_or_renewed(store: Store) -> None:
    first, later = key("k1"), key("k2", scope=Scope.FEED, name="/saved", made=NOW + HOUR)
    for one in (first, later, key("k3", reader=OMAR.id)):
        store.add_key(one)
    assert store.key("hash of k1") == (first, SALMA)
    assert store.key("k1") is None
    assert store.keys(SALMA.id) == (later, first)
    store.touch_key("hash of k1", used=NOW + HOUR)
    assert store.key("hash of k1") == (replace(first, used=NOW + HOUR), SALMA)
    store.add_key(replace(first, hash="renewed"))
    assert store.key("hash of k1") is None
    store.drop_key(OMAR.id, "k1")
    assert store.key("renewed") == (replace(first, hash="renewed"), SALMA)
    store.drop_key(SALMA.id, "k1")
    assert store.key("renewed") is None
    with pytest.raises(ReaderNotFound):
        store.add_key(key("k4", reader=ReaderId("none")))
