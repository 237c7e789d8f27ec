"""The words by which articles are found: keys of words, phrases as compared, what a store keeps of an article."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tawatur.arabic.words import words
from tawatur.model import Analysis, Article, ArticleId, Block, BlockKind, Name, OutletKey, Person
from tawatur.searching.parse import parse
from tawatur.searching.plan import Field, plan
from tawatur.searching.snippet import Piece, marked, snippet
from tawatur.searching.spelling import beginnings, nearest
from tawatur.searching.terms import TermKind, beginning, terms
from tawatur.searching.words import BETWEEN, LEAD, MOST, NOTHING, entry, exact_words, key

CASES = tomllib.loads((Path(__file__).parent / "data" / "words.toml").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 9, tzinfo=UTC)


def article(text: str, title: str = "") -> Article:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in text.splitlines())
    return Article(
        id=ArticleId("a"),
        outlet=OutletKey("one"),
        origin="a",
        collected=NOW,
        title=title,
        section="Art & Life",
        blocks=blocks,
    )


EMPTY = Analysis(article=ArticleId("a"), version="1")


@pytest.mark.parametrize("forms", CASES["alike"], ids=lambda forms: forms[0])
def test_forms_of_a_word_have_one_key(forms: list[str]) -> None:
    assert {key(form) for form in forms} == {key(forms[0])}
    assert key(forms[0])


@pytest.mark.parametrize("word", CASES["without"])
def test_words_that_carry_no_topic_have_no_key(word: str) -> None:
    assert key(word) == ""


def test_different_words_have_different_keys() -> None:
    keys = [key(forms[0]) for forms in CASES["alike"]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("case", CASES["phrases"], ids=lambda case: f"{case['sought']} / {case['text']}")
def test_phrases_are_compared_as_written_but_for_clitics_before_them(case: dict[str, Any]) -> None:
    row, sought = exact_words(case["text"]), exact_words(case["sought"])
    assert (f" {' '.join(sought)} " in f" {' '.join(row)} ") is case["found"]


def test_keys_stand_in_step_with_the_words_of_the_text() -> None:
    text = "\n".join(case["text"] for case in CASES["phrases"]) * 20
    made = entry(article(text), EMPTY)
    keys = f"{made.lead} {made.body}".split()
    assert len(made.lead.split()) == LEAD
    assert keys == [key(word.text) or NOTHING for word in words(article(text).text)]


def test_of_an_endless_text_the_beginning_is_kept() -> None:
    made = entry(article("word " * (2 * MOST)), EMPTY)
    assert len(f"{made.lead} {made.body}".split()) == MOST


def test_an_article_without_text_has_words_too() -> None:
    made = entry(article(""), EMPTY)
    assert (made.title, made.lead, made.body, made.exact) == ("", "", "", BETWEEN)


def test_names_do_not_run_into_one_another() -> None:
    analysis = Analysis(
        article=ArticleId("a"),
        version="1",
        people=(Person(name="Salim Rabi", aliases=("Rabi",)), Person(name="Layla Sami")),
        places=(Name(name="Wadi"),),
    )
    made = entry(article("x"), analysis, topic="culture")
    assert made.people == f"salim rabi {BETWEEN} rabi {BETWEEN} layla sami"
    assert (made.places, made.outlet, made.section) == ("wadi", "one", "art_&_life culture")


def test_terms_are_names_and_words_of_the_headline() -> None:
    case = CASES["phrases"][0]
    analysis = Analysis(article=ArticleId("a"), version="1", organizations=(Name(name=case["sought"]),))
    found = terms(article("x", title=case["text"]), analysis)
    assert (found[0].kind, found[0].shown) == (TermKind.ORGANIZATION, case["sought"])
    assert beginning(case["sought"]) in found[0].beginnings
    assert {one.kind for one in found[1:]} == {TermKind.WORD}
    assert beginning("x") == ""


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{one.text}]" if one.marked else one.text for one in pieces)


@pytest.mark.parametrize("case", CASES["snippets"], ids=lambda case: case["query"])
def test_snippets_show_whole_words_as_published(case: dict[str, Any]) -> None:
    looked = plan(parse(case["query"]).query, now=NOW)
    made = entry(article(case["text"]), EMPTY)
    assert shown(snippet(case["text"], f"{made.lead} {made.body}", looked)) == case["shown"]
    assert shown(marked(case["text"].replace("\n", " "), made.lead, looked)) == case["shown"]


def test_a_snippet_is_cut_around_the_most_that_answers() -> None:
    words_of = CASES["snippets"][1]["text"]
    filler = "word " * 100
    text = f"{filler}{words_of} {filler}"
    looked = plan(parse(CASES["snippets"][1]["query"]).query, now=NOW)
    made = entry(article(text), EMPTY)
    found = shown(snippet(text, f"{made.lead} {made.body}", looked))
    assert found.startswith("… word")
    assert found.endswith("word …")
    assert "[" in found
    assert "".join(piece.text for piece in snippet(text, f"{made.lead} {made.body}", looked)).strip("… ") in text


def test_a_text_without_words_has_no_snippet() -> None:
    assert snippet("", "", plan(parse("x").query, now=NOW)) == ()


@pytest.mark.parametrize("case", CASES["spellings"], ids=lambda case: case["word"])
def test_the_nearest_known_word_is_offered(case: dict[str, Any]) -> None:
    known = [(beginning(word), word, count) for word, count in case["known"].items()]
    assert nearest(case["word"], known) == case["nearest"]
    if case["nearest"]:
        assert beginning(case["nearest"])[:2] in beginnings(case["word"])


def test_outlets_of_a_name_are_alternatives_and_other_filters_are_not() -> None:
    query = parse("outlet:x outlet:y person:a person:b section:sport -place:c").query
    looked = plan(query, now=NOW, outlet_keys=lambda name: (f"{name}1", f"{name}2"))
    fields = [[part.field for part in choice] for choice in looked.kept]
    assert fields == [[Field.OUTLET] * 4, [Field.SECTION], [Field.PEOPLE], [Field.PEOPLE]]
    assert [part.words for part in looked.kept[0]] == [("x1",), ("x2",), ("y1",), ("y2",)]
    assert [part.field for part in looked.unwanted] == [Field.PLACES]
