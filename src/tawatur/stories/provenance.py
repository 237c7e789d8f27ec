"""Where a report says that it comes from: its outlet, the family of the outlet, the agencies it credits, the media it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from tawatur.arabic.lexicon import lines
from tawatur.model import Article, Outlets, Report
from tawatur.stories.leaning import Leaning, leanings
from tawatur.stories.media import by_credit, named_by, spelling
from tawatur.stories.runs import Runs, runs


@dataclass(frozen=True)
class Provenance:
    """What is known of where a report comes from. ``voice`` is the family of its outlet, or the outlet where none is known."""

    report: Report
    voice: str
    agencies: Mapping[str, str]  # key → name of those whose text it is; an agency's own report is its own text
    outlets: Outlets

    @property
    def article(self) -> Article:
        return self.report.article

    @cached_property
    def leanings(self) -> tuple[Leaning, ...]:
        """The media that it leans on."""
        return leanings(self.report, self.outlets)

    @cached_property
    def runs(self) -> Runs:
        """The word runs of the text; made when it is held against another one, which most stories have not."""
        return runs(self.article.text)


def provenance(report: Report, outlets: Outlets) -> Provenance:
    """Return where a report says that it comes from."""
    article = report.article
    outlet = outlets.get(article.outlet)
    return Provenance(
        report=report,
        voice=f"family {outlet.family}" if outlet is not None and outlet.family else article.outlet,
        agencies=credited(article, outlets),
        outlets=outlets,
    )


def credited(article: Article, outlets: Outlets) -> dict[str, str]:
    """Return the agencies and other outlets whose text a report is: key → name for people. An agency's own is its own text.

    A credit that names nobody ("وكالات") or the outlet itself counts for none; one that no outlet of the data claims stands for
    itself.
    """
    found = {}
    outlet = outlets.get(article.outlet)
    if outlet is not None and outlet.agency:
        found[str(outlet.key)] = outlet.name
    for credit in _credits(article.agency, outlets):
        medium = by_credit(credit, outlets) if spelling(credit) not in _nameless() else None
        if medium is not None and (medium.key != article.outlet or medium.key in found):
            found[medium.key] = medium.name
    return found


def _credits(told: str, outlets: Outlets) -> list[str]:
    """Return the single credits of a line; a name may hold an "and" itself ("وكالة الأنباء والمعلومات الفلسطينية")."""
    return [
        credit
        for part in re.split(r"[،,؛;/|+()]| - ", told)
        for credit in ([part] if named_by(part, outlets) else re.split(r" و(?=\S{3})", part))
    ]


@cache
def _nameless() -> frozenset[str]:
    return frozenset(spelling(line) for line in lines("tawatur.stories", "nameless_credits.txt"))
