"""What each outlet did in a story: whether it was first, or alone with it, and on which media it leaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tawatur.model import Article, ArticleId, Certainty, OutletKey, Outlets, Story
from tawatur.stories.naming import Lean, Leaning, Reporting
from tawatur.stories.precedence import first_of
from tawatur.stories.provenance import credited

_REASONS = {"copy": Lean.COPIES, "names_source": Lean.NAMES}


def reportings(story: Story, *, outlets: Outlets) -> tuple[Reporting, ...]:
    """Return what each outlet of a story did in it, in the order of their first reports.

    Nobody is first with what nobody else reports. Where several can have been first, each of them is, doubtfully.
    """
    articles = [report.article for report in story.reports]
    counts = Counter(article.outlet for article in articles)
    firsts = _firsts(articles) if len(counts) > 1 else {}
    leanings = _leanings(story, outlets)
    return tuple(
        Reporting(
            outlet=outlet,
            reports=count,
            first=outlet in firsts,
            doubtful=firsts.get(outlet, False),
            alone=len(counts) == 1,
            leanings=tuple(leanings.get(outlet, ())),
        )
        for outlet, count in counts.items()
    )


def _firsts(articles: list[Article]) -> dict[OutletKey, bool]:
    """Return the outlets that were the first, each with whether that is doubtful."""
    first = first_of(articles)
    able = {first.article, *first.others}
    found = dict.fromkeys((article.outlet for article in articles if article.id in able), False)
    sure = len(found) == 1 and first.certainty is not Certainty.INFERRED
    return dict.fromkeys(found, not sure)


def _leanings(story: Story, outlets: Outlets) -> dict[OutletKey, list[Leaning]]:
    """Return on whom each outlet leans; a report that leans on one in two ways counts for the first of them."""
    found: dict[OutletKey, Counter[tuple[str, str, Lean]]] = {}
    leaned: set[tuple[ArticleId, str]] = set()
    articles = {report.article.id: report.article for report in story.reports}
    for article, on, name, lean in (*_copied(story, articles, outlets), *_credited(articles, outlets)):
        if on != article.outlet and (article.id, on) not in leaned:
            leaned.add((article.id, on))
            found.setdefault(article.outlet, Counter())[on, name, lean] += 1
    return {
        outlet: [Leaning(on=on, name=name, lean=lean, reports=count) for (on, name, lean), count in counted.items()]
        for outlet, counted in found.items()
    }


def _copied(
    story: Story, articles: dict[ArticleId, Article], outlets: Outlets
) -> Iterator[tuple[Article, str, str, Lean]]:
    for one in story.dependences:
        if (lean := _REASONS.get(one.reason)) is not None:
            on = articles[one.on].outlet
            yield articles[one.article], on, _name(on, outlets), lean


def _credited(articles: dict[ArticleId, Article], outlets: Outlets) -> Iterator[tuple[Article, str, str, Lean]]:
    for article in articles.values():
        for on, name in credited(article, outlets).items():
            yield article, on, name, Lean.CREDITS


def _name(key: OutletKey, outlets: Outlets) -> str:
    outlet = outlets.get(key)
    return outlet.name if outlet is not None else key
