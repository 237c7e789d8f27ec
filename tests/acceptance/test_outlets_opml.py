"""``tawatur outlets import`` and ``export`` as people call them."""

import tomllib
from pathlib import Path

from tests.acceptance.conftest import DATA, Tawatur

from tawatur.extract import opml

LIST = DATA / "desk.opml"


def exported(text: str) -> opml.Opml:
    found = opml.read(text)
    assert isinstance(found, opml.Opml)
    return found


def test_all_feeds_go_out_as_a_list(tawatur: Tawatur, tmp_path: Path) -> None:
    printed = tawatur("outlets", "export")
    assert printed.returncode == 0, printed.stderr
    file = tmp_path / "all.opml"
    assert tawatur("outlets", "export", "-o", str(file)).returncode == 0
    assert file.read_text(encoding="utf-8") == printed.stdout
    assert len(opml.subscriptions(exported(printed.stdout))) > 100


def test_a_list_comes_in_known_outlets_stay_and_new_ones_are_added(tawatur: Tawatur, tmp_path: Path) -> None:
    done = tawatur("outlets", "import", str(LIST))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("2 ")
    files = sorted((tmp_path / "home" / "outlets").glob("*.toml"))
    assert [file.stem for file in files] == ["ufuq", "waraq"]
    outlet = tomllib.loads(files[0].read_text(encoding="utf-8"))["outlet"][0]
    assert outlet["name"] in LIST.read_text(encoding="windows-1256")
    assert [feed["url"] for feed in outlet["feeds"]] == ["https://ufuq.example/rss", "https://ufuq.example/economy"]
    assert outlet["feeds"][1]["section"]
    own = exported(tawatur("outlets", "export", "--own").stdout)
    assert {one.feed for one in opml.subscriptions(own)} >= {feed["url"] for feed in outlet["feeds"]}
    again = tawatur("outlets", "import", str(LIST))
    assert again.returncode == 0
    assert again.stdout.splitlines()[-1].startswith("0 ")


def test_what_is_no_list_is_named_with_its_reason(tawatur: Tawatur, tmp_path: Path) -> None:
    file = tmp_path / "page.opml"
    file.write_text("<html><body>404</body></html>", encoding="utf-8")
    done = tawatur("outlets", "import", str(file))
    assert done.returncode == 1
    assert "page.opml" in done.stderr
    missing = tawatur("outlets", "import", str(tmp_path / "none.opml"))
    assert missing.returncode == 2
    assert "none.opml" in missing.stderr
