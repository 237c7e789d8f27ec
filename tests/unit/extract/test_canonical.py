"""Addresses of one page are equal, those of two pages are not."""

from pathlib import Path

import pytest

from tawatur.extract.canonical import canonical

LINES = (Path(__file__).parent / "data" / "addresses.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("given", "expected"), CASES, ids=[case[0] for case in CASES])
def test_canonical(given: str, expected: str) -> None:
    assert canonical(given) == expected


def test_no_address_is_no_page() -> None:
    assert canonical(None) == canonical("") == ""
