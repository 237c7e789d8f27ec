"""``tawatur newsletters``: the operator's commands in real processes, with lists that are brought in and given out."""

import json
from pathlib import Path

from tests.acceptance.conftest import Tawatur

HEAD = "email,confirmed,source,language,network\n"
GOOD = "omar@waz.example,2026-01-02T08:00:00+00:00,the fair of 2025,en,192.0.2.0\n"


def add(tawatur: Tawatur, slug: str = "seven") -> str:
    done = tawatur("newsletters", "add", "morning", "--slug", slug, "--title", "At seven", "--zone", "Cairo")
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_a_newsletter_is_made_paused_resumed_and_removed(tawatur: Tawatur) -> None:
    assert "morning" in tawatur("newsletters", "list").stdout  # how one is made
    assert "/newsletters/seven" in add(tawatur)
    (one,) = json.loads(tawatur("newsletters", "list", "--json").stdout)
    assert (one["slug"], one["title"], one["paused"], one["subscribed"]) == ("seven", "At seven", None, 0)
    assert "At seven" in tawatur("newsletters", "pause", "seven").stdout
    assert json.loads(tawatur("newsletters", "list", "--json").stdout)[0]["due"] is None
    assert "7:00 a.m. by the clocks of Cairo" in tawatur("newsletters", "resume", "seven").stdout
    assert tawatur("newsletters", "remove", "seven", "--yes").returncode == 0
    assert json.loads(tawatur("newsletters", "list", "--json").stdout) == []
    missing = tawatur("newsletters", "pause", "seven")
    assert (missing.returncode, "seven" in missing.stderr) == (2, True)


def test_what_cannot_be_made_is_told_in_one_line(tawatur: Tawatur) -> None:
    add(tawatur)
    taken = tawatur("newsletters", "add", "evening", "--slug", "seven", "--title", "Again")
    assert (taken.returncode, len(taken.stderr.splitlines())) == (2, 1)
    wrong = tawatur("newsletters", "add", "evening", "--slug", "A", "--title", "Again", "--zone", "Tripoli")
    assert wrong.returncode == 2
    assert "Tripoli, Lebanon" in wrong.stderr


def test_a_list_is_brought_in_with_the_proof_and_given_out_again(tawatur: Tawatur, tmp_path: Path) -> None:
    add(tawatur)
    rows = "bad,2026-01-02,x,,\nhind@waz.example,2031-01-01,x,,\nnour@waz.example,2026-01-02,,,\nOMAR@waz.example,2026-01-02,x,,\n"
    (tmp_path / "list.csv").write_text(HEAD + GOOD + rows, encoding="utf-8")
    tried = tawatur("newsletters", "import", "seven", "list.csv", "--dry-run")
    assert (tried.returncode, tried.stdout) == (1, "One subscriber would be added.\n")
    assert json.loads(tawatur("newsletters", "subscribers", "seven", "--json").stdout) == []
    done = tawatur("newsletters", "import", "seven", "list.csv")
    assert (done.returncode, done.stdout) == (1, "Added one subscriber.\n")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()[:-1]] == [
        "Line 3",
        "Line 4",
        "Line 5",
        "Line 6",
    ]
    (one,) = json.loads(tawatur("newsletters", "subscribers", "seven", "--json").stdout)
    assert (one["email"], one["source"], one["how"]) == ("omar@waz.example", "the fair of 2025", "import")
    assert tawatur("newsletters", "export", "seven").stdout == HEAD + GOOD
    tawatur("newsletters", "export", "seven", "-o", "out.csv")
    add(tawatur, "other")
    assert tawatur("newsletters", "import", "other", "out.csv").returncode == 0
    again = tawatur("newsletters", "import", "other", "out.csv")
    assert (again.returncode, "already" in again.stderr) == (1, True)


def test_a_file_that_is_no_list_is_refused_whole(tawatur: Tawatur, tmp_path: Path) -> None:
    add(tawatur)
    for name, content in (("a.csv", b"name\nomar\n"), ("b.csv", b"\xff\xfe\x00"), ("c.csv", b"")):
        (tmp_path / name).write_bytes(content)
        done = tawatur("newsletters", "import", "seven", name)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), name
    assert tawatur("newsletters", "import", "seven", "none.csv").returncode == 2
