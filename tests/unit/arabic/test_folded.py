"""The way back from folded text to the published letters."""

from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic.fold import fold, fold_map
from tawatur.arabic.folded import folded

#: Letters that fold to others, marks, tatweel, ligatures, presentation forms, controls, halves of surrogate pairs, Latin oddities.
HARD = "أإآٱىةؤئگی٣۴ـ\u064b\u0651\u0670\u06d6\u200f\u200c\u00ad\ufeffﷲﻻﷺﺑﻪ\ud800\udc00😀İßﬁ وفبل،.\n«»"
TEXTS = st.text(alphabet=HARD, max_size=40) | st.text(max_size=40)


@given(TEXTS, st.data())
def test_every_span_of_the_folded_text_leads_to_the_letters_behind_it(text: str, data: st.DataObject) -> None:
    found = folded(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    span = found.span(start, end)
    assert 0 <= span.start <= len(text)
    assert span.end <= len(text)
    behind = text[span.start : span.end]
    if start == end:
        assert fold(behind) == ""
        return
    wanted = found.text[start:end]
    assert fold(behind).strip() == wanted.strip()
    if behind and not wanted[0].isspace():
        assert fold(behind[0]) != "", "a span begins with a letter, not with the mark of the one before"


@given(TEXTS)
def test_the_ends_of_words_keep_their_marks(text: str) -> None:
    found = folded(text)
    for at, letter in enumerate(found.text):
        span = found.span(at, at + 1)
        if letter.isspace():
            continue
        assert fold(text[span.start])[:1] == letter
        assert all(fold(mark) == "" for mark in text[span.start + 1 : span.end])


@given(TEXTS)
def test_both_maps_agree(text: str) -> None:
    whole, offsets = fold_map(text)
    found = folded(text)
    assert whole == found.text == fold(text)
    assert [found.span(at, at + 1).start for at in range(len(whole))] == offsets[:-1]


def test_every_character_folds_to_one_or_none() -> None:
    assert [chr(code) for code in range(0x110000) if len(fold(chr(code))) > 1] == []
