"""The account of a story as a page shows it: sentences by part, each with the outlets that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from tawatur.model import Account, AccountPart, AccountSentence, ArticleId, Outlets, Story
from tawatur.web.view.parts import OutletView, Sources, outlet_view
from tawatur.web.words import Words

_TITLES = {
    AccountPart.HAPPENED: "web.account.happened",
    AccountPart.SAID: "web.account.said",
    AccountPart.BACKGROUND: "web.account.background",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A report that says a sentence, by its outlet."""

    article: str
    outlet: OutletView


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A sentence with who says it, the report that it was taken from first. ``speaker`` is who speaks, where it does not tell."""

    text: str
    speaker: str
    sources: Sources
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """The sentences of one part, under its title."""

    title: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account in its short form and as a whole; ``more`` is how many sentences the short form leaves out."""

    whole: tuple[SentenceView, ...]
    short: tuple[SentenceView, ...]
    parts: tuple[PartView, ...]
    more: int


def account_view(account: Account, story: Story, *, outlets: Outlets, words: Words) -> AccountView:
    """Return what a page shows of an account, in one language."""
    named = {report.article.id: outlet_view(report.article.outlet, outlets, words) for report in story.reports}
    views = [_sentence(one, named) for one in account.sentences]
    by_part = groupby(zip(account.sentences, views, strict=True), key=lambda pair: pair[0].part)
    parts = tuple(
        PartView(words.text(_TITLES[part]), tuple(view for _, view in sentences)) for part, sentences in by_part
    )
    short = tuple(views[at] for at in account.short)
    return AccountView(tuple(views), short, parts, len(views) - len(short))


def _sentence(one: AccountSentence, named: Mapping[ArticleId, OutletView]) -> SentenceView:
    cited: dict[str, Citation] = {}
    for saying in one.sayings:
        outlet = named[saying.article]
        cited.setdefault(outlet.name, Citation(saying.article, outlet))
    return SentenceView(
        text=one.text,
        speaker=one.speaker,
        sources=Sources(len(cited), one.backing.independent),
        cited=tuple(cited.values()),
    )
