"""Unpacking in pieces of bounded size, and lines out of pieces."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tawatur.fetch import unpack
from tawatur.fetch.unpack import Broken, lines, pieces

PACK: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstandard.compress}
RANDOM = os.urandom(300_000)


def unpacked(path: Path) -> bytes:
    return b"".join(pieces(path, lambda count: None))


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("content", [b"", b"a", b"words " * 100_000, RANDOM])
def test_what_was_packed_comes_out(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(PACK[suffix](content))
    assert unpacked(path) == content


@pytest.mark.parametrize("suffix", PACK)
def test_packed_files_may_stand_one_behind_another(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(PACK[suffix](b"one ") + PACK[suffix](RANDOM) + PACK[suffix](b" two"))
    assert unpacked(path) == b"one " + RANDOM + b" two"


def test_the_bytes_tell_that_a_file_is_packed_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(gzip.compress(b"words"))
    assert unpacked(path) == b"words"


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("cut", [0.02, 0.5, 0.99])
def test_a_cut_off_file_gives_what_it_has_and_then_is_broken(suffix: str, cut: float, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    packed = PACK[suffix](RANDOM)
    path.write_bytes(packed[: int(len(packed) * cut)])
    got: list[bytes] = []
    with pytest.raises(Broken):
        got.extend(pieces(path, lambda count: None))
    assert RANDOM.startswith(b"".join(got))


@pytest.mark.parametrize("suffix", PACK)
def test_a_damaged_file_is_broken(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"no packed bytes at all")
    with pytest.raises(Broken, match="broken"):
        unpacked(path)


@pytest.mark.parametrize("suffix", PACK)
def test_a_trap_is_left_early(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "TRAP_BYTES", 1 << 20)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(PACK[suffix](b"\0" * (64 << 20)))
    got: list[int] = []
    with pytest.raises(Broken, match="too_large"):
        got.extend(len(piece) for piece in pieces(path, lambda count: None))
    assert sum(got) < 64 << 20


def test_the_watch_is_told_of_the_files_own_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(RANDOM))
    told: list[int] = []
    list(pieces(path, told.append))
    assert sum(told) == path.stat().st_size


@given(st.lists(st.binary(max_size=6), max_size=6))
def test_lines_do_not_depend_on_how_bytes_are_cut(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    expected = [line.removesuffix(b"\r") for line in whole.split(b"\n")[:-1]]
    last = whole.rpartition(b"\n")[2]
    assert list(lines(iter(chunks))) == list(enumerate([*expected, *([last] if last else [])], 1))


def test_a_line_that_is_too_long_is_passed_over_and_counted() -> None:
    chunks = [b"aaa\n", b"b" * 5, b"b" * 5, b"\ncc\n" + b"d" * 11 + b"\nee", b"e" * 20]
    assert list(lines(iter(chunks), longest=10)) == [(1, b"aaa"), (2, b"bbbbbbbbbb"), (3, b"cc"), (4, None), (5, None)]
