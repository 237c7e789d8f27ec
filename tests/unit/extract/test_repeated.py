"""Which repeated lines are residue, and which good text that is repeated stays."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tawatur.extract import extract
from tawatur.extract.repeated import (
    MOST_LINES,
    MOST_WORDS,
    Fingerprint,
    Seen,
    fingerprint,
    fingerprints,
    masked,
    nothing,
    residue,
    without,
)
from tawatur.model import (
    Article,
    ArticleId,
    Block,
    BlockKind,
    Kind,
    Outlet,
    OutletKey,
    OutletKind,
    Outlets,
    RawDocument,
    Removed,
)

CASES = tomllib.loads((Path(__file__).parent / "data" / "repeated.toml").read_text(encoding="utf-8"))["article"]
AGENCY = Outlet(key=OutletKey("waz"), name="waz", kind=OutletKind.AGENCY, credits=("waz",))


def seen(case: dict[str, Any]) -> dict[Fingerprint, Seen]:
    found = {}
    for name, made in (("seen", fingerprint), ("masked", masked)):
        for text, (articles, days, of) in case.get(name, {}).items():
            line = made(text)
            assert line is not None
            found[line] = Seen(articles=articles, days=days, of=of)
    return found


def article(*texts: str, removed: tuple[Removed, ...] = ()) -> Article:
    return Article(
        id=ArticleId("a"),
        outlet=OutletKey("one"),
        origin="a",
        collected=datetime(2026, 3, 9, tzinfo=UTC),
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts),
        removed=removed,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_residue(case: dict[str, Any]) -> None:
    found = residue(case["lines"], seen(case), Outlets())
    assert [case["lines"][at] for at in sorted(found)] == case["residue"]


def test_an_agencys_credit_stays() -> None:
    line = fingerprint("(waz)")
    assert line is not None
    counts = {line: Seen(articles=400, days=100, of=500)}
    assert residue(["text of the article", "(waz)"], counts, Outlets((AGENCY,))) == frozenset()
    assert residue(["text of the article", "(waz)"], counts, Outlets()) == {1}


def test_masking_makes_digits_equal_and_nothing_else() -> None:
    assert masked("read 12 times") == masked("read 4,312 times".replace(",", "")) != masked("seen 12 times")
    assert masked("read often") is None
    assert fingerprint("read 12 times") != fingerprint("read 13 times")
    assert masked("read 0 times") != fingerprint("read 0 times")


def test_a_line_without_words_or_with_too_many_has_no_fingerprint() -> None:
    assert fingerprint("***") is None
    assert fingerprint("word " * MOST_WORDS) is not None
    assert fingerprint("word " * (MOST_WORDS + 1)) is None


def test_of_a_long_article_the_edges_are_counted() -> None:
    found = fingerprints(article(*(f"line {'x' * at}" for at in range(500))))
    assert len(found) == MOST_LINES
    assert fingerprint("line") in found
    assert fingerprint(f"line {'x' * 499}") in found


def test_each_line_of_an_article_counts_once_and_a_removed_one_counts_on() -> None:
    told = article("one line", "one line", removed=(Removed("the prompt", "repeated_line"), Removed("x", "share_bar")))
    assert set(fingerprints(told)) == {fingerprint("one line"), fingerprint("the prompt")}


def test_what_is_taken_out_is_kept_with_its_reason_and_the_id_stays() -> None:
    told = article("text of it", "the prompt", removed=(Removed("x", "share_bar"),))

    def repeated(outlet: OutletKey, lines: Collection[Fingerprint]) -> Mapping[Fingerprint, Seen]:
        assert outlet == "one"
        return {line: Seen(articles=90, days=50, of=900) for line in lines if line == fingerprint("the prompt")}

    found = without(told, repeated, Outlets())
    assert found.text == "text of it"
    assert found.removed == (Removed("x", "share_bar"), Removed("the prompt", "repeated_line"))
    assert found == replace(told, blocks=found.blocks, removed=found.removed)
    assert fingerprints(found) == fingerprints(told), "what is counted does not depend on what was learned"
    assert without(told, nothing, Outlets()) is told


def test_extract_asks_for_the_outlets_lines_once_a_document() -> None:
    asked: list[OutletKey] = []

    def repeated(outlet: OutletKey, lines: Collection[Fingerprint]) -> Mapping[Fingerprint, Seen]:
        asked.append(outlet)
        return {line: Seen(articles=90, days=50, of=900) for line in lines if line == fingerprint("the prompt")}

    now = datetime(2026, 3, 9, tzinfo=UTC)
    content = b"The minister opened the library in the morning, and many people came.\nthe prompt\n"
    document = RawDocument(content=content, origin="a.txt", kind=Kind.TEXT, collected=now, outlet=OutletKey("one"))
    (found,) = extract(document, outlets=Outlets(), latest=now.date(), repeated=repeated).articles
    assert asked == ["one"]
    assert "the prompt" not in found.text
    assert Removed("the prompt", "repeated_line") in found.removed
