"""Feeds are tried against real servers on loopback: live, slow, moved, stale, empty, refused, dead; many at once."""

import asyncio
import json
import os
import pty
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.acceptance.conftest import COMMAND, DATA, Tawatur
from tests.acceptance.newsstand import Route, after, gives, leads, rss, stands

from tawatur import checking
from tawatur.checking import Probe, Wanted
from tawatur.fetch.http import Fetcher, Policy
from tawatur.model import OutletKey, Outlets
from tawatur.outlets import adding
from tawatur.outlets.health import Check, State
from tawatur.outlets.reading import read_text

TEXTS = json.loads((DATA / "newsstand.json").read_text(encoding="utf-8"))
POLICY = Policy(
    allow_private=("127.0.0.1",), delay=0.0, connect_time=1.0, answer_time=2.0, total_time=8.0, first_rest=0.1
)
SLOW = 0.7
KEY = OutletKey("nasim")


def feed(**how: object) -> bytes:
    return rss(TEXTS["titles"], name=TEXTS["name"], **how)  # type: ignore[arg-type]


BEGAN = datetime.now(UTC)
LIVE = feed()
#: The path that is tried, its routes, the state that comes of it, and the reason.
CASES: dict[str, tuple[dict[str, Route], State, str]] = {
    "live": ({"/feed": gives(LIVE)}, State.LIVE, ""),
    "live_as_text_html": ({"/feed": gives(LIVE, "text/html")}, State.LIVE, ""),
    "rests_for_the_weekend": ({"/feed": gives(feed(newest=timedelta(days=2)))}, State.LIVE, ""),
    "monthly": ({"/feed": gives(feed(newest=timedelta(days=40), gap=timedelta(days=30)))}, State.LIVE, ""),
    "slow": ({"/feed": after(1.0, gives(LIVE))}, State.SLOW, ""),
    "moved": ({"/feed": leads("/new", 301), "/new": gives(LIVE)}, State.MOVED, ""),
    "moved_for_now": ({"/feed": leads("/new", 302), "/new": gives(LIVE)}, State.LIVE, ""),
    "stale": ({"/feed": gives(feed(newest=timedelta(days=30)))}, State.STALE, ""),
    "stale_and_moved": ({"/feed": leads("/new", 308), "/new": gives(feed(newest=timedelta(days=30)))}, State.STALE, ""),
    "empty": ({"/feed": gives(rss([], name=TEXTS["name"]))}, State.EMPTY, ""),
    "no_bytes": ({"/feed": gives(b"")}, State.DEAD, "rejected.empty"),
    "a_page": ({"/feed": gives(TEXTS["page"].encode(), "text/html; charset=utf-8")}, State.DEAD, "rejected.no_feed"),
    "not_there": ({}, State.DEAD, "fetch.not_found"),
    "gone": ({"/feed": gives(b"", status=410)}, State.DEAD, "fetch.gone"),
    "denied": ({"/feed": gives(b"", status=403)}, State.DEAD, "fetch.denied"),
    "broken": ({"/feed": gives(b"", status=500)}, State.DEAD, "fetch.server"),
    "never_answers": ({"/feed": after(6.0, gives(LIVE))}, State.DEAD, "fetch.slow_answer"),
    "in_a_circle": ({"/feed": leads("/feed", 302)}, State.DEAD, "fetch.loop"),
    "robots": (
        {"/feed": gives(LIVE), "/robots.txt": gives(b"User-agent: *\nDisallow: /\n", "text/plain")},
        State.ROBOTS,
        "fetch.robots",
    ),
}


async def checked(feeds: list[Wanted], **how: object) -> tuple[Check, ...]:
    async with Fetcher(POLICY) as fetcher:
        return await checking.check_all(feeds, fetcher, slow=SLOW, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found() -> Iterator[dict[str, Check]]:
    """Every case, tried at once."""
    with stands(*(routes for routes, _, _ in CASES.values())) as servers:
        feeds = [Wanted(outlet=OutletKey(name), url=one.url("/feed")) for name, one in zip(CASES, servers, strict=True)]
        yield {check.outlet: check for check in asyncio.run(checked(feeds))}


@pytest.mark.parametrize("name", CASES)
def test_a_feed_is_told_for_what_it_is(name: str, found: dict[str, Check]) -> None:
    _, state, reason = CASES[name]
    assert (found[name].state, found[name].reason) == (state, reason)


def test_a_moved_feed_comes_with_its_new_address(found: dict[str, Check]) -> None:
    for name in ("moved", "stale_and_moved"):
        assert found[name].moved.endswith("/new")
    assert found["moved_for_now"].moved == ""


def test_what_a_feed_holds_is_told(found: dict[str, Check]) -> None:
    contents = found["live"].contents
    assert contents is not None
    assert contents.title == TEXTS["name"]
    assert contents.entries == len(TEXTS["titles"])
    assert contents.gap == timedelta(hours=1)
    assert contents.latest is not None
    assert timedelta(minutes=4) < BEGAN - contents.latest < timedelta(minutes=6)
    assert contents.arabic > 0.95
    assert contents.whole == 0
    assert found["not_there"].contents is None


def test_a_host_that_nobody_is_at_is_dead() -> None:
    with stands({}) as (one,):
        url = one.url("/feed")
    (check,) = asyncio.run(checked([Wanted(outlet=KEY, url=url)]))
    assert (check.state, check.reason) == (State.DEAD, "fetch.connect")


def test_many_are_tried_at_once_and_each_is_told_when_it_is_known() -> None:
    count, wait, told = 40, 1.0, list[Check]()
    with stands(*({"/feed": after(wait, gives(LIVE))} for _ in range(count))) as servers:
        feeds = [Wanted(outlet=OutletKey(f"o{at}"), url=one.url("/feed")) for at, one in enumerate(servers)]
        start = time.monotonic()
        checks = asyncio.run(checked(feeds, tell=told.append))
        took = time.monotonic() - start
    assert [check.outlet for check in checks] == [one.outlet for one in feeds]
    assert {check.state for check in checks} == {State.SLOW}
    assert sorted(told, key=lambda check: check.outlet) == sorted(checks, key=lambda check: check.outlet)
    assert took < count * wait / 4


def test_a_hanging_host_does_not_hold_up_the_others_and_its_own_feeds_wait_in_turn() -> None:
    routes = {"/a": after(1.0, gives(LIVE)), "/b": gives(LIVE)}
    with stands(routes, {"/feed": gives(LIVE)}) as (busy, other):
        told: list[str] = []
        feeds = [Wanted(outlet=KEY, url=url) for url in (busy.url("/a"), busy.url("/b"), other.url("/feed"))]
        asyncio.run(checked(feeds, tell=lambda check: told.append(check.url)))
    assert told == [other.url("/feed"), busy.url("/a"), busy.url("/b")]


# Probing


async def probed(url: str, outlets: Outlets | None = None) -> Probe:
    async with Fetcher(POLICY) as fetcher:
        return await checking.probe(url, fetcher, outlets=outlets or Outlets(), slow=SLOW)


def paper(**more: Route) -> dict[str, Route]:
    sport = rss(TEXTS["titles"][-1:], name=f"{TEXTS['name']} - S", text=TEXTS["text"])
    page = gives(TEXTS["page"].encode(), "text/html; charset=utf-8")
    return {"/": page, "/feed.xml": gives(feed(text=TEXTS["text"])), "/sport.xml": gives(sport), **more}


def test_a_homepage_is_searched_and_an_outlet_proposed() -> None:
    with stands(paper()) as (one,):
        result = asyncio.run(probed(one.url()))
    assert [check.url for check in result.checks] == [one.url("/feed.xml"), one.url("/sport.xml")]
    assert [check.state for check in result.checks] == [State.LIVE, State.LIVE]
    assert all(check.contents and check.contents.whole == 1 for check in result.checks)
    assert result.outlet is not None
    assert result.outlet.name == TEXTS["name"]
    assert [feed.url for feed in result.outlet.feeds] == [one.url("/feed.xml"), one.url("/sport.xml")]
    assert result.outlet.hosts == ("127.0.0.1",)


def test_the_address_of_a_feed_works_too() -> None:
    with stands(paper()) as (one,):
        result = asyncio.run(probed(one.url("/feed.xml")))
    assert [check.url for check in result.checks] == [one.url("/feed.xml")]
    assert result.outlet is not None
    assert result.outlet.homepage == "http://127.0.0.1/"


def test_where_a_page_names_no_feed_the_common_places_are_tried() -> None:
    page = gives(TEXTS["bare"].encode(), "text/html; charset=utf-8")
    with stands({"/": page, "/feed/": gives(LIVE), "/feed": gives(LIVE)}) as (one,):
        result = asyncio.run(probed(one.url()))
    assert result.checks
    assert {check.state for check in result.checks} == {State.LIVE}


def test_a_page_without_any_feed_proposes_nothing() -> None:
    with stands({"/": gives(TEXTS["bare"].encode(), "text/html; charset=utf-8")}) as (one,):
        result = asyncio.run(probed(one.url()))
    assert result.checks == ()
    assert result.outlet is None
    assert result.refused is None


def test_a_moved_feed_is_proposed_at_its_new_address_and_a_dead_one_not() -> None:
    with stands(
        paper(**{"/feed.xml": leads("/new.xml", 301), "/new.xml": gives(LIVE), "/sport.xml": gives(b"", status=410)})
    ) as (one,):
        result = asyncio.run(probed(one.url()))
    assert [check.state for check in result.checks] == [State.MOVED, State.DEAD]
    assert result.outlet is not None
    assert [feed.url for feed in result.outlet.feeds] == [one.url("/new.xml")]


def test_a_known_outlet_keeps_what_is_known_of_it() -> None:
    with stands(paper()) as (one,):
        known = adding.made(name="N", name_en="Nasim", key="nasim", homepage=one.url(), credits=("NN",))
        known_at = Outlets(
            (adding.made(name="N", key="nasim", homepage=one.url(), credits=("NN",), hosts=("127.0.0.1",)),)
        )
        result = asyncio.run(probed(one.url(), known_at))
    assert result.known == known_at.known[0]
    assert result.outlet is not None
    assert (result.outlet.key, result.outlet.credits) == ("nasim", known.credits)
    assert len(result.outlet.feeds) == 2


def test_an_address_that_cannot_be_had_says_why() -> None:
    with stands({}) as (one,):
        result = asyncio.run(probed(one.url("/nothing")))
    assert result.refused is not None
    assert result.refused.reason == "not_found"
    assert result.outlet is None


# The commands


def stand_file(folder: Path, servers: dict[str, str]) -> None:
    """Describe outlets of one's own with a feed each."""
    path = folder / "home" / "outlets" / "mine.toml"
    path.parent.mkdir(parents=True)
    tables = (
        f'[[outlet]]\nkey = "{key}"\nname = "{TEXTS["name"]} {key}"\nfeeds = [{{ url = "{url}" }}]\n'
        for key, url in servers.items()
    )
    path.write_text("\n".join(tables), encoding="utf-8")


NETWORK = {"TAWATUR_ALLOW_PRIVATE": "127.0.0.1", "TAWATUR_FETCH_DELAY": "0"}


def test_the_command_tries_tells_and_remembers(tawatur: Tawatur, tmp_path: Path) -> None:
    old, away = {"/f": gives(feed(newest=timedelta(days=30)))}, {"/f": leads("/g", 301), "/g": gives(LIVE)}
    with stands({"/f": gives(LIVE)}, old, {}, away) as (live, stale, dead, moved):
        urls = {"live": live.url("/f"), "stale": stale.url("/f"), "dead": dead.url("/f"), "moved": moved.url("/f")}
        stand_file(tmp_path, urls)
        only = ("outlets", "check", "--only", "live,stale", "--only", "dead", "--only", "moved")
        people = tawatur(*only, **NETWORK)
        machine = tawatur(*only, "--json", **NETWORK)
        arabic = tawatur(*only, **NETWORK, TAWATUR_LANG="ar")
        fine = tawatur("outlets", "check", "--only", "live moved", **NETWORK)
        new = moved.url("/g")
    assert people.returncode == machine.returncode == arabic.returncode == 1
    assert fine.returncode == 0, fine.stderr
    assert "live 1 · moved 1 · stale 1 · dead 1" in people.stdout
    assert f"its new address: {new}" in people.stdout
    assert "404" in people.stdout
    assert arabic.stdout.splitlines()[0] != people.stdout.splitlines()[0]
    assert {check["outlet"]: check["state"] for check in json.loads(machine.stdout)} == {key: key for key in urls}
    listed = json.loads(tawatur("outlets", "list", "--own", "--json").stdout)
    assert {one["key"]: one["feeds"][0]["last_check"]["state"] for one in listed} == {key: key for key in urls}
    table = tawatur("outlets", "list", "--own").stdout
    assert "feeds that have been tried: 4 of 4" in table
    assert "0/1 fine dead" in table


def test_an_unknown_key_is_a_mistake_in_the_call(tawatur: Tawatur) -> None:
    done = tawatur("outlets", "check", "--only", "nobody")
    assert done.returncode == 2
    assert "nobody" in done.stderr


def test_the_command_proposes_a_table_that_can_be_used(tawatur: Tawatur, tmp_path: Path) -> None:
    with stands(paper()) as (one,):
        people = tawatur("outlets", "probe", one.url(), **NETWORK)
        machine = json.loads(tawatur("outlets", "probe", "--json", one.url(), **NETWORK).stdout)
        nothing = tawatur("outlets", "probe", one.url("/nothing"), **NETWORK)
        forbidden = tawatur("outlets", "probe", one.url())
    assert people.returncode == 0, people.stderr
    assert "2 feeds were found" in people.stdout
    assert "full texts" in people.stdout
    table = people.stdout[people.stdout.index("[[outlet]]") :]
    assert table.strip() == machine["toml"].strip()
    (proposed,) = read_text(table.replace('hosts = ["127.0.0.1"]\n', ""), "proposed.toml").outlets
    assert len(proposed.feeds) == 2
    assert nothing.returncode == forbidden.returncode == 2
    assert "TAWATUR_ALLOW_PRIVATE" in forbidden.stdout


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    with stands({"/f": after(0.3, gives(LIVE))}) as (live,):
        stand_file(tmp_path, {"live": live.url("/f")})
        environment = NETWORK | {
            "TAWATUR_HOME": str(tmp_path / "home"),
            "TAWATUR_LANG": "en",
            "TERM": "xterm",
            "PATH": "/usr/bin",
        }
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [COMMAND, "outlets", "check", "--only", "live"], stdout=subprocess.PIPE, stderr=follower, env=environment
        )
        out, _ = process.communicate(timeout=120)
        os.close(follower)
        seen = b""
        while chunk := _read(leader):
            seen += chunk
    assert process.returncode == 0
    assert b"trying feeds" in seen
    assert b"1/1" in seen
    assert b"one feed has been tried" in out


def _read(terminal: int) -> bytes:
    """What a terminal has shown; at its end reading fails."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
