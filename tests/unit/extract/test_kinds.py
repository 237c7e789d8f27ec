"""What a document is, by content before name."""

import pytest
from tests.unit.extract.extracting import DATA

from tawatur.extract.kinds import detect
from tawatur.model import Kind

CASES = [
    (b"<!DOCTYPE html><html><body>x</body></html>", "a.html", Kind.HTML),
    (b"<html><p>x", "a", Kind.HTML),
    (b"\n\n <!doctype HTML>", "http://a.example/news?id=3", Kind.HTML),
    (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a.html", Kind.FEED),
    (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "a.xml", Kind.FEED),
    (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x">', "a", Kind.FEED),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed.json", Kind.FEED),
    (b'{"id": "1", "text": "x"}', "a.jsonl", Kind.JSONL),
    (b'{"id": "1", "text": "x"}', "a.json", Kind.JSONL),
    (b"not json", "a.jsonl", Kind.JSONL),
    (b"plain words", "a.txt", Kind.TEXT),
    (b"plain <b>words</b>", "a.txt", Kind.TEXT),
    (b"plain words", "a", Kind.TEXT),
    ("خبر".encode("windows-1256"), "a.txt", Kind.TEXT),
    ("<html><p>خبر".encode("utf-16"), "a.html", Kind.HTML),
    (b"", "a.txt", None),
    (b" \n\t ", "a.txt", None),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", None),
    (b"\x00\x01\x02" * 50, "a.html", None),
    (b"a,b\n1,2", "a.csv", None),
    (b"body { color: red }", "a.css", None),
]


@pytest.mark.parametrize(("content", "name", "kind"), CASES)
def test_a_document_is_told_by_its_beginning_and_then_by_its_name(content: bytes, name: str, kind: Kind | None) -> None:
    assert detect(content, name) is kind


@pytest.mark.parametrize(
    ("name", "kind"), [("feed.xml", Kind.FEED), ("live.html", Kind.HTML), ("lines.jsonl", Kind.JSONL)]
)
def test_real_files_are_told(name: str, kind: Kind) -> None:
    assert detect((DATA / name).read_bytes(), name) is kind
