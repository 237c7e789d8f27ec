"""What the words around measures tell: ages, degrees, changes, ranges of two figures, and bare numbers that share a unit."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import Unit, age_words, changes, degree_words, glue, match, phrases, singles

_DEGREE = Unit("درجة", "magnitude")
_STILL = frozenset(("distance", "age", "duration"))  # "بارتفاع سبعة أمتار" is a height
_MEASURES = frozenset(("money", "share", "points", "price"))
# Words between a figure and what tells about it: an age, a change, degrees, the figure it shares a unit with, a change that goes on
# over two figures, a change right before.
_AGE, _WINDOW, _DEGREES, _LINK, _CHAIN, _STEP = 6, 10, 6, 14, 4, 4
_QUOTES = ('"', "«", "»", "“", "”")
_BREAKS = frozenset("،؛:.!؟")


def aged(line: Line, draft: Draft) -> Draft:
    """Make years an age where the words around say so: "(35 عاما)", "عمره 35 عاما", "امرأة 56 عاما"."""
    unit = draft.unit
    if unit is None or unit.category != "duration" or unit.name not in ("سنة", "شهر", "يوم"):
        return draft
    if unit.name == "سنة" and (_is_alone(line, draft) or _follows_person(line, draft)):
        return replace(draft, category="age")
    before = line.words[max(0, draft.start - _AGE) : draft.start]
    cut = next((nth for nth in range(len(before) - 1, -1, -1) if before[nth] in _BREAKS), -1)
    near = any(word in age_words("near") for word in before[cut + 1 :])
    next_to = unit.name == "سنة" and line.word(draft.start - 1) in age_words("next")
    behind = line.word(draft.end) in age_words("near") or line.word(draft.end + 1) in age_words("near")
    return replace(draft, category="age") if near or next_to or behind else draft


def _is_alone(line: Line, draft: Draft) -> bool:
    """Say whether years stand in brackets, strokes or commas of their own: "(35 عاما)", "، 77 سنة،"."""
    before, after = line.word(draft.start - 1), line.word(draft.end)
    if before in _QUOTES and after in _QUOTES:
        return True
    return (before == "(" and after == ")") or after == "/" or (before in ("،", ",") and after in ("،", ","))


def _follows_person(line: Line, draft: Draft) -> bool:
    return match(singles(), line.words, draft.start - 1) is not None if draft.start else False


def measured(line: Line, draft: Draft) -> Draft:
    """Tell what degrees measure; a bare number behind "بقوة" or "قوته" is a magnitude."""
    if draft.unit is None:
        lead = degree_words().get(line.word(draft.start - 1).removeprefix("و"))
        near = line.words[max(0, draft.start - _WINDOW) : draft.end + _DEGREES]
        is_quake = lead == "magnitude" and any(
            degree_words().get(word) == "magnitude" for word in near if word[0] in "رزاه"
        )
        return replace(draft, unit=_DEGREE, category="magnitude") if is_quake else draft
    if draft.unit.category != "degree":
        return draft
    near = line.words[max(0, draft.start - _DEGREES) : draft.end + _DEGREES]
    kinds = [kind for word in near if (kind := degree_words().get(word.lstrip("وبل"), degree_words().get(word)))]
    kind = "temperature" if "temperature" in kinds else kinds[0] if kinds else "thing"
    code = "C" if kind == "temperature" else ""
    return replace(draft, category=kind, unit=draft.unit._replace(code=code))


def linked(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Give bare numbers the unit of the figure before them, and drop those that have none."""
    found: list[Draft] = []
    for draft, following in zip_longest(drafts, drafts[1:]):
        if draft.unit is None:
            shared = _shared(line, draft, found[-1] if found else None) or _shared_behind(line, draft, following)
            draft = replace(draft, unit=shared.unit, category=shared.category) if shared else draft
        if draft.unit is not None:
            found.append(draft)
    return found


def _shared(line: Line, draft: Draft, previous: Draft | None) -> Draft | None:
    """Return the figure whose unit a bare number shares: "315 صوتا مقابل 210", "60 مليون يورو … 40 مليونا منها"."""
    if previous is None or draft.start - previous.end > _LINK or previous.unit is None:
        return None
    written = line.words[draft.number]
    is_long = draft.end - draft.number > 1 and draft.upper is None
    links = phrases("figure_links.txt")
    linked = any(
        (found := match(links, line.words, at)) is not None and found[0] == draft.start
        for at in range(max(previous.end, draft.start - 2), draft.start)
    )
    if previous.unit.category in ("share", "points"):
        return previous if linked and "." in written else None
    if previous.unit.category == "votes":
        return previous if linked and draft.start - previous.end <= 4 else None
    return previous if previous.unit.category == "money" and (is_long or (linked and "." in written)) else None


def _shared_behind(line: Line, draft: Draft, following: Draft | None) -> Draft | None:
    """Return the votes behind "مقابل" whose unit a number shares: "بأغلبية 230 مقابل 197 صوتا"."""
    if following is None or following.unit is None or following.unit.category != "votes":
        return None
    return (
        following
        if following.start - draft.end == 1 and match(phrases("figure_links.txt"), line.words, draft.end)
        else None
    )


def merged(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Join two figures of one unit that are the ends of one: "من 25 لاعبا إلى 21", "بين 3 كيلومترات و5 كيلومترات"."""
    found: list[Draft] = []
    for draft in drafts:
        both = _both(line, found[-1], draft) if found else None
        if both:
            found[-1] = both
        else:
            found.append(draft)
    return [_risen(line, draft) for draft in found]


def _both(line: Line, first: Draft, second: Draft) -> Draft | None:
    """Return the range of two figures of one unit, the second of which may leave it out."""
    opener = line.word(first.start - 1)
    if first.upper is not None or second.upper is not None or first.unit is None or not _opens(opener):
        return None
    if second.unit is not None and second.unit.name != first.unit.name:
        return None
    gap, following = line.words[first.end : second.start], line.words[second.start]
    if opener in glue("between"):
        joins = (len(gap) == 1 and gap[0] in glue("and")) or (not gap and following[0] == "و")
    else:
        joins = len(gap) == 1 and gap[0] in glue("until")
    noun = first.noun if second.unit is None else second.noun
    if not joins:
        return None
    ends = replace(first, start=first.start - 1, end=second.end, upper=second.value, noun=noun)
    return replace(
        ends, bound=first.bound or second.bound, period=first.period or second.period, per=first.per or second.per
    )


def _opens(word: str) -> bool:
    return word in glue("between") or word in glue("from")


def _risen(line: Line, draft: Draft) -> Draft:
    """Read "من 25 إلى 21" behind a word of change as the end of it, with what it was before."""
    if draft.upper is None or line.words[draft.start] not in glue("from"):
        return draft
    way = change_before(line, draft, 0)
    if not way and draft.upper >= draft.value:
        return draft
    change = way or "down"
    return replace(draft, value=draft.upper, upper=None, former=draft.value, change=f"{change}_to")


def changed(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Tell which figures are a change or the end of one: "ارتفع بنسبة 3%", "إلى 69 دولارا"."""
    found: list[Draft] = []
    for draft in drafts:
        previous = found[-1] if found else None
        found.append(draft if draft.change else _changed(line, draft, previous))
    return found


def _changed(line: Line, draft: Draft, previous: Draft | None) -> Draft:
    if draft.category in _STILL:
        return draft
    to, by = _is_end(line, draft), _is_step(line, draft)
    way = change_before(line, draft, previous.end if previous else 0)
    if not way and previous and previous.change and draft.start - previous.end <= _CHAIN and (to or by):
        way = previous.change.split("_")[0]
    if not way:
        return draft
    if to:
        return replace(draft, change=f"{way}_to")
    by = by or line.word(draft.start - 1) in changes() or draft.category in _MEASURES
    return replace(draft, change=f"{way}_by") if by and line.word(draft.start - 1) not in glue("not-by") else draft


def _is_end(line: Line, draft: Draft) -> bool:
    """Say whether a figure is what something rose or fell to: "إلى 45", "لأقل من 45"."""
    first = " ".join(line.words[draft.start : draft.start + 2])
    near = any(line.word(at) in changes() for at in range(draft.start - _STEP, draft.start))
    return line.word(draft.start - 1) in glue("to") or (
        near and {first, line.words[draft.start]} & glue("near-to") != set()
    )


def _is_step(line: Line, draft: Draft) -> bool:
    """Say whether a figure is what something rose or fell by: "بنسبة 3%", "بثلاثة دولارات"."""
    return line.word(draft.start - 1) in glue("by") or line.words[draft.start][0] == "ب"


def change_before(line: Line, draft: Draft, limit: int) -> str:
    """Return "up" or "down" for the nearest word of change before a figure within its clause, "" for none."""
    for at in range(draft.start - 1, max(limit, draft.start - _WINDOW) - 1, -1):
        word = line.words[at]
        if word in _BREAKS:
            return ""
        way = changes().get(word)
        if way:
            return way
    return ""
