"""Bytes become text in the encoding in which they make sense, or are refused."""

import codecs

import pytest
from tests.unit.extract.extracting import LATEST, OUTLETS, document, text_of

from tawatur.extract import extract
from tawatur.extract.decode import decode, is_binary, plausibility
from tawatur.model import Kind, RawDocument

TEXT = text_of("words.txt").partition("\n")[2]
ENCODINGS = ["utf-8", "windows-1256", "iso-8859-6"]


def raw(content: bytes, charset: str | None = None) -> RawDocument:
    made = document(content, Kind.TEXT)
    return RawDocument(content=content, origin=made.origin, kind=made.kind, collected=made.collected, charset=charset)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1", "no-such-encoding"])
def test_text_is_recognised_whatever_is_declared(encoding: str, charset: str | None) -> None:
    assert decode(raw(TEXT.encode(encoding), charset)) == TEXT


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_line_is_enough(encoding: str) -> None:
    line = TEXT.split("\n")[0][:60]
    assert decode(raw(line.encode(encoding))) == line


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decode(raw(mark + TEXT.encode(encoding), "windows-1256")) == TEXT


def test_utf_16_without_a_mark_is_read() -> None:
    assert decode(raw(TEXT.encode("utf-16-le"))) == TEXT


def test_a_wrong_declaration_inside_counts_less_than_the_bytes() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>{TEXT}</p></body></html>'
    assert decode(raw(page.encode("windows-1256"))) == page
    page = page.replace("utf-8", "windows-1256")
    assert decode(raw(page.encode("utf-8"))) == page


def test_a_declaration_that_fits_decides() -> None:
    cyrillic = "<?xml version='1.0' encoding='koi8-r'?><p>новости дня</p>"
    assert decode(raw(cyrillic.encode("koi8-r"))) == cyrillic


def test_a_page_cut_in_the_middle_of_a_letter_is_read() -> None:
    text = decode(raw(TEXT.encode()[:-2]))
    assert text is not None
    assert text.startswith(TEXT[:-10])


def test_two_encodings_in_one_text_are_refused() -> None:
    half = len(TEXT) // 2
    mixed = raw(TEXT[:half].encode() + TEXT[half:].encode("windows-1256"))
    assert decode(mixed) is None
    assert [one.reason for one in extract(mixed, outlets=OUTLETS, latest=LATEST).rejected] == ["undecodable"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"\x00\x01\x02\x03" * 30, b"PK\x03\x04abc"])
def test_binary_content_is_no_text(content: bytes) -> None:
    assert is_binary(content)
    assert decode(raw(content)) is None


def test_plausibility_prefers_the_right_encoding() -> None:
    content = TEXT.encode("iso-8859-6")
    assert plausibility(content.decode("iso-8859-6")) > 0.8
    assert plausibility(content.decode("cp1256")) < plausibility(content.decode("iso-8859-6"))
    assert plausibility("abc") == 0.0
