"""Reporting words and their forms."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.arabic.fold import fold
from tawatur.understand.reporting import cue_of


@pytest.mark.parametrize("case", cases("cues"), ids=lambda case: case["word"])
def test_forms_lead_to_their_verb(case: Any) -> None:
    found = cue_of(fold(case["word"]))
    if "form" not in case:
        assert found is None
        return
    assert found is not None
    cue, clitic = found
    assert (cue.form, clitic, cue.feminine) == (case["form"], case["clitic"], case["feminine"])
