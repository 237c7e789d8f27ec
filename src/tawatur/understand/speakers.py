"""Who speaks: the noun phrase of a reporting word, resolved inside the article."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.arabic.fold import fold
from tawatur.understand.cast import Cast, Speaker, is_proper
from tawatur.understand.features import is_common, is_everyday, strip_clitics
from tawatur.understand.names import nationality, place, word_set, word_sets
from tawatur.understand.phrases import (
    COMMAS,
    LONGEST,
    documents,
    end_of_phrase,
    is_addressee,
    is_organization,
    skip_openers,
)
from tawatur.understand.roles import role_head
from tawatur.understand.tokens import Token
from tawatur.understand.units import Unit


def subject(unit: Unit, start: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return who is the subject between two tokens: a person, else the noun phrase there; None where there is none."""
    start = skip_openers(unit, start, end)
    if start < end and is_addressee(unit, start):
        start = _behind_addressee(unit, start, end)
    stop = end_of_phrase(unit, start, end)
    if stop <= start:
        return None
    return (
        _called(unit, start, stop, end, cast, feminine=feminine)
        or _apposed(unit, start, stop, cast, feminine=feminine)
        or _person(unit, start, stop, cast, feminine=feminine)
        or _named_last(unit, start, stop, end, cast, feminine=feminine)
        or _phrase(unit, start, stop, cast, feminine=feminine)
    )


def _behind_addressee(unit: Unit, start: int, end: int) -> int:
    """Return where the subject starts behind whom it speaks to: "أكد لـ«كذا» | المدير"; ``end`` where nobody follows."""
    if unit.tokens[start].folded == "ل":
        closing = (at for at in range(start + 2, min(start + 6, end)) if unit.marked_off(at))
        return next(closing, end)
    return end


def _named_last(unit: Unit, start: int, stop: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who is named at the end of a long role: "المشرف العام على برامج القناة فلان"."""
    relatives = word_set("relative_pronouns.txt")
    if stop + 1 >= end or not (
        unit.tokens[stop].folded in ("علي", "في", "لدي") or unit.tokens[stop].folded in relatives
    ):
        return None
    if unit.tokens[stop].folded in relatives and not can_say(unit.tokens[start]):
        return None
    if is_organization(unit.tokens[stop + 1].folded):
        return None  # "مسؤول في إدارة فلان" is not فلان
    if is_organization(unit.tokens[start].folded.removeprefix("ال")) or unit.tokens[stop + 1].folded in word_set(
        "occasions.txt"
    ):
        return None
    last = end - 1 if unit.tokens[end - 1].text in COMMAS else end
    draft = cast.named_until(unit.tokens[stop].end, unit.tokens[last - 1].end)
    return Speaker(cast.name_of(draft), feminine, person=True) if draft else None


def _person(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person that a noun phrase names or calls by a role."""
    tokens = unit.tokens
    called = cast.called_at(tokens[start].start)
    if called:
        return Speaker(cast.name_of(called), feminine, person=True)
    named = cast.named_in(tokens[start].start, tokens[stop - 1].end)
    if not named:
        return _by_same_role(cast, tokens[start].start, tokens[stop - 1].end, feminine=feminine)
    draft, span = cast.meant(*named), named[1]
    before = [token for token in tokens[start:stop] if token.start < span.start]
    if before and _is_body(before[0].folded):
        return None
    related = any(token.folded in ("من", "في", "عن", "ضد", "مع") for token in before)
    related = related or (
        len(before) > 2 and any(t.folded.startswith("لل") for t in before) and before[-1].text not in COMMAS
    )
    related = related or _is_one_of(before)
    if related or (before and not _leads_to_name(before[0].folded)):
        return None
    return Speaker(cast.name_of(draft), feminine, person=True)


def _is_one_of(before: Sequence[Token]) -> bool:
    """Say whether the words before a name make whoever speaks one of that person's people: "أحد أنصار فلان"."""
    return len(before) > 1 and before[0].folded in ("احد", "احدي", "بعض") and before[1].folded[:2] != "ال"


def _called(unit: Unit, start: int, stop: int, end: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person whose name follows an indefinite noun by a word for that: "شاب | يدعى فلان"."""
    definite = unit.tokens[start].folded[:2] == "ال"
    if definite or stop + 1 >= end or unit.tokens[stop].folded not in word_set("called.txt"):
        return None
    first = unit.tokens[stop + 1].start
    named = cast.named_in(first, unit.tokens[end - 1].end)
    return Speaker(cast.name_of(named[0]), feminine, person=True) if named and named[1].start == first else None


def _apposed(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who is named behind a short phrase and a comma: "نجله، فلان"."""
    longest = LONGEST if unit.tokens[start].folded[:2] == "ال" else 3
    if stop - start > longest or stop + 1 >= len(unit) or unit.tokens[stop].text not in COMMAS:
        return None
    first = stop + 1 + (unit.tokens[stop + 1].folded in word_set("called.txt"))  # "شاب، يدعى فلان"
    if first > stop + 1:
        last = next((at for at in range(first, min(first + 5, len(unit))) if unit.tokens[at].text in COMMAS), first)
        if last > first:
            return Speaker(cast.text[unit.tokens[first].start : unit.tokens[last - 1].end], feminine, person=True)
    named = cast.named_in(unit.tokens[stop + 1].start, unit.tokens[min(first + 5, len(unit) - 1)].end)
    if (
        not named
        or first >= len(unit)
        or named[1].start != unit.tokens[first].start
        or not _can_speak(unit.tokens[start])
    ):
        return None
    behind = next((token for token in unit.tokens[stop + 2 :] if token.start >= named[1].end), None)
    ends = behind is None or behind.text in (*COMMAS, ":") or behind.folded in word_set("complementizers.txt")
    if stop - start <= 3 or ends:
        return Speaker(cast.name_of(named[0]), feminine, person=True)
    return None


def _leads_to_name(folded: str) -> bool:
    bare = strip_clitics(folded)
    return (
        bool(nationality(bare))
        or bare in word_set("courtesies.txt")
        or bare.removeprefix("ال") in word_set("role_heads.txt")
        or bare.startswith("ال")
    )


def _by_same_role(cast: Cast, start: int, end: int, *, feminine: bool) -> Speaker | None:
    """Return the person whose role a phrase repeats, with or without the article ("متحدثة باسم الجيش")."""
    draft = cast.of_role(cast.text[start:end])
    return Speaker(cast.name_of(draft), feminine, person=True) if draft else None


def _is_body(folded: str) -> bool:
    """Say whether a word is a definite body, no title: in "وصف المركز فلانا" the name behind is no part of it."""
    bare = folded.removeprefix("ال")
    return bare != folded and bare in word_set("organization_heads.txt") and bare not in word_set("role_heads.txt")


def _phrase(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the noun phrase itself, or the fuller phrase of which it repeats the head."""
    if not _can_speak(unit.tokens[start]):
        return None
    first, last = unit.tokens[start].start, unit.tokens[stop - 1].end
    named = cast.named_in(first, last) if _is_body(unit.tokens[start].folded) else None
    if named:
        last = max(token.end for token in unit.tokens[start:stop] if token.end < named[1].start)
    called = cast.of_last_word(cast.text[first:last]) if stop == start + 1 else None
    if called:
        return Speaker(cast.name_of(called), feminine, person=True)
    again = _again(unit, start, stop, cast, feminine=feminine)
    if again:
        return again
    bare = _unknown_name(unit, start, stop)
    if bare:
        return Speaker(cast.text[unit.tokens[bare[0]].start : unit.tokens[bare[1] - 1].end], feminine, person=True)
    issued = _issuer(unit, start, stop, cast)
    if issued:
        return issued
    if cast.text[last : last + 1] in ('"', "»", "”") and _opens_mark(cast.text[first:last]):
        last += 1
    name = cast.text[first:last]
    proper = cast.proper_body(feminine=feminine) if stop == start + 1 and _is_body(unit.tokens[start].folded) else None
    if proper and not cast.fuller(name, first):
        return proper
    nicknamed = cast.nicknamed(name)
    if nicknamed:
        return Speaker(nicknamed, feminine)
    if fold(name) == "المصدر" and not cast.fuller(name, first):
        return cast.last_body() or Speaker(name, feminine)
    return Speaker(cast.fuller(name, first) or name, feminine)


def _again(unit: Unit, start: int, stop: int, cast: Cast, *, feminine: bool) -> Speaker | None:
    """Return the person who spoke last where a definite role without complement calls him or her: "الضابط الأميركي"."""
    last = cast.past[-1] if cast.past else None
    words = unit.tokens[start:stop]
    if (
        not last
        or not (last.person or is_proper(last.name))
        or last.feminine != feminine
        or len(words) > 2
        or not role_head(words[0])
        or words[0].folded[:2] != "ال"
    ):
        return None
    return last if len(words) == 1 or nationality(words[1].folded) else None


def _unknown_name(unit: Unit, start: int, stop: int) -> tuple[int, int] | None:
    """Return where in a role phrase, or behind its comma, the name of a person stands that nobody else found."""
    tokens = unit.tokens
    if role_head(tokens[start]) and stop + 2 < len(tokens) and tokens[stop].text in COMMAS:
        last = stop + 1
        while last < len(tokens) and _is_foreign(tokens[last]):
            last += 1
        if 2 <= last - stop - 1 <= 4 and last < len(tokens) and tokens[last].text in (*COMMAS, ":"):
            return stop + 1, last
    if role_head(tokens[start]):
        first = stop
        while first > start + 1 and _is_foreign(tokens[first - 1]):
            first -= 1
        return (first, stop) if 2 <= stop - first <= 4 else None
    last = start
    while last < stop and _is_foreign(tokens[last]):
        last += 1
    definite = last < stop and role_head(tokens[last]) and tokens[last].folded[:2] == "ال"
    return (start, last) if definite and last - start >= 2 else None


def can_say(token: Token) -> bool:
    """Say whether a noun before a verb can be who says something: "المسؤول", not "الأدلة"."""
    head = token.folded.removeprefix("ال")
    says = (
        head in word_set("sayers.txt")
        or head.removesuffix("ا") in word_set("sayers.txt")
        or is_organization(head)
        or head in documents()
    )
    return says or bool(role_head(token)) or place(token.folded) is not None or is_organization(token.folded)


def _is_foreign(token: Token) -> bool:
    """Say whether a word can only be a name: no everyday word, no nationality, no place."""
    folded = token.folded
    known = (
        is_everyday(token.text) or nationality(folded) or place(folded) or role_head(token) or is_organization(folded)
    )
    return token.is_word and folded[:2] != "ال" and not token.text[0].isascii() and not known


def _issuer(unit: Unit, start: int, stop: int, cast: Cast) -> Speaker | None:
    """Return who speaks in a document: "بيان للوزارة" is the ministry, "البيان" whoever spoke last."""
    if unit.tokens[start].folded in ("اخر", "احدث") and start + 1 < stop:
        start += 1
    head = unit.tokens[start].folded.removeprefix("ال")
    if documents().get(head) != "issuer":
        return None
    by = _by_whom(unit, start, stop, cast)
    if by:
        return by
    at = start + 1
    if at == stop:
        return cast.last_body()
    while at < stop and unit.tokens[at].folded in (*word_set("issued.txt"), "عن", "من"):
        at += 1
    if at == stop or nationality(unit.tokens[at].folded) or not _owns(unit, start, at):
        return None
    text = cast.text[unit.tokens[at].start : unit.tokens[stop - 1].end]
    if text.startswith("لل"):
        text = "ا" + text[1:]
    elif text.startswith("ل") and is_organization(unit.tokens[at].folded[1:]):
        text = text[1:]
    feminine = text.split()[0].endswith("ة")
    return Speaker(cast.fuller(text, unit.tokens[at].start) or text, feminine)


def _owns(unit: Unit, document: int, at: int) -> bool:
    """Say whether a token behind a document is whose it is, not how it is: "بيان الوزارة", "بيان للوزارة", not "بيان مشترك"."""
    folded = unit.tokens[at].folded
    if at > document + 1 or folded[:2] == "لل" or is_organization(folded) or is_organization(folded[1:]):
        return True
    return folded[:2] == "ال" and unit.tokens[document].folded[:2] != "ال"


def _by_whom(unit: Unit, start: int, stop: int, cast: Cast) -> Speaker | None:
    """Return who issued a document, or the document with who published it: "بيان أصدرته النقابة", "بيان نشرته وكالة كذا"."""
    for at in range(start + 1, min(stop + 1, len(unit) - 1)):
        folded = unit.tokens[at].folded
        if folded not in word_sets("issued_by.txt", "published_by.txt"):
            continue
        end = next((later for later in range(at + 1, len(unit)) if unit.quotes[later] >= 0), len(unit))
        found = subject(unit, at + 1, end, cast, feminine="ت" in folded[-3:])
        if found and folded not in word_set("issued_by.txt"):
            return Speaker(cast.text[unit.tokens[start].start : unit.tokens[at - 1].end], via=(found.name,))
        return found
    return None


def _can_speak(token: Token) -> bool:
    """Say whether a noun phrase that starts with a token can be a subject: no preposition, no particle."""
    folded = token.folded
    if not token.is_word or len(folded) < 2 or folded in word_set("no_subjects.txt") or token.text == "على":
        return False
    if folded[:2] == "لل" or folded in word_set("role_barriers.txt"):
        return False
    preposition = folded[0] in "بل" and is_common(token.text[1:].lstrip("ـ")) and not is_common(token.text)
    return not preposition or is_organization(folded)


def _opens_mark(inner: str) -> bool:
    """Say whether a stretch opens a quotation mark that it does not close."""
    return inner.count('"') % 2 == 1 or inner.count("«") > inner.count("»") or inner.count("“") > inner.count("”")
