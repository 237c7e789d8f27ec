"""``tawatur serve --workers``: several processes answer at one address, replace one another, and end together."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.acceptance.test_serving import page, serving


def helpers(pid: int) -> set[int]:
    """Return the processes that answer beside one."""
    found = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:  # it has ended meanwhile
                continue
            if b"spawn_main" in command:
                found.add(int(child))
    return found


def until(what: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_one_that_dies_is_followed_by_another_and_all_end_with_ctrl_c(tmp_path: Path) -> None:
    with serving("serve", "--workers", "3", home=tmp_path) as (process, printed):
        assert until(lambda: len(helpers(process.pid)) == 2)
        first = helpers(process.pid)
        os.kill(min(first), signal.SIGKILL)
        assert until(lambda: len(helpers(process.pid)) == 2 and helpers(process.pid) != first)
        for _ in range(12):
            assert "<html" in page(printed)
        answering = helpers(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in (0, 130)
        assert until(lambda: not any(map(runs, answering)), 10)


@pytest.mark.parametrize("deadly", [signal.SIGTERM, signal.SIGKILL], ids=["ended", "killed"])
def test_none_outlives_the_first_one(tmp_path: Path, deadly: signal.Signals) -> None:
    with serving("serve", "--workers", "2", home=tmp_path) as (process, _):
        assert until(lambda: len(helpers(process.pid)) == 1)
        answering = helpers(process.pid)
        time.sleep(2)  # so that it answers already
        process.send_signal(deadly)
        process.wait(timeout=60)
        assert until(lambda: not any(map(runs, answering)), 30)
