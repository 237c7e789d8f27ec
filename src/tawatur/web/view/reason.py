"""Reasons in words: a message of the catalogue around words as published, which keep a place and a direction of their own."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Dependence, Why
from tawatur.web.words import Words

#: Reasons of having begun a story, which say nothing of the story itself.
FOUNDING = ("first", "no_match")
#: Stands for the published words while the message is made; no text has it.
_PLACE = "\x00"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: what the message says before and after the words that it names, and these words."""

    before: str
    named: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.named}{self.after}"


def why_reason(why: Why, words: Words) -> Reason:
    """Return the reason of a decision in words; of the report that a story began with, that it did."""
    if why.key in FOUNDING:
        return Reason(words.text("web.founding"), "", "")
    return _reason(words.text(f"why.{why.key}", terms=_PLACE), words.listed(why.terms))


def dependence_reason(dependence: Dependence, words: Words) -> Reason:
    """Return in words why a report is no source of its own."""
    share = words.percent(dependence.share)
    return _reason(words.text(f"dependence.{dependence.reason}", detail=_PLACE, share=share), dependence.detail)


def told(words: Words, key: str, name: str, named: str, **arguments: object) -> Reason:
    """Return a message around one argument that keeps a place and a direction of its own."""
    return _reason(words.text(key, **arguments, **{name: _PLACE}), named)


def _reason(message: str, named: str) -> Reason:
    before, place, after = message.partition(_PLACE)
    return Reason(before, named if place else "", after)
