"""The log: one line an event, in which nothing that comes from outside can pretend to be one, and no secret stands."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.extract.identity import trace
from tawatur.watching import is_told, logs, tell
from tawatur.watching.logs import Lines, Manner, clean
from tawatur.watching.trail import following

INJECTED = "x\n2031-01-01T00:00:00Z [critical] forged\r\x1b[2J\u202egnorw\u2028 level=error"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A file that this process logs to, everything from info up."""
    path = tmp_path / "deep" / "tawatur.log"
    logs.begin(Manner(level="info", path=path))
    yield path
    logging.getLogger().handlers = [one for one in logging.getLogger().handlers if not isinstance(one, Lines)]
    logging.getLogger("tawatur").setLevel(logging.NOTSET)
    logs.begin(None)


def line(form: str, message: str, *, error: Exception | None = None, **values: object) -> str:
    """Return what is written of an event."""
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("tawatur.events", logging.INFO, "here.py", 1, message, (), exc_info)
    if values:
        record.values = values
    return Lines(Manner(form=form)).line(record)


def failure(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_programs_get_an_object_a_line_the_same_names_first() -> None:
    found = json.loads(line("json", "page.fetched", url="https://one.example/a", trace="abc", bytes=7, detail=""))
    assert list(found)[:4] == ["time", "level", "event", "trace"]
    assert (found["level"], found["event"], found["url"], found["bytes"]) == (
        "info",
        "page.fetched",
        "https://one.example/a",
        7,
    )
    assert found["time"].endswith("Z")
    assert "detail" not in found, "what is empty is left out"


def test_people_get_a_line_to_read() -> None:
    told = line("", "page.fetched", url="https://one.example/a", outcome="fetched")
    assert "\n" not in told
    assert "page.fetched" in told
    assert "url=https://one.example/a" in told


@pytest.mark.parametrize("form", ["", "json"])
def test_nothing_from_outside_makes_a_line_of_its_own_or_moves_the_cursor(form: str) -> None:
    told = line(form, f"{INJECTED} could not be read", url=INJECTED, error=failure(INJECTED))
    lines = told.split("\n")
    assert all(one.startswith("    ") for one in lines[1:]), "what failed stands below, set in"
    assert not any(sign in told for sign in "\r\x1b\u202e\u2028")
    if form == "json":
        assert len(lines) == 1
        assert json.loads(told)["level"] == "info"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("550 5.1.1 <salma.haddad+news@one.example> unknown user", "salma"),
        ("postgresql://tawatur:hunter2@db/news", "hunter2"),
        ("https://salma:hunter2@one.example/feed", "hunter2"),
        ("Authorization: Bearer abcdefgh12345678", "abcdefgh"),
        ("https://one.example/feed?token=abcdef&page=2", "abcdef"),
        ("https://one.example/feed?api_key=abcdef", "abcdef"),
        ("سلمى@أخبار.example is unknown", "سلمى"),
    ],
)
def test_neither_readers_addresses_nor_secrets_stand_in_a_line(text: str, gone: str) -> None:
    for form in ("", "json"):
        told = line(form, text, detail=text, nested=[{"url": text}], error=failure(text))
        assert gone not in told
    assert gone not in str(clean({"a": [text]}))


def test_what_a_reader_asked_for_is_not_in_the_log_although_it_failed(written: Path) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from tawatur.messages import LANGUAGES
    from tawatur.web.assets import Assets
    from tawatur.web.failures import Failures
    from tawatur.web.render import Renderer

    app = FastAPI()
    Failures({language: Renderer(language, Assets(), sections=lambda: ()) for language in LANGUAGES}).register(app)

    @app.get("/api/own/{token}")
    def fails(token: str, q: str) -> None:
        raise ValueError(f"near {q} and {token}")

    answer = TestClient(app, raise_server_exceptions=False).get("/api/own/abcdef?q=illness+of+mine&n=1")
    assert answer.status_code == 500
    told = written.read_text(encoding="utf-8")
    assert "/api/own/{token}" in told
    assert "ValueError: near [asked] and [asked]" in told
    assert "illness" not in told
    assert "abcdef" not in told


def test_addresses_of_outlets_stay_as_they_are() -> None:
    url = "https://one.example/@desk/2031/03/خبر?page=2&id=17"
    assert clean(url) == url


def test_what_is_logged_over_a_page_carries_its_trace_in_whichever_way_it_is_logged(written: Path) -> None:
    mine = trace("https://www.one.example/a/?utm_source=feed")
    assert mine == trace("http://one.example/a"), "accidents of an address change nothing"
    with following(mine):
        logging.getLogger("tawatur.pipeline").warning("%s could not be read", "https://one.example/a")
        logging.getLogger("elsewhere").warning("a library warns")
    logging.getLogger("tawatur.pipeline").warning("of no page")
    tell("page.fetched", trace=mine, url="https://one.example/a")
    lines = written.read_text(encoding="utf-8").splitlines()
    assert [mine in one for one in lines] == [True, True, False, True]


def test_events_are_written_where_their_level_is_wanted(written: Path) -> None:
    assert is_told()
    logs.begin(Manner(level="warning", path=written))
    assert not is_told()
    tell("page.fetched", trace="abc")
    assert not written.exists()
    tell("letter.left", logging.WARNING, letter=7)
    assert "letter=7" in written.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_no_trouble(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    Lines(Manner(path=tmp_path / "file" / "tawatur.log")).handle(
        logging.LogRecord("tawatur", logging.ERROR, "here.py", 1, "told to nobody", (), None)
    )
    assert capfd.readouterr().err == ""


def test_lines_of_several_processes_never_stand_in_one_another(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tawatur.watching import logs, tell; "
        "logs.begin(logs.Manner(form='json', level='info')); "
        "[tell('step', number=n, much='x' * 3000) for n in range(60)]"
    )
    with (tmp_path / "err").open("wb") as errors:
        running = [subprocess.Popen([sys.executable, "-c", code], stderr=errors) for _ in range(2)]
        assert [one.wait(timeout=60) for one in running] == [0, 0]
    found = [json.loads(one) for one in (tmp_path / "err").read_text(encoding="utf-8").splitlines()]
    assert sorted(one["number"] for one in found) == sorted([*range(60)] * 2)
