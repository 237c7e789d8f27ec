"""How two headlines stand to each other, by invented ones."""

import pytest
from tests.unit.stories.building import rows

from tawatur.stories.stance import Stance, features, stance

ROWS = rows("stances.tsv")


@pytest.mark.parametrize(("one", "other", "wanted"), ROWS)
def test_stance(one: str, other: str, wanted: str) -> None:
    found = stance(one, other)
    assert max(found, key=lambda kind: found[kind]) == Stance(wanted)
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize(("one", "other", "wanted"), ROWS)
def test_the_order_of_two_headlines_does_not_count(one: str, other: str, wanted: str) -> None:
    assert stance(one, other) == pytest.approx(stance(other, one), abs=1e-9)


def test_a_headline_without_words_is_no_error() -> None:
    assert features("", "")["dice"] == 0.0
    assert sum(stance("!", ROWS[0][0]).values()) == pytest.approx(1)
