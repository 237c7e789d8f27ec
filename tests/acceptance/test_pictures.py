"""``tawatur pictures``: what there is, and taking one away."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tawatur import sample
from tawatur.ids import picture_id
from tawatur.leading import show_anew
from tawatur.pictures import Album, keep_at_hand
from tawatur.store import open_store

Tawatur = Callable[..., subprocess.CompletedProcess[str]]
ADDRESS = "https://media.mizan.example/2026/03/ghaz-mizan.jpg"


def test_pictures_are_counted_and_can_be_withdrawn(tawatur: Tawatur, tmp_path: Path) -> None:
    with sample.folder() as folder:
        assert tawatur("read", folder / "mizan").returncode == 0
    counted = tawatur("pictures")
    assert (counted.returncode, counted.stderr) == (0, "")
    assert counted.stdout.splitlines() == [
        "waiting: 3", "kept: 0", "not to be had: 0", "refused: 0", "made room: 0", "Room: 0 of 4096 MB",
    ]  # fmt: skip
    store, album = open_store(tmp_path / "home" / "tawatur.sqlite3"), Album(tmp_path / "home" / "pictures")
    stories = [one.head.id for one in store.headlines(limit=99)]
    articles = [report.article.id for story in stories for report in store.reports(story)]
    assert keep_at_hand(store, album, articles, sample.picture) == 3
    assert keep_at_hand(store, album, articles, sample.picture) == 0
    assert tawatur("pictures").stdout.splitlines()[1] == "kept: 3"
    id = picture_id(ADDRESS)
    kept = album.find(id, 480)
    assert kept
    assert Image.open(kept).size == (480, 320)
    (story,) = store.stories_with(id, most=9)
    assert next(one for one in store.headlines(limit=99) if one.head.id == story).glance.picture
    done = tawatur("pictures", "withdraw", f"http://127.0.0.1:8000/picture/{id}/480")
    assert (done.returncode, ADDRESS in done.stdout) == (0, True)
    assert album.find(id, 480) is None
    assert tawatur("pictures").stdout.splitlines()[3] == "refused: 1"
    assert next(one for one in store.headlines(limit=99) if one.head.id == story).glance.picture is None
    show_anew(store, story)
    assert store.pictures_of(story) == {}
    assert tawatur("pictures", "withdraw", ADDRESS).returncode == 0
    unknown = tawatur("pictures", "withdraw", "https://nobody.example/1.jpg")
    assert (unknown.returncode, "https://nobody.example/1.jpg" in unknown.stderr) == (1, True)
    store.close()
