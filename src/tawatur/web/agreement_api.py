"""What a story's sources agree on, what differs and what one says alone, in the JSON interface."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.model import Agreement, Point, Version, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyItem:
    """The reason of a decision: a key, a score in 0..1 and the words it rests on."""

    key: str
    score: float
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItem:
    """Characters of a wording that the first wording of its version does not have, and what it has there instead."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingItem:
    """How one report says a point: the text with its characters in the article's text, and when it was told."""

    article: str
    text: str
    start: int
    end: int
    direct: bool
    speaker: str
    told: datetime | None
    marks: tuple[MarkItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionItem:
    """One way in which a point is told, with how many independent sources tell it so."""

    value: str
    superseded: bool
    independent: int
    wordings: tuple[WordingItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointItem:
    """One thing that reports say: "fact", "figure" or "statement"; ``difference`` is "" where its versions agree."""

    kind: str
    category: str  # of a figure
    difference: str
    independent: int
    why: WhyItem
    versions: tuple[VersionItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementItem:
    """The points of a story by how its sources stand to them."""

    agreed: tuple[PointItem, ...]
    differ: tuple[PointItem, ...]
    alone: tuple[PointItem, ...]


def agreement_item(found: Agreement) -> AgreementItem:
    """Return an agreement as the interface gives it."""
    agreed, differ, alone = (tuple(map(_point, points)) for points in (found.agreed, found.differ, found.alone))
    return AgreementItem(agreed=agreed, differ=differ, alone=alone)


def _point(point: Point) -> PointItem:
    return PointItem(
        kind=point.kind.value,
        category=point.category,
        difference=point.difference,
        independent=point.backing.independent,
        why=WhyItem(key=point.why.key, score=point.why.score, terms=point.why.terms),
        versions=tuple(map(_version, point.versions)),
    )


def _version(version: Version) -> VersionItem:
    return VersionItem(
        value=version.value,
        superseded=version.superseded,
        independent=version.backing.independent,
        wordings=tuple(map(_wording, version.wordings)),
    )


def _wording(one: Wording) -> WordingItem:
    return WordingItem(
        article=one.article,
        text=one.text,
        start=one.span.start,
        end=one.span.end,
        direct=one.direct,
        speaker=one.speaker,
        told=one.told,
        marks=tuple(MarkItem(start=at.span.start, end=at.span.end, instead=at.instead) for at in one.marks),
    )
