"""Authors and agencies, from author lines, datelines and closing brackets."""

import pytest
from tests.unit.extract.extracting import OUTLETS, rows_of

from tawatur.arabic.lexicon import lines as entries
from tawatur.extract import credits
from tawatur.extract.lines import comparable


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


@pytest.mark.parametrize("row", rows_of("credit_traps.tsv"), ids=lambda row: row[0])
def test_a_credit_that_is_a_word_too_counts_only_where_a_credit_stands(row: list[str]) -> None:
    assert credits.dateline_agency(row[0], OUTLETS) == row[1]


def test_every_credit_that_is_a_word_too_is_an_agencys() -> None:
    known = {comparable(credit) for outlet in OUTLETS.known if outlet.agency for credit in outlet.credits}
    assert [one for one in entries("tawatur.extract", "credits_also_words.txt") if comparable(one) not in known] == []


def test_an_author_line_of_a_town_names_no_agency() -> None:
    (town, name), *_ = rows_of("towns.tsv")
    assert credits.of_line(f"{town} - {name}", OUTLETS) == credits.Credits((name,), "")
    assert credits.of_line(f"({town})", OUTLETS).agency == town
    assert credits.of_line(town, OUTLETS).agency == town
