"""A store that is written into a backup and restored from it, in either database, is the same store."""

import os
import random
import sqlite3
import stat
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contract.backups import FAILED, Watcher, apart, counted, dump, flips, killed_at
from tests.contract.test_copying import assert_found_alike
from tests.contract.test_outbox import ONE

from tawatur.backup import check, make, prune, restore
from tawatur.backup.form import FORM
from tawatur.backup.restoring import SKIPPED
from tawatur.errors import (
    BackupDamaged,
    BackupTooNew,
    BackupUnwritable,
    FileThere,
    PathNotFound,
    StoreFull,
    StoreInTheWay,
    StoreInUse,
)
from tawatur.store import is_server, open_store
from tawatur.store.sql import migrations

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
Where = str | Path


@pytest.fixture(scope="session")
def backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a SQLite store and a data folder. It is only read."""
    folder = tmp_path_factory.mktemp("backups")
    path, _ = make(filled, home_at(folder / "home"), folder / "one.tar", Watcher())
    return path


def home_at(home: Path) -> Path:
    """Make a data folder with a key, a picture, and things that are not to go along."""
    (home / "pictures" / "ab").mkdir(parents=True)
    (home / "pictures" / "ab" / "abcd.webp").write_bytes(b"picture" * 1000)
    (home / "pictures" / "ab" / ".x.part").write_bytes(b"half")
    (home / "workers").mkdir()
    (home / "workers" / "7").write_bytes(b"alive")
    (home / "accounts.key").write_bytes(b"secret")
    (home / "accounts.key").chmod(0o600)
    (home / "tawatur.log").write_bytes(b"log")
    (home / "elsewhere").symlink_to("/etc")
    (home / "tawatur-20260101T000000Z.tar").write_bytes(b"old backup")
    return home


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    """Where a store is restored to: nothing stands there."""
    if request.param == "sqlite":
        yield tmp_path / "new" / "store.sqlite3"
    else:
        yield request.getfixturevalue("postgres")


def test_a_restored_store_holds_the_same_rows_and_finds_the_same(
    filled: Path, backup: Path, target: Where, tmp_path: Path
) -> None:
    done = restore(backup, target, tmp_path / "home", Watcher())
    assert done.kept in ((), ("tawatur_before",))
    assert dump(target) == dump(filled)
    again, _ = make(target, tmp_path / "home", tmp_path / "two.tar", Watcher())
    back = tmp_path / "back.sqlite3"
    restore(again, back, tmp_path / "home2", Watcher())
    assert dump(back) == dump(filled)
    assert_found_alike(filled, target, back)


def test_the_files_of_the_data_folder_go_along_with_their_modes(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    restore(backup, home / "tawatur.sqlite3", home, Watcher())
    files = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert files == {"accounts.key", "pictures/ab/abcd.webp", "tawatur.sqlite3"}
    assert (home / "accounts.key").read_bytes() == b"secret"
    assert stat.S_IMODE((home / "accounts.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    without, manifest = make(home / "tawatur.sqlite3", home, tmp_path / "b.tar", Watcher(), pictures=False)
    assert manifest.files == 1
    assert check(without, Watcher()) == manifest


def test_numbers_of_letters_are_not_given_again(tmp_path: Path, target: Where) -> None:
    path = tmp_path / "store.sqlite3"
    store = open_store(path)
    for _ in range(7):
        store.put_letter(ONE, at=NOW)
    for one in store.claim_letters(now=NOW, lease=timedelta(minutes=1), limit=9)[2:]:
        store.letter_done(one.number, at=NOW)
    store.tidy_letters(before=NOW + timedelta(days=1))
    store.close()
    made, _ = make(path, tmp_path / "home", tmp_path / "b.tar", Watcher())
    done = restore(made, target, tmp_path / "home", Watcher())
    assert done.held.letters == 2
    store = open_store(target)
    assert store.waiting_letters() == ()
    store.put_letter(ONE, at=NOW)
    assert [one.number for one in store.waiting_letters()] == [7 + SKIPPED + 1]
    store.close()


def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path, target: Where) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        for number, script in migrations()[:8]:
            db.executescript(script)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("INSERT INTO readers VALUES ('r', 'r@x.example', 'r', 'R', 'ar', 'reader', '2026', '{}', '', '', 0)")
        db.commit()
    made, manifest = make(path, tmp_path / "home", tmp_path / "b.tar", Watcher())
    assert manifest.schema == migrations()[7][0]
    assert counted(path, "PRAGMA user_version") == manifest.schema  # nothing was changed
    restore(made, target, tmp_path / "home", Watcher())
    assert counted(target, "SELECT count(*) FROM readers WHERE id = 'r'") == 1
    store = open_store(target)
    assert store.counts().articles == 0
    store.close()


# -- what is refused -----------------------------------------------------------------------------------------------------


def test_a_store_that_holds_something_is_replaced_only_where_that_is_said(
    backup: Path, target: Where, filled: Path, tmp_path: Path
) -> None:
    store = open_store(target)
    store.put_letter(ONE, at=NOW)
    store.close()
    before = dump(target)
    with pytest.raises(StoreInTheWay):
        restore(backup, target, tmp_path / "home", Watcher())
    assert dump(target) == before
    assert not (tmp_path / "home").exists()
    restore(backup, target, tmp_path / "home", Watcher(), trial=True)
    assert dump(target) == before
    assert not list((tmp_path / "home").glob("*"))
    (tmp_path / "home" / "accounts.key").write_bytes(b"former")
    done = restore(backup, target, tmp_path / "home", Watcher(), replace=True)
    assert dump(target) == dump(filled)
    former, folder = done.kept
    assert (Path(folder) / "accounts.key").read_bytes() == b"former"
    if not is_server(target):
        assert dump(former) == before


def test_a_store_that_somebody_uses_is_left_alone(backup: Path, target: Where, tmp_path: Path) -> None:
    ready, go = os.pipe()
    child = os.fork()
    if not child:
        store = open_store(target)
        store.put_letter(ONE, at=NOW)
        os.write(go, b"x")
        time.sleep(60)
        os._exit(0)
    try:
        os.read(ready, 1)
        with pytest.raises(StoreInUse):
            restore(backup, target, tmp_path / "home", Watcher(), replace=True)
        assert counted(target, "SELECT count(*) FROM outbox") == 1
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(backup: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tar"
    own.write_bytes(backup.read_bytes())
    sound = check(own, Watcher())
    rng = random.Random(7)
    refused = 0
    for place, damaged in flips(own, iter(sorted(rng.sample(range(own.stat().st_size), 60)))):
        try:
            made = check(damaged, Watcher())
        except BackupDamaged:
            refused += 1
        else:  # what lies between two members, or the mode or time of one, says nothing
            assert made == sound, place
    assert refused >= 40
    for length in (0, 1, 600, own.stat().st_size // 2, own.stat().st_size - 11000):
        cut = tmp_path / "cut.tar"
        cut.write_bytes(own.read_bytes()[:length])
        with pytest.raises(BackupDamaged):
            restore(cut, tmp_path / "s.sqlite3", tmp_path / "home", Watcher())
    assert not (tmp_path / "s.sqlite3").exists()
    assert not (tmp_path / "home").exists()
    with pytest.raises(PathNotFound):
        check(tmp_path / "none.tar", Watcher())
    with pytest.raises(BackupDamaged):
        check(Path(__file__), Watcher())


@pytest.mark.parametrize("name", ["../evil", "/evil", "home/../../evil", "home/x/../../../evil", "other", "tables/x"])
def test_names_that_lead_out_of_the_folder_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupDamaged):
        restore(path, tmp_path / "deep" / "s.sqlite3", tmp_path / "deep" / "home", Watcher())
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_backup_of_a_later_release_is_refused(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr("tawatur.backup.making.FORM", FORM + 1)
        with pytest.raises(BackupTooNew):  # said by reading it again
            make(filled, tmp_path, tmp_path / "b.tar", Watcher())
    made, _ = make(filled, tmp_path, tmp_path / "b.tar", Watcher())
    monkeypatch.setattr("tawatur.backup.restoring.migrations", lambda: migrations()[:-1])
    with pytest.raises(BackupTooNew):
        restore(made, tmp_path / "s.sqlite3", tmp_path / "home", Watcher())
    assert not (tmp_path / "s.sqlite3").exists()


def test_a_backup_takes_the_place_of_nothing(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("mine")
    with pytest.raises(FileThere):
        make(filled, tmp_path, tmp_path / "b.tar", Watcher())
    with pytest.raises(PathNotFound):
        make(tmp_path / "none.sqlite3", tmp_path, tmp_path / "c.tar", Watcher())
    with pytest.raises(BackupUnwritable):
        make(filled, tmp_path, tmp_path / "b.tar" / "c.tar", Watcher())
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


# -- what is cut short ---------------------------------------------------------------------------------------------------


def test_a_backup_that_is_killed_leaves_none_and_the_next_one_clears_up(filled: Path, tmp_path: Path) -> None:
    home, folder = home_at(tmp_path / "home"), tmp_path / "b"
    folder.mkdir()
    watch = Watcher()
    path, _ = make(filled, home, folder / "whole.tar", watch)
    path.unlink()
    for moment in random.Random(5).sample(range(1, len(watch.told) + 1), 8):
        assert apart(lambda at=moment: make(filled, home, folder, killed_at(at))) == -9
        assert not list(folder.glob("*.tar"))
    made, _ = make(filled, home, folder, Watcher())
    assert prune(folder, keep=1) == ()
    assert [one.name for one in folder.iterdir()] == [made.name]
    (folder / "tawatur-20250101T000000Z.tar").touch()
    (folder / "mine-20250101T000000Z.tar").touch()
    assert [one.name for one in prune(folder, keep=1)] == ["tawatur-20250101T000000Z.tar"]
    assert {one.name for one in folder.iterdir()} == {made.name, "mine-20250101T000000Z.tar"}


def test_a_restoration_that_is_killed_leaves_the_store_as_it_was(
    backup: Path, target: Where, filled: Path, tmp_path: Path
) -> None:
    store = open_store(target)
    store.put_letter(ONE, at=NOW)
    store.close()
    before, home = dump(target), tmp_path / "home"
    watch = Watcher()
    restore(backup, tmp_path / "x.sqlite3", tmp_path / "home2", watch)
    some = random.Random(5).sample(range(1, len(watch.told) - 1), 1 if is_server(target) else 4)
    moments: list[int | str] = [*some, "settling", "placing"]
    for moment in moments:
        assert apart(lambda at=moment: restore(backup, target, home, killed_at(at), replace=True)) == -9
        assert dump(target) == before
    restore(backup, target, home, Watcher(), replace=True)
    assert dump(target) == dump(filled)
    assert {path.name for path in home.iterdir()} == {"accounts.key", "pictures", ".before-restore"}


def test_a_full_disk_leaves_nothing_behind(filled: Path, backup: Path, tmp_path: Path) -> None:
    made, _ = make(filled, tmp_path, tmp_path / "b.tar", Watcher())
    size = made.stat().st_size
    made.unlink()
    for largest in (1 << 16, size // 2, size - 1):
        assert apart(lambda: make(filled, tmp_path, tmp_path / "b.tar", Watcher()), largest=largest) == FAILED
        assert not list(tmp_path.iterdir())
    for largest in (1 << 16, filled.stat().st_size // 2):
        path, home = tmp_path / "s.sqlite3", tmp_path / "home"
        assert apart(lambda: restore(backup, path, home, Watcher()), largest=largest) == FAILED  # noqa: B023
        assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_what_is_wrong_with_a_disk_is_said(filled: Path, tmp_path: Path) -> None:
    def fill() -> None:
        with pytest.raises(BackupUnwritable, match="large"):
            make(filled, tmp_path, tmp_path / "b.tar", Watcher())

    assert apart(fill, largest=1 << 16) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a disk here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_is_named_and_nothing_is_left_on_it(filled: Path, backup: Path, small_disk: Path) -> None:
    with pytest.raises(BackupUnwritable, match="No space"):
        make(filled, small_disk / "home", small_disk / "b.tar", Watcher())
    assert not list(small_disk.iterdir())
    with pytest.raises(StoreFull):
        restore(backup, small_disk / "s.sqlite3", small_disk / "home", Watcher())
    assert not [path for path in small_disk.rglob("*") if path.is_file()]
