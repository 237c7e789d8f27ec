"""The described interface of a real server under what schemathesis makes up for it: nothing of it ends in a failure of ours."""

import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.acceptance.test_serving import serving

from tawatur.accounts import Accounts
from tawatur.accounts.keyring import Keyring
from tawatur.store import open_store
from tawatur.store.keys import Scope

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
#: Seconds for the whole of the interface, and how many cases each operation gets at most.
TIME, CASES = 45, 12

#: What is at an end of something, and was no number or text for a store before.
EXTREMES = (
    ("POST", f"api/corrections/{10**30}/undo", b'{"who": "x"}'),
    ("POST", "api/saved", b'{"kind": "story", "of": "\\ud800"}'),
    ("POST", "saved", b'{"kind": "story", "of": "\\ud800"}'),
    ("GET", f"api/saved?skip={10**30}", None),
    ("GET", "api/stories?before=%00%ff", None),
    ("GET", "feeds/person/%00.atom", None),
    ("GET", "feeds/own/%ff.rss", None),
    ("GET", f"saved?page={10**30}", None),
)


def status(address: str, method: str, path: str, body: bytes | None) -> int:
    kind = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}{path}", data=body, method=method, headers=kind)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def key(home: Path) -> str:
    """Return a key for reading and writing of the reader of single-user mode."""
    store = open_store(home / "tawatur.sqlite3")
    try:
        reader = Accounts(store).local()
        made = Keyring(store).make(reader.id, Scope.WRITE, "schemathesis", now=datetime.now(UTC))
        assert made is not None
        return made.token
    finally:
        store.close()


@pytest.mark.slow
def test_nothing_that_is_asked_of_the_interface_ends_in_a_failure(tmp_path: Path) -> None:
    with serving("start", home=tmp_path) as (_, printed):
        address = printed[-1].split()[-1]
        command = [
            *(str(SCHEMATHESIS), "run", f"{address}api/openapi.json"),
            *("--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"),
            *("--max-time", str(TIME), "--max-examples", str(CASES), "--seed", "1", "--no-shrink"),
            *("--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure"),
            *("-H", f"Authorization: Bearer {key(tmp_path)}"),
        ]
        refused = [status(address, *asked) for asked in EXTREMES]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=240)
    assert [one for one in refused if one >= 500] == []
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout or "passed" in done.stdout
