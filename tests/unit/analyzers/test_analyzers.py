"""Which function analyses: the grades, and what a reader plugs in."""

import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.unit.understand.reading_cases import article, cases

from tawatur import analyzers
from tawatur.analyzers.hub import tagger_of
from tawatur.config import Settings, load
from tawatur.errors import AnalyzerUnusable, ConfigError
from tawatur.model import Analysis, Article
from tawatur.understand import VERSION, analyze
from tawatur.understand.tagger import PERSON, Tagged
from tawatur.understand.tokens import Sentence, token_sentences

SETTINGS = Settings(home=Path("unused"))
TEXT = cases("people")[0]["text"]


def own(one: Article) -> Analysis:
    """An analyser of a reader's own."""
    return Analysis(article=one.id, version="mine")


def first_word(sentences: Sequence[Sentence], /) -> tuple[tuple[Tagged, ...], ...]:
    """A tagger that takes the first word of every sentence for a person."""
    return tuple((Tagged(0, 0, PERSON),) for _ in sentences)


def test_fast_is_the_rules() -> None:
    assert analyzers.chosen(SETTINGS, "fast")(article(TEXT)) == analyze(article(TEXT))


def test_fine_is_fast_where_its_model_is_missing_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(analyzers, "ENCODER", "tawatur_no_such_encoder")
    with caplog.at_level(logging.WARNING):
        made = analyzers.chosen(SETTINGS, "fine")(article(TEXT))
    assert made == analyze(article(TEXT))
    assert made.version == f"{VERSION}-fast"
    assert "the fine grade is not installed" in caplog.text


def test_fine_takes_the_names_that_its_encoder_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = ModuleType("tawatur_encoder_of_a_test")
    encoder.tagger = lambda: first_word  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, encoder.__name__, encoder)
    monkeypatch.setattr(analyzers, "ENCODER", encoder.__name__)
    made = analyzers.chosen(SETTINGS)(article(TEXT))
    assert made.version == f"{VERSION}-fine"
    assert made == analyze(article(TEXT), tag=first_word, grade=analyzers.Grade.FINE)


def test_a_function_of_the_readers_own_plugs_in() -> None:
    assert analyzers.chosen(SETTINGS, f"{__name__}:own")(article(TEXT)).version == "mine"


@pytest.mark.parametrize(
    "name", ["none_such:analyze", f"{__name__}:absent", f"{__name__}:TEXT", "chat", "hub", ":", "x"]
)
def test_an_analyser_that_cannot_be_had_is_said(name: str) -> None:
    with pytest.raises(AnalyzerUnusable):
        analyzers.chosen(SETTINGS, name)


def test_the_grade_is_a_setting() -> None:
    assert load({}).grade == "fine"
    assert load({"TAWATUR_GRADE": "a.b:c"}).grade == "a.b:c"
    with pytest.raises(ConfigError):
        load({"TAWATUR_GRADE": "finest"})
    assert "secret" not in repr(load({"TAWATUR_CHAT_KEY": "secret"}))


@pytest.mark.parametrize(("begin", "inside"), [("B-PER", "I-PER"), ("I-PERS", "I-PERS"), ("PERSON", "PERSON")])
def test_labels_of_a_transformer_become_names(begin: str, inside: str) -> None:
    text = "Then Ada Love spoke. Bob came."
    sentences = token_sentences(text)
    known = {"Ada": begin, "Lo": inside, "ve": "O", "Bob": begin, "came": "B-MISC"}

    def pieces(parts: Sequence[str]) -> list[list[dict[str, Any]]]:
        found = []
        for part in parts:
            places = [(part.find(piece), piece) for piece in known if piece in part]
            found.append([{"entity": known[piece], "start": at, "end": at + len(piece)} for at, piece in places])
        return found

    assert tagger_of(pieces)(sentences) == ((Tagged(1, 2, PERSON),), (Tagged(0, 0, PERSON),))


def test_long_sentences_go_to_a_transformer_in_parts() -> None:
    [sentence] = token_sentences("ab " * 300)

    def pieces(parts: Sequence[str]) -> list[list[dict[str, Any]]]:
        assert max(len(part.split()) for part in parts) <= 150
        return [[{"entity": "PER", "start": 0, "end": 2}] for _ in parts]

    [found] = tagger_of(pieces)((sentence,))
    assert [tag.first for tag in found] == [0, 120, 240]


def test_the_command_takes_a_grade(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "1", "source": "o", "url": "", "published": "2026-11-24", "title": "t", "text": "x"}\n')
    command = [Path(sys.executable).parent / "tawatur", "analyze", source, "--grade"]
    for grade, status in (("fast", 0), ("fine", 0), ("none_such:analyze", 2)):
        done = subprocess.run([*command, grade], capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == (status == 0), done.stderr
        assert "Traceback" not in done.stderr
