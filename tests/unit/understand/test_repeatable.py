"""An analysis says the same in every process: nothing depends on the order of a set, which differs from run to run."""

import os
import subprocess
import sys

import pytest

_PRINT = """
from tests.unit.understand.reading_cases import DATA, article
from tawatur.understand import analyze
lines = (DATA / "repeatable.txt").read_text(encoding="utf-8").splitlines()
for line in lines:
    print(analyze(article(line)))
"""
_SEEDS = ("1", "2")


@pytest.fixture(scope="module")
def printed() -> list[str]:
    """Return what processes with different orders of sets print of the analyses of some texts."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _PRINT], env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in _SEEDS
    ]
    return [run.communicate()[0].decode() for run in runs]


def test_every_process_analyses_alike(printed: list[str]) -> None:
    assert "Person(" in printed[0]
    assert len(set(printed)) == 1
