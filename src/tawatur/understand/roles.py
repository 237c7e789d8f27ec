"""Role phrases around a name: "وزير الدفاع الأميركي" before it, "رئيس الهيئة العليا" behind it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from tawatur.understand.features import owned, strip_clitics
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.reporting import cue_of
from tawatur.understand.tokens import Sentence, Token

LONGEST = 11
_COMMAS = ("،", ",")
_QUOTES = '"«»“”'
_TRAILING = frozenset(("في", "من", "عن", "الي", "علي", "لدي", "و", "ب"))
_OWN = ("ها", "هم", "ه")  # "محاميه", "وزيرها"
Stretch = tuple[int, int]


def role_head(token: Token) -> str:
    """Return the role word of a token without clitics, article and tanwin ("وللرئيس" → "رئيس"), or ""."""
    return _role_head(token.folded)


def is_plain_role(token: Token) -> bool:
    """Say whether a word is one of role and no first name as well ("ونظيره", but not "رائد")."""
    head = role_head(token)
    return bool(head) and (head != token.folded or head not in word_set("role_heads_names.txt"))


@cache
def _role_head(folded: str) -> str:
    heads = word_set("role_heads.txt")
    bare = strip_clitics(folded)
    if bare in word_set("role_barriers.txt"):
        return ""  # "الأحد" is a day, not "أحد" with the article
    for form in (
        bare,
        bare.removeprefix("ال"),
        folded[1:] if folded[:1] in "ولبف" else "",
        bare[:-1] if bare[-1:] == "ا" else "",
        next((bare.removesuffix(own) for own in _OWN if bare.endswith(own) and len(bare) > len(own) + 3), ""),
    ):
        if form in heads:
            return form
    return ""


def clitics_of_head(folded: str) -> int:
    """Return how many letters of a role word are clitics that a phrase can do without ("بالزعيم": 1, "للزعيم": 0)."""
    heads = word_set("role_heads.txt")
    if folded[0] in "وفبك" and folded[1:3] == "ال":
        return 1
    whole = folded in heads or folded.rstrip("ا") in heads
    return 1 if not whole and folded[0] in "ولبف" and folded[1:].rstrip("ا") in heads else 0


def roles_before(tokens: Sentence, first: int, taken: Collection[int]) -> list[Stretch]:
    """Return the role phrases that lead up to the name at token ``first``, nearest last. ``taken`` are tokens of names."""
    end = _skip_back(tokens, first - 1)
    if end < 0:
        return []
    segment = _segment_before(tokens, end, taken)
    if not segment:
        return []
    head = _leftmost_head(tokens, segment)
    if head is None:
        return []
    if head < end and not _can_lead_to_name(tokens, head, end, comma=end < first - 1):
        return []
    if head and head - 1 in taken and not _has_comma(tokens, end, first):
        head = _inner_head(tokens, head, end) or head
    found = _split_title(tokens, head, end)
    if head == segment[0] and head > 1 and tokens[head - 1].text in _COMMAS:
        found = roles_before(tokens, head, taken) + found
    return found


def _has_comma(tokens: Sentence, end: int, first: int) -> bool:
    return any(token.text in _COMMAS for token in tokens[end + 1 : first])


def _inner_head(tokens: Sentence, head: int, end: int) -> int:
    """Return the role word behind "باسم" ("فلان المتحدث باسم الرئيس فلان": the second man is the president), or 0."""
    for at in range(head + 1, end):
        if tokens[at].folded == "باسم" and role_head(tokens[at + 1]):
            return at + 1
    return 0


def _can_lead_to_name(tokens: Sentence, head: int, end: int, *, comma: bool) -> bool:
    """Say whether a role phrase of two words or more is whole where a name follows.

    "المحامي السابق للرئيس الأمريكي فلان" may give the role of either man: without a comma it is given to none.
    """
    last = tokens[end]
    if any(token.folded.startswith("لل") and role_head(token) for token in tokens[head + 1 : end + 1]) and not comma:
        return False
    if owned(last.text) and not role_head(last):
        return end == head + 1  # "سائق سيارتها"
    if any(token.folded == "باسم" for token in tokens[head:end]):
        return True
    if strip_clitics(tokens[end - 1].folded) in word_set("place_heads.txt") | word_set("organization_heads.txt"):
        return True  # "رئيس جمهورية كذا"
    return (
        comma
        or _stands_alone(tokens, end)
        or bool(role_head(last))
        or place(last.folded) is not None
        or last.text in _QUOTES
    )


def _skip_back(tokens: Sentence, at: int) -> int:
    """Go back over one comma and words of courtesy."""
    while at >= 0 and tokens[at].folded in word_set("courtesies.txt"):
        at -= 1
    if at >= 0 and tokens[at].text in _COMMAS:
        at -= 1
    return at


def _segment_before(tokens: Sentence, end: int, taken: Collection[int]) -> list[int]:
    """Return the tokens before a name that one role phrase may hold, back to a comma, a barrier or another name."""
    found: list[int] = []
    quotes = 0
    for at in range(end, max(-1, end - LONGEST), -1):
        if at in taken or is_barrier(tokens[at]) or tokens[at].text in _COMMAS:
            break
        quotes += tokens[at].text in _QUOTES
        found.insert(0, at)
    return found if quotes % 2 == 0 else _behind_last_quote(tokens, found)


def _behind_last_quote(tokens: Sentence, found: list[int]) -> list[int]:
    last = max(at for at in found if tokens[at].text in _QUOTES)
    return [at for at in found if at > last]


def is_barrier(token: Token) -> bool:
    """Say whether no role phrase runs across a token."""
    if not token.is_word:
        return token.text not in _QUOTES and token.text not in "-–"
    folded = token.folded
    if folded == "عن":
        return True
    if folded in word_set("role_barriers.txt") or (folded[1:] in word_set("role_barriers.txt") and folded[0] == "و"):
        return True
    return cue_of(folded) is not None and not role_head(token)


def _leftmost_head(tokens: Sentence, segment: list[int]) -> int | None:
    for at in segment:
        head = role_head(tokens[at])
        if not head or (_is_adjective(tokens[at]) and at > segment[0] and tokens[at - 1].folded.startswith("ال")):
            continue
        if head in word_set("role_heads_definite.txt") and not _is_definite(tokens, at):
            continue
        bare_last = at == segment[-1] and "ال" not in tokens[at].folded[:4] and not head.endswith("ه")
        if not bare_last or tokens[at].folded in word_set("titles.txt"):
            return at
    return None


def _is_definite(tokens: Sentence, at: int) -> bool:
    """Say whether a word has the article, or another role word behind it."""
    if strip_clitics(tokens[at].folded).startswith("ال"):
        return True
    return at + 1 < len(tokens) and bool(role_head(tokens[at + 1]))


def _is_adjective(token: Token) -> bool:
    return strip_clitics(token.folded) in word_set("role_words.txt")


def _split_title(tokens: Sentence, head: int, end: int) -> list[Stretch]:
    """Cut a title that stands right before the name from the role before it."""
    titles = word_set("titles.txt")
    for start in range(head + 1, end + 1):
        if " ".join(token.folded for token in tokens[start : end + 1]) in titles:
            before = start - 1
            return [(head, before), (start, end)] if before >= head and _stands_alone(tokens, before) else [(head, end)]
    return [(head, end)]


def _stands_alone(tokens: Sentence, last: int) -> bool:
    """Say whether a role phrase can end at a token: with a nationality, an adjective or a definite noun."""
    token = tokens[last]
    definite = token.folded.startswith(("ال", "لل", "وال", "بال"))
    return definite or bool(nationality(token.folded)) or _is_adjective(token) or owned(token.text)


def roles_after(tokens: Sentence, last: int, taken: Collection[int]) -> list[Stretch]:
    """Return the role phrases that follow the name whose last token is ``last``."""
    at = _skip_bracket(tokens, last + 1)
    comma = at < len(tokens) and tokens[at].text in _COMMAS
    start = at + comma
    if (
        start >= len(tokens)
        or not role_head(tokens[start])
        or (tokens[start].folded[0] in "وفل" and _clitic(tokens[start]))
    ):
        return []
    end = _end_of_role(tokens, start, taken)
    leads_on = end + 1 in taken and tokens[end + 1].is_word and not _inner_head(tokens, start, end)
    return [(start, end)] if end >= start and not leads_on else []


def _clitic(token: Token) -> bool:
    heads = word_set("role_heads.txt")
    forms = (token.folded, token.folded.removeprefix("ال"), token.folded.removesuffix("ا"))
    return not any(form in heads for form in forms)


def _skip_bracket(tokens: Sentence, at: int) -> int:
    if at < len(tokens) and tokens[at].text == "(":
        for close in range(at + 1, min(at + 6, len(tokens))):
            if tokens[close].text == ")":
                return close + 1
    return at


def _end_of_role(tokens: Sentence, start: int, taken: Collection[int]) -> int:
    end = start - 1
    for at in range(start, min(start + LONGEST, len(tokens))):
        token = tokens[at]
        if at in taken or token.text in _COMMAS or token.text in _QUOTES or (at > start and is_barrier(token)):
            break
        end = at
    while end > start and (tokens[end].folded in _TRAILING or not tokens[end].is_word):
        end -= 1
    return end
