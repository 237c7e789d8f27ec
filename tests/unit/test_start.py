"""What a start of the command loads: small commands nothing that is large, and none what only some of them need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: What takes part in what few commands do: fetching, taking pages apart, pictures, letters, models, tables, pages.
LATE = {
    "PIL",
    "aiohttp",
    "charset_normalizer",
    "fastapi",
    "jinja2",
    "joserfc",
    "mrml",
    "onnxruntime",
    "protego",
    "pyarrow",
    "simplemma",
    "trafilatura",
    "uvicorn",
}
#: What nothing needs that only speaks of the command itself.
LARGE = LATE | {"asyncio", "babel", "cryptography", "lxml", "numpy", "rich", "sqlite3"}
CODE = """
import atexit, json, sys
from tawatur.cli import main
sys.argv = ["tawatur", *sys.argv[2:]]
atexit.register(lambda: open({out!r}, "w").write(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}}))))
main()
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Return which packages the command has loaded when it ends."""
    out = folder / "loaded.json"
    command = [sys.executable, "-c", CODE.format(out=str(out)), "tawatur", *arguments]
    variables = os.environ | {"TAWATUR_HOME": str(folder / "home"), "TAWATUR_LANG": "en"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(out.read_text()))


@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (["--version"], LARGE),
        (["newsletters", "--help"], LARGE - {"babel", "rich"}),
        (["outlets", "list", "--json"], LATE),
    ],
    ids=["version", "help", "outlets"],
)
def test_small_commands_load_little(tmp_path: Path, arguments: list[str], never: set[str]) -> None:
    assert loaded(tmp_path, *arguments) & never == set()


def test_a_product_of_matrices_calls_no_threads_to_help() -> None:
    code = (
        "import os, tawatur, numpy; held = numpy.ones((600, 600), 'f4'); held @ held.T; "
        "print(len(os.listdir('/proc/self/task')))"
    )
    variables = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
