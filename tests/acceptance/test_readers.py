"""Readers by the command: added, listed, changed, removed; links that work once."""

import json
import os
import pty
import select
import subprocess
from pathlib import Path

from tests.acceptance.conftest import COMMAND, Tawatur

SALMA = "salma@manara.example"


def link(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if "/link/" in line)


def known(tawatur: Tawatur) -> list[tuple[str, str]]:
    return [(one["email"], one["role"]) for one in json.loads(tawatur("readers", "list", "--json").stdout)]


def typed(folder: Path, *arguments: str, answers: list[str]) -> tuple[int, str]:
    """Run the command at a terminal and type the answers."""
    ours, its = pty.openpty()
    variables = os.environ | {"TAWATUR_HOME": str(folder / "home"), "TAWATUR_LANG": "en"}
    running = subprocess.Popen([COMMAND, *arguments], env=variables, stdin=its, stdout=its, stderr=its, close_fds=True)
    os.close(its)
    said = b""
    for answer in answers:
        while not said.endswith(b": "):  # the blank comes when nothing is echoed any more
            assert select.select([ours], [], [], 60)[0], said
            said += os.read(ours, 1000)
        os.write(ours, answer.encode() + b"\n")
        said += b"(typed)"
    try:
        while part := os.read(ours, 1000):
            said += part
    except OSError:
        pass  # the terminal is closed when the command ends
    os.close(ours)
    return running.wait(timeout=60), said.decode()


def test_the_first_reader_is_made_by_the_command_with_a_link_and_no_password(tawatur: Tawatur) -> None:
    assert "--admin" in tawatur("readers", "list").stdout
    done = tawatur("readers", "add", SALMA, "--admin")
    assert done.returncode == 0
    assert link(done.stdout).startswith("http://127.0.0.1:8000/en/link/join/")
    assert known(tawatur) == []


def test_links_stand_where_the_settings_say_that_the_pages_do(tawatur: Tawatur) -> None:
    done = tawatur("readers", "add", SALMA, TAWATUR_BASE_URL="https://news.example/", TAWATUR_LANG="ar")
    assert link(done.stdout).startswith("https://news.example/link/join/")


def test_a_password_is_asked_for_and_never_shown(tmp_path: Path, tawatur: Tawatur) -> None:
    password = "sea and summer rain"
    status, said = typed(tmp_path, "readers", "add", SALMA, "--password", "--role", "editor", answers=[password] * 2)
    assert (status, password in said) == (0, False)
    assert known(tawatur) == [(SALMA, "editor")]
    assert SALMA in tawatur("readers", "list").stdout
    again = tawatur("readers", "add", "SALMA@manara.example")
    assert (again.returncode, SALMA.casefold() in again.stderr.casefold()) == (2, True)


def test_a_weak_password_is_refused(tmp_path: Path, tawatur: Tawatur) -> None:
    status, said = typed(tmp_path, "readers", "add", SALMA, "--password", answers=["password123"] * 2)
    assert (status, "first guesses" in said) == (2, True)
    assert known(tawatur) == []


def test_a_reader_is_changed_reset_and_removed(tmp_path: Path, tawatur: Tawatur) -> None:
    typed(tmp_path, "readers", "add", SALMA, "--password", answers=["sea and summer rain"] * 2)
    assert tawatur("readers", "role", SALMA, "admin").returncode == 0
    assert known(tawatur) == [(SALMA, "admin")]
    assert "/link/reset/" in link(tawatur("readers", "reset", SALMA, "--second").stdout)
    assert tawatur("readers", "remove", SALMA).returncode == 0
    assert known(tawatur) == []
    for command in ("remove", "reset"):
        assert tawatur("readers", command, SALMA).returncode == 2


def test_an_invitation_that_is_not_sent_is_handed_out_once(tawatur: Tawatur) -> None:
    assert tawatur("readers", "add", SALMA, "--send").returncode == 0
    assert "/link/join/" in link(tawatur("readers", "link", SALMA).stdout)
    assert tawatur("readers", "link", SALMA).returncode == 2


def test_what_is_wrong_in_the_settings_is_said_without_any_password(tawatur: Tawatur) -> None:
    for variables in (
        {"TAWATUR_SMTP_URL": "smtp://us:sesame@mail.example?starttls=off"},
        {"TAWATUR_REGISTRATION": "everybody"},
        {"TAWATUR_BASE_URL": "https://news.example/path"},
        {"TAWATUR_OIDC_ISSUER": "id.example"},
        {"TAWATUR_OIDC_ISSUER": "https://id.example"},
        {"TAWATUR_ACCOUNTS": "maybe"},
        {"TAWATUR_SMTP_URL_FILE": "/no/such/file"},
    ):
        done = tawatur("readers", "list", **variables)
        assert (done.returncode, "sesame" in done.stderr) == (2, False)
        assert "TAWATUR_" in done.stderr
    unsigned = tawatur("readers", "add", SALMA, TAWATUR_SMTP_URL="smtp://mail.example")
    assert (unsigned.returncode, "TAWATUR_MAIL_FROM" in unsigned.stderr) == (2, True)
