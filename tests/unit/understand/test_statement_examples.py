"""The examples of docs/reference/analysis/statements.md are what the analysis gives."""

from pathlib import Path

import pytest

from tawatur.understand import organizations, people, statements
from tawatur.understand.reading import read

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/analysis/statements.md"


def examples() -> list[list[str]]:
    """Return the cells of the rows of the page's last table."""
    table = PAGE.read_text(encoding="utf-8").split("## Examples")[1]
    rows = [line.strip("|\n").split("|") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("row", examples(), ids=lambda row: row[-1] + " " + row[0][:20])
def test_the_documented_examples_hold(row: list[str]) -> None:
    text, kind, words, speaker, via, claim = row
    reading = read(text)
    found = statements.find(reading, people.drafts(reading), organizations.find(reading))
    given = [
        [one.kind.value, one.text, one.speaker, ", ".join(one.via), ("not " if one.negated else "") + one.claim.value]
        for one in found
    ]
    assert [kind, words, speaker, via, claim] in given
