"""Every measuring command still finds what it measures: a name that has gone shows here, not on the day of measuring."""

from importlib import import_module
from pathlib import Path

import pytest

BENCHES = sorted(path.stem for path in (Path(__file__).resolve().parents[2] / "bench").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_can_be_loaded(name: str) -> None:
    assert import_module(f"bench.{name}").__doc__
