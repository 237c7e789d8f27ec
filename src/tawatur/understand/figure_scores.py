"""Results of matches: "3 - صفر", "بهدفين لهدف", "بثلاثية نظيفة", "4-3 بركلات الترجيح", with both teams where the text names them.

``value`` of such a figure is the first team's, ``against`` the second's. Where the text says who won, the winner has the larger of
the two numbers, in whatever order they are written.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from tawatur.arabic import numbers
from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import Unit, match, score_verbs, score_words, words

_GOAL = Unit("هدف", "score")
# Goals of a side; words of a team's name; words between a verb and its result, and between a result and its verb.
_MOST, _TEAM, _WINDOW, _AFTER = 30, 4, 24, 8
_DASHES, _NIL = ("-", "–", "—", "ـ"), "صفر"
_STOPS = frozenset('،,.:؛()"«»“”/') | {"و", "في", "ب", "الذي", "التي", "خلال", "ضمن", "علي", "امام", "مع"}


def scores(line: Line) -> list[Draft]:
    """Return the results of a line in order."""
    verbs = [(at, what) for at, word in enumerate(line.words) if (what := score_verbs().get(word))]
    if not verbs:
        return []
    found: list[Draft] = []
    at = 0
    while at < len(line):
        draft = _digits(line, at) or _in_words(line, at) or _nil(line, at)
        if draft and not line.dated & set(range(draft.start, draft.end)):
            found.append(_with_sides(line, draft, verbs))
            at = draft.end
        else:
            at += 1
    return found


def _goals(word: str) -> int | None:
    if word.removeprefix("ل") == _NIL:
        return 0
    return int(word) if word.isascii() and word.isdigit() and int(word) <= _MOST and len(word) <= 2 else None


def _digits(line: Line, at: int) -> Draft | None:
    """Read "3-1", "3 - صفر", "(1-6)"; what has a unit behind it is a range."""
    first, second = _goals(line.word(at)), _goals(line.word(at + 2))
    if first is None or second is None or line.word(at + 1) not in _DASHES:
        return None
    if (line.word(at - 1) in (*_DASHES, "/") and line.glued(at)) or line.word(at + 3) in (*_DASHES, "/", "%"):
        return None
    follows = line.word(at + 3)
    if follows in ("عاما", "سنه", "سنوات", "دقيقه", "دولار", "مليون", "في") and line.word(at + 4) in (
        "المئه",
        "المايه",
    ):
        return None
    if follows in ("عاما", "سنه", "سنوات", "دقيقه", "دولار", "مليون", "ايام", "مباريات"):
        return None
    return Draft(start=at, number=at, end=at + 3, value=first, unit=_GOAL, against=second, category="score")


def _count(line: Line, at: int) -> tuple[int, int] | None:
    """Return (goals, end) of "هدف", "بهدفين", "ثلاثة أهداف", "بثلاثية"."""
    word = line.word(at)
    for kind, value in (("goal", 1), ("two", 2), ("trio", 0)):
        for form in (word, word.removeprefix("ل"), word.removeprefix("ب")):
            found = match(score_words(kind), line.words, at, form) if form else None
            if found:
                return int(found[1] or value), found[0]
    number = numbers.read(line.words, at) if word[:1].isdigit() or word in numbers.starts() else None
    if number and number.value <= _MOST and match(score_words("goals"), line.words, number.end):
        return int(number.value), number.end + 1
    return None


def _in_words(line: Line, at: int) -> Draft | None:
    """Read "بهدفين لهدف", "بثلاثة أهداف مقابل هدف", "بهدف دون رد", "بهدف لمثله"."""
    if line.word(at)[:1] != "ب" and line.word(at - 1) not in ("ب", "بنتيجه"):
        return None
    first = _count(line, at)
    if first is None:
        return None
    goals, end = first
    against, end = _other(line, goals, end)
    if against is None and not _won_before(line, at):
        return None
    return Draft(start=at, number=at, end=end, value=goals, unit=_GOAL, against=against, category="score")


def _other(line: Line, goals: int, at: int) -> tuple[int | None, int]:
    clean, same = match(score_words("clean"), line.words, at), match(score_words("same"), line.words, at)
    if same:
        return goals, same[0]
    versus = match(score_words("versus"), line.words, at)
    second = _count(line, versus[0]) if versus else _count(line, at) if line.word(at)[:1] == "ل" else None
    if second:
        return second
    return (0, clean[0]) if clean else (None, at)


def _won_before(line: Line, at: int) -> bool:
    return any(score_verbs().get(line.words[nth]) in ("won", "lost") for nth in range(max(0, at - _WINDOW), at))


def _nil(line: Line, at: int) -> Draft | None:
    """Read a draw without goals: "تعادل سلبيا"."""
    if score_verbs().get(line.words[at]) != "drew":
        return None
    for nth in range(at + 1, min(len(line), at + 9)):
        found = match(score_words("nil"), line.words, nth)
        if found:
            return Draft(start=nth, number=nth, end=found[0], value=0, unit=_GOAL, against=0, category="score")
    return None


def _with_sides(line: Line, draft: Draft, verbs: list[tuple[int, str]]) -> Draft:
    """Add the teams of a result, and give the winner the larger number."""
    if any(
        match(score_words("penalties"), line.words, nth) for nth in range(draft.start - 4, draft.end + 4) if nth >= 0
    ):
        draft = replace(draft, category="penalties")
    near = verbs[bisect_left(verbs, (draft.start - _WINDOW, "")) : bisect_left(verbs, (draft.start + _AFTER, ""))]
    told = [one for one in near if one[1] != "match"]
    if not told:
        return replace(draft, sides=_around(line, draft))
    at, what = min(told, key=lambda one: (abs(one[0] - draft.start), one[0]))
    first, second = _teams(line, at, draft)
    value, against = draft.value, draft.against
    if against is not None and what in ("won", "lost"):
        high, low = max(value, against), min(value, against)
        value, against = (high, low) if what == "won" else (low, high)
    return replace(draft, value=value, against=against, sides=(first, second) if first and second else ())


def _teams(line: Line, verb: int, draft: Draft) -> tuple[str, str]:
    """Return the teams of "فاز برشلونة على ريال مدريد" or "برشلونة يفوز على ريال مدريد", "" for one that is not named."""
    for at in range(verb + 1, min(len(line), verb + 9)):
        against = match(score_words("against"), line.words, at)
        if against:
            first = _name(line, verb + 1, at) or _name_before(line, verb)
            return first, _name(line, against[0], min(len(line), against[0] + 7), draft)
    return "", ""


def _name(line: Line, start: int, end: int, draft: Draft | None = None) -> str:
    """Return the words of a team between two places, without the words before a name that are none of it."""
    while start < end and (match(score_words("head"), line.words, start) or line.words[start] in ('"', "«", "“", "-")):
        start += 1
    last = start
    while last < end and last - start < _TEAM and _is_name(line, last) and not (draft and last >= draft.start):
        last += 1
    return _published(line, start, last)


def _is_name(line: Line, at: int) -> bool:
    word = line.words[at]
    if word in _STOPS or word[0].isdigit() or word in words("figure_never.txt") or _count(line, at) is not None:
        return False
    return word not in score_verbs() and at not in line.dated and word[0].isalpha()


def _name_before(line: Line, at: int) -> str:
    start = at
    while start > 0 and at - start < _TEAM and _is_name(line, start - 1):
        start -= 1
    return _name(line, start, at)


def _around(line: Line, draft: Draft) -> tuple[str, str] | tuple[()]:
    """Return the teams on both sides of a result: "برشلونة 3 - 1 ريال مدريد"."""
    first, second = _name_before(line, draft.start), _name(line, draft.end, min(len(line), draft.end + _TEAM))
    return (first, second) if first and second else ()


def _published(line: Line, start: int, end: int) -> str:
    return " ".join(token.text for token in line.tokens[start:end])
