"""Search from the query to the page of results, on every store."""

from datetime import timedelta
from typing import Any

import pytest
from tests.contract.test_search import CASES, DAY, NOW, add, case, fill, show

from tawatur.model import Outlet, OutletKey, Outlets
from tawatur.search import FEW, REPORTS, STORIES, Results, Searcher
from tawatur.searching.parse import parse
from tawatur.store import Store

HOUSE = CASES["house"]


@pytest.fixture
def store(empty_store: Store) -> Store:
    fill(empty_store)
    return empty_store


def search(store: Store, query: str, **more: Any) -> Results:
    known = Outlets((Outlet(key=OutletKey("nahr"), name=HOUSE["name"], name_en="The River"),))
    return Searcher(store, known).search(parse(query).query, now=NOW, **more)


def stories(found: Results) -> str:
    return "".join(one.head.id for one in found.stories)


def test_results_are_stories_with_their_reports(store: Store) -> None:
    found = search(store, CASES["finds"][2]["query"])
    (one,) = found.stories
    assert (one.head.id, found.total, found.pages, found.more, found.loose) == ("D", 1, 1, False, False)
    assert {report.id for report in one.reports} == {"dam", "dam2"}
    assert one.reports[0].around
    assert not one.reports[1].around
    assert any(piece.marked for piece in one.reports[0].title)


@pytest.mark.parametrize("name", HOUSE["means"])
def test_an_outlet_is_meant_by_its_key_its_names_and_a_part_of_them(store: Store, name: str) -> None:
    found = search(store, f'outlet:"{name}" sort:newest')
    assert stories(found) == "SD"
    assert {report.outlet for story in found.stories for report in story.reports} == {"nahr"}


def test_an_unknown_outlet_finds_nothing(store: Store) -> None:
    assert search(store, "outlet:nowhere").stories == ()


def test_few_articles_with_all_words_are_followed_by_those_with_some(store: Store) -> None:
    found = search(store, HOUSE["few"])
    assert found.few
    assert not found.loose
    assert stories(found)[0] == "D"
    assert found.total > 1


def test_a_long_text_finds_what_has_most_of_it_whatever_its_marks(store: Store) -> None:
    found = search(store, f'"{case("dam")["title"]}" {case("match")["text"]}')
    assert set(stories(found)) >= {"D", "M"}
    assert not found.loose


def test_words_without_a_topic_alone_are_told(store: Store) -> None:
    assert [one.key for one in search(store, HOUSE["stop"]).complaints] == ["search.bad.stop_words"]
    assert search(store, f'"{HOUSE["stop"]}"').complaints == ()


def test_a_phrase_that_nobody_wrote_may_be_asked_as_words(store: Store) -> None:
    found = search(store, CASES["finds"][6]["query"])
    assert (found.stories, len(found.better)) == ((), 1)
    assert stories(search(store, str(found.better[0].query))) == "D"


def test_pages_go_on_where_the_last_one_ended(store: Store) -> None:
    for number in range(STORIES + 3):
        add(store, case("match") | {"id": f"m{number:02}", "story": f"N{number:02}"})
        show(store, f"N{number:02}", 1)
    query = case("match")["title"].split()[0]
    first, second = (search(store, query, page=page) for page in (1, 2))
    assert (len(first.stories), len(second.stories), first.total) == (STORIES, 4, STORIES + 4)
    assert not {one.head.id for one in first.stories} & {one.head.id for one in second.stories}
    assert search(store, query, page=99) == second


def test_the_best_reports_stand_under_a_story_and_the_others_are_counted(store: Store) -> None:
    for number in range(REPORTS + 2):
        add(store, case("match") | {"id": f"m{number}", "outlet": f"o{number}"})
    (one,) = search(store, case("match")["title"].split()[0]).stories
    assert (len(one.reports), one.others) == (REPORTS, 3)


def test_what_is_new_since_a_time_follows_a_query(store: Store) -> None:
    searcher, query = Searcher(store, Outlets()), parse(CASES["finds"][2]["query"]).query
    assert searcher.new_since(query, NOW, now=NOW) == ()
    add(store, case("dam") | {"id": "late"}, read=NOW + DAY)
    (one,) = searcher.new_since(query, NOW, now=NOW + DAY)
    assert [report.id for report in one.reports] == ["late"]
    assert searcher.new_since(query, NOW + 2 * DAY, now=NOW + 2 * DAY) == ()
    loose = parse(CASES["loose"][0]["query"]).query
    assert searcher.new_since(loose, NOW - timedelta(days=99), now=NOW) == ()


def test_suggestions_keep_what_stands_before(store: Store) -> None:
    typed = CASES["suggests"][0]["typed"]
    kept, found = Searcher(store, Outlets()).suggest(f"x {typed}")
    assert (kept, found[0].shown) == ("x", CASES["suggests"][0]["shown"][0])
    assert Searcher(store, Outlets()).suggest("") == ("", ())
    assert FEW < STORIES
