"""Every command of the documentation is run, and every file that it names exists.

A fenced block marked ``sh`` is a script that works in the root of the project. ``make`` targets that set up, serve or test are
not run from within the tests, but must exist; a line that ends in ``&`` or serves is started elsewhere (``test_web``).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
NAMED_PATH = re.compile(r"`((?:src|docs|tests|bench|scripts)/[\w./-]+\.\w+)`")
SERVES = re.compile(r"^(?:make (?:run|test|setup|bench)|tawatur (?:serve|start)|sh scripts/test\.sh)\b")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def commands(document: Path) -> list[str]:
    lines = [line for block in BLOCK.findall(document.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [line for line in lines if line.strip() and not line.startswith("#")]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if commands(path)], ids=relative)
def test_the_commands_of_a_document_work_in_their_order(document: Path, tmp_path: Path) -> None:
    bin_folder = ROOT / ".venv" / "bin"
    work = tmp_path / "work"
    shutil.copytree(ROOT / "src" / "tawatur" / "sample" / "items", work / "src" / "tawatur" / "sample" / "items")
    environment = os.environ | {"TAWATUR_HOME": str(tmp_path / "home"), "PATH": f"{bin_folder}:{os.environ['PATH']}"}
    for command in commands(document):
        if SERVES.match(command):
            continue
        done = subprocess.run(
            command, shell=True, cwd=work, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{relative(document)}: {command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_make_targets_and_benches_of_a_document_exist(document: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    for command in commands(document):
        if found := re.match(r"make (\w+)(?: NAME=(\w+))?", command):
            assert found[1] in targets, command
            assert found[2] is None or (ROOT / "bench" / f"{found[2]}.py").exists(), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_and_paths_of_a_document_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for link in LINK.findall(text):
        assert (document.parent / link).exists(), f"{relative(document)} links to {link}"
    for path in NAMED_PATH.findall(text):
        assert (ROOT / path).exists(), f"{relative(document)} names {path}"
