"""What was saved as JSON, Markdown and a book: whole, well-formed, and to be read again."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree
from tests.unit.saving.shelf import ENTRIES, LINK, NOW, SAVED, TEXTS, THEN

from tawatur.reader import ReaderId
from tawatur.saving.document import entries_of, is_document, json_document
from tawatur.saving.epub import write_epub
from tawatur.saving.markdown import escaped, markdown
from tawatur.saving.voice import Voice

VOICE = Voice("ar", lambda at: at.date().isoformat())
XHTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def document(entries=ENTRIES) -> object:
    return json.loads("".join(json_document(entries, made=NOW)))


def test_a_document_gives_back_all_that_it_was_made_of_to_whoever_takes_it() -> None:
    found = document()
    assert is_document(found)
    assert "r1" not in json.dumps(found)
    other = ReaderId("r2")
    assert list(entries_of(found, other)) == [
        (replace(SAVED, reader=other), (THEN,)),
        (replace(LINK, reader=other), ()),
    ]


@pytest.mark.parametrize(
    "found", [None, [], {}, {"format": "tawatur-saved", "version": 2}, {"format": "other", "version": 1}]
)
def test_what_is_no_document_of_ours_is_not_read(found: object) -> None:
    assert not is_document(found)


def test_entries_that_cannot_be_read_are_left_out() -> None:
    found = document()
    found["saved"] += [7, {}, {**found["saved"][0], "kind": "film"}, {**found["saved"][0], "texts": [{"title": 1}]}]
    assert len(list(entries_of(found, ReaderId("r2")))) == 2
    assert list(entries_of({"saved": "none"}, ReaderId("r2"))) == []
    assert list(entries_of(document(()), ReaderId("r2"))) == []


def test_markdown_has_all_that_people_want_to_keep() -> None:
    text = "".join(markdown(ENTRIES, VOICE))
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        f"## {escaped(one.title)}" for one in (SAVED, LINK)
    ]
    for part in (TEXTS["note"], f"> {TEXTS['mark']}", TEXTS["comment"], *TEXTS["then"]["outlets"], f"<{LINK.of}>"):
        assert part in text
    assert "(<https://outlet.example/0?a=1&b=2>)" in text
    assert "#" + TEXTS["tag"].replace(" ", "_") in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. one", "\\1. one"),
        ("- one", "\\- one"),
        ("a_b*c [d](e) `f`", "a\\_b\\*c \\[d\\](e) \\`f\\`"),
        ("# a\nb", "\\# a b"),
    ],
)
def test_no_character_of_a_text_means_anything_to_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown


def book(entries=ENTRIES, language: str = "ar") -> zipfile.ZipFile:
    file = BytesIO()
    write_epub(file, entries, Voice(language, VOICE.day), made=NOW, key="r1")
    return zipfile.ZipFile(file)


def test_a_book_says_first_what_it_is_as_it_is() -> None:
    made = book()
    first = made.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert made.read("mimetype") == b"application/epub+zip"
    container = etree.fromstring(made.read("META-INF/container.xml"))
    assert container.xpath("string(//*[local-name()='rootfile']/@full-path)") in made.namelist()


def test_the_package_of_a_book_names_each_of_its_parts_once_and_runs_from_right_to_left() -> None:
    made = book()
    package = etree.fromstring(made.read("book/package.opf"))
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    files = [f"book/{item.get('href')}" for item in items.values()]
    assert sorted([*files, "mimetype", "META-INF/container.xml", "book/package.opf"]) == sorted(made.namelist())
    assert [item.get("href") for item in items.values() if item.get("properties") == "nav"] == ["nav.xhtml"]
    spine = package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    assert [items[one.get("idref")].get("href") for one in spine] == ["chapter-1.xhtml", "chapter-2.xhtml"]
    identifier = package.find(f".//{DC}identifier")
    assert identifier is not None
    assert package.get("unique-identifier") == identifier.get("id")
    assert package.findtext(f".//{DC}language") == "ar"
    assert package.findtext(f".//{OPF}meta[@property='dcterms:modified']") == "2031-05-04T12:00:00Z"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_a_book_is_well_formed_and_refers_to_its_own_parts(language: str) -> None:
    made = book(language=language)
    pages = [name for name in made.namelist() if name.endswith(".xhtml")]
    assert len(pages) == 3
    for name in pages:
        page = etree.fromstring(made.read(name))
        assert page.get("dir") in ("rtl", "ltr")
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang")
        for link in page.xpath("//@href"):
            assert link.startswith("https://") or f"book/{link}" in made.namelist(), link
    assert etree.fromstring(made.read("book/chapter-1.xhtml")).get("dir") == "rtl"


def test_a_chapter_has_text_highlights_note_and_sources() -> None:
    page = etree.fromstring(book().read("book/chapter-1.xhtml"))
    text = "".join(page.itertext())
    for part in (*TEXTS["then"]["blocks"], TEXTS["note"], TEXTS["tag"], *TEXTS["then"]["outlets"]):
        assert part in text
    (mark,) = page.iter(f"{XHTML}mark")
    assert mark.text == TEXTS["mark"]
    (listed,) = page.xpath("//*[@class='highlights']/*")
    assert "".join(listed.itertext()) == TEXTS["mark"] + TEXTS["comment"]
    assert TEXTS["latin"] in "".join(etree.fromstring(book().read("book/chapter-2.xhtml")).itertext())


def test_a_book_of_nothing_and_one_with_characters_that_xml_lacks_can_be_read() -> None:
    assert etree.fromstring(book(()).read("book/chapter-1.xhtml")) is not None
    odd = replace(SAVED, note="a\x00b\ufffe\ud800c", highlights=())
    assert "abc" in "".join(etree.fromstring(book(((odd, ()),)).read("book/chapter-1.xhtml")).itertext())
