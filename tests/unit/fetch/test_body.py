"""Unpacking bodies as they come: the same however they are cut, and never more in memory than a piece."""

import gzip
import random
import tracemalloc
import zlib
from collections.abc import Iterator

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.fetch.answers import Reason
from tawatur.fetch.body import BadBody, Unpacker

MIB = 1 << 20
PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda content: brotli.compress(content, quality=1),
    "zstd": zstandard.compress,
}


def unpacked(packed: bytes, codings: str, *, cut: int = 1 << 16, limit: int = 8 * MIB) -> Iterator[bytes]:
    unpacker = Unpacker(codings, limit=limit, ratio=200, layers=2)
    for start in range(0, len(packed), cut):
        yield from unpacker.feed(packed[start : start + cut])
    yield from unpacker.finish()


@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=5000), st.text(max_size=2000).map(lambda text: text.encode() * 30)),
    st.lists(st.sampled_from(sorted(PACK)), max_size=2),
    st.integers(1, 9000),
)
def test_what_was_packed_comes_out_however_it_is_cut(content: bytes, codings: list[str], cut: int) -> None:
    packed = content
    for coding in codings:
        packed = PACK[coding](packed)
    if content.startswith(b"\x1f\x8b"):
        return  # is taken for a file that is packed itself
    assert b"".join(unpacked(packed, ", ".join(codings), cut=cut)) == content


@settings(deadline=None)
@given(st.binary(max_size=3000), st.sampled_from([*sorted(PACK), "", "gzip, br"]))
def test_rubbish_is_a_value_or_a_reason(rubbish: bytes, codings: str) -> None:
    try:
        b"".join(unpacked(rubbish, codings))
    except BadBody as bad:
        assert bad.reason in (Reason.BROKEN_BODY, Reason.BOMB, Reason.TOO_LARGE)  # noqa: PT017


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.sampled_from(sorted(PACK)), st.floats(0.0, 0.99))
def test_what_is_cut_off_is_never_taken_for_the_whole(content: bytes, coding: str, share: float) -> None:
    packed = PACK[coding](content)
    cut = packed[: int(len(packed) * share)]
    if not cut:
        return  # an empty body is an empty body
    with pytest.raises(BadBody):
        b"".join(unpacked(cut, coding))


@pytest.mark.parametrize("coding", PACK)
def test_a_bomb_is_never_whole_in_memory(coding: str) -> None:
    bomb = PACK[coding](bytes(256 * MIB))
    tracemalloc.start()
    with pytest.raises(BadBody) as caught:
        for _ in unpacked(bomb, coding, limit=64 * MIB):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.reason is Reason.BOMB
    assert peak < 6 * MIB


@pytest.mark.parametrize("codings", ["", "gzip", "br"])
def test_more_than_the_limit_is_too_large(codings: str) -> None:
    content = random.Random(1).randbytes(3000)
    packed = PACK[codings](content) if codings else content
    assert b"".join(unpacked(packed, codings, limit=3000)) == content
    with pytest.raises(BadBody) as caught:
        b"".join(unpacked(packed, codings, limit=2999))
    assert caught.value.reason is Reason.TOO_LARGE


def test_what_stands_between_two_layers_is_bounded_too() -> None:
    """The name of a packed file may be as long as it likes, and nothing comes out of it."""
    packed = gzip.compress(b"\x1f\x8b\x08\x08" + bytes(6) + random.Random(1).randbytes(500_000).hex().encode())
    assert len(packed) < 700_000
    with pytest.raises(BadBody) as caught:
        b"".join(unpacked(packed, "gzip, gzip", limit=len(packed) + 1))
    assert caught.value.reason is Reason.TOO_LARGE


def test_a_file_that_is_packed_itself_is_unpacked_once() -> None:
    inner = gzip.compress(b"<urlset/>")
    assert b"".join(unpacked(inner, "", cut=1)) == b"<urlset/>"
    assert b"".join(unpacked(gzip.compress(inner), "", cut=1)) == inner
    assert b"".join(unpacked(b"\x1f", "")) == b"\x1f"


@pytest.mark.parametrize("codings", ["gzip,gzip,gzip", "compress", "br, X-Compress", "sdch"])
def test_codings_that_are_not_known_or_too_many_are_refused(codings: str) -> None:
    with pytest.raises(BadBody) as caught:
        Unpacker(codings, limit=1, ratio=1, layers=2)
    assert caught.value.reason is Reason.CODING
