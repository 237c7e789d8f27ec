"""Who is independent of whom: reports that lean on one another count as one source.

The ladder: same outlet, same family of outlets, same agency, near-identical text. Each report is held against the earlier ones,
one rung after the other; what leans on another joins its group, and every such joining leaves a ``Dependence`` with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.model import Article, ArticleId, Dependence, Outlet, OutletKey, Outlets
from tawatur.stories.copies import is_copy


@dataclass(frozen=True, slots=True)
class Independence:
    """The groups of reports that count as one source each, and what tied each group."""

    groups: tuple[tuple[ArticleId, ...], ...]
    dependences: tuple[Dependence, ...]


def independence(articles: Sequence[Article], *, outlets: Outlets) -> Independence:
    """Return the independent groups of a story's reports, which stand in the order of time."""
    group = {article.id: article.id for article in articles}
    found: list[Dependence] = []
    for at, later in enumerate(articles):
        for rung in (_same_outlet, _same_family, _same_agency, _same_text):
            for earlier in articles[:at]:
                if group[later.id] == group[earlier.id]:
                    continue
                reason = rung(later, earlier, outlets)
                if reason is not None:
                    found.append(Dependence(article=later.id, on=earlier.id, reason=reason[0], detail=reason[1]))
                    _join(group, later.id, earlier.id)
    heads = dict.fromkeys(group.values())
    groups = tuple(tuple(article for article, head in group.items() if head == one) for one in heads)
    return Independence(groups, tuple(found))


def _join(group: dict[ArticleId, ArticleId], later: ArticleId, earlier: ArticleId) -> None:
    """Put all of the later report's group into the earlier one's."""
    gone, kept = group[later], group[earlier]
    group.update({article: kept for article, head in group.items() if head == gone})


def _same_outlet(later: Article, earlier: Article, outlets: Outlets) -> tuple[str, str] | None:
    if later.outlet != earlier.outlet:
        return None
    outlet = outlets.get(later.outlet)
    return "same_outlet", outlet.name if outlet else later.outlet


def _same_family(later: Article, earlier: Article, outlets: Outlets) -> tuple[str, str] | None:
    one, other = outlets.get(later.outlet), outlets.get(earlier.outlet)
    same = one is not None and other is not None and one.family != "" and one.family == other.family
    return ("same_family", outlets.family_name(one.family)) if same and one is not None else None


def _same_agency(later: Article, earlier: Article, outlets: Outlets) -> tuple[str, str] | None:
    shared = credited(later, outlets).keys() & credited(earlier, outlets).keys()
    return ("same_agency", credited(later, outlets)[min(shared)]) if shared else None


def _same_text(later: Article, earlier: Article, _: Outlets) -> tuple[str, str] | None:
    return ("copy", "") if is_copy(later.text, earlier.text) else None


def credited(article: Article, outlets: Outlets) -> dict[str, str]:
    """Return the agencies whose text a report is: key → name for people. An agency's own report is its own text.

    A credit that names nobody ("وكالات") counts for none; one that no outlet of the data claims stands for itself.
    """
    found = {}
    outlet = outlets.get(article.outlet)
    if outlet is not None and outlet.agency:
        found[str(outlet.key)] = outlet.name
    for credit in _credits(article.agency, outlets):
        spelled = spelling(credit)
        if spelled and spelled not in _nameless():
            agency = outlets.index(_agencies).get(spelled)
            found[str(agency.key) if agency else spelled] = agency.name if agency else credit.strip()
    return found


def _credits(told: str, outlets: Outlets) -> list[str]:
    """Return the single credits of a line; a name may hold an "and" itself ("وكالة الأنباء والمعلومات الفلسطينية")."""
    return [
        credit
        for part in re.split(r"[،,؛;/|+()]| - ", told)
        for credit in ([part] if spelling(part) in outlets.index(_agencies) else re.split(r" و(?=\S{3})", part))
    ]


def spelling(credit: str) -> str:
    """Return a credit without blanks, points and variants of letters, so that "أ ف ب" and "أ.ف.ب" are the same."""
    return re.sub(r"[\W_]", "", fold(credit))


def _agencies(outlets: Outlets) -> dict[str, Outlet]:
    """Return the agencies by every spelling that names one of them and no other."""
    claims: dict[str, set[OutletKey]] = {}
    for outlet in outlets.known:
        for name in (outlet.name, *outlet.credits) if outlet.agency else ():
            claims.setdefault(spelling(name), set()).add(outlet.key)
    alone = {name: outlets.get(next(iter(keys))) for name, keys in claims.items() if len(keys) == 1}
    return {name: outlet for name, outlet in alone.items() if outlet is not None}


@cache
def _nameless() -> frozenset[str]:
    return frozenset(spelling(line) for line in lines("tawatur.stories", "nameless_credits.txt"))
