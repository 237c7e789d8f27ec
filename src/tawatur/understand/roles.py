"""Role phrases around a name: "وزير الدفاع الأميركي" before it, "رئيس الهيئة العليا" behind it."""

from __future__ import annotations

from collections.abc import Collection

from tawatur.understand.features import strip_clitics
from tawatur.understand.names import first_name_count, nationality, word_set, word_sets
from tawatur.understand.role_phrases import (
    Phrase,
    Stretch,
    chain_from,
    clitics_of_head,
    is_conjoined,
    is_definite,
    is_plain_role,
    is_role,
    role_head,
)
from tawatur.understand.tokens import Sentence, Token
from tawatur.understand.traits import BARRIER, ROLE

COMMAS = ("،", ",")
_CLOSING = ('"', "»", "”")
_DASHES = ("-", "–", "—")
_QUOTES = '"«»“”'
_ALL_ROLES = 24  # tokens of all roles before a name
_FAR = _ALL_ROLES + 4  # and with what is passed over between them and the name
_MARKS = ('"', "»", "”", ")")
_SHORT = 3  # the most words of a short form in marks
_ORIGIN = ("اصل", "اصول")
_PRONOUNS = ("وهو", "وهي", "هو", "هي")
#: Prepositions that stand in a role phrase and are barriers elsewhere; the grammar of the phrase decides.
_PREPOSITIONS = frozenset(("عن", "الي", "علي", "لدي", "من", "في"))

__all__ = ["Stretch", "clitics_of_head", "is_plain_role", "role_head", "roles_after", "roles_before"]


def roles_before(tokens: Sentence, first: int, taken: Collection[int]) -> list[Stretch]:
    """Return the role phrases that lead up to the name at token ``first``, nearest last. ``taken`` are tokens of names."""
    if not _is_led(tokens, first):
        return []
    short = _short_title(tokens, first)
    if short < first:
        return [*roles_before(tokens, short, taken), (short, first - 1)]
    end = _skip_back(tokens, first - 1)
    found = _roles_until(tokens, first, end, taken)
    if found or end < _SHORT or tokens[end].text not in _MARKS:
        return found
    return _roles_until(tokens, first, _before_short(tokens, end), taken)


def _is_led(tokens: Sentence, first: int) -> bool:
    """Say whether a role may lead up to the name at a token: three in five words have no word of role or mark before them
    on this side of what ends every phrase."""
    if first and tokens[first - 1].folded in word_set("titles_short.txt"):
        return True
    for at in range(first - 1, max(-1, first - _FAR), -1):
        token = tokens[at]
        if token.traits & ROLE or not token.is_word:
            return True
        if token.traits & BARRIER and not _goes_back(token.folded):
            return False
    return first >= _FAR


def _goes_back(folded: str) -> bool:
    """Say whether a role may stand before a word that is a barrier elsewhere: a preposition, "عام", and what is passed over."""
    return (
        folded in _PREPOSITIONS or folded == "عام" or folded in word_set("courtesies.txt") or nationality(folded) != ""
    )


def _roles_until(tokens: Sentence, first: int, end: int, taken: Collection[int]) -> list[Stretch]:
    """Return the role phrases that end at token ``end``, before the name at token ``first``."""
    if end < 0 or end in taken:
        return []
    comma = any(token.text in COMMAS for token in tokens[end + 1 : first])
    segment = _segment_before(tokens, end, taken)
    for head in segment:
        if not _may_head(tokens, head, segment):
            continue
        chain = chain_from(tokens, head, end + 1)
        if chain[-1].last < _end_of_chain(tokens, end) or (
            chain[-1].is_open and not comma and not _is_whole(tokens, chain[-1])
        ):
            continue
        if any(_of_another(tokens, phrase) for phrase in chain) and not comma:
            return _of_owner(tokens, head, end)
        chain = _of_kin(tokens, chain, end) or chain
        if head and head - 1 in taken and not comma:
            chain = _inner(tokens, chain, end) or (
                chain[1:] if is_conjoined(tokens[chain[-1].first]) and len(chain) > 1 else chain
            )
        found = [(phrase.first, phrase.last) for phrase in chain if is_role(tokens, phrase)]
        begins = head == segment[0] and head > 1 and not is_conjoined(tokens[head])
        if begins and tokens[head - 1].text in COMMAS:
            found = roles_before(tokens, head, taken) + found
        return found
    return []


def _short_title(tokens: Sentence, first: int) -> int:
    """Return the first token of a title of a letter or two before a name ("د. فلان", "أ.د. فلان"), or ``first``."""
    start, at = first, first - 1
    while at >= 0:
        mark = tokens[at].text in "./" and at > 0
        if tokens[at - mark].folded not in word_set("titles_short.txt"):
            break
        start = at - mark
        at = start - 1
    return start


def _end_of_chain(tokens: Sentence, end: int) -> int:
    """Return where the last role before a name must end: before words of courtesy."""
    while end >= 0 and tokens[end].folded in word_set("courtesies.txt"):
        end -= 1
    return end


def _is_whole(tokens: Sentence, phrase: Phrase) -> bool:
    """Say whether an open phrase is whole all the same: "رئيس جمهورية كذا", "الناطق باسم كذا"."""
    if any(token.folded == "باسم" for token in tokens[phrase.first : phrase.last]):
        return True
    last = tokens[phrase.last]
    holder = strip_clitics(tokens[phrase.last - 1].folded)
    return holder in word_sets("place_heads.txt", "organization_heads.txt") and not role_head(last)


def _of_another(tokens: Sentence, phrase: Phrase) -> bool:
    """Say whether a phrase holds the role of another: "المحامي السابق للرئيس الأمريكي" before a name may mean either man."""
    inner = tokens[phrase.first + 1 : phrase.last + 1]
    heads = [role_head(token) for token in inner if token.folded.startswith("لل")]
    return any(head and head not in word_set("role_heads_not_behind.txt") for head in heads)


def _of_owner(tokens: Sentence, head: int, end: int) -> list[Stretch]:
    """Return the role of whom another works for, where the other's cannot be the name's: "كان مستشارا للملك فلان"."""
    if is_definite(tokens[head]) or not tokens[head].text.endswith("ا"):
        return []
    owner = next(
        (at for at in range(head + 1, end + 1) if tokens[at].folded.startswith("لل") and role_head(tokens[at])), 0
    )
    return [(owner, end)] if owner else []


def _inner(tokens: Sentence, chain: list[Phrase], end: int) -> list[Phrase]:
    """Return the role behind "باسم" ("فلان المتحدث باسم الرئيس فلان": the second man is the president)."""
    for at in range(chain[0].first + 1, end):
        if tokens[at].folded == "باسم" and role_head(tokens[at + 1]):
            return chain_from(tokens, at + 1, end + 1)
    return []


def _of_kin(tokens: Sentence, chain: list[Phrase], end: int) -> list[Phrase]:
    """Return the role behind a word of kin ("المتحدث باسم عائلة الصحفي فلان": the man is the reporter)."""
    for at in range(chain[0].first + 1, min(end, chain[0].last)):
        if tokens[at].folded in word_set("owned_by_people.txt") and role_head(tokens[at + 1]):
            return chain_from(tokens, at + 1, end + 1)
    return []


def _skip_back(tokens: Sentence, at: int) -> int:
    """Go back over one comma, a slash or dot behind a title, an opening mark, and words of courtesy."""
    while at >= 0 and tokens[at].folded in word_set("courtesies.txt"):
        at -= 1
    if at > 0 and tokens[at].text in "/." and tokens[at - 1].folded in word_set("titles.txt"):
        return at - 1
    if at > 0 and tokens[at].text in '"«“(' and (role_head(tokens[at - 1]) or _is_land_of_role(tokens, at - 1)):
        return at - 1
    if at > 1 and tokens[at - 1].text in COMMAS and _is_demonym(tokens[at].folded):
        at -= 1  # "مهاجم النادي، المغربي فلان"
    if at > 2 and nationality(tokens[at].folded) and tokens[at - 1].folded in _ORIGIN and tokens[at - 2].folded == "من":
        at -= 3  # "رجل الأعمال الفرنسي من أصل جزائري فلان"
    if at >= 0 and tokens[at].text in COMMAS:
        at -= 1
    return at


def _is_land_of_role(tokens: Sentence, at: int) -> bool:
    """Say whether a country's adjective stands behind a role with the article: "المؤرخ الفرنسي «فلان»"."""
    return at > 0 and _is_demonym(tokens[at].folded) and bool(role_head(tokens[at - 1])) and is_definite(tokens[at - 1])


def _is_demonym(folded: str) -> bool:
    return folded.startswith("ال") and nationality(folded) != ""


def _before_short(tokens: Sentence, at: int) -> int:
    """Go back over the short form of a name in marks: "رئيس الاتحاد الأفريقي (كاف) فلان"."""
    opens = next((near for near in range(at - 2, at - 2 - _SHORT, -1) if tokens[near].text in '"«“('), 0)
    return opens - 1 if opens > 0 and tokens[opens - 1].is_word else -1


def _segment_before(tokens: Sentence, end: int, taken: Collection[int]) -> list[int]:
    """Return the tokens before a name that role phrases may hold, back to a comma, a barrier or another name."""
    found: list[int] = []
    quotes = 0
    for at in range(end, max(-1, end - _ALL_ROLES), -1):
        token = tokens[at]
        if at in taken or (_closes(token) and (token.text in COMMAS or not _is_general(tokens, at))):
            break
        quotes += token.text in _QUOTES
        found.append(at)
    found.reverse()
    return found if quotes % 2 == 0 else _behind_last_quote(tokens, found)


def _closes(token: Token) -> bool:
    """Say whether no role phrase runs back across a token, "عام" perhaps apart."""
    return bool(token.traits & BARRIER) and token.folded not in _PREPOSITIONS


def _is_general(tokens: Sentence, at: int) -> bool:
    """Say whether "عام" is the adjective of a role and no year: "مدير عام"."""
    return tokens[at].folded == "عام" and at > 0 and bool(role_head(tokens[at - 1]))


def _behind_last_quote(tokens: Sentence, found: list[int]) -> list[int]:
    last = max(at for at in found if tokens[at].text in _QUOTES)
    return [at for at in found if at > last]


def _may_head(tokens: Sentence, at: int, segment: list[int]) -> bool:
    """Say whether a role phrase may start at a token of a segment before a name."""
    token = tokens[at]
    head = role_head(token)
    if (
        not head
        or token.text.endswith(("اً", "ًا"))
        or (_is_adjective(token) and at > segment[0] and tokens[at - 1].folded.startswith("ال"))
    ):
        return False
    if head in word_set("role_heads_not_behind.txt") and not is_definite(token):
        return False
    if head in word_set("role_heads_definite.txt") and not _is_definite_enough(tokens, at):
        return False
    bare_last = at == segment[-1] and not is_definite(token) and not head.endswith("ه")
    return (not bare_last and not (at == segment[-1] and token.folded.startswith("لل"))) or (
        token.folded in word_set("titles.txt")
    )


def _is_definite_enough(tokens: Sentence, at: int) -> bool:
    """Say whether a word has the article, or another role word behind it."""
    if strip_clitics(tokens[at].folded).startswith("ال"):
        return True
    return at + 1 < len(tokens) and bool(role_head(tokens[at + 1]))


def _is_adjective(token: Token) -> bool:
    return strip_clitics(token.folded) in word_set("role_words.txt")


# --- Behind the name -------------------------------------------------------------------------------------------------


def roles_after(tokens: Sentence, last: int, taken: Collection[int]) -> list[Stretch]:
    """Return the role phrases that follow the name whose last token is ``last``; what leads on to another name is left out."""
    found = _in_bracket(tokens, last + 1)
    start = _start_behind(tokens, _skip_bracket(tokens, last + 1))
    while start < len(tokens) and start not in taken and _opens_behind(tokens, start):
        chain = chain_from(tokens, start, len(tokens), taken)
        direct = start == last + 1  # "يلتقي فلان رئيس الوزراء، فلان": no comma before the role
        if direct and chain[0].first == chain[0].last and not is_definite(tokens[start]):
            break  # no apposition
        leads_on = _leads_on(tokens, chain[-1].last, taken, comma=direct)
        if leads_on and len(chain) == 1 and not any(t.folded == "باسم" for t in tokens[start : chain[-1].last]):
            break
        kept = chain[:-1] if leads_on and len(chain) > 1 else chain
        found += [(phrase.first, phrase.last) for phrase in kept if is_role(tokens, phrase)]
        end = chain[-1].last + 1
        if leads_on or end >= len(tokens) or tokens[end].text not in COMMAS:
            break
        start = end + 1
    return found


def _start_behind(tokens: Sentence, at: int) -> int:
    """Skip a comma or dash and a pronoun behind a name: "فلان، وهو شريك في كذا"."""
    at += at < len(tokens) and tokens[at].text in _CLOSING
    at += at < len(tokens) and tokens[at].text in (*COMMAS, *_DASHES)
    if at >= len(tokens) or tokens[at].folded not in _PRONOUNS:
        return at
    ordered = at + 1 < len(tokens) and tokens[at + 1].folded in word_set("role_ordinals.txt")
    return at + 1 + ordered


def _opens_behind(tokens: Sentence, start: int) -> bool:
    token = tokens[start]
    head = role_head(token)
    return (
        bool(head)
        and head not in word_set("role_heads_not_behind.txt")
        and not (token.folded[0] in "وفلب" and _has_clitic(token))
    )


def _leads_on(tokens: Sentence, last: int, taken: Collection[int], *, comma: bool) -> bool:
    """Say whether another name follows right behind a role, or behind a comma, so that the role is of that one."""
    at = last + 1
    at += comma and at < len(tokens) and tokens[at].text in COMMAS
    while at < len(tokens) and tokens[at].folded in word_set("courtesies.txt"):
        at += 1
    if at not in taken or not tokens[at].is_word:
        return False
    folded = tokens[at].folded
    return folded[0] != "و" or first_name_count(folded) > 0  # "وفلان" is a further man


def _has_clitic(token: Token) -> bool:
    heads = word_set("role_heads.txt")
    forms = (token.folded, token.folded.removeprefix("ال"), token.folded.removesuffix("ا"))
    return not any(form in heads for form in forms)


def _in_bracket(tokens: Sentence, at: int) -> list[Stretch]:
    """Return the role that fills a bracket behind a name: "فلان (صاحب مطعم)"."""
    close = _skip_bracket(tokens, at) - 1
    if close <= at + 1 or not role_head(tokens[at + 1]) or is_conjoined(tokens[at + 1]):
        return []
    chain = chain_from(tokens, at + 1, close)
    return [(phrase.first, phrase.last) for phrase in chain if chain[-1].last == close - 1 and is_role(tokens, phrase)]


def _skip_bracket(tokens: Sentence, at: int) -> int:
    if at < len(tokens) and tokens[at].text == "(":
        for close in range(at + 1, min(at + 6, len(tokens))):
            if tokens[close].text == ")":
                return close + 1
    return at
