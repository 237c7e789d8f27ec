"""Which words are one for grouping."""

import pytest
from tests.unit.stories.building import rows

from tawatur.stories.keys import key_of, keys_of


@pytest.mark.parametrize(("verdict", "one", "other"), rows("keys.tsv"))
def test_words_are_led_together_or_kept_apart(verdict: str, one: str, other: str) -> None:
    assert (key_of(one) == key_of(other)) == (verdict == "same")


def test_a_phrase_has_the_keys_of_its_words() -> None:
    _, one, other = rows("keys.tsv")[0]
    assert keys_of(f"{one} {other}") == (key_of(one), key_of(other))
    assert keys_of("") == ()
