"""What one article says: people with their roles, organisations, places, statements with their speakers, dates, figures."""

from __future__ import annotations

from tawatur.model import Analysis, Article
from tawatur.understand import dates, figures, organizations, people, places, statements
from tawatur.understand.chains import own_names
from tawatur.understand.reading import read

VERSION = "1"


def analyze(article: Article) -> Analysis:
    """Return the analysis of an article. Spans count in ``article.text``."""
    reading = read(article.text)
    drafts = people.drafts(reading)
    named = [mention.span for draft in drafts for mention in draft.mentions]
    organized = organizations.find(reading, named)
    placed, dated = places.find(reading, named), dates.find(article)
    return Analysis(
        article=article.id,
        version=VERSION,
        people=tuple(people.to_person(reading.text, draft) for draft in drafts),
        organizations=organized,
        places=placed,
        statements=statements.find(reading, drafts, organized, own_names(article.outlet, article.url)),
        dates=dated,
        figures=figures.find(article, reading, dates=[date.span for date in dated], places=placed),
    )
