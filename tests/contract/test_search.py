"""What every store finds: by words, phrases and filters, as stories and their reports come and go."""

import sqlite3
import tomllib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Certainty,
    Decision,
    Kind,
    Name,
    OutletKey,
    Person,
    Published,
    RawDocument,
    Repair,
    RepairKind,
    StoryHead,
    StoryId,
    Why,
)
from tawatur.searching.parse import parse
from tawatur.searching.plan import Plan, plan
from tawatur.searching.ranking import rank
from tawatur.searching.terms import TermKind
from tawatur.store import Prepared, Store
from tawatur.store.sqlite import SqliteStore
from tawatur.stories.profile import profile
from tawatur.stories.revision import Revision

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NOW = START + timedelta(days=6)
DAY = timedelta(days=1)
CASES = tomllib.loads((Path(__file__).parent / "data" / "search.toml").read_text(encoding="utf-8"))
BECAUSE = Why(key="first", score=0.0)


@pytest.fixture
def store(empty_store: Store) -> Store:
    fill(empty_store)
    return empty_store


def fill(store: Store) -> None:
    for case in CASES["articles"]:
        add(store, case)
    for story, sources in CASES["sources"].items():
        show(store, story, sources)


def add(store: Store, case: dict[str, Any], **more: Any) -> None:
    one = prepared(case, **more)
    content = RawDocument(content=one.article.id.encode(), origin=one.article.id, kind=Kind.TEXT, collected=NOW)
    store.add_document(content, prepared=[one])
    if case["story"]:
        place(store, one.article.id, case["story"], one.profile.time)


def place(store: Store, article: str, story: str, time: datetime) -> None:
    decision = Decision(article=ArticleId(article), story=StoryId(story), joined=False, why=BECAUSE)
    store.place(decision, time=time)


def prepared(case: dict[str, Any], *, chain: str = "", read: datetime = NOW) -> Prepared:
    at = START + case["day"] * DAY
    article = Article(
        id=ArticleId(case["id"]),
        outlet=OutletKey(case["outlet"]),
        origin=case["id"],
        collected=read,
        title=case["title"],
        section=case["section"],
        published=Published(at=at, certainty=Certainty.STATED),
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in case["text"].splitlines()),
    )
    analysis = Analysis(
        article=article.id,
        version="1",
        people=tuple(Person(name=name) for name in case["people"]),
        places=tuple(Name(name=name) for name in case["places"]),
        organizations=tuple(Name(name=name) for name in case["organizations"]),
    )
    revision = Revision(
        article=article.id, outlet=article.outlet, address=f"x/{chain}", chain=ArticleId(chain), at=article.collected
    )
    revisions = (revision,) if chain else ()
    return Prepared(article=article, analysis=analysis, profile=profile(article, analysis), revisions=revisions)


def show(store: Store, story: str, sources: int) -> None:
    head = StoryHead(
        id=StoryId(story),
        title=f"title of {story}",
        lead="",
        first=START,
        latest=START,
        reports=1,
        outlets=(OutletKey("nahr"),),
        independent=sources,
    )
    store.put_story(head, ())


def planned(query: str) -> Plan:
    parsed = parse(query)
    assert not parsed.complaints
    return plan(parsed.query, now=NOW)


def found(store: Store, query: str, **more: Any) -> list[str]:
    return sorted(one.article for one in store.find(planned(query), most=50, **more).found)


def case(id: str) -> dict[str, Any]:
    return next(dict(one) for one in CASES["articles"] if one["id"] == id)


@pytest.mark.parametrize("asked", CASES["finds"], ids=lambda asked: asked["query"])
def test_a_query_finds_what_it_asks_for(store: Store, asked: dict[str, Any]) -> None:
    assert found(store, asked["query"]) == asked["found"]


@pytest.mark.parametrize("asked", CASES["loose"], ids=lambda asked: asked["query"])
def test_where_no_article_has_all_words_those_with_some_are_found(store: Store, asked: dict[str, Any]) -> None:
    matches = store.find(planned(asked["query"]), most=50)
    assert matches.loose
    assert sorted(one.article for one in matches.found) == asked["found"]


def test_any_words_may_be_asked_for_at_once(store: Store) -> None:
    first = CASES["finds"][2]
    assert set(first["found"]) < set(found(store, first["query"], all_words=False))


def test_the_newest_are_found_where_there_are_more(store: Store) -> None:
    matches = store.find(planned("مصادر:1"), most=2)
    assert matches.more
    assert [one.article for one in matches.found] == ["summit", "match"]
    assert not store.find(planned("مصادر:1"), most=4).more


def test_candidates_have_what_ranking_needs(store: Store) -> None:
    wanted = planned("سد الوادي")
    matches = store.find(wanted, most=50)
    assert matches.known.articles == len(CASES["articles"])
    assert matches.known.having == (2, 3)
    assert {(one.article, one.story, one.independent) for one in matches.found} == {("dam", "D", 2), ("dam2", "D", 2)}
    assert {one.at for one in matches.found} == {START + DAY, START + 2 * DAY}
    assert next(one.candidate.article for one in rank(matches.found, wanted, matches.known, now=NOW)) == "dam2"


def test_reports_are_found_where_repairs_put_them(store: Store) -> None:
    merge = Repair(
        kind=RepairKind.MERGE, articles=(ArticleId("match"),), origin=StoryId("M"), target=StoryId("S"), why=BECAUSE
    )
    store.repair(merge, at=NOW)
    (one,) = store.find(planned("مباراة"), most=9).found
    assert (one.story, one.independent) == ("S", 4)
    show(store, "S", 5)
    assert store.find(planned("مباراة"), most=9).found[0].independent == 5


def test_of_a_page_that_changed_the_newest_version_alone_is_found(store: Store) -> None:
    old = case("match") | {"id": "old", "story": "P", "title": "بيان أول"}
    new = old | {"id": "new", "story": "", "title": "بيان ثان"}
    add(store, old, chain="old")
    show(store, "P", 1)
    assert found(store, "بيان") == ["old"]
    add(store, new, chain="old", read=NOW + DAY)
    assert found(store, "بيان") == ["old"]
    place(store, "new", "P", START)
    assert found(store, "بيان") == ["new"]


def test_an_article_that_is_lent_another_time_is_found_at_that_time(store: Store) -> None:
    add(store, case("dam") | {"id": "lent", "story": "", "title": "سؤال معار"})
    place(store, "lent", "D", START + 40 * DAY)
    (one,) = store.find(planned("معار"), most=9).found
    assert one.at == START + 40 * DAY
    assert found(store, "معار من:2026-04-05") == ["lent"]


def test_what_was_read_since_a_time_can_be_asked_for(store: Store) -> None:
    add(store, case("dam") | {"id": "late"}, read=NOW + DAY)
    wanted = replace(planned("الحكومة"), read_after=NOW)
    assert [one.article for one in store.find(wanted, most=9).found] == ["late"]


@pytest.mark.parametrize("asked", CASES["suggests"], ids=lambda asked: asked["typed"])
def test_beginnings_suggest_names_and_words(store: Store, asked: dict[str, Any]) -> None:
    assert [one.shown for one in store.suggest(asked["typed"], limit=8)][: len(asked["shown"]) or 1] == asked["shown"]


def test_suggestions_say_what_they_are_and_how_frequent(store: Store) -> None:
    first = store.suggest("سالم الر", limit=8)[0]
    assert (first.kind, first.articles) == (TermKind.PERSON, 2)
    assert ("سالم الربيعي", "سالم الربيعي", 2) in store.alike(["سا"], limit=50)


def test_heads_and_articles_are_given_together(store: Store) -> None:
    heads = store.heads(map(StoryId, ("S", "D", "?")))
    assert {story: head.independent for story, head in heads.items()} == {"S": 4, "D": 2}
    articles = store.articles(map(ArticleId, ("dam", "?")))
    assert articles == {"dam": store.article(ArticleId("dam"))}


def test_an_index_that_was_forgotten_is_filled_again_in_steps(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = SqliteStore(path)
    fill(store)
    before = {asked["query"]: found(store, asked["query"]) for asked in CASES["finds"]}
    assert not store.to_fill()
    store.forget_search()
    assert store.to_fill()
    assert found(store, "حكومة") == []
    assert store.fill_search(2) == 2
    add(store, case("match") | {"id": "while", "title": "خبر عن قنطرة"})
    assert found(store, "قنطرة") == ["while"]
    store.close()
    store = SqliteStore(path)
    while store.fill_search(2):
        pass
    assert not store.to_fill()
    before = {query: ids for query, ids in before.items() if "الوادي" not in query and "سالم" not in query}
    assert {query: found(store, query) for query in before} == before | {
        query: sorted([*ids, "while"]) for query, ids in before.items() if "while" in found(store, query)
    }
    store.close()


def test_an_index_of_other_words_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = SqliteStore(path)
    fill(store)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE search_state SET version = 0")
        other.commit()
    assert store.to_fill()
    while store.fill_search(100):
        pass
    assert found(store, "حكومة") == ["dam", "dam2", "summit"]
    assert store.find(planned("حكومة"), most=9).known.articles == len(CASES["articles"])
    store.close()
