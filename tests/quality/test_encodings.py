"""The telling of encodings must not fall below its floors: the project's own texts, and articles where they are."""

import json
from pathlib import Path

import pytest
from bench.encodings import ours, scores

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


def test_our_own_texts_come_out_right_in_every_encoding_under_every_declaration() -> None:
    found, failed, _ = scores(ours, articles=Path("none"))
    assert found == {"own": 1.0}, failed


@pytest.mark.skipif(not SHARED.exists(), reason="the articles of ../shared are not here")
def test_articles_and_headlines_come_out_right() -> None:
    found, *_ = scores(ours, every=13)
    assert found["article"] >= FLOORS["encodings_article"]
    assert found["headline"] >= FLOORS["encodings_headline"]
    assert found["four words"] >= FLOORS["encodings_four_words"]
