"""How outlets are treated: robots.txt, turns, conditional requests, and leaving alone who is in trouble."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from tests.network.hostile import Handler, Request, Server, answer, fetched, policy, raw, redirect

from tawatur.fetch.http import Fetched, Fetcher, Reason, Refused

PAGE = answer(b"<p>news</p>")


def robots(text: str) -> Handler:
    return answer(text.encode(), Content_Type="text/plain")


def with_server(
    routes: dict[str, Handler], journey: Callable[[Server, Fetcher], Awaitable[None]], **rules: object
) -> None:
    async def run() -> None:
        async with Server(routes) as server, Fetcher(policy(**rules)) as fetcher:
            await journey(server, fetcher)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /private", "/public/../private/a", False),
        ("User-agent: *\nDisallow: /private", "/public/%2e%2e/private/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: tawatur\nAllow: /", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Tawatur\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /رياضة", "/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9/1", False),
        ("User-agent: *\nDisallow: /%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9", "/رياضة/1", False),
        ("\ufeffUser-agent: *\r\nDisallow: /*.pdf$\r\n", "/a.pdf", False),
        ("<html>no such file</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_robots_txt_is_obeyed(text: str, path: str, allowed: bool) -> None:
    async def journey(server: Server, fetcher: Fetcher) -> None:
        found = await fetcher.get(server.url(path))
        if allowed:
            assert isinstance(found, Fetched)
        else:
            assert isinstance(found, Refused)
            assert (found.reason, found.lasting) == (Reason.ROBOTS, False)
            assert len(server.requests) == 1

    with_server({"/robots.txt": robots(text), "/a": PAGE}, journey)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (answer(b"", status="404 Not Found"), None),
        (answer(b"", status="403 Forbidden"), None),
        (answer(b"", status="410 Gone"), None),
        (redirect("/robots.txt"), None),
        (redirect("/elsewhere"), Reason.ROBOTS),
        (answer(b"", status="429 Too Many Requests"), Reason.ROBOTS_UNKNOWN),
        (answer(b"", status="500 Internal Error"), Reason.ROBOTS_UNKNOWN),
        (answer(b"", status="503 Unavailable"), Reason.ROBOTS_UNKNOWN),
        (raw(every=9), Reason.ROBOTS_UNKNOWN),
        (redirect("http://127.0.0.2/robots.txt"), Reason.ROBOTS_UNKNOWN),
        (robots("User-agent: *\nDisallow: /a\n" + "# much more\n" * 90_000), Reason.ROBOTS),
        (robots("# much before\n" * 90_000 + "User-agent: *\nDisallow: /a\n"), None),
    ],
)
def test_what_robots_txt_means_when_it_is_not_simply_there(handler: Handler, reason: Reason | None) -> None:
    elsewhere = robots("User-agent: *\nDisallow: /a")
    found = fetched(
        {"/robots.txt": handler, "/elsewhere": elsewhere, "/a": PAGE}, "/a", connect_time=0.2, answer_time=0.2
    )
    assert getattr(found, "reason", None) is reason
    if reason is Reason.ROBOTS_UNKNOWN:
        assert isinstance(found, Refused)
        assert found.retry_after
        assert not found.lasting


def test_robots_txt_is_fetched_once_for_many_pages_and_again_when_it_is_old() -> None:
    async def journey(server: Server, fetcher: Fetcher) -> None:
        await asyncio.gather(*(fetcher.get(server.url("/a")) for _ in range(20)))
        assert len(server.asked("/robots.txt")) == 1
        await asyncio.sleep(0.6)
        await fetcher.get(server.url("/a"))
        assert len(server.asked("/robots.txt")) == 2

    with_server({"/robots.txt": robots(""), "/a": PAGE}, journey, robots_keep=0.5)


def test_where_a_redirect_leads_has_its_own_robots_txt() -> None:
    async def run() -> None:
        closed = {"/robots.txt": robots("User-agent: *\nDisallow: /"), "/a": PAGE}
        async with (
            Server(closed) as other,
            Server({"/": redirect(other.url("/a"))}) as first,
            Fetcher(policy()) as fetcher,
        ):
            found = await fetcher.get(first.url())
            assert isinstance(found, Refused)
            assert found.reason is Reason.ROBOTS
            assert not other.asked("/a")

    asyncio.run(run())


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.mark.parametrize(
    ("rules", "least", "most"),
    [("", 0.1, 9), ("Crawl-delay: 0.3", 0.3, 9), ("Crawl-delay: 86400", 0.5, 9), ("Crawl-delay: soon", 0.1, 9)],
)
def test_a_host_gets_one_request_at_a_time_with_a_pause_between(rules: str, least: float, most: float) -> None:
    times: list[float] = []

    async def page(request: Request, writer: asyncio.StreamWriter) -> None:
        times.append(time.monotonic())
        await PAGE(request, writer)

    async def journey(server: Server, fetcher: Fetcher) -> None:
        await asyncio.gather(*(fetcher.get(server.url("/a")) for _ in range(4)))
        assert server.most_open == 1
        assert all(least <= gap < most for gap in gaps(times)), gaps(times)

    with_server({"/robots.txt": robots(f"User-agent: *\n{rules}"), "/a": page}, journey, delay=0.1, longest_delay=0.5)


def test_slow_hosts_hold_up_nobody_and_connections_stay_bounded() -> None:
    async def run() -> None:
        slow, quick = {"/": raw(every=9)}, {"/": PAGE}
        rules = policy(connections=3, answer_time=60.0, total_time=60.0)
        async with Server(slow) as first, Server(slow) as second, Server(quick) as third, Fetcher(rules) as fetcher:
            waiting = [asyncio.create_task(fetcher.get(server.url())) for server in (first, second) for _ in range(5)]
            while not (first.asked("/") and second.asked("/")):
                await asyncio.sleep(0.01)
            for _ in range(20):
                assert isinstance(await fetcher.get(third.url()), Fetched)
            assert not any(task.done() for task in waiting)
            assert (first.most_open, second.most_open) == (1, 1)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            assert isinstance(await fetcher.get(third.url()), Fetched)

    asyncio.run(run())


def test_a_conditional_request_brings_nothing_twice() -> None:
    async def page(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == '"v1"'
        stamp = {"ETag": '"v1"', "Last_Modified": "Mon, 09 Mar 2026 10:00:00 GMT"}
        made = answer(b"", status="304 Not Modified", **stamp) if known else answer(b"<p>news</p>", **stamp)
        await made(request, writer)

    async def journey(server: Server, fetcher: Fetcher) -> None:
        first = await fetcher.get(server.url())
        assert isinstance(first, Fetched)
        assert (first.etag, first.modified, first.not_modified) == ('"v1"', "Mon, 09 Mar 2026 10:00:00 GMT", False)
        again = await fetcher.get(server.url(), etag=first.etag, modified=first.modified)
        assert isinstance(again, Fetched)
        assert (again.status, again.not_modified, again.content) == (304, True, b"")
        assert server.requests[-1].headers["if-modified-since"] == first.modified
        odd = await fetcher.get(server.url(), etag='"a"\r\nX: y', modified="\u0661")
        assert isinstance(odd, Fetched)
        assert not server.requests[-1].headers.keys() & {"if-none-match", "if-modified-since", "x"}

    with_server({"/": page}, journey)


@pytest.mark.parametrize(
    ("status", "reason", "lasting"),
    [
        ("400 Bad", Reason.STATUS, False),
        ("401 No", Reason.DENIED, False),
        ("403 No", Reason.DENIED, False),
        ("404 No", Reason.NOT_FOUND, False),
        ("410 Gone", Reason.GONE, True),
        ("429 Slow", Reason.BUSY, False),
        ("500 Broken", Reason.SERVER, False),
        ("503 Later", Reason.SERVER, False),
    ],
)
def test_a_status_is_a_reason(status: str, reason: Reason, lasting: bool) -> None:
    found = fetched({"/": answer(b"words", status=status)})
    assert isinstance(found, Refused)
    assert (found.reason, found.lasting, found.status, found.detail) == (reason, lasting, int(status[:3]), status[:3])


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_to_for_the_whole_host(form: str) -> None:
    at = datetime.now(UTC) + timedelta(seconds=100)
    text = "100" if form == "seconds" else format_datetime(at, usegmt=True)

    async def journey(server: Server, fetcher: Fetcher) -> None:
        found = await fetcher.get(server.url("/busy"))
        assert isinstance(found, Refused)
        assert found.retry_after is not None
        assert timedelta(seconds=90) < found.retry_after <= timedelta(seconds=100)
        other = await fetcher.get(server.url("/a"))
        assert isinstance(other, Refused)
        assert other.reason is Reason.RESTING
        assert other.retry_after is not None
        assert other.retry_after > timedelta(seconds=90)
        assert not server.asked("/a")

    busy = answer(b"", status="503 Unavailable", Retry_After=text)
    with_server({"/busy": busy, "/a": PAGE}, journey)


def test_a_host_that_keeps_failing_is_left_alone_ever_longer_and_forgiven_at_once() -> None:
    broken = answer(b"", status="500 Broken")

    async def journey(server: Server, fetcher: Fetcher) -> None:
        for _ in range(3):
            await fetcher.get(server.url("/broken"))
        resting = await fetcher.get(server.url("/a"))
        assert isinstance(resting, Refused)
        assert resting.reason is Reason.RESTING
        await asyncio.sleep(0.25)
        longer = await fetcher.get(server.url("/broken"))
        assert isinstance(longer, Refused)
        assert longer.reason is Reason.SERVER
        assert longer.retry_after is not None
        assert longer.retry_after > timedelta(seconds=0.3)
        await asyncio.sleep(0.45)
        assert isinstance(await fetcher.get(server.url("/a")), Fetched)
        again = await fetcher.get(server.url("/broken"))
        assert isinstance(again, Refused)
        assert again.retry_after is None
        assert len(server.asked("/broken")) == 5

    with_server({"/broken": broken, "/a": PAGE}, journey, first_rest=0.2)


def test_where_a_page_moved_for_good_is_told_from_where_it_is_today() -> None:
    routes = {
        "/good": redirect("/x", "301 Moved"),
        "/x": redirect("/new", "308 Moved"),
        "/today": redirect("/y", "302 Found"),
        "/y": redirect("/new", "301 Moved"),
        "/new": PAGE,
    }

    async def journey(server: Server, fetcher: Fetcher) -> None:
        for path, moved in (("/good", True), ("/today", False), ("/new", False)):
            found = await fetcher.get(server.url(path))
            assert isinstance(found, Fetched)
            assert (found.url, found.final) == (server.url(path), server.url("/new"))
            assert found.moved == (server.url("/new") if moved else None)

    with_server(routes, journey)


def test_arabic_addresses_are_asked_for_in_their_percent_form() -> None:
    wanted = "/%D8%AE%D8%A8%D8%B1?%D8%B5=%D9%A1&a=b%20c"

    async def journey(server: Server, fetcher: Fetcher) -> None:
        found = await fetcher.get(server.url("/خبر?ص=١&a=b%20c#باب"))
        assert isinstance(found, Fetched)
        assert found.final == server.url(wanted)
        led = await fetcher.get(server.url("/led"))
        assert isinstance(led, Fetched)
        assert led.final == server.url(wanted)

    with_server({wanted: PAGE, "/led": redirect("/خبر?ص=١&a=b c")}, journey)


@pytest.mark.parametrize(
    ("declared", "kind", "charset"),
    [
        ("text/html; charset=Windows-1256", "text/html", "windows-1256"),
        ('Application/RSS+XML; charset="UTF-8"; x=y', "application/rss+xml", "utf-8"),
        ("text/html", "text/html", None),
        ("text/html; charset=\u0661;", "text/html", None),
    ],
)
def test_what_an_answer_declares_is_given_on(declared: str, kind: str, charset: str | None) -> None:
    found = fetched({"/": answer(b"words", Content_Type=declared)})
    assert isinstance(found, Fetched)
    assert (found.content_type, found.charset) == (kind, charset)


def test_a_connection_is_used_again_for_the_next_page() -> None:
    async def journey(server: Server, fetcher: Fetcher) -> None:
        for _ in range(5):
            assert isinstance(await fetcher.get(server.url("/a")), Fetched)
        assert server.connections == 1

    with_server({"/robots.txt": robots(""), "/a": PAGE}, journey)
