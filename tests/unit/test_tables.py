"""The written schema of the tables and the tables themselves name the same columns."""

import re
from pathlib import Path

import pytest

from tawatur.tables import SCHEMAS, TABLES
from tawatur.tables.columns import ORDER

DOCUMENT = (Path(__file__).parents[2] / "docs/reference/tables.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_described(table: str) -> None:
    section = dict(SECTION.findall(DOCUMENT))[table]
    assert set(SCHEMAS[table].names) <= set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize("table", TABLES)
def test_no_column_is_described_that_is_none(table: str) -> None:
    section = dict(SECTION.findall(DOCUMENT))[table]
    first = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    assert {name for cell in first for name in re.findall(r"`(\w+)`", cell)} <= set(SCHEMAS[table].names)


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_an_order(table: str) -> None:
    assert set(ORDER[table]) <= set(SCHEMAS[table].names)
