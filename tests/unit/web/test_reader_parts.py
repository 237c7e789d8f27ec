"""The parts of accounts' pages: how many hash at a time, how browsers are called, what a form shows of a mistake."""

import asyncio
import threading
from time import sleep

import pytest

from tawatur.web.readers.browsers import browser_of
from tawatur.web.readers.hashing import Busy, Hashing
from tawatur.web.readers.sheet import Field, Sheet, marked


def test_few_hash_at_a_time_and_who_comes_too_late_is_sent_away() -> None:
    hashing, now, most = Hashing(at_once=2, waiting=3), [0], [0]
    lock = threading.Lock()

    def work() -> str:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        sleep(0.05)
        with lock:
            now[0] -= 1
        return "done"

    async def rush() -> list[object]:
        return await asyncio.gather(*(hashing.run(work) for _ in range(8)), return_exceptions=True)

    async def twice() -> list[list[object]]:
        return [await rush(), await rush()]  # nobody is left waiting behind the first

    for found in asyncio.run(twice()):
        assert found.count("done") == 5
        assert [type(one) for one in found if one != "done"] == [Busy] * 3
    assert most == [2]


def test_what_fails_gives_its_turn_back() -> None:
    hashing = Hashing(at_once=1, waiting=0)

    def fail() -> None:
        raise KeyError

    async def run() -> str:
        with pytest.raises(KeyError):
            await hashing.run(fail)
        return await hashing.run(lambda: "done")

    assert asyncio.run(run()) == "done"


MOZILLA = "Mozilla/5.0"
KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", ("Firefox", "Linux")),
        (f"{MOZILLA} (Windows NT 10.0; Win64) {KHTML} Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        (f"{MOZILLA} (Linux; Android 14) {KHTML} SamsungBrowser/25.0 Chrome/121.0", ("Samsung Internet", "Android")),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) {KHTML} Version/18.0 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15) {KHTML} Chrome/140.0 Safari/537.36", ("Chrome", "macOS")),
        ("curl/8.5", ("", "")),
        ("", ("", "")),
    ],
)
def test_browsers_are_called_as_their_readers_call_them(agent: str, browser: tuple[str, str]) -> None:
    assert browser_of(agent) == browser


SHEET = Sheet(
    action="/x",
    button="b",
    fields=(
        Field(name="email", label="e", kind="email"),
        Field(name="password", label="p", kind="password"),
        Field(name="learn", label="l", kind="checkbox", checked=True),
    ),
)


def test_a_mistake_has_the_focus_and_what_was_typed_stays_but_for_secrets() -> None:
    found = marked(SHEET, values={"email": "x", "password": "secret"}, errors={"email": "wrong"})
    assert [(field.value, field.checked) for field in found.fields] == [("x", False), ("", False), ("", False)]
    assert (found.first, [field.name for field in found.wrong]) == ("email", ["email"])


def test_where_all_of_it_is_wrong_the_password_has_the_focus() -> None:
    assert marked(SHEET, refusal="no").first == "password"
    assert SHEET.first == ""
