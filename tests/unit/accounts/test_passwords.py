"""Which passwords are taken, how strong they are said to be, and how they are kept."""

from pathlib import Path

import pytest

from tawatur.accounts import passwords
from tawatur.messages import catalogue

LINES = (Path(__file__).parent / "data" / "passwords.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
EMAIL = "salma.nur@manara.example"


@pytest.mark.parametrize(("password", "wrong", "strong"), ROWS)
def test_what_is_wrong_with_a_password_and_how_strong_it_is(password: str, wrong: str, strong: str) -> None:
    assert (passwords.fault(password, EMAIL) or "-", passwords.strength(password)) == (wrong, strong)


def test_every_fault_and_strength_has_its_words() -> None:
    for fault in ("short", "long", "address", "common"):
        assert f"readers.password.{fault}" in catalogue("ar")
    for strength in ("weak", "fair", "strong"):
        assert f"readers.strength.{strength}" in catalogue("ar")


def test_a_password_of_any_length_is_judged_at_once() -> None:
    assert passwords.fault("x" * 201, EMAIL) == "long"
    assert passwords.fault("ab " * 60, EMAIL) == "common"


def test_a_password_is_kept_as_argon2id_and_known_again_however_it_is_composed() -> None:
    kept = passwords.hashed("caf\u00e9 \ufb01ve o'clock")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.checked("cafe\u0301 five o'clock", kept) == passwords.Checked(True)
    assert not passwords.checked("cafe five o'clock", kept).right
    assert kept != passwords.hashed("caf\u00e9 \ufb01ve o'clock")


def test_nothing_is_right_where_nothing_is_kept() -> None:
    for kept in ("", "no hash"):
        assert not passwords.checked("nobody's", kept).right


def test_a_hash_of_weaker_settings_is_renewed() -> None:
    from argon2 import PasswordHasher

    found = passwords.checked("ten letters", PasswordHasher(time_cost=1, memory_cost=8192).hash("ten letters"))
    assert found.right
    assert passwords.checked("ten letters", found.renewed) == passwords.Checked(True)
