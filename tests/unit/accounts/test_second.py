"""Codes of applications, and recovery codes."""

from datetime import UTC, datetime, timedelta

import pyotp

from tawatur.accounts import second

NOW = datetime(2026, 3, 9, 12, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_a_code_is_of_its_time_step_and_its_neighbours() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    step = int(NOW.timestamp()) // 30
    for seconds in (-30, 0, 30):
        assert second.step_of(code, SECRET, NOW + timedelta(seconds=seconds)) == step
    for seconds in (-60, 60):
        assert second.step_of(code, SECRET, NOW + timedelta(seconds=seconds)) is None


def test_a_code_is_taken_as_people_type_it() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    eastern = "".join(chr(ord("\u0660") + int(digit)) for digit in code)
    for typed in (f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", eastern):
        assert second.step_of(typed, SECRET, NOW) is not None
    for other in ("", "12345", code[:-1], code + "0", "abcdef"):
        assert second.step_of(other, SECRET, NOW) is None


def test_the_address_names_the_account_and_holds_the_secret() -> None:
    secret = second.new_secret()
    made = second.address(secret, "salma@manara.example")
    assert made.startswith("otpauth://totp/")
    assert "salma" in made
    assert secret in made


def test_recovery_codes_are_long_different_and_known_without_their_dashes() -> None:
    codes = second.new_codes()
    assert len(set(codes)) == second.CODES
    assert all(len(second.plain(code)) == 16 for code in codes)
    assert second.hashes([codes[0]]) == second.hashes([second.plain(codes[0]).upper()])
    assert codes[0] not in second.hashes(codes)
