"""What every store keeps behind the pages of names, and what repairs and new heads do to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.contract.test_repairs import NOW, add, head, merge

from tawatur.analysis import Person
from tawatur.errors import StoryNotFound
from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.store import Store
from tawatur.stories.naming import (
    Lean,
    Leaning,
    Named,
    NameKind,
    Naming,
    Reporting,
    RoleNaming,
    Said,
    Told,
)
from tawatur.understand.identity import Appearance

DAY = timedelta(days=1)
ONE, TWO = OutletKey("one"), OutletKey("two")
TODAY = date(2026, 3, 9)
STORIES = "STU"


@pytest.fixture
def store(empty_store: Store) -> Store:
    for at, story in enumerate(STORIES):
        add(empty_store, story.lower(), story, hours=24 * at)
    return empty_store


def seen(name: str, article: str = "s") -> Appearance:
    return Appearance(
        article=ArticleId(article),
        person=Person(name=name),
        at=NOW,
        names=(tuple(name.split()),),
        fathers=frozenset(),
        roles=(),
        company=frozenset(),
        places=frozenset(),
    )


def person(name: str, *, number: int | None = None, day: date = TODAY, **more: object) -> Naming:
    made = Naming(
        kind=NameKind.PERSON,
        forms=(name,),
        reports=2,
        outlets=2,
        sources=1,
        days={day.isoformat(): Told(2, 1)},
        number=number,
        evidence=(seen(name),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def thing(kind: NameKind, name: str, *, ident: str = "", day: date = TODAY, sources: int = 1, **more: object) -> Naming:
    made = Naming(
        kind=kind,
        forms=(name,),
        reports=sources,
        outlets=sources,
        sources=sources,
        days={day.isoformat(): Told(sources, sources)},
        ident=ident or name,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def show(store: Store, story: str, *namings: Naming, day: int = 0, reportings: tuple[Reporting, ...] = ()) -> None:
    at = NOW + day * DAY
    shown = replace(head(story), first=at, latest=at)
    store.put_story(shown, (), named=Named(namings=namings, reportings=reportings))


def number(store: Store, kind: NameKind, key: str) -> int:
    found = store.name(kind, key)
    assert found is not None
    return found.number


def stories(store: Store, key: str, kind: NameKind = NameKind.PERSON, **paged: object) -> str:
    found = store.stories_of(number(store, kind, key), limit=10, **paged)  # type: ignore[arg-type]
    return "".join(one.head.id for one in found)


def test_a_new_name_gets_a_key_that_tells_it_and_a_namesake_one_with_a_number(store: Store) -> None:
    show(store, "S", person("Hala Nur"))
    show(store, "T", person("Hala Nur"), thing(NameKind.PLACE, "Hala Nur"))
    heads = store.listed(NameKind.PERSON, limit=10)
    assert [(one.key, one.name, one.stories) for one in heads] == [
        ("Hala-Nur", "Hala Nur", 1),
        ("Hala-Nur-2", "Hala Nur", 1),
    ]
    assert [one.key for one in store.listed(NameKind.PERSON, limit=10, behind="Hala-Nur")] == ["Hala-Nur-2"]
    assert [one.key for one in store.listed(NameKind.PLACE, limit=10)] == ["Hala-Nur"]
    assert store.name(NameKind.PERSON, "Hala") is None


def test_whoever_is_known_again_keeps_the_key_and_is_shown_as_most_stories_spell_the_name(store: Store) -> None:
    show(store, "S", person("Hala Nuur"))
    known = number(store, NameKind.PERSON, "Hala-Nuur")
    for story in "TU":
        show(store, story, person("Hala Nur", number=known, doubtful=story == "U"))
    found = store.name(NameKind.PERSON, "Hala-Nuur")
    assert found is not None
    assert (found.name, found.stories, found.doubtful) == ("Hala Nur", 3, 1)
    assert [one.number for one in store.spelled(NameKind.PERSON, "hala-nuur", limit=9)] == [known]
    assert [one.number for one in store.spelled(NameKind.PERSON, "hala-nur", limit=9)] == [known]
    assert [one.number for one in store.beginning(NameKind.PERSON, "hala", limit=9)] == [known]
    assert store.beginning(NameKind.PERSON, "halb", limit=9) == ()
    assert store.forms_of(known, limit=9) == ("Hala Nur", "Hala Nuur")
    assert store.forms_of(99, limit=9) == ()


def test_bearers_of_a_name_come_with_what_tells_them_the_best_known_first(store: Store) -> None:
    show(store, "S", person("hala nur"), person("hala nur", evidence=(seen("hala nur", "x"),)))
    second = number(store, NameKind.PERSON, "hala-nur-2")
    show(store, "T", person("hala nur", number=second, evidence=(seen("hala nur", "t"),)))
    known = store.bearers(["hala nur"], story=StoryId("T"))
    assert [(one.number, one.stories, one.here) for one in known] == [(second, 2, True), (second - 1, 1, False)]
    assert [shown.article for shown in known[0].evidence] == ["x", "t"]
    assert store.bearers(["nobody"]) == ()
    assert {one.number for one in store.bearers(["nur"])} == {second, second - 1}


def test_stories_of_a_name_come_latest_first_page_by_page(store: Store) -> None:
    show(store, "S", person("A B"), day=1)
    one = number(store, NameKind.PERSON, "A-B")
    show(store, "T", person("A B", number=one), day=1)
    show(store, "U", person("A B", number=one), day=2)
    assert stories(store, "A-B") == "UTS"
    assert stories(store, "A-B", before=StoryId("T")) == "S"
    assert stories(store, "A-B", before=StoryId("?")) == ""
    assert [(found.reports, found.sources) for found in store.stories_of(one, limit=1)] == [(2, 1)]
    assert store.stories_of(99, limit=9) == ()


def test_a_new_head_replaces_what_the_story_added(store: Store) -> None:
    role = RoleNaming(sense="m", text="minister", outlets=(ONE,))
    leaning = Leaning(on="two", name="Two", lean=Lean.COPIES, reports=1)
    first = Reporting(outlet=ONE, reports=2, first=True, leanings=(leaning,))
    show(store, "S", person("A B", roles=(role,)), thing(NameKind.OUTLET, "one"), reportings=(first,))
    show(store, "S", thing(NameKind.OUTLET, "one"), reportings=(Reporting(outlet=ONE, reports=1, alone=True),))
    found = store.name(NameKind.PERSON, "A-B")
    assert found is not None
    assert found.stories == 0
    assert stories(store, "A-B") == ""
    assert store.roles_of(found.number, limit=9) == ()
    assert store.days_of(found.number, since=TODAY, until=TODAY) == {}
    assert store.listed(NameKind.PERSON, limit=9) == ()
    tally = store.outlet_tally(ONE, since=TODAY)
    assert (tally.stories, tally.reports, tally.first, tally.alone, tally.leaning) == (1, 1, 0, 1, 0)
    assert store.leanings(since=TODAY) == ()
    assert [one.head.key for one in store.names_in(StoryId("S"))] == ["one"]


def test_a_story_that_ends_takes_along_what_it_added(store: Store) -> None:
    show(store, "S", person("A B"), reportings=(Reporting(outlet=ONE, reports=1, alone=True),))
    show(store, "T", thing(NameKind.PLACE, "town"))
    merge(store, "s", "S", "T")
    assert stories(store, "A-B") == ""
    assert store.names_in(StoryId("S")) == ()
    assert store.outlet_tally(ONE, since=TODAY).stories == 0
    assert stories(store, "town", NameKind.PLACE) == "T"


def test_roles_come_by_how_many_stories_give_them_with_their_ends_and_newest_words(store: Store) -> None:
    def role(sense: str, text: str, *outlets: OutletKey) -> RoleNaming:
        return RoleNaming(sense=sense, text=text, outlets=outlets)

    show(store, "S", person("A B", roles=(role("m", "a minister", ONE), role("k", "king", ONE))))
    one = number(store, NameKind.PERSON, "A-B")
    show(store, "T", person("A B", number=one, roles=(role("m", "the minister", TWO, ONE),)), day=3)
    found = store.roles_of(one, limit=9)
    assert [(told.sense, told.text, told.stories, told.outlets) for told in found] == [
        ("m", "the minister", 2, (TWO, ONE)),
        ("k", "king", 1, (ONE,)),
    ]
    assert (found[0].first, found[0].latest) == (NOW, NOW + 3 * DAY)
    assert len(store.roles_of(one, limit=1)) == 1


def test_statements_come_newest_first(store: Store) -> None:
    def said(article: str, start: int, days: int) -> Said:
        return Said(article=ArticleId(article), start=start, at=NOW + days * DAY, outlets=(ONE,))

    show(store, "S", person("A B", said=(said("s", 5, 0), said("s", 9, 0))))
    one = number(store, NameKind.PERSON, "A-B")
    show(store, "T", person("A B", number=one, said=(said("t", 1, 1),)))
    assert [(row.story, row.start) for row in store.said_by(one, limit=2)] == [("T", 1), ("S", 9)]
    assert [(row.story, row.start) for row in store.said_by(one, limit=9, behind=2)] == [("S", 5)]


def test_company_and_names_of_a_story(store: Store) -> None:
    show(store, "S", person("A B"), thing(NameKind.PLACE, "town"), thing(NameKind.PLACE, "village"))
    one = number(store, NameKind.PERSON, "A-B")
    show(store, "T", person("A B", number=one), thing(NameKind.PLACE, "town"))
    beside = store.beside(one, limit=9)
    assert [(found.head.key, found.reports) for found in beside[NameKind.PLACE]] == [("town", 2), ("village", 1)]
    assert beside[NameKind.PERSON] == ()
    assert [found.head.key for found in store.beside(one, limit=1)[NameKind.PLACE]] == ["town"]
    assert [found.form for found in store.names_in(StoryId("T"))] == ["a-b", "town"]


def test_days_and_the_most_named_add_up_over_stories(store: Store) -> None:
    tomorrow = TODAY + DAY
    show(store, "S", thing(NameKind.PLACE, "town", sources=3), thing(NameKind.OUTLET, "one"))
    show(store, "T", thing(NameKind.PLACE, "town", day=tomorrow), thing(NameKind.PLACE, "hill", sources=2))
    town = number(store, NameKind.PLACE, "town")
    assert store.days_of(town, since=TODAY, until=tomorrow) == {TODAY: Told(3, 3), tomorrow: Told(1, 1)}
    assert store.days_of(town, since=tomorrow, until=tomorrow) == {tomorrow: Told(1, 1)}
    most = store.most_named(NameKind.PLACE, since=TODAY, until=tomorrow, limit=9)
    assert [(one.head.key, one.sources) for one in most] == [("town", 4), ("hill", 2)]
    late = store.most_named(NameKind.PLACE, since=tomorrow, until=tomorrow, limit=9)
    assert [(one.head.key, one.sources) for one in late] == [("town", 1)]
    assert store.newest_day(until=tomorrow) == TODAY
    assert store.newest_day(until=TODAY - DAY) is None


def test_what_outlets_did_adds_up_by_month(store: Store) -> None:
    def leans(on: str, lean: Lean, reports: int) -> Leaning:
        return Leaning(on=on, name=on.title(), lean=lean, reports=reports)

    copied = (leans("two", Lean.COPIES, 2), leans("agency", Lean.CREDITS, 1))
    show(
        store,
        "S",
        reportings=(Reporting(outlet=ONE, reports=3, first=True, leanings=copied), Reporting(outlet=TWO, reports=1)),
    )
    show(store, "T", reportings=(Reporting(outlet=ONE, reports=1, first=True, doubtful=True),))
    show(store, "U", reportings=(Reporting(outlet=ONE, reports=1, alone=True, leanings=copied[:1]),), day=40)
    tally = store.outlet_tally(ONE, since=TODAY)
    assert (tally.stories, tally.reports, tally.first, tally.perhaps, tally.alone, tally.leaning) == (3, 5, 1, 1, 1, 5)
    assert store.outlet_tally(ONE, since=TODAY + 40 * DAY).stories == 1
    assert [(one.on, one.reports) for one in store.leanings(since=TODAY)] == [("two", 4), ("agency", 1)]
    assert [(one.outlet, one.lean) for one in store.leanings(since=TODAY, outlet=TWO)] == [(ONE, Lean.COPIES)]
    told = store.reported(map(StoryId, "S?U"))
    assert [(one.outlet, one.first, one.leaning) for one in told[StoryId("S")]] == [(ONE, True, 3), (TWO, False, 0)]
    assert sorted(told) == ["S", "U"]
    assert store.leanings(since=datetime(2027, 1, 1, tzinfo=UTC).date()) == ()


def test_names_can_be_kept_without_a_new_head_and_only_of_a_story_that_lives(store: Store) -> None:
    show(store, "S")
    store.put_names(StoryId("S"), Named(namings=(person("A B"),)))
    assert stories(store, "A-B") == "S"
    with pytest.raises(StoryNotFound):
        store.put_names(StoryId("?"), Named())
