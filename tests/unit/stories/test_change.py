"""What kind of change leads from one version to the next, and what differs word by word."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Article, ArticleId, Block, BlockKind, Certainty, OutletKey, Published
from tawatur.stories.change import Version, change
from tawatur.stories.difference import Op, difference, pieces, word_count
from tawatur.understand import analyze

CASES = tomllib.loads((Path(__file__).parent / "data" / "changes.toml").read_text(encoding="utf-8"))["case"]
AT = datetime(2026, 3, 9, 8, tzinfo=UTC)
WORDS = st.lists(st.sampled_from([*"abcdefgh", "1.5", "،", "."]), max_size=30).map(" ".join)


def article(title: str, *texts: str) -> Article:
    signs = {"#": BlockKind.UPDATE, "^": BlockKind.CAPTION}
    blocks = tuple(
        Block(signs[text[0]], text[2:]) if text[0] in signs else Block(BlockKind.PARAGRAPH, text) for text in texts
    )
    published = Published(at=AT, certainty=Certainty.STATED)
    return Article(
        id=ArticleId("a"),
        outlet=OutletKey("one"),
        origin="a",
        collected=AT,
        title=title,
        published=published,
        blocks=blocks,
    )


def version(texts: list[str]) -> Version:
    made = article(*texts)
    return Version(made, analyze(made))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_change(case: dict[str, Any]) -> None:
    old, new = version(case["before"]), version(case["after"])
    found = change(old, new)
    assert (found.kind, list(found.facts)) == (case["kind"], case.get("facts", []))
    moved = sum(part.moved for part in difference(old.article, new.article).parts)
    assert moved == case.get("moved", 0)


def test_what_was_added_is_removed_on_the_way_back() -> None:
    old, new = version(CASES[0]["before"]), version([*CASES[0]["after"], CASES[8]["after"][2]])
    assert (change(old, new).added, change(old, new).removed) == (change(new, old).removed, change(new, old).added)


@given(WORDS, WORDS)
def test_pieces_make_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.op is not Op.ADDED).split() == old.split()
    assert "".join(piece.text for piece in found if piece.op is not Op.REMOVED).split() == new.split()
    assert any(piece.op is not Op.SAME for piece in found) == (old.split() != new.split())


@given(st.lists(WORDS.filter(bool), max_size=8), st.lists(WORDS.filter(bool), max_size=8))
def test_the_parts_hold_all_blocks_of_both_versions(old: list[str], new: list[str]) -> None:
    one, two = article("", *(f"x {text}" for text in old)), article("", *(f"x {text}" for text in new))
    parts = difference(one, two).parts
    assert [part.new.split() for part in parts if part.new] == [block.text.split() for block in two.blocks]
    assert sorted(part.old.split() for part in parts if part.old) == sorted(block.text.split() for block in one.blocks)


def test_a_paragraph_that_moved_and_one_that_changed() -> None:
    one = article("t", "a b c d e f", "g h i j k l", "m n o p q r")
    two = article("t", "m n o p q r", "a b c d e f", "g h i J k l")
    (moved,) = [part for part in difference(one, two).parts if part.moved]
    assert moved.new == "m n o p q r"
    (changed,) = [part for part in difference(one, two).parts if part.is_changed]
    assert [(piece.op, piece.text.strip()) for piece in changed.pieces] == [
        (Op.SAME, "g h i"),
        (Op.REMOVED, "j"),
        (Op.ADDED, "J"),
        (Op.SAME, "k l"),
    ]


def test_what_is_gone_stands_where_it_stood() -> None:
    one, two = article("t", "a b c", "d e f", "g h i"), article("t", "a b c", "g h i", "j k l")
    parts = difference(one, two).parts
    assert [(part.old, part.new) for part in parts] == [
        ("t", "t"), ("a b c", "a b c"), ("d e f", ""), ("g h i", "g h i"), ("", "j k l"),
    ]  # fmt: skip


def test_links_and_residue_are_no_difference() -> None:
    one = article("t", "a b c")
    two = Article(
        id=ArticleId("b"),
        outlet=OutletKey("one"),
        origin="b",
        collected=AT,
        title="t",
        blocks=(*one.blocks, Block(BlockKind.RELATED, "another story", url="http://one.example/2")),
    )
    assert not any(part.is_changed for part in difference(one, two).parts)


def test_a_page_beyond_all_size_is_told_apart_coarsely_and_at_once() -> None:
    one, two = ("a b " * 4000).strip(), ("b c " * 4000).strip()
    begin = datetime.now(UTC)
    assert [piece.op for piece in pieces(one, two)] == [Op.REMOVED, Op.ADDED]
    assert (datetime.now(UTC) - begin).total_seconds() < 5
    assert word_count(one) == 8000
