"""Organisations, on invented examples."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.understand import organizations
from tawatur.understand.reading import read


@pytest.mark.parametrize("case", cases("organizations"), ids=lambda case: case["about"])
def test_organizations_are_whole(case: Any) -> None:
    found = organizations.find(read(case["text"]))
    assert [one.name for one in found] == case["organizations"]
    assert all(case["text"][one.spans[0].start : one.spans[0].end] == one.name for one in found)


@pytest.mark.parametrize("case", cases("organization_forms"), ids=lambda case: case["about"])
def test_one_organisation_under_its_forms(case: Any) -> None:
    found = organizations.find(read(case["text"]))
    assert [[one.name, list(one.aliases)] for one in found] == case["organizations"]
