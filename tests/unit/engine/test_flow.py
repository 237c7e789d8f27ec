"""Items that flow through real processes, with real kills."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.engine.test_local import die_at_one, die_once, fail_on_three

from tawatur.engine.flow import Flow


@pytest.fixture(scope="module")
def flow() -> Iterator[Flow]:
    with Flow(2, begin, tries=2) as flow:
        yield flow


def begin() -> None:
    os.environ["FURNISHED"] = "yes"


def furnished(_: int) -> str:
    return os.environ.get("FURNISHED", "no")


def test_each_process_begins_as_it_is_told(flow: Flow) -> None:
    assert [made.result().result for made in [flow.put(furnished, 1) for _ in range(4)]] == ["yes"] * 4


def test_what_fails_says_why_and_what_dies_is_begun_again(flow: Flow, tmp_path: Path) -> None:
    failing = flow.put(fail_on_three, 3)
    items = [(number, str(tmp_path)) for number in range(4)]
    dying = [flow.put(die_once, item) for item in items]
    assert failing.result().error.strip().endswith("ValueError: three is no good")
    assert [made.result().result for made in dying] == list(range(4))


def test_what_kills_each_process_is_given_up(flow: Flow, tmp_path: Path) -> None:
    assert flow.put(die_at_one, (1, str(tmp_path))).result().error == "worker_killed"
    assert (tmp_path / "began-1").read_text() == "xx"


def test_an_error_of_whoever_waits_ends_the_processes_at_once() -> None:
    pids: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        broken_off(pids)
    assert not Path(f"/proc/{pids[0]}").exists()


def broken_off(pids: list[int]) -> None:
    with Flow(1, begin) as own:
        pids.append(own.put(_pid, 0).result().result or 0)
        own.put(signal.sigwait, {signal.SIGUSR1})
        raise KeyboardInterrupt


def _pid(_: int) -> int:
    return os.getpid()
