"""Web archives: what is read, what is passed over and counted, and what damage costs."""

import gzip
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.unit.fetch.archives import NOW, PACKINGS, Read, arc, http, packed, page, pages, read, record

from tawatur.fetch import members, records, warc
from tawatur.model import Kind

#: By what a packed archive is known, whatever its name says.
BEGINNINGS = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd"}
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'


def test_a_response_becomes_a_document_with_what_the_record_says_of_it(tmp_path: Path) -> None:
    body = page(1)
    found = read(record(http(body, type="text/html; charset=windows-1256"), url="https://one.example/a?b=c"), tmp_path)
    (document,) = found.documents
    assert (document.content, document.kind, document.charset) == (body, Kind.HTML, "windows-1256")
    assert document.url == "https://one.example/a?b=c"
    assert document.collected == datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert document.origin == f"{tmp_path / 'a.warc'}#offset=0"
    assert not found.passed


@pytest.mark.parametrize("packing", PACKINGS)
def test_records_come_in_order_and_say_where_they_begin(packing: str, tmp_path: Path) -> None:
    made = [record(b"software: x", kind="warcinfo", url=""), *pages(5)]
    found = read(packed(made, packing), tmp_path, f"a.warc{packing}")
    assert found.urls == ["0", "1", "2", "3", "4"]
    assert found.places == [str(len(packed(made[:number], packing))) for number in range(1, 6)]
    assert (found.rejected, found.bytes) == ([], len(packed(made, packing)))


def test_a_file_packed_as_a_whole_says_how_far_in_a_record_is(tmp_path: Path) -> None:
    made = pages(2)
    found = read(gzip.compress(b"".join(made)), tmp_path, "a.warc.gz")
    assert (found.urls, found.places) == (["0", "1"], ["0", f"0+{len(made[0])}"])


def test_a_part_of_an_archive_gives_the_same_documents(tmp_path: Path) -> None:
    made = [gzip.compress(one) for one in pages(3)]
    whole = read(b"".join(made), tmp_path, "a.warc.gz")
    again = Read(tmp_path / "a.warc.gz")
    assert [one.id for one in again.documents] == [one.id for one in whole.documents]
    part = read(b"".join(made[1:]), tmp_path, "part.warc.gz")
    offset = len(made[0])
    assert [(int(place) + offset) for place in part.places] == [int(place) for place in whole.places[1:]]
    assert [one.content for one in part.documents] == [one.content for one in whole.documents[1:]]


def test_zstandard_with_a_dictionary_in_front(tmp_path: Path) -> None:
    made = pages(40)
    words = zstandard.train_dictionary(4096, made * 5)
    compressor = zstandard.ZstdCompressor(dict_data=words)
    content = words.as_bytes()
    for dictionary in (content, zstandard.compress(content)):
        front = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary
        found = read(front + b"".join(map(compressor.compress, made)), tmp_path, "a.warc.zst")
        assert (len(found.urls), found.rejected) == (40, [])


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("<https://one.example/a>", "https://one.example/a"),
        ("https://one.example/a b  c", "https://one.example/a%20b%20c"),
        ("HTTP://one.example/", "HTTP://one.example/"),
        ("no address", None),
        ("", None),
        ("http://[bad/", None),
    ],
)
def test_addresses_are_repaired_or_left_out(target: str, url: str | None, tmp_path: Path) -> None:
    (document,) = read(record(http(page(1)), url=target), tmp_path).documents
    assert document.url == url


@pytest.mark.parametrize(
    ("date", "collected"),
    [
        ("2026-03-09T10:00:00.123456789Z", datetime(2026, 3, 9, 10, 0, 0, 123456, UTC)),
        ("20260309100000", datetime(2026, 3, 9, 10, tzinfo=UTC)),
        ("yesterday", NOW),
        ("", NOW),
        ("2999-01-01T00:00:00Z", NOW),
    ],
)
def test_a_time_that_is_none_or_still_to_come_is_the_time_of_reading(
    date: str, collected: datetime, tmp_path: Path
) -> None:
    (document,) = read(record(http(page(1)), WARC_Date=date), tmp_path).documents
    assert document.collected == collected


CHUNKED = b"4\r\n<!do\r\n" + b"%x\r\n" % (len(page(1)) - 4) + page(1)[4:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), {"Content_Encoding": "gzip"}),
        (gzip.compress(page(1)), {}),
        (brotli.compress(page(1)), {"Content_Encoding": "br"}),
        (zstandard.compress(page(1)), {"Content_Encoding": "zstd"}),
        (page(1), {"Content_Encoding": "gzip"}),
        (page(1), {"Content_Encoding": "something"}),
        (page(1), {"Transfer_Encoding": "chunked"}),
        (CHUNKED, {"Transfer_Encoding": "chunked"}),
    ],
    ids=["gzip", "gzip unsaid", "br", "zstd", "gzip wrong", "unknown", "chunked wrong", "chunked"],
)
def test_bodies_are_unpacked_whatever_they_declare(body: bytes, headers: dict[str, str], tmp_path: Path) -> None:
    (document,) = read(record(http(body, **headers)), tmp_path).documents
    assert document.content == page(1)


def test_what_comes_before_wrong_chunks_and_what_stands_behind_is_kept(tmp_path: Path) -> None:
    wrong = b"4\r\n<!do\r\nzz\r\n" + page(1)[4:]
    (document,) = read(record(http(wrong, Transfer_Encoding="chunked")), tmp_path).documents
    assert document.content == b"<!dozz\r\n" + page(1)[4:]


PASSED = {
    "revisit": record(b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit"),
    "status": record(http(page(1), status=404)),
    "other_type": record(http(b"\x89PNG", type="image/png")),
    "no_content": record(http(b" ")),
    "other_record": record(b"x", kind="something"),
    "segment": record(http(page(1)), WARC_Segment_Number="1"),
}
ALSO_OTHER = [
    record(b"1.2.3.4", url="dns:one.example", type="text/dns"),
    record(b"made by x", url="metadata://x/log", kind="resource", type="text/plain"),
    record(http(b"User-agent: *", type="text/plain"), url="https://one.example/robots.txt"),
    record(http(b'{"a": 1}', type="application/json")),
    record(http(b"<?xml version='1.0'?><urlset></urlset>", type="application/xml")),
    record(http(b"body { margin: 0 }", type="text/css")),
]


@pytest.mark.parametrize("reason", PASSED)
def test_what_is_no_page_is_passed_over_and_counted(reason: str, tmp_path: Path) -> None:
    found = read(PASSED[reason] + record(http(page(1))), tmp_path)
    assert (found.passed, len(found.documents), found.rejected) == ({reason: 1}, 1, [])


@pytest.mark.parametrize("content", ALSO_OTHER)
def test_content_that_nobody_reads_is_of_another_type(content: bytes, tmp_path: Path) -> None:
    assert read(content, tmp_path).passed == {"other_type": 1}


def test_records_that_every_archive_has_are_not_worth_a_word(tmp_path: Path) -> None:
    made = [record(b"x", kind=kind) for kind in ("warcinfo", "request", "metadata")]
    found = read(b"".join(made), tmp_path)
    assert (found.documents, found.rejected, found.passed) == ([], [], {})


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (record(page(1), kind="resource", type="text/html"), Kind.HTML),
        (record(b"Some words of a page.", kind="conversion", type="text/plain"), Kind.TEXT),
        (record(http(FEED, type="application/rss+xml")), Kind.FEED),
        (record(http(FEED, type="text/html")), Kind.FEED),
        (record(http(b'{"version": "https://jsonfeed.org/version/1"}', type="application/json")), Kind.FEED),
        (record(http(page(1), type="")), Kind.HTML),
        (record(http(b"Some words.", type="text/plain")), Kind.TEXT),
    ],
)
def test_pages_feeds_and_texts_are_read_by_what_they_are(made: bytes, kind: Kind, tmp_path: Path) -> None:
    (document,) = read(made, tmp_path).documents
    assert document.kind is kind


def test_a_wrong_digest_is_counted_and_the_record_read(tmp_path: Path) -> None:
    good = record(http(page(1)), digest=True)
    assert read(good, tmp_path).passed == {}
    bad = read(good.replace(b"word1x1 ", b"word1x2 "), tmp_path)
    assert (bad.passed, len(bad.documents)) == ({"wrong_digest": 1}, 1)


def test_arc_records_are_read_with_spaces_in_addresses_and_without_http(tmp_path: Path) -> None:
    version = arc("filedesc://a.arc", b"1 0 x\nURL IP-address Archive-date Content-type Archive-length\n")
    made = [version, arc("http://one.example/a b/1", http(page(1))), arc("http://one.example/2", page(2))]
    for packing in ("", ".gz"):
        found = read(packed(made, packing), tmp_path, f"a.arc{packing}")
        assert found.urls == ["1", "2"]
        assert found.documents[0].url == "http://one.example/a%20b/1"
        assert found.documents[0].collected == datetime(2026, 3, 9, 10, tzinfo=UTC)
        assert found.rejected == []


def test_a_damaged_arc_record_costs_itself(tmp_path: Path) -> None:
    bad = arc("http://one.example/2", page(2)).replace(b"text/html ", b"text/html -")
    made = [arc("filedesc://a.arc", b"1 0 x\n"), arc("http://one.example/1", page(1)), bad]
    found = read(b"".join([*made, arc("http://one.example/3", page(3))]), tmp_path, "a.arc")
    assert (found.urls[-1], found.reasons[-1:]) == ("3", ["broken_record"])


# Damage


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_cut_costs_the_record_that_is_cut_and_is_told_once(packing: str, tmp_path: Path) -> None:
    made = pages(3)
    content = packed(made, packing)
    ends = [len(packed(made[:number], packing)) for number in range(4)]
    reason = {"": "cut_record", ".gz": "broken_gzip", ".zst": "broken_zstd"}[packing]
    blank = 0 if packing else 4  # A record is whole without the blank lines behind it.
    near = [end + by for end in ends for by in range(-12, 13)]
    for cut in sorted({*range(1, len(content), 7), *near} & set(range(1, len(content)))):
        found = read(content[:cut], tmp_path, f"a.warc{packing}")
        assert len(found.urls) == sum(cut >= end - blank for end in ends[1:]), cut
        assert found.reasons == ([] if any(0 <= end - cut <= blank for end in ends[1:]) else [reason]), cut


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_damaged_member_costs_itself(packing: str, tmp_path: Path) -> None:
    made = [PACKINGS[packing](one) for one in pages(4)]
    for at in range(0, len(made[1]) - 1, 7):
        bad = bytearray(made[1])
        bad[at : at + 2] = b"\xff\x00"
        found = read(b"".join([made[0], bytes(bad), *made[2:]]), tmp_path, f"a.warc{packing}")
        assert {"0", "2", "3"} <= set(found.urls), at


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    packing=st.sampled_from(list(PACKINGS)),
    damages=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=9)), max_size=4),
)
def test_no_damage_is_a_surprise_and_none_reaches_beyond_its_neighbours(
    packing: str, damages: list[tuple[float, bytes]], tmp_path: Path
) -> None:
    content = packed(pages(6), packing)
    for where, new in damages:
        at = int(where * len(content))
        content = content[:at] + new + content[at + len(new) // 2 :]
    assume(not any(content.startswith(BEGINNINGS[other]) for other in BEGINNINGS.keys() - {packing}))
    found = read(content, tmp_path, f"a.warc{packing}")
    assert len(found.urls) + found.passed.total() >= 6 - 2 * len(damages)
    assert found.bytes == len(content)


@pytest.mark.parametrize("off", [-40, -1, 40, 10_000])
def test_a_wrong_length_costs_one_record_or_none_where_the_digest_proves_it(off: int, tmp_path: Path) -> None:
    made = pages(4)
    block = http(page(9))
    for digest in (False, True):
        wrong = record(block, url="https://one.example/9", length=len(block) + off, digest=digest)
        found = read(b"".join([*made[:2], wrong, *made[2:]]), tmp_path)
        assert set(found.urls) == {"0", "1", "2", "3"} | ({"9"} if digest else set())
        assert found.passed == ({"wrong_length": 1} if digest else {})
        assert len(found.reasons) == (0 if digest else 1)


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_endless_record_does_not_hide_the_next(packing: str, tmp_path: Path) -> None:
    made = pages(2)
    endless = record(http(page(9)), length=10**15)
    found = read(packed([made[0], endless, made[1]], packing), tmp_path, f"a.warc{packing}")
    assert (found.urls, found.reasons) == (["0", "1"], ["cut_record"])


def test_a_record_inside_a_page_is_text_of_the_page(tmp_path: Path) -> None:
    """Who writes a page must not be able to put another outlet's page into an archive."""
    forged = page(1) + b"\r\n\r\n" + record(http(page(2)), url="https://two.example/forged")
    found = read(record(http(forged)) + pages(1)[0], tmp_path)
    assert [one.url for one in found.documents] == ["https://one.example/a", "https://one.example/0"]


@pytest.mark.parametrize("kind", ["response", "request"])
def test_a_record_over_the_limit_is_passed_and_told_if_it_may_be_a_page(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_BLOCK", 10_000)
    big = record(http(page(9, words=5000)), kind=kind)
    found = read(b"".join([pages(1)[0], big, *pages(2)[1:]]), tmp_path)
    assert found.urls == ["0", "1"]
    assert found.reasons == (["too_large"] if kind == "response" else [])


def test_a_body_that_is_a_bomb_is_too_large(tmp_path: Path) -> None:
    bomb = record(http(gzip.compress(b" " * (60 << 20)), Content_Encoding="gzip"))
    found = read(bomb + pages(1)[0], tmp_path)
    assert (found.urls, found.reasons) == (["0"], ["too_large"])


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_member_that_is_a_bomb_is_left_and_the_next_is_read(
    packing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "TRAP_BYTES", 1 << 20)
    bomb = PACKINGS[packing](record(http(b" " * (80 << 20))))
    good = [PACKINGS[packing](one) for one in pages(2)]
    found = read(b"".join([good[0], bomb, good[1]]), tmp_path, f"a.warc{packing}")
    assert (found.urls, set(found.reasons)) == (["0", "1"], {"too_large"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"words of something else\n" * 100, "not_an_archive"),
        (os.urandom(5000), "not_an_archive"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "broken_record"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000, "broken_record"),
    ],
)
def test_what_is_no_archive_is_told_once(content: bytes, reason: str, tmp_path: Path) -> None:
    found = read(content, tmp_path)
    assert (found.documents, found.reasons) == ([], [reason])


def test_arc_of_the_second_version_has_more_words_in_a_line(tmp_path: Path) -> None:
    block = http(page(1))
    line = f"http://one.example/1 192.0.2.1 20260309100000 text/html 200 ABC - 0 a.arc {len(block)}\n"
    found = read(line.encode() + block + b"\n", tmp_path, "a.arc")
    assert (found.urls, found.rejected) == (["1"], [])


@pytest.mark.parametrize("word", [b"1 ", b"123456789012 ", b"x: 192.0.2.1 20260309100000 text/html "])
def test_crafted_lines_cost_no_time(word: bytes, tmp_path: Path) -> None:
    start = arc("http://one.example/1", page(1))
    began = time.perf_counter()
    found = read(start + b"\nhttp://one.example/ " + word * (1_000_000 // len(word)), tmp_path, "a.arc")
    assert len(found.rejected) == 1
    assert time.perf_counter() - began < 20


def test_an_archive_is_known_by_its_beginning_or_its_name() -> None:
    assert warc.is_archive("a.bin", pages(1)[0])
    assert warc.is_archive("a.bin", arc("http://one.example/", b""))
    assert warc.is_archive("CC-NEWS-20260309100000-00001.warc.gz", b"")
    assert not warc.is_archive("a.html", page(1))
