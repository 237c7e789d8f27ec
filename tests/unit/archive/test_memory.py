"""What a worker remembers of words, and forgets."""

from __future__ import annotations

from tawatur.arabic.fold import fold_word
from tawatur.arabic.remembered import Remembered
from tawatur.archive import memory


def test_a_worker_forgets_all_that_it_remembered_of_words() -> None:
    known = Remembered(str.upper, most=4)
    assert known["a"] == "A"
    assert fold_word("a") == "a"
    memory.forget()
    assert not known
    assert fold_word.cache_info().currsize == 0
