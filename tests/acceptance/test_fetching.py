"""Addresses as input: the real command, real servers on loopback."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.network.hostile import LOOPBACK, Handler, Server, answer, raw, redirect, serving

Done = subprocess.CompletedProcess[str]
Tawatur = Callable[..., Done]


def page(text: str, *, encoding: str = "utf-8", **headers: str) -> Handler:
    """Return a page of a title and paragraphs."""
    title, *paragraphs = text.splitlines()
    body = f"<article><h1>{title}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs) + "</article>"
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return answer(html.encode(encoding), **headers)


def feed(text: str, link: str) -> Handler:
    title, *rest = text.splitlines()
    body = "".join(f"&lt;p>{one}&lt;/p>" for one in rest)
    item = f"<item><title>{title}</title><link>{link}</link><description>{body}</description></item>"
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    return answer(text.encode(), Content_Type="application/rss+xml")


@pytest.fixture
def extract(tawatur: Tawatur) -> Callable[..., tuple[Done, list[dict[str, Any]]]]:
    """Run ``tawatur extract`` on addresses, loopback allowed, and return what it wrote."""

    def run(*places: str | Path, **environment: str) -> tuple[Done, list[dict[str, Any]]]:
        rules = {"TAWATUR_ALLOW_PRIVATE": LOOPBACK, "TAWATUR_FETCH_DELAY": "0"} | environment
        done = tawatur("extract", *places, **rules)
        return done, [json.loads(line) for line in done.stdout.splitlines()]

    return run


def test_a_page_becomes_an_article_with_the_address_where_it_stands(extract: Any, pages: dict[str, str]) -> None:
    with serving(
        {"/old": redirect("/أخبار/جسر"), "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AC%D8%B3%D8%B1": page(pages["bridge"])}
    ) as server:
        done, (article,) = extract(server.url("/old"))
        assert (done.returncode, done.stderr) == (0, "")
        assert article["title"] == pages["bridge"].splitlines()[0]
        assert article["paragraphs"] == pages["bridge"].splitlines()[1:]
        assert article["url"] == article["origin"] == server.url("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AC%D8%B3%D8%B1")


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1256", "windows-1256"), ("iso-8859-6", "ISO-8859-6"), ("utf-8", "x")]
)
def test_letters_come_as_the_answer_declares_them(
    encoding: str, declared: str, extract: Any, pages: dict[str, str]
) -> None:
    handler = page(pages["bridge"], encoding=encoding, Content_Type=f"text/html; charset={declared}")
    with serving({"/a": handler}) as server:
        _, (article,) = extract(server.url("/a"))
        assert article["paragraphs"] == pages["bridge"].splitlines()[1:]


def test_feeds_and_json_lines_are_read_from_addresses_too(extract: Any, pages: dict[str, str]) -> None:
    title, *rest = pages["strike"].splitlines()
    lines = [json.dumps({"id": f"a{n}", "source": "one", "title": title, "text": "\n".join(rest)}) for n in range(2)]
    routes = {
        "/feed": feed(pages["strike"], "http://one.example/1"),
        "/lines": answer("\n".join([*lines, "{"]).encode(), Content_Type="application/json"),
    }
    with serving(routes) as server:
        done, found = extract(server.url("/feed"), server.url("/lines"))
        assert [one["title"] for one in found] == [title] * 3
        assert found[0]["url"] == "http://one.example/1"
        assert done.returncode == 1
        assert server.url("/lines") in done.stderr


def test_what_is_refused_is_named_with_its_reason_and_costs_only_itself(extract: Any, pages: dict[str, str]) -> None:
    robots = answer(b"User-agent: *\nDisallow: /closed", Content_Type="text/plain")
    picture = answer(b"\x89PNG\r\n\x1a\n" + bytes(100), Content_Type="image/png")
    routes: dict[str, Handler] = {
        "/robots.txt": robots,
        "/good": page(pages["bridge"]),
        "/closed": page(pages["strike"]),
        "/picture": picture,
        "/empty": answer(b" \n"),
        "/inside": redirect("http://169.254.169.254/latest/"),
    }
    said = {
        "/closed": "robots.txt",
        "/missing": "no page at this address (404)",
        "/picture": "not text (image/png)",
        "/empty": "empty",
        "/inside": "internal address",
    }
    with serving(routes) as server:
        done, found = extract(*(server.url(path) for path in [*said, "/good"]))
        assert len(found) == 1
        assert done.returncode == 2  # the address that leads inside is a mistake of the call
        for path, words in said.items():
            (line,) = [line for line in done.stderr.splitlines() if f"{server.url(path)}:" in line]
            assert words in line


def test_a_password_in_an_address_is_neither_sent_nor_shown_nor_kept(tawatur: Tawatur, tmp_path: Path) -> None:
    done = tawatur("read", "--json", "http://me:swordfish@one.example/a")
    assert done.returncode == 2
    assert "http://***@one.example/a" in done.stderr
    assert "swordfish" not in done.stderr + done.stdout
    assert all(b"swordfish" not in path.read_bytes() for path in (tmp_path / "home").iterdir())


def test_nothing_on_this_machine_is_read_unless_it_is_allowed(tawatur: Tawatur, pages: dict[str, str]) -> None:
    with serving({"/": page(pages["bridge"])}) as server:
        for host in (LOOPBACK, "localhost"):
            done = tawatur("read", server.url("/", host=host), TAWATUR_FETCH_PORTS=f"80,443,{server.port}")
            assert done.returncode == 2
            assert "TAWATUR_ALLOW_PRIVATE" in done.stderr
        assert server.connections == 0


def test_hosts_are_read_side_by_side_into_one_store_with_files(
    tawatur: Tawatur, pages: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "strike.txt"
    file.write_text(pages["strike"], encoding="utf-8")
    bridge = page(pages["bridge"])

    begun: list[float] = []

    async def slowly(request: Any, writer: Any) -> None:
        begun.append(time.monotonic())
        time.sleep(0.8)  # in the thread of its own server
        await bridge(request, writer)

    rules = {"TAWATUR_ALLOW_PRIVATE": "127.0.0.0/8", "TAWATUR_FETCH_DELAY": "0"}
    hosts = [f"127.0.0.{number}" for number in range(1, 6)]
    routes: dict[str, Handler] = {"/": slowly}
    servers: list[Server] = []
    with serving(routes, host=hosts[0]) as a, serving(routes, host=hosts[1]) as b, serving(routes, host=hosts[2]) as c:
        servers += [a, b, c]
        done = tawatur("read", "--json", *(server.url() for server in servers), file, **rules)
    found = json.loads(done.stdout)
    assert found["documents"] == 4
    assert found["rejected"] == []
    assert {report["url"] for story in found["stories"] for report in story["reports"]} >= {servers[0].url()}
    assert max(begun) - min(begun) < 0.8
    assert len(found["stories"]) == 2


def test_a_fetch_is_stopped_at_once(tmp_path: Path) -> None:
    with serving({"/": raw(every=60)}) as server:
        environment = {"TAWATUR_HOME": str(tmp_path), "TAWATUR_ALLOW_PRIVATE": LOOPBACK, "PATH": "/usr/bin:/bin"}
        command = [Path(sys.executable).with_name("tawatur"), "read", server.url()]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not server.asked("/"):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=5)
        assert process.returncode == 130
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAWATUR_ALLOW_PRIVATE", "127.0.0.300"),
        ("TAWATUR_ALLOW_PRIVATE", "http://localhost/"),
        ("TAWATUR_ALLOW_PRIVATE", "localhost:8000"),
        ("TAWATUR_CONTACT", "desk@one.example\r\nX: y"),
        ("TAWATUR_CONTACT", "مكتب"),
        ("TAWATUR_FETCH_PORTS", "80,99999"),
        ("TAWATUR_FETCH_DELAY", "-1"),
        ("TAWATUR_FETCH_DELAY", "nan"),
        ("TAWATUR_FETCH_CONNECTIONS", "0"),
    ],
)
def test_a_setting_without_sense_is_named(name: str, value: str, tawatur: Tawatur) -> None:
    done = tawatur("read", "http://127.0.0.1/", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert len(done.stderr.splitlines()) <= 2
