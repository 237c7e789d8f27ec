"""The album: files on a disk, within their room, and nothing else by any name."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.drawing import drawn, packed

from tawatur.ids import PictureId, picture_id
from tawatur.pictures.album import NOTED, Album

ONE, TWO, THREE = (picture_id(f"https://a.example/{number}") for number in range(3))
FILES = {160: b"a" * 100, 480: b"b" * 400, 960: b"c" * 500}


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(tmp_path / "pictures", room=2500)


def read(album: Album, id: str, width: int) -> bytes:
    found = album.find(id, width)
    return found.read_bytes() if found else b""


def looked_at(album: Album, id: PictureId, ago: float) -> None:
    for file in album.folder.glob(f"??/{id}-*"):
        os.utime(file, (time.time() - ago,) * 2)


def test_files_are_found_by_id_and_width(album: Album) -> None:
    assert album.find(ONE, 480) is None
    album.put(ONE, FILES)
    assert [read(album, ONE, width) for width in FILES] == list(FILES.values())
    assert album.find(TWO, 480) is None
    assert {path.suffix for path in album.folder.rglob("*.*")} == {".webp"}, "nothing half-written is left"


def test_the_next_smaller_one_stands_in_for_a_width_that_there_is_not(album: Album) -> None:
    album.put(ONE, {160: b"a", 480: b"b"})
    assert read(album, ONE, 960) == b"b"
    album.put(TWO, {480: b"b"})
    assert read(album, TWO, 160) == b""


@pytest.mark.parametrize(
    "id", ["", "..", "../../etc/passwd", ONE.upper() + "A", ONE[:-1], f"{ONE}\n", "*" * 16, "%2e" * 5 + "x"]
)
def test_no_other_name_leads_anywhere(album: Album, id: str) -> None:
    album.put(ONE, FILES)
    assert album.find(id, 480) is None


@pytest.mark.parametrize("width", [0, -1, 1, 161, 5000])
def test_no_other_width_is_made(album: Album, width: int) -> None:
    album.put(ONE, FILES)
    assert album.find(ONE, width) is None


def test_a_jpeg_is_made_once_it_is_asked_for(album: Album) -> None:
    album.put(ONE, {480: packed(drawn(1, 480, 320), "WEBP")})
    found = album.find(ONE, 480, "jpg")
    assert found
    assert Image.open(BytesIO(found.read_bytes())).format == "JPEG"
    before = found.stat().st_mtime_ns
    assert album.find(ONE, 480, "jpg") == found
    assert found.stat().st_mtime_ns == before
    assert album.find(TWO, 480, "jpg") is None


def test_those_that_nobody_looked_at_for_longest_make_room(album: Album) -> None:
    for number, id in enumerate((ONE, TWO)):
        album.put(id, FILES)
        looked_at(album, id, (9 - number) * NOTED)
    assert album.trim() == ()
    assert read(album, ONE, 480), "somebody looks at the older one"
    album.put(THREE, FILES)
    assert album.trim() == (TWO,)
    assert [bool(album.find(id, 480)) for id in (ONE, TWO, THREE)] == [True, False, True]
    assert album.trim() == ()


def test_an_album_that_is_opened_anew_knows_what_it_holds(album: Album) -> None:
    for id in (ONE, TWO, THREE):
        album.put(id, FILES)
    again = Album(album.folder, room=1500)
    assert len(again.trim()) == 2
    assert again.trim() == ()


def test_what_a_killed_process_left_goes(album: Album) -> None:
    album.put(ONE, FILES)
    left = album.folder / ONE[:2] / ".x.part"
    left.write_bytes(b"half")
    album.trim()
    assert left.exists(), "it may still be written"
    os.utime(left, (time.time() - 2 * NOTED,) * 2)
    Album(album.folder, room=2500).trim()
    assert not left.exists()


def test_a_picture_can_be_dropped(album: Album) -> None:
    album.put(ONE, FILES)
    album.put(TWO, FILES)
    album.drop(ONE)
    assert album.find(ONE, 960) is None
    assert album.find(TWO, 960)
    album.drop(ONE)
