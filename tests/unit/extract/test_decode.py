"""Bytes become text in the encoding in which they make sense, or are refused."""

import codecs

import pytest
from tests.unit.extract.extracting import LATEST, OUTLETS, document, text_of

from tawatur.extract import encodings, extract
from tawatur.extract.decode import decode, is_binary
from tawatur.extract.mojibake import repaired
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


def test_two_encodings_in_one_page_are_each_read_in_their_own() -> None:
    first, _, rest = TEXT.partition("\n")
    for one, other in (("utf-8", "cp1256"), ("cp1256", "utf-8"), ("utf-8", "iso8859_6")):
        assert decode(raw(first.encode(one) + b"\n" + rest.encode(other))) == TEXT
    mark = TEXT.index(" ")
    quoted = TEXT[:mark].encode() + b" \x93" + TEXT[mark + 1 :].encode() + b"\x94"
    assert decode(raw(quoted)) == f"{TEXT[:mark]} \u201c{TEXT[mark + 1 :]}\u201d"


def test_bytes_in_no_encoding_are_refused() -> None:
    noise = raw(bytes(128 + (number * 37 + number // 7) % 128 for number in range(4000)))
    assert decode(noise) is None
    assert [one.reason for one in extract(noise, outlets=OUTLETS, latest=LATEST).rejected] == ["undecodable"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"\x00\x01\x02\x03" * 30, b"PK\x03\x04abc"])
def test_binary_content_is_no_text(content: bytes) -> None:
    assert is_binary(content)
    assert decode(raw(content)) is None


def test_the_right_encoding_reads_best() -> None:
    for right, wrong in (("iso8859_6", "cp1256"), ("cp1256", "mac_arabic"), ("cp720", "cp1256")):
        content = TEXT.encode(right, "ignore")
        assert (
            encodings.arabic(content.decode(right)) > encodings.SURE > encodings.arabic(content.decode(wrong, "ignore"))
        )
    assert encodings.arabic("abc") == -9


@pytest.mark.parametrize("line", [line for line in text_of("encodings.txt").split("\n") if line and line[0] != "#"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859_6", "utf-16", "utf-16-le", "utf-16-be", "cp720"])
def test_every_text_comes_out_right_in_every_encoding(line: str, encoding: str) -> None:
    if line.encode(encoding, "ignore").decode(encoding) == line:
        for charset in (None, "utf-8", "windows-1256", "iso-8859-1", "x-user-defined"):
            assert decode(raw(line.encode(encoding), charset)) == line


def test_a_declaration_in_a_comment_counts_for_nothing_and_one_far_down_does() -> None:
    far = b"<style>" + b" p { margin: 0 }" * 900 + b'</style><meta charset="Windows_1256">'
    assert list(encodings.declared(b"<!-- <meta charset=cp1256> --><meta charset=x-mac-arabic>", "UTF-8")) == [
        "mac_arabic"
    ]
    assert list(encodings.declared(far, "ISO-8859-6-I")) == ["iso8859_6", "cp1256"]


def read_as(text: str, name: str) -> str:
    return "".join(bytes([code]).decode(name, "ignore") or chr(code) for code in text.encode())


@pytest.mark.parametrize("name", ["cp1252", "latin-1", "cp1256", "mac_roman"])
def test_text_that_was_stored_in_a_wrong_encoding_is_brought_back(name: str) -> None:
    assert repaired(read_as(TEXT, name)) == TEXT
    assert repaired(f"{TEXT}\n{read_as(TEXT, name)}") == f"{TEXT}\n{TEXT}"


def test_what_went_wrong_twice_or_lost_signs_on_its_way_is_brought_back() -> None:
    assert repaired(read_as(read_as(TEXT, "cp1252"), "cp1252")) == TEXT
    lost = read_as(TEXT, "cp1252").replace("\u0081", "").replace("\u00ad", "")
    assert repaired(lost) == TEXT
    assert repaired(TEXT.encode("cp1256").decode("cp1252")) == TEXT


@pytest.mark.parametrize(
    "text", ["Où est l'été à Orléans?", "Ø 12 mm, §4", "„Größe“ – Ñandú, ÇÁ", "naïve café – £5", TEXT]
)
def test_sound_text_stays(text: str) -> None:
    assert repaired(text) == text


def test_a_western_text_is_read_as_declared_where_nothing_in_it_is_utf8() -> None:
    content = b"<rss><item><title>Caf\xe9 \x93au lait\x94</title></item></rss>" + b" " * 600
    found = decode(raw(content, "windows-1252"))
    assert found is not None
    assert "Caf\u00e9 \u201cau lait\u201d" in found


def test_two_bytes_are_no_arabic_where_another_declaration_fits() -> None:
    content = '<?xml version="1.0" encoding="euc-kr"?><rss><item><title>\ub144</title></item></rss>'.encode("euc-kr")
    found = decode(raw(content))
    assert found is not None
    assert "\ub144" in found
