"""``tawatur outlets list`` and ``add`` as people call them."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.acceptance.conftest import COMMAND, DATA, Tawatur

from tawatur.outlets.reading import read_text

TEXTS = json.loads((DATA / "outlet_answers.json").read_text(encoding="utf-8"))
ARAB = 22


def listed(tawatur: Tawatur, *arguments: str) -> list[dict]:
    done = tawatur("outlets", "list", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    found: list[dict] = json.loads(done.stdout)
    return found


def own_file(folder: Path, name: str) -> Path:
    path = folder / "home" / "outlets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_the_list_holds_all_and_filters(tawatur: Tawatur) -> None:
    all_of_them = listed(tawatur)
    assert len(all_of_them) >= 250
    assert not any(one["invented"] for one in all_of_them)
    egypt = listed(tawatur, "--country", "eg")
    assert {one["country"] for one in egypt} == {"EG"}
    agencies = listed(tawatur, "--kind", "agency")
    assert {one["kind"] for one in agencies} == {"agency"}
    assert len({one["country"] for one in agencies}) > ARAB
    assert {one["key"] for one in listed(tawatur, "--family", "alarabiya")} == {"alarabiya", "alhadath"}
    assert listed(tawatur, "--own") == []


def test_the_list_says_that_nothing_has_been_tried(tawatur: Tawatur) -> None:
    assert all(feed["last_check"] is None for one in listed(tawatur) for feed in one["feeds"])
    done = tawatur("outlets", "list", "--country", "MA")
    assert "feeds that have been tried: 0 of" in done.stdout
    assert "published lists" in done.stdout


def test_people_read_a_table_in_their_language(tawatur: Tawatur) -> None:
    english = tawatur("outlets", "list", "--family", "srmg").stdout.splitlines()
    arabic = tawatur("outlets", "list", "--family", "srmg", TAWATUR_LANG="ar").stdout.splitlines()
    assert english[0].split() == ["key", "name", "country", "kind", "group", "feeds"]
    assert len(arabic) == len(english)
    assert [line.split()[0] for line in arabic[1:5]] == [line.split()[0] for line in english[1:5]]
    assert arabic[1] != english[1]


def test_an_outlet_is_added_from_options_and_read_with(tawatur: Tawatur, tmp_path: Path) -> None:
    done = tawatur(
        "outlets", "add", "https://www.nasim.com.tn/ar", "--name", TEXTS["name"], "--kind", "paper",
        "--feed", "https://www.nasim.com.tn/feed", "--credit", "N S", "--name-en", "Nasim",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (one,) = listed(tawatur, "--own")
    assert (one["key"], one["name"], one["country"], one["zone"]) == ("nasim", TEXTS["name"], "TN", "Africa/Tunis")
    assert one["hosts"] == ["nasim.com.tn"]
    assert one["credits"] == ["N S"]
    assert one["own"] is True
    page = tmp_path / "nasim" / "1.txt"
    page.parent.mkdir()
    page.write_text(TEXTS["folder_text"], encoding="utf-8")
    read = json.loads(tawatur("read", "--json", "--published", "2026-03-01", page).stdout)
    assert read["stories"][0]["reports"][0]["outlet_name"] == TEXTS["name"]
    line = json.loads(tawatur("extract", "--published", "2026-03-01", page).stdout)
    assert line["outlet"] == "nasim"


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    answers = f"nasim.example\n{TEXTS['name']}\nDZ\nagency\nhttps://nasim.example/a https://nasim.example/b\n\n\n"
    done = subprocess.run(
        [COMMAND, "outlets", "add"],
        input=answers,
        env={"TAWATUR_HOME": str(tmp_path), "TAWATUR_LANG": "en", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (found,) = read_text((tmp_path / "outlets" / "nasim.toml").read_text(encoding="utf-8"), "nasim.toml").outlets
    assert found.name == TEXTS["name"]
    assert found.kind == "agency"
    assert found.country == "DZ"
    assert [feed.url for feed in found.feeds] == ["https://nasim.example/a", "https://nasim.example/b"]


def test_a_file_that_is_there_is_never_touched(tawatur: Tawatur, tmp_path: Path) -> None:
    path = own_file(tmp_path, "nasim.toml")
    path.write_text("# mine\n", encoding="utf-8")
    done = tawatur("outlets", "add", "https://nasim.example", "--name", TEXTS["name"])
    assert done.returncode == 2
    assert "nasim.toml" in done.stderr
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_a_known_key_is_only_replaced_when_asked_for(tawatur: Tawatur) -> None:
    call = ("outlets", "add", "https://www.okaz.com.sa", "--name", TEXTS["replaced"])
    refused = tawatur(*call)
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert tawatur(*call, "--replace").returncode == 0
    (found,) = [one for one in listed(tawatur) if one["key"] == "okaz"]
    assert found["name"] == TEXTS["replaced"]
    assert found["own"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        ["--zone", "Africa/Tounes"],
        ["--country", "TNS"],
        ["--feed", "nasim.example/feed"],
        ["--key", "Nasim 1"],
        ["--host", "https://nasim.example"],
    ],
)
def test_a_faulty_outlet_is_refused_with_its_field_and_nothing_is_written(
    tawatur: Tawatur, tmp_path: Path, wrong: list[str]
) -> None:
    done = tawatur("outlets", "add", "https://nasim.example", "--name", TEXTS["name"], *wrong)
    assert done.returncode == 2
    assert wrong[0].removeprefix("--") in done.stderr
    assert not list((tmp_path / "home" / "outlets").glob("*"))


def test_a_faulty_file_is_named_and_leaves_the_others_working(tawatur: Tawatur, tmp_path: Path) -> None:
    own_file(tmp_path, "good.toml").write_text(TEXTS["file"], encoding="utf-8")
    own_file(tmp_path, "bad.toml").write_text(TEXTS["file"] + 'feed = ["x"]\n', encoding="utf-8")
    done = tawatur("outlets", "list", "--own", "--json")
    assert done.returncode == 1
    assert [one["key"] for one in json.loads(done.stdout)] == ["nasim"]
    (line,) = done.stderr.splitlines()
    assert "bad.toml" in line
    assert "nasim" in line
    assert "feed" in line
    arabic = tawatur("outlets", "list", "--own", TAWATUR_LANG="ar")
    assert arabic.stderr.splitlines()[0] != line
    assert "bad.toml" in arabic.stderr


def test_reading_says_what_is_wrong_in_the_files_of_outlets(tawatur: Tawatur, tmp_path: Path) -> None:
    own_file(tmp_path, "bad.toml").write_text("[[outlet]", encoding="utf-8")
    page = tmp_path / "1.txt"
    page.write_text(TEXTS["folder_text"], encoding="utf-8")
    for command in ("read", "extract"):
        done = tawatur(command, "--published", "2026-03-01", page)
        assert done.returncode == 0
        assert "bad.toml" in done.stderr
