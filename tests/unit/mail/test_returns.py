"""Return paths and ids of letters."""

import pytest

from tawatur.mail import Returns

OURS = Returns(b"secret", "bounces@news.example")


def test_each_letter_comes_back_to_an_address_of_its_own() -> None:
    path = OURS.path(7)
    assert path.startswith("bounces+7-")
    assert path.endswith("@news.example")
    assert path == path.lower()
    assert OURS.path(8) != path
    assert OURS.number(path) == 7
    assert OURS.number(f"Salma <{path.upper()}>, omar@nabd.example") == 7
    assert len(path.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "text", ["", "bounces@news.example", "bounces+7-aaaaaaaaaaaaaaaa@news.example", "7-", "\u0667-"]
)
def test_an_address_that_others_made_up_names_no_letter(text: str) -> None:
    assert OURS.number(text) is None


def test_another_deployment_makes_other_ones() -> None:
    assert Returns(b"other", OURS.address).number(OURS.path(7)) is None


def test_nothing_comes_back_where_no_address_takes_it() -> None:
    assert Returns(b"secret").path(7) == ""


def test_copies_of_a_letter_have_one_id_that_tells_nothing() -> None:
    assert OURS.message_id("issue 7", "salma@manara.example") == OURS.message_id("issue 7", "salma@manara.example")
    assert OURS.message_id("issue 7", "omar@nabd.example") != OURS.message_id("issue 7", "salma@manara.example")
    assert "salma" not in OURS.message_id("issue 7", "salma@manara.example")
    assert Returns(b"other").message_id("issue 7") != OURS.message_id("issue 7")
