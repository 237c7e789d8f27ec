"""The first sentence of a report: what stands for it where it has no headline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tawatur.arabic.sentences import sentences
from tawatur.model import Article

#: Of how many texts the first sentence is remembered: each composing asks for that of the same reports again and again.
TEXTS = 1000


@lru_cache(maxsize=TEXTS)
def first_sentence(text: str) -> str:
    """Return the first sentence of a text, "" where it has none."""
    line = text.strip().partition("\n")[0]  # a line break ends a sentence: the rest need not be looked at
    return next((line[span.start : span.end] for span in sentences(line)), "")


def opening(paragraphs: Iterable[str]) -> str:
    """Return the first sentence of some paragraphs, "" where they have none."""
    return next((first_sentence(one) for one in paragraphs if one and not one.isspace()), "")


def lead_of(article: Article) -> str:
    """Return the first sentence of a report: of its own paragraphs, else of its newest update, else of its summary."""
    return opening(article.paragraphs) or first_sentence(article.text) or first_sentence(article.summary)
