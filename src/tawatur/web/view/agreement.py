"""What a story's sources agree on, what one says alone, and what differs, as a page shows it: wordings with their words marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tawatur.arabic.words import words as words_of
from tawatur.model import Agreement, ArticleId, Outlets, Point, Story, Version, Wording
from tawatur.web.view.parts import OutletView, Sources, When, moment, outlet_view
from tawatur.web.view.reason import Reason, why_reason
from tawatur.web.words import Words

#: More words in a row than these that a wording leaves out are counted, not shown.
CUT = 12
#: Quotation marks that a statement may still carry; the page sets its own.
_MARKS = "«»\"“”„'‘’ "


@dataclass(frozen=True, slots=True)
class Bit:
    """Some words in a row: "same", "added", "removed", or "cut", which ``text`` then counts."""

    op: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """Words in which one or more outlets say a point, held against the first wording of its version."""

    article: str
    outlets: tuple[OutletView, ...]
    when: When | None
    speaker: str
    direct: bool
    text: str
    bits: tuple[Bit, ...]

    @property
    def differs(self) -> bool:
        """Say whether any of its words are marked."""
        return any(bit.op != "same" for bit in self.bits)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One of the ways in which a point is told; ``when`` is when it was told last."""

    value: str
    superseded: bool
    when: When | None
    sources: Sources
    outlets: tuple[OutletView, ...]
    first: WordingView
    others: tuple[WordingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One thing that reports say. ``difference`` says in words how its versions differ, "" where they do not."""

    kind: str
    label: str  # what a figure counts
    difference: str
    sources: Sources
    why: Reason
    versions: tuple[VersionView, ...]

    @property
    def text(self) -> str:
        """Return the words that stand for the point."""
        return self.versions[0].first.text


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The points of a story by how its sources stand to them."""

    agreed: tuple[PointView, ...]
    differ: tuple[PointView, ...]
    alone: tuple[PointView, ...]


def agreement_view(found: Agreement, story: Story, *, outlets: Outlets, words: Words) -> AgreementView:
    """Return what a page shows of an agreement, in one language."""
    named = {one.article.id: outlet_view(one.article.outlet, outlets, words) for one in story.reports}
    agreed, differ, alone = (
        tuple(_point(point, named, words) for point in points) for points in (found.agreed, found.differ, found.alone)
    )
    return AgreementView(agreed, differ, alone)


def _point(point: Point, named: Mapping[ArticleId, OutletView], words: Words) -> PointView:
    return PointView(
        kind=point.kind.value,
        label=_label(point, words),
        difference=words.text(f"difference.{point.difference}") if point.difference else "",
        sources=Sources(len(_outlets(point.backing.articles, named)), point.backing.independent),
        why=why_reason(point.why, words),
        versions=tuple(_version(version, named, words) for version in point.versions),
    )


def _label(point: Point, words: Words) -> str:
    key = f"figure.{point.category}"
    return words.text(key) if key in words.messages else ""


def _version(version: Version, named: Mapping[ArticleId, OutletView], words: Words) -> VersionView:
    outlets = _outlets([one.article for one in version.wordings], named)
    first, *others = _wordings(version.wordings, named, words)
    return VersionView(
        value=version.value,
        superseded=version.superseded,
        when=_when([one.told for one in version.wordings], words),
        sources=Sources(len(outlets), version.backing.independent),
        outlets=outlets,
        first=first,
        others=tuple(others),
    )


def _wordings(found: Sequence[Wording], named: Mapping[ArticleId, OutletView], words: Words) -> Iterator[WordingView]:
    """Yield the wordings; the same words in several reports are one."""
    same: dict[str, list[Wording]] = {}
    for one in found:
        same.setdefault(one.text.strip(_MARKS), []).append(one)
    for text, alike in same.items():
        first = alike[0]
        yield WordingView(
            article=first.article,
            outlets=_outlets([one.article for one in alike], named),
            when=_when([one.told for one in alike], words),
            speaker=first.speaker,
            direct=first.direct,
            text=text,
            bits=tuple(_bits(first, words)),
        )


def _bits(wording: Wording, words: Words) -> Iterator[Bit]:
    """Yield a wording in stretches; what the other wording has instead stands before what is added here."""
    text, at = wording.text, 0
    for mark in wording.marks:
        yield from _bit("same", text[at : mark.span.start])
        yield from _removed(mark.instead, words)
        yield from _bit("added", text[mark.span.start : mark.span.end])
        at = mark.span.end
    yield from _bit("same", text[at:])


def _bit(op: str, text: str) -> Iterator[Bit]:
    if text:
        yield Bit(op, text)


def _removed(text: str, words: Words) -> Iterator[Bit]:
    count = sum(1 for _ in words_of(text))
    if count > CUT:
        yield Bit("cut", words.text("web.agreement.cut", n=count))
    else:
        yield from _bit("removed", text)


def _when(told: Sequence[datetime | None], words: Words) -> When | None:
    known = [one for one in told if one is not None]
    return moment(max(known), words) if known else None


def _outlets(articles: Sequence[ArticleId], named: Mapping[ArticleId, OutletView]) -> tuple[OutletView, ...]:
    return tuple(dict.fromkeys(named[article] for article in articles))
