"""The lemmatiser's dictionary, held against the lemmatiser itself."""

import simplemma
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.arabic.test_clitics import words

from tawatur.arabic.fold import fold
from tawatur.arabic.lemmas import is_known, lemma


def test_words_with_what_is_written_onto_them_have_the_lemmas_that_the_lemmatiser_finds() -> None:
    stems = {stem for word, parts in words() for stem in (word, parts.stem, fold(word))}
    before, behind = ({getattr(parts, part) for _, parts in words()} | {""} for part in ("prefix", "suffix"))
    made = {f"{particle}{stem}{pronoun}" for stem in stems for particle in before for pronoun in behind}
    assert len(made) > 10_000
    assert {word: lemma(word) for word in made} == {word: simplemma.lemmatize(word, lang="ar") for word in made}


@given(st.text(alphabet="وبلاكفهنمتسيةىؤـَّ'aZ1-", min_size=1, max_size=8))
def test_any_word_has_the_lemma_that_the_lemmatiser_finds(word: str) -> None:
    assert lemma(word) == simplemma.lemmatize(word, lang="ar")
    assert is_known(word) == simplemma.is_known(word, lang="ar")


def test_half_of_a_character_is_in_no_dictionary() -> None:
    assert (is_known("\ud800"), lemma("\udc00")) == (False, "\udc00")
