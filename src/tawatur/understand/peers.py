"""What "نظيره الأميركي" means: the role of the person before it, in the other country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from tawatur.model import Span
from tawatur.understand.names import word_set
from tawatur.understand.role_meaning import land_of
from tawatur.understand.tokens import Token, tokenize


@cache
def peer_words() -> frozenset[str]:
    """Return the words for somebody of the same role elsewhere, folded."""
    return word_set("peers.txt")


def meant_by(text: str, role: Span, others: Iterable[Span]) -> str:
    """Return what a role says that points at the role before it, or "": of ``others``, the nearest before it that has a country."""
    tokens = tuple(tokenize(text, role.start, role.end))
    if not tokens or tokens[0].folded not in peer_words() or len(tokens) == 1:
        return ""
    for other in sorted(others, key=lambda span: -span.end):
        words = tuple(tokenize(text, other.start, other.end)) if other.end <= role.start else ()
        if not words or words[0].folded in peer_words():
            continue
        kept = [token for token in words if not land_of(token.folded)]
        if kept and len(kept) < len(words):
            return f"{_joined(text, kept)} {text[tokens[1].start : role.end]}"
    return ""


def _joined(text: str, tokens: Sequence[Token]) -> str:
    return " ".join(text[token.start : token.end] for token in tokens)
