"""A copy as pages tell of it: from whom, how much of it, and what was cut and added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.model import Article, ArticleId, Certainty, Copy, First, Outlets, Passage, Report
from tawatur.web.view.parts import OutletView, outlet_view
from tawatur.web.words import Words

_UNITS = ("paragraph", "sentence", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """A report as a copy of another one. ``lead`` goes before the original's outlet, ``told`` behind it."""

    lead: str
    original: str  # the id of the article
    outlet: OutletView
    told: str
    basis: str
    cut: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedView:
    """A report that copied this one."""

    id: str
    outlet: OutletView
    told: str


@dataclass(frozen=True, slots=True)
class FirstView:
    """Who was the first to publish, or that it is not known which of several was."""

    label: str
    outlets: tuple[OutletView, ...]


def copy_view(copy: Copy, *, texts: tuple[Article, Article] | None, outlets: Outlets, words: Words) -> CopyView:
    """Return what is told of a copy; with the texts of copy and original also what exactly was cut and added."""
    return CopyView(
        lead=words.text("copy.of_agency", agency=copy.agency) if copy.agency else words.text("copy.of"),
        original=copy.original,
        outlet=outlet_view(copy.original_outlet, outlets, words),
        told=told(copy, words),
        basis=words.text(f"copy.basis.{copy.basis}"),
        cut=_passages(copy.cut, texts[1]) if texts else (),
        added=_passages(copy.added, texts[0]) if texts else (),
    )


def told(copy: Copy, words: Words) -> str:
    """Return in words how much a copy shares with its original and what it changed."""
    changes = list(_changes(copy, words))
    changed = words.text("copy.with", changes=words.text("copy.and").join(changes))
    shared = words.text("copy.shared", share=words.percent(copy.shared))
    return words.listed((shared, changed if changes else words.text("copy.unchanged")))


def _changes(copy: Copy, words: Words) -> Iterator[str]:
    """Yield what was cut, added and reworded, counted by unit; a new opening is named as one."""
    cut = Counter(passage.unit for passage in copy.cut)
    added = Counter(passage.unit for passage in copy.added if not (copy.new_opening and passage.span.start == 0))
    if copy.new_opening:
        yield words.text("copy.new_opening")
    for name, counted in (("cut", cut), ("added", added)):
        for unit in _UNITS:
            if counted[unit]:
                yield words.text(f"copy.{name}_{unit}", n=counted[unit])
    if copy.reworded:
        yield words.text("copy.reworded", n=copy.reworded)


def _passages(passages: Sequence[Passage], article: Article) -> tuple[str, ...]:
    return tuple(article.text[passage.span.start : passage.span.end] for passage in passages)


def copied_views(
    article: ArticleId, copies: Sequence[Copy], *, outlets: Outlets, words: Words
) -> tuple[CopiedView, ...]:
    """Return the reports that copied an article."""
    return tuple(
        CopiedView(id=copy.article, outlet=outlet_view(copy.outlet, outlets, words), told=told(copy, words))
        for copy in copies
        if copy.original == article
    )


def first_view(first: First | None, reports: Sequence[Report], *, outlets: Outlets, words: Words) -> FirstView | None:
    """Return who was the first to publish; None where one outlet has all reports."""
    keys = {report.article.id: report.article.outlet for report in reports}
    if first is None or len(set(keys.values())) < 2:
        return None
    able = (first.article,) if first.certainty is not Certainty.UNKNOWN else (first.article, *first.others)
    named = dict.fromkeys(outlet_view(keys[one], outlets, words) for one in able)
    label = first.certainty.value if len(named) > 1 or first.certainty is not Certainty.UNKNOWN else "stated"
    return FirstView(words.text(f"first.{label}"), tuple(named))
