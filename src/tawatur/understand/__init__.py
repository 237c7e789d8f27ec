"""What one article says: people with their roles, organisations, places, statements with their speakers, dates, figures."""

from __future__ import annotations

from collections.abc import Callable

from tawatur.model import Analysis, Article, Grade
from tawatur.understand import dates, figures, organizations, people, places, statements
from tawatur.understand.chains import own_names
from tawatur.understand.reading import read
from tawatur.understand.spans import Stretches
from tawatur.understand.tagger import Tagger, tag_all

VERSION = "4"

#: Whatever analyses an article: both grades, and a reader's own model, are functions of this type.
Analyzer = Callable[[Article], Analysis]


def analyze(article: Article, *, tag: Tagger = tag_all, grade: Grade = Grade.FAST) -> Analysis:
    """Return the analysis of an article. Spans count in ``article.text``.

    Args:
        article: what is analysed.
        tag: what finds names; people, places and organisations are built on what it finds.
        grade: what the analysis says of how it was made.
    """
    reading = read(article.text, tag)
    drafts = people.drafts(reading)
    named = Stretches.of(mention.span for draft in drafts for mention in draft.mentions)
    organized = organizations.find(reading, named)
    placed, dated = places.find(reading, named), dates.find(article)
    return Analysis(
        article=article.id,
        version=f"{VERSION}-{grade}",
        people=tuple(people.to_person(reading.text, draft) for draft in drafts),
        organizations=organized,
        places=placed,
        statements=statements.find(reading, drafts, organized, own_names(article.outlet, article.url)),
        dates=dated,
        figures=figures.find(article, reading, dates=[date.span for date in dated], places=placed),
    )
