"""Sentences as the sequences that the encoder reads."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.understand.reading_cases import DATA

from tawatur.understand.packing import PIECES, WORDS, packed
from tawatur.understand.pieces import END, START, Pieces
from tawatur.understand.tokens import Sentence, token_sentences

ROWS = [
    line.split("\t")
    for line in (DATA / "pieces.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
VOCABULARY = Pieces((piece, -1.0) for piece in sorted({piece for row in ROWS for piece in row[1].split()}))
WORD = st.sampled_from([row[0] for row in ROWS])


def sentence(words: list[str]) -> Sentence:
    """Return words as one sentence."""
    return tuple(token for part in token_sentences(" ".join(words)) for token in part)


@settings(deadline=None)
@given(st.lists(st.lists(WORD, max_size=200), max_size=12))
def test_every_word_is_read_once_and_in_order(texts: list[list[str]]) -> None:
    sentences = [sentence(words) for words in texts]
    found = list(packed(sentences, VOCABULARY, {"k=-": 1}))
    seen = [word for one in found for word in one.words]
    assert seen == [(at, word) for at, tokens in enumerate(sentences) for word in range(len(tokens))]
    for one in found:
        assert one.pieces[0] == START
        assert one.pieces[-1] == END
        assert len(one.pieces) == len(one.hints) <= PIECES + 1
        assert len(one.firsts) == len(one.words) <= WORDS
        for first, (at, word) in zip(one.firsts, one.words, strict=True):
            cut = VOCABULARY.cut(sentences[at][word].text)
            assert one.pieces[first] == cut.pieces[cut.clitics]


def test_a_sentence_that_fits_is_not_cut() -> None:
    words = [row[0] for row in ROWS]
    sentences = [sentence(words[:20]), sentence(words[:30]), sentence(words[:20])]
    parts = [{at for at, _ in one.words} for one in packed(sentences, VOCABULARY, {})]
    assert parts == [{0, 1}, {2}]
