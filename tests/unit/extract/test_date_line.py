"""Date lines in every form that pages give them: a table of lines, and all months of all calendars in every form."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.extract.extracting import rows_of

from tawatur.arabic.lexicon import rows
from tawatur.arabic.months import hijri_day
from tawatur.extract.ago import ago
from tawatur.extract.date_line import is_update, stated
from tawatur.extract.date_spelling import spelled
from tawatur.model import Published

READ = datetime(2026, 12, 1, 12, tzinfo=UTC)
LINES = rows_of("date_lines.tsv")
MONTHS = sorted({(int(number), name) for number, era, _, name in rows("tawatur.arabic", "months.tsv") if era == "g"})
HIJRI = sorted({(int(number), name) for number, era, _, name in rows("tawatur.arabic", "months.tsv") if era == "h"})
WEEKDAYS = {int(number): name for number, name, sure in rows("tawatur.arabic", "weekdays.tsv") if sure == "sure"}
DIGITS = (
    str.maketrans({}),
    {ord("0") + digit: 0x660 + digit for digit in range(10)},
    {ord("0") + d: 0x6F0 + d for d in range(10)},
)
FORMS = [form[0] for form in rows_of("date_forms.tsv")]


def said(found: Published | None, *, utc: bool) -> str:
    if found is None or found.at is None:
        return "-"
    if found.day_only:
        return found.at.date().isoformat()
    return found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if utc else found.at.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("row", LINES, ids=lambda row: row[0])
def test_a_date_line_states_its_time(row: list[str]) -> None:
    line, want, *how = row
    found = stated(line, latest=READ.date(), read=READ)
    assert said(found, utc=want.endswith("Z")) == want
    if found:
        assert found.certainty == ("".join(how) or "stated")
        assert found.basis == line.strip()


@pytest.mark.parametrize("form", FORMS)
def test_every_month_of_every_country_is_read_in_every_form_and_digit(form: str) -> None:
    for number, name in MONTHS:
        for day in (1, 9, 12, 28):
            at = date(2025, number, day)
            line = form.format(d=day, month=name, y=2025, weekday=f"ال{WEEKDAYS[at.weekday()]}")
            for digits in DIGITS:
                found = stated(line.translate(digits), latest=READ.date())
                assert (found and found.day) == at, line


@pytest.mark.parametrize(("number", "name"), HIJRI)
def test_every_hijri_month_is_read_alone_and_beside_a_gregorian_date(number: int, name: str) -> None:
    at = hijri_day(1446, number, 12)
    assert at is not None
    alone = stated(f"12 {name} 1446 \u0647\u0640", latest=READ.date())
    assert (alone and alone.day) == at
    beside = stated(f"12 {name} 1446 - {at.day}/{at.month}/{at.year}", latest=READ.date())
    assert (beside and beside.day) == at


def test_a_line_is_of_the_last_change_where_no_other_label_stands_on_it() -> None:
    both = [line for line, *_ in LINES if is_update(line)]
    assert both
    assert all(re.match(r"[^\d]*(?:\u062d|\u0639|\u062a|Last)", line) or "(" in line or "|" in line for line in both)
    assert not is_update(LINES[0][0])


@pytest.mark.parametrize(("text", "hint", "want"), [
    ("3/4/2026", None, date(2026, 4, 3)),
    ("3/4/2026", date(2026, 3, 4), date(2026, 3, 4)),
    ("3/4/2026", date(2026, 4, 3), date(2026, 4, 3)),
    ("12/11/2026", None, date(2026, 11, 12)),
    ("11/12/2026", None, date(2026, 11, 12)),
    ("2026/24/11", None, date(2026, 11, 24)),
])  # fmt: skip
def test_what_is_known_decides_between_day_and_month(text: str, hint: date | None, want: date | None) -> None:
    found = stated(text, latest=READ.date(), hint=hint)
    assert (found and found.day) == want


def test_the_day_of_a_time_with_a_zone_is_the_outlets_own() -> None:
    line = next(line for line, *_ in LINES if line.endswith("GMT+3")).replace("14:05", "01:05")
    found = stated(line, latest=READ.date())
    assert found is not None
    assert found.day == date(2026, 11, 10)
    assert found.at == datetime(2026, 11, 9, 22, 5, tzinfo=UTC)


@given(st.text(max_size=70))
def test_any_line_can_be_asked(line: str) -> None:
    found = stated(line, latest=READ.date(), read=READ)
    assert found is None or (found.day is not None and found.day <= READ.date())
    spelled(line, latest=READ.date())
    ago(line, READ)
