"""The engine on this machine: real processes, real kills."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tawatur.collecting import NEWEST
from tawatur.engine import open_engine
from tawatur.engine.contract import TRIES
from tawatur.errors import ConfigError


def square(number: int) -> int:
    return number * number


def threshold(_: int) -> int:
    return gc.get_threshold()[0]


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is no good")
    return number


def die_once(item: tuple[int, str]) -> int:
    """Die the first time that an item is met."""
    number, folder = item
    seen = Path(folder, str(number))
    if number % 3 == 0 and not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_at_one(item: tuple[int, str]) -> int:
    number, folder = item
    with open(Path(folder, f"began-{number}"), "a") as file:
        file.write("x")
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def at_once(item: tuple[int, str]) -> bool:
    """Wait until the other one has begun too."""
    number, folder = item
    Path(folder, f"here-{number}").touch()
    end = time.monotonic() + 20
    while not Path(folder, f"here-{1 - number}").exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("workers", [1, 3])
def test_every_item_is_done_once(workers: int) -> None:
    with open_engine("local", workers=workers) as engine:
        done = list(engine.run(square, range(10)))
    assert sorted((one.item, one.result) for one in done) == [(number, number * number) for number in range(10)]


def test_workers_work_at_the_same_time(tmp_path: Path) -> None:
    with open_engine("local", workers=2) as engine:
        assert [one.result for one in engine.run(at_once, [(0, str(tmp_path)), (1, str(tmp_path))])] == [True, True]


def test_an_item_that_fails_is_given_up_with_its_reason_and_costs_no_other() -> None:
    with open_engine("local", workers=2) as engine:
        done = {one.item: one for one in engine.run(fail_on_three, range(6))}
    assert {number: one.result for number, one in done.items()} == {0: 0, 1: 1, 2: 2, 3: None, 4: 4, 5: 5}
    assert done[3].error.strip().endswith("ValueError: three is no good")


def test_the_items_of_killed_workers_are_done_by_others(tmp_path: Path) -> None:
    with open_engine("local", workers=2) as engine:
        done = list(engine.run(die_once, [(number, str(tmp_path)) for number in range(10)]))
    assert sorted(one.result or 0 for one in done) == list(range(10))
    assert all(not one.error for one in done)


def test_an_item_whose_workers_die_again_and_again_is_given_up(tmp_path: Path) -> None:
    with open_engine("local", workers=2) as engine:
        done = {one.item[0]: one for one in engine.run(die_at_one, [(number, str(tmp_path)) for number in range(4)])}
    assert {number: one.result for number, one in done.items()} == {0: 0, 1: None, 2: 2, 3: 3}
    assert done[1].error == "worker_killed"
    assert len((tmp_path / "began-1").read_text()) == TRIES


def test_workers_look_seldom_for_what_holds_each_other() -> None:
    with open_engine("local", workers=1) as engine:
        (done,) = engine.run(threshold, [0])
    assert done.result == NEWEST


def test_no_process_stays_behind() -> None:
    with open_engine("local", workers=2) as engine:
        list(engine.run(square, range(4)))
        (pids,) = [[worker.process.pid for worker in engine._running]]  # type: ignore[attr-defined]
    assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize("place", ["", "remote", "dask://127.0.0.1:1"])
def test_a_place_that_is_no_engine_is_named(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("tawatur.engine.cluster.ANSWERING", 1.0)
    with pytest.raises(ConfigError, match="--engine"):
        open_engine(place, workers=1)


def linger(folder: str) -> None:
    """Tell who works, and do so for long."""
    Path(folder, "worker").write_text(str(os.getpid()))
    time.sleep(600)


HANDING_OUT = """
import sys
from tests.unit.engine.test_local import linger
from tawatur.engine import open_engine

if __name__ == "__main__":
    with open_engine("local", workers=1) as engine:
        list(engine.run(linger, [sys.argv[1]]))
"""


def test_a_worker_ends_with_the_process_that_it_works_for(tmp_path: Path) -> None:
    (script := tmp_path / "handing_out.py").write_text(HANDING_OUT)
    paths = os.pathsep.join([str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen([sys.executable, script, tmp_path], env=os.environ | {"PYTHONPATH": paths}) as driver:
        worker = int(waited_for(lambda: (tmp_path / "worker").read_text()))
        driver.send_signal(signal.SIGKILL)

    waited_for(lambda: "gone" if has_ended(worker) else "")


def waited_for(look: Callable[[], str]) -> str:
    """Return what is seen, when it is there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError):
            if seen := look():
                return seen
        time.sleep(0.05)
    raise AssertionError("it never came")


def has_ended(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
