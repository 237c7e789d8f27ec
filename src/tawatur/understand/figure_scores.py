"""Results of matches: "3 - صفر", "بهدفين لهدف", "بثلاثية نظيفة", "4-3 بركلات الترجيح", with both teams where the text names them.

``value`` of such a figure is the first team's, ``against`` the second's. Where the text says who won, the winner has the larger of
the two numbers, in whatever order they are written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from tawatur.arabic import numbers
from tawatur.understand.figure_drafts import Draft, Line
from tawatur.understand.figure_words import Unit, glue, match, score_finite, score_verbs, score_words, words

_GOAL = Unit("هدف", "score")
# Goals of a side; words of a team's name; words between a verb and its result, between a result and its verb, and before numbers
# with a stroke; words between two sets of one match.
_MOST, _TEAM, _WINDOW, _AFTER, _NEAR, _ROW = 30, 4, 24, 8, 6, 2
_DASHES = ("-", "–", "—", "ـ")
_STROKED = re.compile(r"(\d{1,3})/(\d{1,3})")
_SIGNS = frozenset('،,.:؛()"«»“”/-')


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
            found.append(draft)
            at = draft.end
        else:
            at += 1
    rows = _in_rows(found)
    return [
        replace(one, category="set") if nth in rows else _with_sides(line, one, verbs) for nth, one in enumerate(found)
    ]


def _in_rows(drafts: list[Draft]) -> set[int]:
    """Return which results stand in a row: the sets of one match ("6-2 و6-3"), each as it is written."""
    near = [nth for nth in range(1, len(drafts)) if drafts[nth].start - drafts[nth - 1].end <= _ROW]
    return {*near, *(nth - 1 for nth in near)}


def _goals(word: str) -> int | None:
    if word in glue("nil"):
        return 0
    return int(word) if word.isascii() and word.isdigit() and int(word) <= _MOST and len(word) <= 2 else None


def _digits(line: Line, at: int) -> Draft | None:
    """Read "3-1", "3 - صفر", "(1-6)", and "34/15" behind a word of a result; what has a unit behind it is a range."""
    stroked = _STROKED.fullmatch(line.words[at])
    if stroked and _is_sum(line, at):
        return _result(at, at + 1, int(stroked[1]), int(stroked[2]))
    first, second = _goals(line.word(at)), _goals(line.word(at + 2))
    parted = line.word(at + 1) in _DASHES or (line.word(at + 1) == "/" and _is_sum(line, at))
    if first is None or second is None or not parted or _is_range(line, at):
        return None
    return _result(at, at + 3, first, second)


def _result(start: int, end: int, first: int, second: int | None) -> Draft:
    return Draft(start=start, number=start, end=end, value=first, unit=_GOAL, against=second, category="score")


def _is_sum(line: Line, at: int) -> bool:
    return any(word in glue("sum") for word in line.words[max(0, at - _NEAR) : at])


def _is_range(line: Line, at: int) -> bool:
    """Say whether two numbers with a dash are a range, or a part of a longer row ("6-4-3", "2-3%")."""
    behind = line.word(at + 3)
    if (line.word(at - 1) in (*_DASHES, "/") and line.glued(at)) or behind in (*_DASHES, "/", "%", "٪"):
        return True
    return behind in glue("no-score") or f"{behind} {line.word(at + 4)}" in glue("no-score")


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
    if line.word(at)[:1] != "ب" and line.word(at - 1) not in glue("by") and line.word(at - 1) not in glue("sum"):
        return None
    first = _count(line, at)
    if first is None:
        return None
    goals, end = first
    against, end = _other(line, goals, end)
    if against is None and (goals < 2 or not _won_before(line, at)):
        return None
    return _result(at, end + (line.word(end) in glue("one")), goals, against)


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
    return any(score_verbs().get(line.words[nth]) in ("won", "lost", "beat") for nth in range(max(0, at - _WINDOW), at))


def _nil(line: Line, at: int) -> Draft | None:
    """Read a draw without goals: "تعادل سلبيا"."""
    if score_verbs().get(line.words[at]) != "drew":
        return None
    for nth in range(at + 1, min(len(line), at + 9)):
        found = match(score_words("nil"), line.words, nth)
        if found:
            return _result(nth, found[0], 0, 0)
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
    first, second = _teams(line, at, what, draft)
    value, against = draft.value, draft.against
    if against is not None and what in ("won", "lost", "beat"):
        high, low = max(value, against), min(value, against)
        value, against = (high, low) if what != "lost" else (low, high)
    return replace(draft, value=value, against=against, sides=(first, second) if first or second else ())


def _teams(line: Line, verb: int, what: str, draft: Draft) -> tuple[str, str]:
    """Return the teams of "فاز برشلونة على ريال مدريد" or "هزم برشلونة ريال مدريد", "" for one that is not named."""
    if what == "beat":
        return _beaten(line, verb)
    for at in range(verb + 1, min(len(line), verb + 2 * _TEAM + 2)):
        against = match(score_words("against"), line.words, at)
        if against:
            before = _name_before(line, verb) if line.words[verb] in score_finite() else ""
            return _name(line, verb + 1, at) or before, _name(line, against[0], len(line))
    return "", ""


def _beaten(line: Line, verb: int) -> tuple[str, str]:
    """Return the teams of "هزم برشلونة ضيفه ريال مدريد" or "برشلونة هزم ريال مدريد"."""
    for at in range(verb + 2, min(len(line), verb + 1 + _TEAM)):
        if match(score_words("head"), line.words, at):
            return _name(line, verb + 1, at), _name(line, at, len(line))
    return _name_before(line, verb), _name(line, verb + 1, len(line))


def _name(line: Line, start: int, end: int) -> str:
    """Return the words of a team between two places, without the words before a name that are none of it."""
    while start < end and (match(score_words("head"), line.words, start) or line.words[start] in _SIGNS):
        start += 1
    last = start
    while last < end and last - start < _TEAM and _is_name(line, last):
        last += 1
    return _published(line, start, last)


def _is_name(line: Line, at: int) -> bool:
    word = line.words[at]
    if (
        not word[0].isalpha()
        or word in glue("nil")
        or word in words("figure_never.txt")
        or word in words("score_stops.txt")
    ):
        return False
    return word not in score_verbs() and at not in line.dated and _count(line, at) is None


def _name_before(line: Line, at: int) -> str:
    """Return the team before its verb; "قد" and "كان" before the verb are skipped."""
    while at > 0 and line.words[at - 1] in words("score_auxiliaries.txt"):
        at -= 1
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
