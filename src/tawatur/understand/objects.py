"""Verbs with their subject and their object behind them: "وصف رئيس الحكومة | القرار بأنه". Where does the object begin?

Most of them always have an object, while the subject may be left out: of one noun phrase alone ("ووصف القرار بأنه") nobody speaks.
A noun phrase is taken for complete at its first definite noun or name, with the adjectives behind it; the next noun begins another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tawatur.arabic.lexicon import rows
from tawatur.understand.cast import Cast
from tawatur.understand.features import is_everyday
from tawatur.understand.name_features import is_mostly_name
from tawatur.understand.names import JOINED, PACKAGE, nationality, place, word_set, word_sets
from tawatur.understand.phrases import COMMAS, is_organization, is_told
from tawatur.understand.reporting import Cue
from tawatur.understand.roles import role_head
from tawatur.understand.tokens import Token
from tawatur.understand.units import Unit

ALWAYS = "always"
#: Of a reporting verb so many forms are listed: past and present, masculine and feminine.
FORMS = 4
#: How definite nouns begin, with the particles that are written onto them.
_DEFINITE = ("ال", "وال", "بال", "لل")
#: An adjective made of a noun is at least so long, its article among it: "الفني".
_SHORTEST = 5
_ADJECTIVES = ("organization_adjectives.txt", "definite_adjectives.txt")


def takes_object(cue: Cue) -> bool:
    """Say whether a verb takes an object, and has it not with it as a pronoun."""
    return cue.form in _sorts() and not cue.about


def subject_of(unit: Unit, cue: Cue, start: int, end: int, cast: Cast) -> tuple[int, int]:
    """Return where the subject stands, [first, last), between a verb and what it reports, [start, end).

    It is empty where the subject is left out, and all of it where there is no object or none that can be told.
    """
    if end >= len(unit) or start >= end or not (unit.complements(end) or unit.tokens[end].folded == "ب"):
        return start, end
    last = end - 1 if unit.tokens[end - 1].folded in ("من", "الي") else end  # "حذر السكان من أن"
    told = next((at for at in range(start + 1, last) if is_told(unit, start, at)), None)
    begins = told or _Reader(unit, cast, last, at=start, first=start).read()
    if begins > start and _is_medium(unit, start):
        return begins, end  # "أبلغ «الوطن» | مسؤول"
    always = _sorts()[cue.form] == ALWAYS
    return (start, begins) if always or (begins > start and _hears(unit.tokens[begins])) else (start, end)


def _is_medium(unit: Unit, start: int) -> bool:
    """Say whether what is told stands before who tells it: a medium, whose name is in marks."""
    return unit.tokens[start - 1].folded.removeprefix("و") in word_set("telling.txt") and unit.marked_off(start)


def _hears(token: Token) -> bool:
    """Say whether a word is somebody who can be warned: a role, a body, a country, or several people as an object."""
    body = is_organization(token.folded.removeprefix("ال")) or place(token.folded) is not None
    return body or bool(role_head(token)) or (token.folded[:2] == "ال" and token.folded.endswith("ين"))


@cache
def _sorts() -> dict[str, str]:
    """Return the forms of the verbs that take an object, each with whether it always does."""
    sorts = {line[0]: line[1] for line in rows(PACKAGE, "verbs_of_two.tsv")}
    verbs = [verb for verb in rows(PACKAGE, "reporting_verbs.tsv") if verb[0] in sorts]
    return {form: sorts[forms[0]] for forms in verbs for form in forms[:FORMS]}


def _is_noun(token: Token) -> bool:
    """Say whether a word is a noun of the language, and no name."""
    if token.folded.removeprefix("ال") in word_set("organization_heads.txt"):
        return True
    name = is_mostly_name(token.folded)
    return is_everyday(token.text) if name is None else not name


@dataclass(slots=True)
class _Reader:
    """Reads noun phrases word by word. ``complete`` says that the one in hand may end here."""

    unit: Unit
    cast: Cast
    end: int
    at: int
    first: int
    complete: bool = False
    closed: bool = False  # an apposition has ended right before
    named: int = 0  # offset up to which a person's name reaches

    def read(self) -> int:
        """Return where the second noun phrase begins, or ``first`` where there is none."""
        start = self.first
        while self.at < self.end:
            token = self.unit.tokens[self.at]
            if self._is_aside(token):
                continue
            if self.at > start and self._begins(token):
                return start if self.unit.tokens[start].folded in word_set("report_nouns.txt") else self.at
            if token.folded in word_set("relative_pronouns.txt"):
                return self._of_clause(start)
            self._take(token)
            self.at += 1
        return start

    def _of_clause(self, start: int) -> int:
        """Return where the object begins of a phrase that a clause follows: who can say something speaks, all else is described."""
        head = self.unit.tokens[start]
        speaks = role_head(head) or is_organization(head.folded.removeprefix("ال"))
        return self.end if speaks else start

    def _is_aside(self, token: Token) -> bool:
        """Pass over what belongs to neither phrase: an apposition between commas, a time, where or on what occasion."""
        if token.text in COMMAS or token.text in "-–—(":
            closing = COMMAS if token.text in COMMAS else (")" if token.text == "(" else token.text)
            behind = range(self.at + 1, self.end)
            closed = next((at for at in behind if self.unit.tokens[at].text in closing), self.at)
            self.at = closed + 1
            self.closed = True
            return True
        if token.folded in word_set("object_prepositions.txt"):
            self.complete = False  # until the noun behind it is complete
        return False

    def _begins(self, token: Token) -> bool:
        """Say whether another phrase begins with a token."""
        if token.start < self.named or not token.is_word:
            return False
        folded = token.folded
        if folded in word_set("beginnings.txt"):
            return True
        if not self.complete:
            return False
        if self.closed or self._is_another(token) or self.unit.marked_off(self.at):
            return True
        if folded in word_set("subject_stops.txt") or folded[:1] == "و" or folded[:2] == "لل":
            return False
        if folded[:2] == "ال":
            return not (folded in word_set("titles.txt") or self._describes(token) or self._leads_to_name(token))
        if self._names(token) and not place(folded):
            return False
        if f"ال{folded}" in word_sets(*_ADJECTIVES):
            return False
        return _is_noun(token) or place(folded) is not None or folded.endswith("ات")

    def _is_another(self, token: Token) -> bool:
        """Say whether a token names another person than the one before it, who was named before by that word alone."""
        before = self.unit.tokens[self.at - 1]
        apart = before.end > self.named and self.cast.of_last_word(before.text) is not None
        found = self.cast.named_in(token.start, self.unit.tokens[self.end - 1].end)
        return before.is_word and (apart or before.end == self.named) and bool(found and found[1].start == token.start)

    def _leads_to_name(self, token: Token) -> bool:
        """Say whether a role leads to a name with more behind it: "رئيسة اللجنة | الناقدة فلانة | العمل بأنه"."""
        last = self.unit.tokens[self.end - 1]
        found = self.cast.named_in(token.end, last.end) if role_head(token) else None
        return found is not None and found[1].start == self.unit.tokens[self.at + 1].start and found[1].end < last.end

    def _describes(self, token: Token) -> bool:
        """Say whether a word with the article describes the one before it, or is a part of its name."""
        folded, before = token.folded, self.unit.tokens[self.at - 1]
        if nationality(folded) or folded in word_sets(*_ADJECTIVES):
            return not folded.endswith("ه") or self._may_be_feminine(before)
        if folded in word_set("nouns_like_adjectives.txt") or place(folded) is not None:
            return False
        if len(folded) >= _SHORTEST and folded.endswith("ي"):
            return True
        if len(folded) > _SHORTEST and folded.endswith("يه"):
            return self._may_be_feminine(before)
        return not _is_noun(token) and before.folded[:2] != "ال"  # "محمد الناصر"

    @staticmethod
    def _may_be_feminine(token: Token) -> bool:
        """Say whether an adjective of the feminine may describe a noun, or go on with what describes it: not "الرئيس | العملية"."""
        folded = token.folded
        return not (role_head(token) or (folded.endswith("ي") and place(folded) is None))

    def _names(self, token: Token) -> bool:
        """Say whether a token stands in the name of a person."""
        found = self.cast.named_in(token.start, self.unit.tokens[self.end - 1].end)
        if found and found[1].start == token.start:
            self.named = found[1].end
        return token.start < self.named

    def _take(self, token: Token) -> None:
        """Take a token into the phrase in hand."""
        folded, self.closed = token.folded, False
        begun = folded.startswith(_DEFINITE) or folded in word_set("beginnings.txt")
        if self._names(token) or begun or self._is_occasion(folded):
            self.complete = True
        elif token.is_word and folded not in word_set("object_prepositions.txt") and folded not in JOINED:
            self.complete = self._is_adjective(token) or place(folded) is not None or not _is_noun(token)

    def _is_occasion(self, folded: str) -> bool:
        """Say whether a word is the occasion on which somebody spoke: "في | بيان"."""
        return folded in word_set("occasions.txt") and self.unit.tokens[self.at - 1].folded == "في"

    def _is_adjective(self, token: Token) -> bool:
        """Say whether a word without article describes one: "مصادر | محلية", not "وزير | خارجية" and not "اتحاد | مراسلي"."""
        folded, before = token.folded, self.unit.tokens[self.at - 1]
        if self.at == self.first or not _is_noun(token) or before.folded[:2] == "ال":
            return False
        if folded.endswith("يه"):
            return self._may_be_feminine(before)
        return folded.endswith("ي") and folded[:-1] not in word_set("role_heads.txt")
