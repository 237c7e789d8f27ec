"""An article as read once for all analysers: its sentences of tokens and the names that the tagger sees in them."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.understand.tagger import Tagged, Tagger, tag_all
from tawatur.understand.tokens import Sentence, token_sentences


@dataclass(frozen=True)
class Reading:
    """A text, its sentences, and for each sentence its tagged names."""

    text: str
    sentences: tuple[Sentence, ...]
    tags: tuple[tuple[Tagged, ...], ...]


def read(text: str, tag: Tagger = tag_all) -> Reading:
    """Return the reading of an article's text. ``tag`` finds the names in it."""
    sentences = token_sentences(text)
    return Reading(text, sentences, tuple(tag(sentences)))
