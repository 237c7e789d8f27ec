"""Where connections go: no redirect, no name and no spelling leads to an address that is not allowed."""

import asyncio
from pathlib import Path

import pytest
from tests.network.hostile import LOOPBACK, Names, Server, answer, authority, fetched, policy, redirect

from tawatur.fetch.http import Fetched, Fetcher, Reason, Refused

SECRET = "127.0.0.2"  # where something listens that nobody outside may reach
ANSWER = answer(b"<p>news</p>")


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("http://127.0.0.2/", Reason.PRIVATE),
        ("//127.0.0.2/", Reason.PRIVATE),
        ("http://[::1]/", Reason.PRIVATE),
        ("http://[::ffff:127.0.0.2]/", Reason.PRIVATE),
        ("http://10.0.0.1:8080/", Reason.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", Reason.PRIVATE),
        ("http://[fd00:ec2::254]/", Reason.PRIVATE),
        ("http://2130706434/", Reason.BAD_ADDRESS),
        ("http://0x7f.2/", Reason.BAD_ADDRESS),
        ("http://0177.0.0.02/", Reason.BAD_ADDRESS),
        ("http:127.0.0.2", Reason.BAD_ADDRESS),
        ("http://one.example:22/", Reason.PORT),
        ("http://user:word@one.example/", Reason.CREDENTIALS),
        ("file:///etc/passwd", Reason.SCHEME),
        ("FILE:/etc/passwd", Reason.SCHEME),
        ("gopher://one.example/", Reason.SCHEME),
        ("ftp://one.example/", Reason.SCHEME),
        ("javascript:alert(1)", Reason.SCHEME),
        ("data:text/html,news", Reason.SCHEME),
        ("http://", Reason.BAD_ADDRESS),
        ("http:///path", Reason.BAD_ADDRESS),
        ("http://one.example\\@127.0.0.2/", Reason.BAD_ADDRESS),
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_judged_like_an_address_that_was_asked_for(where: str, reason: Reason, status: str) -> None:
    found = fetched({"/": redirect(where, status)})
    assert isinstance(found, Refused)
    assert found.reason is reason
    assert found.lasting


def test_nothing_of_loopback_is_fetched_unless_it_is_allowed() -> None:
    async def journey() -> None:
        async with (
            Server({"/": ANSWER}) as server,
            Fetcher(policy(allow_private=(), ports=frozenset({server.port}))) as fetcher,
        ):
            for host in (LOOPBACK, "localhost"):
                found = await fetcher.get(server.url(host=host))
                assert isinstance(found, Refused)
                assert (found.reason, found.lasting) == (Reason.PRIVATE, True)
            assert server.connections == 0

    asyncio.run(journey())


@pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8", "localhost", "LOCALHOST."])
def test_what_is_allowed_is_fetched_on_any_port(allowed: str) -> None:
    async def journey() -> None:
        async with Server({"/": ANSWER}) as server, Fetcher(policy(allow_private=(allowed,))) as fetcher:
            host = "localhost" if "local" in allowed.lower() else LOOPBACK
            assert isinstance(await fetcher.get(server.url(host=host)), Fetched)

    asyncio.run(journey())


def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing() -> None:
    """One look-up a connection: what would be asked for the second time is never asked."""

    async def journey(names: Names) -> None:
        async with Server({"/": ANSWER}) as good, Server({"/": ANSWER}, host=SECRET, port=good.port) as secret:
            async with Fetcher(policy(), lookup=names) as fetcher:
                found = await fetcher.get(good.url(host="news.example"))
                assert isinstance(found, Refused)  # its port is no port of news: a name is not what is allowed
            rules = policy(ports=frozenset({good.port}))
            async with Fetcher(rules, lookup=names) as fetcher:
                found = await fetcher.get(good.url(host="news.example"))
                assert isinstance(found, Fetched)
                assert len(names.asked) == good.connections
            assert secret.connections == 0

    with Names({"news.example": [[LOOPBACK], [LOOPBACK], [SECRET]]}) as names:
        asyncio.run(journey(names))


def test_a_name_that_flips_without_end_never_leads_to_the_secret() -> None:
    async def journey(names: Names) -> tuple[int, int, int]:
        page = answer(b"<p>news</p>", Connection="close")

        async def closing(request: object, writer: asyncio.StreamWriter) -> None:
            await page(request, writer)  # type: ignore[arg-type]
            writer.close()

        async with Server({"/": closing}) as good, Server({"/": closing}, host=SECRET, port=good.port) as secret:
            rules = policy(ports=frozenset({good.port}), troubles=999, robots_keep=0.0)
            async with Fetcher(rules, lookup=names) as fetcher:
                found = [await fetcher.get(good.url(host="news.example")) for _ in range(30)]
            reasons = [one.reason for one in found if isinstance(one, Refused)]
            assert set(reasons) == {Reason.PRIVATE}
            return len(found) - len(reasons), len(reasons), secret.connections

    with Names({"news.example": [[LOOPBACK], [LOOPBACK], [SECRET], [LOOPBACK], [SECRET, LOOPBACK]] * 20}) as names:
        fine, refused, reached = asyncio.run(journey(names))
    assert fine > 0
    assert refused > 0
    assert reached == 0


@pytest.mark.parametrize("addresses", [[SECRET], [LOOPBACK, SECRET], [LOOPBACK, "::1"], ["::ffff:7f00:1"], ["0.0.0.0"]])
def test_one_address_that_is_not_allowed_spoils_the_name(addresses: list[str]) -> None:
    async def journey(names: Names) -> None:
        async with Fetcher(policy(), lookup=names) as fetcher:
            found = await fetcher.get("http://news.example/")
            assert isinstance(found, Refused)
            assert found.reason is Reason.PRIVATE

    with Names({"news.example": [addresses]}) as names:
        asyncio.run(journey(names))


def test_a_name_without_addresses_is_no_trouble_of_ours() -> None:
    async def journey(names: Names) -> None:
        async with Fetcher(policy(), lookup=names) as fetcher:
            found = await fetcher.get("http://nowhere.example/")
            assert isinstance(found, Refused)
            assert (found.reason, found.lasting) == (Reason.LOOKUP, False)

    with Names({}) as names:
        asyncio.run(journey(names))


def test_a_slow_name_server_is_given_up_and_holds_up_nobody_else() -> None:
    async def lookup(host: str) -> list[str]:
        await asyncio.sleep(9 if host.startswith("slow") else 0)
        return [LOOPBACK]

    async def journey() -> None:
        async with Server({"/": ANSWER}) as server:
            rules = policy(ports=frozenset({server.port}), connect_time=1.5)
            async with Fetcher(rules, lookup=lookup) as fetcher:
                slow = asyncio.create_task(fetcher.get(server.url(host="slow.example")))
                assert isinstance(await fetcher.get(server.url(host="quick.example")), Fetched)
                assert not slow.done()
                found = await slow
                assert isinstance(found, Refused)
                assert found.reason is Reason.SLOW_CONNECT

    asyncio.run(journey())


def test_nothing_that_could_tell_who_we_are_is_sent_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cookie comes back, no proxy and no ``.netrc`` is obeyed, no word of where we come from."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login me password word\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.2:9/")

    async def journey(names: Names) -> None:
        cookie = answer(b"", status="302 Found", Location="/a", Set_Cookie="who=me; Path=/")
        async with Server({"/": cookie, "/a": ANSWER}) as server:
            rules = policy(contact="desk@one.example", ports=frozenset({server.port}))
            async with Fetcher(rules, lookup=names) as fetcher:
                for host in (LOOPBACK, "news.example", "news.example"):
                    assert isinstance(await fetcher.get(server.url(host=host)), Fetched)
            told = {"cookie", "authorization", "proxy-authorization", "referer", "from"}
            for request in server.requests:
                assert not request.headers.keys() & told
                assert request.headers["user-agent"].startswith("Tawatur/")
                assert "desk@one.example" in request.headers["user-agent"]

    with Names({"news.example": [[LOOPBACK]]}) as names:
        asyncio.run(journey(names))


def test_https_is_checked_and_never_goes_down_to_http(tmp_path: Path) -> None:
    serving, trust = authority(str(tmp_path))

    async def journey(names: Names) -> None:
        async with Server({"/": ANSWER}, tls=serving) as server:
            server.routes["/down"] = redirect(f"http://news.example:{server.port}/down")
            server.routes["/other"] = redirect(f"http://news.example:{server.port}/")
            rules = policy(ports=frozenset({server.port}))
            async with Fetcher(rules, lookup=names, trust=trust) as fetcher:
                assert isinstance(await fetcher.get(server.url(host="news.example")), Fetched)
                down = await fetcher.get(server.url("/down", host="news.example"))
                assert isinstance(down, Refused)
                assert down.reason is Reason.DOWNGRADE
                lifted = await fetcher.get(server.url("/other", host="news.example"))
                assert isinstance(lifted, Fetched)
                assert lifted.final == server.url("/", host="news.example")
                wrong = await fetcher.get(server.url(host="other.example"))
                assert isinstance(wrong, Refused)
                assert wrong.reason is Reason.TLS
            async with Fetcher(rules, lookup=names) as fetcher:
                stranger = await fetcher.get(server.url(host="news.example"))
                assert isinstance(stranger, Refused)
                assert stranger.reason is Reason.TLS

    with Names({"news.example": [[LOOPBACK]], "other.example": [[LOOPBACK]]}) as names:
        asyncio.run(journey(names))


def test_a_hook_gets_its_message_and_is_not_led_elsewhere() -> None:
    async def journey() -> None:
        routes = {"/hook": answer(b"taken", status="202 Accepted"), "/away": redirect("/hook", "307 Temporary")}
        async with Server(routes) as server, Fetcher(policy()) as fetcher:
            sent = await fetcher.post(
                server.url("/hook"), b"{}", content_type="application/json", headers={"X-Mark": "1"}
            )
            assert isinstance(sent, Fetched)
            assert sent.status == 202
            (request,) = server.requests
            assert (request.method, request.body, request.headers["x-mark"]) == ("POST", b"{}", "1")
            assert request.headers["content-type"] == "application/json"
            away = await fetcher.post(server.url("/away"), b"{}", content_type="application/json")
            assert isinstance(away, Refused)
            assert away.reason is Reason.REDIRECTS
            inside = await fetcher.post("http://127.0.0.2/", b"{}", content_type="application/json")
            assert isinstance(inside, Refused)
            assert inside.reason is Reason.PRIVATE
            assert len(server.requests) == 2

    asyncio.run(journey())
