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
    return Analysis(
        article=article.id,
        version=VERSION,
        people=tuple(people.to_person(reading.text, draft) for draft in drafts),
        organizations=organized,
        places=places.find(reading, named),
        statements=statements.find(reading, drafts, organized, own_names(article.outlet, article.url)),
        dates=dates.find(article),
        figures=figures.find(article),
    )
