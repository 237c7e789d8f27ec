"""Who is independent of whom: reports that lean on one another count as one source.

The ladder: same outlet, same family of outlets, same agency credit, near-identical text, names the other as its source. A report
has one origin: the agency that it credits, the text that it copies or the medium that it leans on; where it has none of these, it
is its outlet's own. Reports of one origin are one source, and so are an outlet's own reports. A report with two origins does not
make these one, nor does an outlet that publishes both; it is counted with one of them. An outlet vouches once: there are never
more sources than outlets (families, where known) that can stand for one source each. Every joining leaves a ``Dependence``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tawatur.model import ArticleId, Dependence, Outlets, Report
from tawatur.stories.copies import copied, likely
from tawatur.stories.provenance import Provenance, provenance


@dataclass(frozen=True, slots=True)
class Independence:
    """The groups of reports that count as one source each, and what tied each group."""

    groups: tuple[tuple[ArticleId, ...], ...]
    dependences: tuple[Dependence, ...]


def independence(reports: Sequence[Report], *, outlets: Outlets) -> Independence:
    """Return the independent groups of a story's reports, which stand in the order of time."""
    ladder = _Ladder([provenance(report, outlets) for report in reports], outlets)
    for rung in (_by_agency, _by_text, _by_source, _by_outlet, _once_each):
        if ladder.is_parted:  # most stories have one report
            rung(ladder)
    return Independence(ladder.groups(), tuple(ladder.found))


class _Ladder:
    """The reports of a story, with the group in which each stands so far."""

    def __init__(self, reports: Sequence[Provenance], outlets: Outlets) -> None:
        self.reports = reports
        self.outlets = outlets
        self.head = list(range(len(reports)))  # of each report: the one in its group that leans on none
        self.found: list[Dependence] = []

    @property
    def is_parted(self) -> bool:
        """Say whether there is more than one group."""
        return len(set(self.head)) > 1

    def apart(self, one: int, other: int) -> bool:
        """Say whether two reports stand in different groups."""
        return self.head[one] != self.head[other]

    def tie(self, leaning: int, on: int, made: Callable[[Provenance, Provenance], Dependence]) -> None:
        """Let a report that leans on none yet count with another one, and all that lean on it.

        Where both are of one outlet or family, that is the reason, else the one that is made.
        """
        if self.head[leaning] == leaning and self.apart(leaning, on):
            self.join(leaning, on, made)

    def join(self, leaning: int, on: int, made: Callable[[Provenance, Provenance], Dependence]) -> None:
        """Make two groups one."""
        gone, kept = self.head[leaning], self.head[on]
        self.head = [kept if one == gone else one for one in self.head]
        one, other = self.reports[leaning], self.reports[on]
        self.found.append(kin(one, other, self.outlets) or made(one, other))

    def groups(self) -> tuple[tuple[ArticleId, ...], ...]:
        """Return the groups, each in the order of the reports."""
        found: dict[int, list[ArticleId]] = defaultdict(list)
        for at, head in enumerate(self.head):
            found[head].append(self.reports[at].article.id)
        return tuple(map(tuple, found.values()))


def kin(leaning: Provenance, on: Provenance, outlets: Outlets) -> Dependence | None:
    """Return that two reports are of one outlet or one family, None where they are of neither."""
    if leaning.voice != on.voice:
        return None
    outlet = outlets.get(leaning.article.outlet)
    if leaning.article.outlet == on.article.outlet:
        return _because(leaning, on, "same_outlet", outlet.name if outlet else leaning.article.outlet)
    return _because(leaning, on, "same_family", outlets.family_name(outlet.family if outlet else ""))


def _because(leaning: Provenance, on: Provenance, reason: str, detail: str) -> Dependence:
    return Dependence(article=leaning.article.id, on=on.article.id, reason=reason, detail=detail)


# The rungs


def _by_agency(ladder: _Ladder) -> None:
    """Tie the reports that credit one agency, or one other outlet, to its own, or else to the first of them."""
    own = _buckets([{one.article.outlet: ""} for one in ladder.reports])
    for key, members in _buckets([one.agencies for one in ladder.reports]).items():
        for at, on in _onto(ladder, key, sorted({*members, *own.get(key, ())[:1]})):
            if at in members:
                ladder.tie(at, on, partial(_credit, key=key))


def _credit(leaning: Provenance, on: Provenance, *, key: str) -> Dependence:
    reason = "same_agency" if key in on.agencies else "names_source"
    told = _because(leaning, on, reason, leaning.agencies[key])
    return replace(told, share=float(reason == "names_source"), quote=leaning.article.agency)


def _by_text(ladder: _Ladder) -> None:
    """Tie each report to the earlier one of which it holds most, where that is enough to be a copy.

    Texts are held against each other run by run only where one look says that they may be copies and nothing ties them yet.
    """
    for later, mine in enumerate(ladder.reports):
        others = [(at, other) for at, other in enumerate(ladder.reports[:later]) if ladder.apart(later, at)]
        near = [(likely(mine.runs, other.runs), at) for at, other in others]
        ranked = sorted((-round(share, 1), ladder.reports[at].voice != mine.voice, at) for share, at in near if share)
        for _, _, earlier in ranked:
            if ladder.apart(later, earlier) and (share := copied(mine.runs, ladder.reports[earlier].runs)):
                leaning, on = (later, earlier) if ladder.head[later] == later else (earlier, later)
                ladder.tie(leaning, on, partial(_copy, share=share))


def _copy(leaning: Provenance, on: Provenance, *, share: float) -> Dependence:
    return replace(_because(leaning, on, "copy", ""), share=share)


def _by_source(ladder: _Ladder) -> None:
    """Tie the reports that lean on a medium to its own report, to one of its text, or else to the first that leans on it."""
    leaning = [{one.medium.key: one.medium.name for one in report.leanings} for report in ladder.reports]
    owning = [{report.article.outlet: ""} | dict(report.agencies) for report in ladder.reports]
    owners = _buckets(owning)
    for key, members in _buckets(leaning).items():
        reason = "names_source" if key in owners else "same_named_source"
        for at, on in _onto(ladder, key, [*owners.get(key, ()), *members]):
            if at in members:
                ladder.tie(at, on, partial(_named, key=key, reason=reason))


def _named(leaning: Provenance, on: Provenance, *, key: str, reason: str) -> Dependence:
    named = next(one for one in leaning.leanings if one.medium.key == key)
    told, span = _because(leaning, on, reason, named.medium.name), named.span
    quote = leaning.article.text[span.start : span.end] if span else leaning.article.title
    return replace(told, share=named.share, quote=quote, span=span)


def _by_outlet(ladder: _Ladder) -> None:
    """Tie the reports that an outlet, or a family, has of its own."""
    own = [at for at, one in enumerate(ladder.reports) if ladder.head[at] == at and not (one.agencies or one.leanings)]
    for key in ("outlet", "voice"):
        firsts: dict[str, int] = {}
        for at in own:
            one = ladder.reports[at]
            first = firsts.setdefault(one.article.outlet if key == "outlet" else one.voice, at)
            ladder.tie(at, first, _unreasoned)


def _unreasoned(leaning: Provenance, on: Provenance) -> Dependence:
    raise AssertionError(f"{leaning.article.id} and {on.article.id} are of one voice")


def _buckets(keyed: Sequence[Mapping[str, str]]) -> dict[str, list[int]]:
    """Return for each key which reports have it, in their order."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, keys in enumerate(keyed):
        for key in keys:
            found[key].append(at)
    return found


def _onto(ladder: _Ladder, key: str, members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield for each of some reports but the first on which it leans: one of its outlet or family before it, or the first.

    The first is the one of the outlet that the key names, where it is there.
    """
    outlets = [str(ladder.reports[at].article.outlet) for at in members]
    first = members[outlets.index(key)] if key in outlets else members[0]
    before = [first]
    for at in members:
        if at not in before:
            yield at, next((on for on in before[1:] if ladder.reports[on].voice == ladder.reports[at].voice), first)
            before.append(at)


# Vouching


def _once_each(ladder: _Ladder) -> None:
    """Join groups until each has an outlet or family to itself that stands for it."""
    voices: dict[int, dict[str, int]] = defaultdict(dict)  # of each group by its head: its voices, each with a report
    for at, head in enumerate(ladder.head):
        voices[head].setdefault(ladder.reports[at].voice, at)
    stands: dict[str, int] = {}  # by voice: for which group it stands
    for head in voices:
        if not _find(head, voices, stands, set()):
            voice, at = next(iter(voices[head].items()))
            ladder.join(at, voices[stands[voice]][voice], _unreasoned)


def _find(head: int, voices: Mapping[int, Mapping[str, int]], stands: dict[str, int], tried: set[str]) -> bool:
    """Find a voice that stands for a group, where others may have to change theirs (augmenting paths: Kuhn 1955)."""
    for voice in voices[head]:
        if voice not in tried:
            tried.add(voice)
            if voice not in stands or _find(stands[voice], voices, stands, tried):
                stands[voice] = head
                return True
    return False
