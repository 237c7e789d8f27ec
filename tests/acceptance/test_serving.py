"""``tawatur start``, ``serve`` and ``--version``: the address, the port, the sample edition once, a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tawatur")
Tawatur = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def serving(*arguments: str, home: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Start a server and give it with the lines that it printed up to its address."""
    variables = os.environ | {"TAWATUR_HOME": str(home), "TAWATUR_LANG": "en"}
    command = [COMMAND, *arguments, "--port", "0"]
    process = subprocess.Popen(command, env=variables, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    printed: list[str] = []
    try:
        while not printed or "http://" not in printed[-1]:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            printed.append(line.strip())
        yield process, printed
    finally:
        process.kill()
        process.communicate()


def page(printed: list[str]) -> str:
    address = printed[-1].split()[-1]
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_the_sample_edition_is_put_in_once_and_nothing_is_lost(home: Path) -> None:
    with serving("start", home=home) as (_, first):
        shown = page(first)
    assert "sample edition is in the store" in first[0]
    began = time.monotonic()
    with serving("start", home=home) as (_, second):
        took = time.monotonic() - began
        assert page(second) == shown
    assert "the store is ready" in second[0]
    assert first[0].split(":")[1] == second[0].split(":")[1]
    assert took < 10


def test_ctrl_c_ends_it_without_a_word(home: Path) -> None:
    with serving("serve", home=home) as (process, printed):
        page(printed)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert "Traceback" not in errors
    assert process.returncode in (0, 130)


@pytest.mark.parametrize("command", ["serve", "start"])
def test_a_port_in_use_is_said_in_one_line(command: str, tawatur: Tawatur) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = tawatur(command, "--port", str(other.getsockname()[1]))
    assert done.returncode == 2
    assert str(other) not in done.stderr
    assert "another program uses the port 127.0.0.1:" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_host_that_is_not_ours_is_said_in_one_line(tawatur: Tawatur) -> None:
    done = tawatur("serve", "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 2
    assert "192.0.2.1" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_version_comes_at_once(tawatur: Tawatur) -> None:
    times = []
    for _ in range(3):
        began = time.monotonic()
        done = tawatur("--version")
        times.append(time.monotonic() - began)
        assert done.stdout.startswith("tawatur 0.")
    assert min(times) < 1
