"""How the sources are: health, the last day in bars, and the page in both languages without a script."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from tests.unit.web.shelf import Deployed

from tawatur import web
from tawatur.fetch.schedule import Failure, Pace, begin, failed
from tawatur.messages import LANGUAGES
from tawatur.model import Outlet, OutletKey, Outlets
from tawatur.operating.outlets import HOURS, Health, health_of, operations
from tawatur.source import OutletState, Page, Reason, Rhythm, Source, SourceState, Tally
from tawatur.store import MEMORY, Store, open_store
from tawatur.web.view.operations import amount, chart, operations_view
from tawatur.web.words import words

NOW = datetime(2031, 3, 9, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = {"well": "الفجر", "silent": "السحر", "down": "الغسق", "slow": "الشفق", "part": "الضحى", "new": "الأصيل"}


def source(key: str, number: int = 1) -> SourceState:
    state = begin(Source(url=f"https://{key}.example/feed{number}", outlet=OutletKey(key)), NOW - 9 * HOUR)
    return replace(
        state, asked=NOW - HOUR, answered=NOW - HOUR, reason=Reason("rhythm", {"a_day": 9}), next_at=NOW + HOUR
    )


def down(state: SourceState) -> SourceState:
    for ago in (5, 4, 3):
        why = Failure(reason="fetch.server", detail="503")
        state = failed(state, why, now=NOW - ago * HOUR, pace=Pace(), luck=0.5)
    return state


@pytest.fixture
def store() -> Store:
    """Six outlets, each of another health."""
    made = open_store(MEMORY)
    made.put_sources([source("well"), source("silent"), down(source("down")), replace(source("slow"), seconds=30.0)])
    made.put_sources([source("part"), down(source("part", 2))])
    made.put_sources([begin(Source(url="https://new.example/feed", outlet=OutletKey("new")), NOW)])
    made.put_outlet_state(OutletState(outlet=OutletKey("well"), rhythm=Rhythm(at=NOW, last=NOW - HOUR)))
    made.put_outlet_state(
        OutletState(outlet=OutletKey("silent"), rhythm=Rhythm(at=NOW, last=NOW - 30 * HOUR), silent=NOW - 30 * HOUR)
    )
    made.tally(OutletKey("well"), NOW, Tally(asked=2, articles=1))
    made.tally(OutletKey("well"), NOW - 3 * HOUR, Tally(asked=2, pages=5, articles=4))
    made.tally(OutletKey("well"), NOW - 30 * HOUR, Tally(articles=99))
    made.tally(OutletKey("down"), NOW - 3 * HOUR, Tally(asked=1, failed=1))
    made.trouble(OutletKey("down"), NOW - 3 * HOUR, reason="fetch.server", detail="503")
    made.trouble(OutletKey("down"), NOW - 30 * HOUR, reason="fetch.gone", detail="")
    page = Page(key="a", url="https://well.example/a", outlet=OutletKey("well"), found=NOW, next_at=NOW)
    made.add_pages([page], most=9)
    return made


OUTLETS = Outlets(tuple(Outlet(key=OutletKey(key), name=name) for key, name in NAMES.items()))


def test_the_outlets_that_need_somebody_come_first(store: Store) -> None:
    found = operations(store, NOW)
    assert [(one.outlet, one.health) for one in found.outlets] == [
        ("down", Health.FAILING),
        ("silent", Health.SILENT),
        ("part", Health.PARTLY),
        ("slow", Health.SLOW),
        ("well", Health.LIVE),
        ("new", Health.NEW),
    ]
    assert found.outlets[0].since == NOW - 5 * HOUR
    assert found.outlets[1].since == NOW - 30 * HOUR


def test_one_failure_happens_to_everybody_but_not_on_the_first_question() -> None:
    once = failed(source("x"), Failure(reason="fetch.connect"), now=NOW, pace=Pace(), luck=0.5)
    state = OutletState(outlet=OutletKey("x"))
    assert health_of(state, [once]) is Health.LIVE
    assert health_of(state, [replace(once, answered=None)]) is Health.FAILING


def test_the_last_day_is_counted_by_hours(store: Store) -> None:
    found = operations(store, NOW)
    well = next(one for one in found.outlets if one.outlet == "well")
    assert len(well.hours) == HOURS
    assert (well.hours[-1].articles, well.hours[-4].articles, well.done.articles) == (1, 4, 5)
    assert found.hours[-4] == Tally(asked=3, pages=5, articles=4, failed=1)
    assert well.waiting == 1


def test_troubles_older_than_a_day_are_not_told(store: Store) -> None:
    failing = operations(store, NOW).outlets[0]
    assert [(one.reason, one.count) for one in failing.troubles] == [("fetch.server", 1)]


def test_bars_say_in_words_what_they_show() -> None:
    hours = [Tally()] * 22 + [Tally(articles=8), Tally(failed=2)]
    made = chart(hours, NOW, words("en"))
    assert [(bar.x, bar.height, bar.failed) for bar in made.bars] == [(110, 32.0, False), (115, 3, True)]
    assert made.text == "8 new articles; the most in one hour was 8, at about 11:00 GMT"
    assert chart([Tally()] * 24, NOW, words("en")).text == "0 new articles"


@pytest.mark.parametrize(("a_day", "text"), [(0.41, "0.4"), (2.96, "3.0"), (61.7, "62")])
def test_a_rate_has_no_false_precision(a_day: float, text: str) -> None:
    assert amount(a_day) == text


def test_the_view_says_how_long_and_why(store: Store) -> None:
    view = operations_view(operations(store, NOW), outlets=OUTLETS, words=words("en"))
    assert view.verdict == "3 outlets need a look."
    assert view.at == "Sunday, 9 March 2031, 12:30 GMT"
    counted = {figure.text: (figure.number, figure.alarming) for figure in view.figures}
    failing = next(group for group in view.groups if group.health == "failing")
    assert counted["do not answer"] == (str(len(failing.cards)), True), "as the heading says below"
    cards = {card.outlet.key: card for group in view.groups for card in group.cards}
    assert cards["down"].since == "no answer for 5 hours"
    assert cards["silent"].since == "silent for 1 day"
    assert cards["down"].troubles == ("the server is in trouble (once)",) or "once" in cards["down"].troubles[0]
    assert cards["well"].since == ""
    assert [card.open for card in cards.values()] == [True, True, True, False, False, False]


def client(store: Store) -> TestClient:
    return TestClient(web.create(Deployed(store, OUTLETS)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_no_script_and_names_every_outlet(store: Store, language: str) -> None:
    answer = client(store).get("/operations" if language == "ar" else "/en/operations")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert all(name in answer.text for name in NAMES.values())
    assert 'class="alarming"' in answer.text
    assert "operations." not in answer.text.replace("operations.css", "")
    assert "schedule." not in answer.text


def test_the_page_of_an_empty_store_says_how_to_begin() -> None:
    assert "tawatur crawl" in client(open_store(MEMORY)).get("/en/operations").text


def test_programs_get_the_same(store: Store) -> None:
    found = client(store).get("/api/operations").json()
    assert [one["outlet"] for one in found["outlets"]][:2] == ["down", "silent"]
    assert found["outlets"][0]["sources"][0]["error"] == "fetch.server"
    assert client(store).get("/metrics").status_code == 404, "figures are given by those who watch over a deployment"
