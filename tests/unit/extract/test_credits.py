"""Authors and agencies, from author lines, datelines and closing brackets."""

import pytest
from tests.unit.extract.extracting import OUTLETS, rows_of

from tawatur.extract import credits


@pytest.mark.parametrize("row", rows_of("credits.tsv"), ids=lambda row: row[0])
def test_an_author_line_names_authors_and_agency(row: list[str]) -> None:
    line, authors, agency = row
    found = credits.of_line(line, OUTLETS)
    assert found.authors == tuple(author for author in authors.split(" + ") if author)
    assert found.agency == agency


@pytest.mark.parametrize("row", rows_of("datelines.tsv"), ids=lambda row: row[0])
def test_a_dateline_names_its_agency(row: list[str]) -> None:
    assert credits.dateline_agency(row[0], OUTLETS) == row[1]


def test_brackets_at_the_end_name_the_agency() -> None:
    agency = next(outlet for outlet in OUTLETS.known if outlet.agency).credits[0]
    assert credits.closing_agency(f"x y z. ({agency})", OUTLETS) == agency
    assert credits.closing_agency("x y z. (abc)", OUTLETS) == ""
    assert credits.closing_agency(f"x ({agency}) y.", OUTLETS) == ""
