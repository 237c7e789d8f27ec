"""What happened to the people that figures count: killed, injured, arrested, …; and counts of one without a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.arabic import numbers
from tawatur.understand.altered import altered
from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import (
    PEOPLE,
    Unit,
    cues,
    duals,
    glue,
    match,
    nationalities,
    phrases,
    singles,
    units,
    words,
)

_PERSON = Unit("شخص", "people")
_NEAR, _FAR, _BEHIND, _TOLL, _ILL = 2, 9, 5, 12, 5  # words between a figure and what tells its category
_BREAKS = frozenset("،,؛;:.!؟?)")
_DASHES = ("-", "–", "—")
_OWN = PEOPLE - {"people"}
_YEARS = range(1900, 2100)


def categorised(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Give figures of people their category; a bare number of people becomes one, other bare numbers stay bare."""
    if not _tells(line):
        return [_plain(line, draft) for draft in drafts]
    found: list[Draft] = []
    for draft in with_singles(line, drafts):
        found.append(_categorised(line, draft, found[-1] if found else None))
    return found


def _tells(line: Line) -> bool:
    """Say whether a line tells at all what happened to people; most do not, and need no more looking."""
    return not _telling().isdisjoint(line.words)


@cache
def _telling() -> frozenset[str]:
    people = {
        word
        for table in (units(), duals())
        for word, ones in table.items()
        if any(one[1].category in _OWN for one in ones)
    }
    named = {lead + word for word in people for lead in ("", "ال")}
    tolls = {lead + word for word in words("figure_tolls.txt") for lead in ("", "و", "ب", "ف", "ل")}
    return frozenset(cues("noun").keys() | cues("verb").keys() | cues("behind").keys() | named | tolls)


def _plain(line: Line, draft: Draft) -> Draft:
    """Give a figure of people that nothing is told of its category."""
    draft = _with_others(line, draft)
    if draft.unit is None or draft.unit.category not in PEOPLE:
        return draft
    return altered(draft, category="people", part=_is_part(line, draft))


def _categorised(line: Line, draft: Draft, previous: Draft | None) -> Draft:
    draft = _with_others(line, draft)
    unit = draft.unit
    if draft.category or (unit and unit.category not in PEOPLE and unit.known):
        return draft
    if unit and unit.category in _OWN:
        draft = altered(draft, category=unit.category, part=_is_part(line, draft))
        return _if_ill(line, draft)
    category, told = _told(line, draft, previous)
    if unit is None and (not category or _is_definite(line, draft)):
        return draft
    if unit is None:
        return _if_ill(line, replace(draft, unit=told or _PERSON, category=category, part=_is_part(line, draft)))
    if unit.category != "people" and not (category and _near_noun(line, draft, previous)):
        return draft
    return _if_ill(line, altered(draft, category=category or "people", part=_is_part(line, draft)))


def _is_definite(line: Line, draft: Draft) -> bool:
    """Say whether a bare number is an adjective: "الفرص الخمس"; "العشرات" is none."""
    return draft.bound != "vague" and line.words[draft.number].startswith("ال")


def _with_others(line: Line, draft: Draft) -> Draft:
    """Read "16 آخرين": others of what was counted before."""
    if draft.unit is None and line.word(draft.end) in words("figure_others.txt"):
        noun = (draft.end, draft.end + 1)
        return replace(draft, unit=_PERSON, noun=noun, end=draft.end + 1)
    return draft


def _told(line: Line, draft: Draft, previous: Draft | None) -> tuple[str, Unit | None]:
    """Return the category that the words around a figure tell, "" for none, and the people that a toll names."""
    limit = previous.end if previous else 0
    before = _before(line, draft, limit)
    if before:
        return before, None
    if draft.unit is None and draft.value in _YEARS and draft.end - draft.number == 1:
        return "", None
    behind = _behind(line, draft)
    if behind:
        return behind, None
    toll = _toll(line, draft, limit)
    if toll:
        return toll.category, toll
    if previous and previous.category in PEOPLE and (_is_part(line, draft) or _shares(line, draft, previous)):
        bare = draft.unit is None and line.words[draft.number].isdigit()
        return ("" if bare and previous.category == "people" else previous.category), None
    return "", None


def _before(line: Line, draft: Draft, limit: int) -> str:
    """Return the category of the nearest cue before a figure, behind ``limit``; what stands between dashes does not count."""
    gap, at = 0, draft.start - 1
    while at >= limit and gap <= _FAR:
        word = line.words[at]
        if word in _DASHES:
            at = _opening(line, at, limit, _DASHES)
        elif word in _BREAKS and gap == 0:
            at = _aside(line, at, limit)
        elif word in _BREAKS:
            return ""
        elif word.isalpha():
            found = _cue(line, at, draft, gap)
            if found:
                return found
            gap += 1
        at -= 1
    return ""


def _cue(line: Line, at: int, draft: Draft, gap: int) -> str:
    """Return the category of a cue at a word that has ``gap`` words between it and the figure."""
    bare = draft.unit is None
    for kind, most in (("noun", 0 if bare else _NEAR), ("verb", 1 if bare else _FAR)):
        found = match(cues(kind), line.words, at)
        if found and found[0] <= draft.start and gap - (found[0] - at - 1) <= most:
            return found[1]
    return ""


def _opening(line: Line, at: int, limit: int, marks: tuple[str, ...]) -> int:
    """Return where the mark stands that the one at a place closes, or the place itself."""
    return next((nth for nth in range(at - 1, max(limit, at - 2 * _FAR) - 1, -1) if line.words[nth] in marks), at)


def _aside(line: Line, at: int, limit: int) -> int:
    """Skip what stands between two commas and tells the source: "قتلت القوات، بحسب سكان، تسعة أشخاص"."""
    opening = _opening(line, at, limit, ("،", ","))
    return opening if line.word(opening + 1) in words("figure_clauses.txt") else at


def _near_noun(line: Line, draft: Draft, previous: Draft | None) -> bool:
    limit = previous.end if previous else 0
    near = any(match(cues("noun"), line.words, at) for at in range(max(limit, draft.start - _NEAR), draft.start))
    return near or (draft.start > limit and match(cues("verb"), line.words, draft.start - 1) is not None)


def _behind(line: Line, draft: Draft) -> str:
    for at in range(draft.end, min(len(line), draft.end + _BEHIND)):
        word = line.words[at]
        found = match(cues("behind"), line.words, at)
        if found:
            return found[1]
        if word in _BREAKS or word == "و" or word[0].isdigit():
            return ""
    return ""


def _toll(line: Line, draft: Draft, limit: int) -> Unit | None:
    """Return the people of "عدد القتلى" or "حصيلة ضحايا الزلزال" before a figure that tells how many they are."""
    reached = draft.unit is not None or _is_reached(line, draft)
    for at in range(draft.start - 2, max(limit, draft.start - _TOLL) - 1, -1):
        word = line.words[at]
        if word in words("figure_tolls.txt") or word[1:] in words("figure_tolls.txt"):
            bare = line.word(at + 1).removeprefix("ال")
            found = match(units(), line.words, at + 1, bare)
            told = found is not None and found[1].category in PEOPLE and (reached or found[0] == draft.start)
            return found[1] if found and told else None
    return None


def _is_reached(line: Line, draft: Draft) -> bool:
    return (
        bool(draft.bound)
        or line.word(draft.start - 1) in words("figure_reaches.txt")
        or line.words[draft.start][0] == "ب"
    )


def _is_part(line: Line, draft: Draft) -> bool:
    """Say whether a figure is a part of the one before: "بينهم ثلاثة أطفال", "7 منهم"."""
    subsets = phrases("figure_subsets.txt", clitics=True)
    before = ((at, match(subsets, line.words, at)) for at in (draft.start - 2, draft.start - 1) if at >= 0)
    if any(found is not None and found[0] == draft.start for _, found in before):
        return True
    behind = match(subsets, line.words, draft.end) if draft.noun == (0, 0) else None
    return behind is not None and not _starts_number(line, behind[0])


def _starts_number(line: Line, at: int) -> bool:
    return line.word(at)[:1].isdigit() or line.word(at) in numbers.starts()


def _shares(line: Line, draft: Draft, previous: Draft) -> bool:
    """Say whether a figure is joined to the one before, with nothing told between them."""
    gap = line.words[previous.end : draft.start]
    if len(gap) > _FAR or any(word in _BREAKS and word != "،" for word in gap):
        return False
    if line.words[draft.start][0] == "و" and len(line.words[draft.start]) > 1:
        return len(gap) <= 3
    joins = phrases("figure_joins.txt")
    return any(
        (found := match(joins, line.words, at)) is not None and found[0] == draft.start
        for at in range(max(previous.end, draft.start - 3), draft.start)
    )


def _if_ill(line: Line, draft: Draft) -> Draft:
    """Make people infected who are "injured" by an illness."""
    if draft.category not in ("injured", "infected"):
        return draft
    near = line.words[max(0, draft.start - _ILL) : draft.end + _ILL]
    ill = any(word in words("figure_illnesses.txt") or "ب" + word in words("figure_illnesses.txt") for word in near)
    return altered(draft, category="infected") if ill else draft


def with_singles(line: Line, drafts: Sequence[Draft]) -> list[Draft]:
    """Add counts of one that hold no number: "مقتل شخص", "سقوط قتيل", "مقتل أحد جنودها", "وإصابة آخر"."""
    taken = {at for draft in drafts for at in range(draft.start, draft.end)}
    found = list(drafts)
    for at, word in enumerate(line.words):
        if at in taken or (word not in cues("noun") and word not in cues("verb")):
            continue
        for kind in ("noun", "verb"):
            cue = match(cues(kind), line.words, at)
            draft = _single(line, cue[0], cue[1], taken) if cue else None
            if draft:
                found.append(draft)
                taken.update(range(draft.start, draft.end))
                break
    return sorted(found, key=lambda draft: draft.number)


def _single(line: Line, at: int, category: str, taken: set[int]) -> Draft | None:
    at += line.word(at) in glue("life")
    found = _one_person(line, at)
    if found is None or not taken.isdisjoint(range(at, found[0])):
        return None
    end, unit = found
    if end in taken and line.words[end][0] != "و":
        return None  # one who does it, not one it happens to: "قتل جندي ثلاثة متظاهرين"
    told = unit.category if unit.category in _OWN else category
    return Draft(start=at, number=at, end=end, value=1.0, unit=unit, noun=(at, end), category=told)


def _one_person(line: Line, at: int) -> tuple[int, Unit] | None:
    word = line.word(at)
    if word in glue("one-of"):
        return _one_of(line, at + 1)
    if word in glue("other"):
        return at + 1, _PERSON
    found = match(singles(), line.words, at)
    if found is None and word in nationalities() and word not in words("figure_never.txt"):
        return at + 1, Unit(word, "people", known=False)
    return found


def _one_of(line: Line, at: int) -> tuple[int, Unit] | None:
    word = line.word(at)
    for form in (word, word.removeprefix("ال"), *(word.removesuffix(ending) for ending in glue("own"))):
        found = match(units(), line.words, at, form)
        if found and found[1].category in PEOPLE:
            return found
    return None
