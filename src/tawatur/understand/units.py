"""Units of reporting: sentences of a paragraph, joined where a quotation runs across their end, with the marked words known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.model import Claim, Span
from tawatur.understand.names import word_set, word_sets
from tawatur.understand.quotation_marks import find
from tawatur.understand.reading import Reading
from tawatur.understand.reporting import cue_of
from tawatur.understand.tokens import LONGEST, Sentence, Token
from tawatur.understand.unnamed import unnamed

MARKS = '"«»“”'
TITLE_WORDS, NAMED_WORDS = 10, 4  # the longest titles, and names that show by their own words that they are one
NAMED = -2
NAME_WORDS, LABEL_WORDS = 6, 3  # the longest names of organisations and other names that stand in marks


@dataclass(frozen=True)
class Unit:
    """Tokens in order, without quotation marks; ``quotes[i]`` numbers the quotation that token i stands in.

    It is -1 outside quotations, and ``NAMED`` for the points inside a name in marks, which end nothing.
    """

    tokens: Sentence
    quotes: tuple[int, ...]
    spans: tuple[Span, ...]  # of all quotations of the text
    opens_paragraph: bool
    passed: frozenset[int] = frozenset()  # the tokens before which a clause was passed over

    def __len__(self) -> int:
        return len(self.tokens)

    def opens_quote(self, at: int) -> bool:
        """Say whether a quotation starts at a token."""
        return self.quotes[at] >= 0 and (at == 0 or self.quotes[at - 1] != self.quotes[at])

    def end_of_quote(self, at: int) -> int:
        """Return the token behind the quotation that a token stands in."""
        number = self.quotes[at]
        while at < len(self.tokens) and self.quotes[at] == number:
            at += 1
        return at

    def complements(self, at: int) -> bool:
        """Say whether a token is "that", which opens a reported clause; "إن" in the name of a channel is a letter."""
        folded = self.tokens[at].folded
        if folded not in word_set("complementizers.txt") or folded != "ان":
            return folded in word_set("complementizers.txt") and self.tokens[at].text[0] != "آ"  # "آني" is an adjective
        letters = word_set("letter_names.txt")
        before, behind = self._folded(at - 1), self._folded(at + 1)
        doubled = (before in letters and behind == "ان") or (before == "ان" and self._folded(at - 2) in letters)
        return behind not in letters and not doubled

    def _folded(self, at: int) -> str:
        """Return the folded token at a place, "" beyond the ends."""
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def marked_off(self, at: int) -> bool:
        """Say whether a quotation mark stands between a token and the one before it, as the gap tells."""
        return self.tokens[at].start - self.tokens[at - 1].end > 1 and at not in self.passed

    def words_in_quote(self, at: int) -> int:
        return sum(token.is_word or token.text[0].isdigit() for token in self.tokens[at : self.end_of_quote(at)])


def units(reading: Reading) -> tuple[Unit, ...]:
    """Return the units of a text in order."""
    spans = find(reading.text)
    starts = [span.start for span in spans]
    found: list[Unit] = []
    pending: list[Token] = []
    for sentence in reading.sentences:
        joined = (
            len(pending) < LONGEST
            and pending
            and _joined(reading.text, spans, starts, pending[-1].end, sentence[0].start)
        )
        if pending and not joined:
            found.append(_unit(reading.text, pending, spans, starts))
            pending = []
        pending.extend(sentence)
    if pending:
        found.append(_unit(reading.text, pending, spans, starts))
    return tuple(found)


def _joined(text: str, spans: tuple[Span, ...], starts: list[int], end: int, start: int) -> bool:
    """Say whether two sentences lie in one quotation."""
    number = _number(spans, starts, end)
    return number >= 0 and start < spans[number].end


def _number(spans: tuple[Span, ...], starts: list[int], offset: int) -> int:
    number = bisect_right(starts, offset) - 1
    return number if number >= 0 and offset < spans[number].end else -1


def _unit(text: str, tokens: Sequence[Token], spans: tuple[Span, ...], starts: list[int]) -> Unit:
    begin, unmarked = tokens[0].start, [token for token in tokens if token.text not in MARKS]
    plain = len(unmarked) == len(tokens) and _number(spans, starts, begin) < 0  # no mark stands in it
    kept, passed = _without_unnamed(unmarked)
    numbers = [-1] * len(kept) if plain else [_number(spans, starts, token.start) for token in kept]
    return Unit(
        kept,
        tuple(numbers if plain else _without_names(kept, numbers)),
        spans,
        text[:begin].rstrip(" ")[-1:] in ("", "\n"),
        passed,
    )


def _without_unnamed(tokens: Sequence[Token]) -> tuple[Sentence, frozenset[int]]:
    """Return tokens without the clauses by which a source stays unnamed, and before which of them one stood."""
    gone = {at for clause in unnamed(tokens) for at in clause}
    if not gone or len(gone) == len(tokens):
        return tuple(tokens), frozenset()
    kept = [at for at in range(len(tokens)) if at not in gone]
    passed = frozenset(new for new, at in enumerate(kept) if at - 1 in gone)
    return tuple(tokens[at] for at in kept), passed


def _without_names(tokens: Sentence, numbers: list[int]) -> list[int]:
    """Take names in marks ("صحيفة «كذا»") for plain words."""
    found = list(numbers)
    behind_names: set[int] = set()
    at = 0
    while at < len(numbers):
        end = at + 1
        while end < len(numbers) and numbers[end] == numbers[at]:
            end += 1
        joined = at > 1 and tokens[at - 1].folded == "و" and at - 1 in behind_names
        if numbers[at] >= 0 and at and (_is_name(tokens, at, end) or (joined and end - at <= NAME_WORDS)):
            behind_names.add(end)
            found[at:end] = [-1 if token.is_word else NAMED for token in tokens[at:end]]
        at = end
    return found


def _is_name(tokens: Sentence, start: int, end: int) -> bool:
    """Say whether marked words are a name or a label: behind a head, behind "يعرف بـ", or by their own look."""
    before, length = tokens[start - 1], end - start
    if length <= _longest_name(before.folded):
        return True
    if before.folded in ("ب", "ك", "ل") and start > 1 and tokens[start - 2].folded in word_set("name_quote_heads.txt"):
        return length <= TITLE_WORDS
    first = tokens[start]
    letters = length <= LABEL_WORDS and all(len(token.folded) <= LABEL_WORDS for token in tokens[start:end])
    if letters and cue_of(before.folded) is None and before.text != ":":
        return True  # "آي أو إس"
    if before.folded == "من" and length <= NAMED_WORDS and end < len(tokens) and tokens[end].text == "،":
        return True  # "المحللة فلانة، من «بيت كذا»، أن"
    if before.folded == "و" and first.folded.removeprefix("ال") in word_set("organization_heads.txt"):
        return length <= NAMED_WORDS
    if length <= NAME_WORDS and end < len(tokens) and cue_of(before.folded):  # who speaks: "أفاد «المرصد الفلاني» بأن"
        pronouns = word_set("relative_pronouns.txt")
        relative = tokens[end].text == "،" and end + 1 < len(tokens) and tokens[end + 1].folded in pronouns
        return relative or tokens[end].folded in word_set("complementizers.txt") or _is_occasion(tokens, end)
    if first.folded in word_sets("organization_heads.txt", "name_openers.txt"):
        return length <= NAMED_WORDS and not any(token.folded[:1] in "يتسن" for token in tokens[start + 1 : end])
    articles = before.folded[:2] == first.folded[:2] == "ال" and first.text[2:3] not in "أآا"
    return articles and length <= NAMED_WORDS + 1 and not _is_demanded(tokens, start)


def _is_occasion(tokens: Sentence, at: int) -> bool:
    """Say whether an occasion stands at a token, with what was said on it behind: "صرحت «كذا» في بيان أمس أنها"."""
    if tokens[at].folded != "في" or at + 1 >= len(tokens) or tokens[at + 1].folded not in word_set("occasions.txt"):
        return False
    near = tokens[at + 2 : at + 2 + NAME_WORDS]
    return any(token.folded in word_set("complementizers.txt") for token in near)


def _is_demanded(tokens: Sentence, start: int) -> bool:
    """Say whether marked words are what somebody is called upon to do: "طلبت من المنظمة «التحقق من النتائج»"."""
    near = (cue_of(token.folded) for token in tokens[max(0, start - 4) : start])
    return any(cue is not None and cue[0].claim is Claim.DEMANDED for cue in near)


def _longest_name(before: str) -> int:
    """Return how many marked words can be a name behind a word (0: none)."""
    if before in ("ل", "ول"):
        return LABEL_WORDS
    if before.removeprefix("ال") in word_set("title_heads.txt"):
        return TITLE_WORDS
    bare = before[1:] if before[:1] in "وبلفك" else before
    if before in word_set("source_words.txt"):
        return NAME_WORDS
    forms = {before, bare, before.removeprefix("ال"), bare.removeprefix("ال")}
    if forms & word_set("organization_heads.txt"):
        return LABEL_WORDS if bare.startswith("ال") else NAME_WORDS
    return LABEL_WORDS if forms & word_set("name_quote_heads.txt") else 0
