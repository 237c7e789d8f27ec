"""The cited sentences as places in a row, with where a stretch of them may begin and end, and what may be left out between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tawatur.stories.faithful_tokens import Token, tokens
from tawatur.stories.faithful_words import is_any, is_common, phrase, reports

_CONJUNCTIONS = ("و", "ف")
_ARTICLE, _ARTICLE_BEHIND = "ال", ("بال", "لل")


@dataclass(frozen=True)
class Sources:
    """All tokens of the cited sentences; ``sentence`` says of each in which sentence it stands."""

    tokens: tuple[Token, ...]
    sentence: tuple[int, ...]

    def begins(self, at: int) -> bool:
        """Whether a sentence begins at a place."""
        return at == 0 or self.sentence[at] != self.sentence[at - 1]

    def ends(self, at: int) -> bool:
        """Whether a sentence ends with a place."""
        return at == len(self.tokens) - 1 or self.sentence[at] != self.sentence[at + 1]

    @cached_property
    def words(self) -> list[str]:
        return [one.text for one in self.tokens]

    @cached_property
    def opening(self) -> tuple[bool, ...]:
        """Where a sentence begins: there a stretch may begin as well."""
        return tuple(map(self.begins, range(len(self.tokens))))

    @cached_property
    def closing(self) -> tuple[bool, ...]:
        """Where a stretch may end: before the end of a sentence or of a clause."""
        return tuple(
            self.ends(at) or bool(self.tokens[at + 1].broken) or self._opens_clause(at + 1)
            for at in range(len(self.tokens))
        )

    @cached_property
    def inner(self) -> tuple[bool, ...]:
        """Where a clause inside of a sentence opens that names who or what does it, so that it can stand first."""
        return tuple(
            not self.begins(at) and self._opens_clause(at) and self.names_subject(at) for at in range(len(self.tokens))
        )

    def names_subject(self, at: int) -> bool:
        """Say whether the verb at a place is followed by who or what does it, as far as that can be told for sure.

        Of a reporting verb it is where words come between it and what it reports, of others where they take no object.
        """
        if self.ends(at) or self.tokens[at + 1].broken or self.tokens[at + 1].quoted or self.tokens[at + 1].colon:
            return False
        following = self.words[at + 1]
        if is_any(following, "tells", "without") or following.startswith(_ARTICLE_BEHIND):
            return False
        return is_any(self.words[at], "stands") or (reports(self.words[at]) is not None and self._tells(at + 1))

    def stands_alone(self, at: int) -> bool:
        """Say whether a sentence that begins at a place can follow another one within a sentence and keep its subject."""
        word = self.words[at]
        bare = word[1:]
        if word[:1] not in _CONJUNCTIONS or not (reports(word) or is_any(bare, "stands") or is_common(bare)):
            return True
        return bare.startswith(_ARTICLE) or self.names_subject(at)

    def _tells(self, at: int) -> bool:
        while not self.ends(at):
            at += 1
            if self.tokens[at].colon or self.tokens[at].quoted or is_any(self.words[at], "tells"):
                return True
        return False

    def _opens_clause(self, at: int) -> bool:
        """Say whether a clause of its own opens at a place: behind a sign, by its first word or the one before it."""
        token = self.tokens[at]
        if token.quoted:
            return token.whole and self.tokens[at - 1].quoted
        if token.whole:
            return True
        led = token.text[:1] in _CONJUNCTIONS and reports(token.text) is not None
        if token.broken and (led or phrase(self.words, at, "opens")):
            return True
        before = self.tokens[at - 1]
        return bool(before.broken) and is_any(before.text, "joins") and len(before.text) > 1

    @cached_property
    def skipped(self) -> dict[int, int]:
        """The places that may follow an earlier one since what stands between them may be left out, with that one."""
        found, last = {}, 0
        for at in range(1, len(self.tokens)):
            if self.begins(at):
                last = at
            elif self.tokens[at].broken:
                if not self.begins(last) and self.droppable(last, at - 1):
                    found[at] = last - 1
                last = at
        return found

    def droppable(self, start: int, end: int) -> bool:
        """Say whether the tokens from ``start`` to ``end`` may be left out of a sentence, which goes on behind them.

        They add something between two signs: in brackets or dashes, or with a relative word.
        """
        stretch = self.tokens[start : end + 1]
        behind = self.tokens[end + 1]
        first = stretch[0]
        if not first.broken or not behind.broken or any(one.broken for one in stretch[1:]):
            return False
        if first.quoted != behind.quoted or self.tokens[start - 1].quoted != first.quoted:
            return False
        return (first.aside and behind.aside) or is_any(first.text, "aside")


def sources(cited: Sequence[str]) -> Sources:
    """Return the places of some sentences, one behind the other."""
    read = [tokens(one) for one in cited]
    return Sources(tuple(token for one in read for token in one), tuple(at for at, one in enumerate(read) for _ in one))
