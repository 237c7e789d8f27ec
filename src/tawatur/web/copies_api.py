"""Copies and who was first, as the JSON interface gives them out."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import First, Passage, Story, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageItem:
    """What was cut or added: "paragraph", "sentence" or "words", as published."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyItem:
    """A report made from another one. ``taken`` is the share of its words that the original has, ``kept`` the other way."""

    article: str
    outlet: str
    original: str
    original_outlet: str
    basis: str
    agency: str
    taken: float
    kept: float
    cut: tuple[PassageItem, ...]
    added: tuple[PassageItem, ...]
    reworded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstItem:
    """Who was the first to publish; ``others`` can have been as early where ``certainty`` is "unknown"."""

    article: str
    certainty: str
    others: tuple[str, ...]


def copy_items(story: Story, telling: Telling) -> tuple[CopyItem, ...]:
    """Return the copies of a story."""
    texts = {report.article.id: report.article.text for report in story.reports}

    def passages(found: tuple[Passage, ...], text: str) -> tuple[PassageItem, ...]:
        return tuple(PassageItem(unit=one.unit, text=text[one.span.start : one.span.end]) for one in found)

    return tuple(
        CopyItem(
            article=one.article,
            outlet=one.outlet,
            original=one.original,
            original_outlet=one.original_outlet,
            basis=one.basis,
            agency=one.agency,
            taken=one.taken,
            kept=one.kept,
            cut=passages(one.cut, texts[one.original]),
            added=passages(one.added, texts[one.article]),
            reworded=one.reworded,
        )
        for one in telling.copies
    )


def first_item(first: First | None) -> FirstItem | None:
    """Return who was the first to publish."""
    return FirstItem(article=first.article, certainty=first.certainty.value, others=first.others) if first else None
