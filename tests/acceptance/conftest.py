"""The real command in a process of its own, with a data folder of its own.

It is forked from a process that has loaded it (``warm``), unless its variables need a start from nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.acceptance.warm import WARM, fits

COMMAND = Path(sys.executable).with_name("tawatur")
DATA = Path(__file__).parent / "data"

Done = subprocess.CompletedProcess[str]
Tawatur = Callable[..., Done]


def run(folder: Path, *arguments: str | Path, **environment: str) -> Done:
    """Run the command in a folder, in English, with its data folder in it; never a traceback."""
    variables = os.environ | {"TAWATUR_HOME": str(folder / "home"), "TAWATUR_LANG": "en"} | environment
    words = [str(one) for one in arguments]
    if fits(environment):
        done = WARM.run(words, cwd=folder, env=variables)
    else:
        done = subprocess.run([COMMAND, *words], cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def tawatur(tmp_path: Path) -> Tawatur:
    """Run the command in ``tmp_path`` and return what it printed."""
    return partial(run, tmp_path)


@pytest.fixture(scope="session")
def tawatur_in() -> Tawatur:
    """Run the command in the folder that comes first, for results that several tests look at."""
    return run


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Invented pages as plain text, by name."""
    lines = (DATA / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    return {page["name"]: page["text"] for page in map(json.loads, lines)}
