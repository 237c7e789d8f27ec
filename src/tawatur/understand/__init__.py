"""What one article says: people with their roles, organisations, places, statements with their speakers, dates, figures."""

from __future__ import annotations

from tawatur.model import Analysis, Article
from tawatur.understand import people
from tawatur.understand.reading import read

VERSION = "1"


def analyze(article: Article) -> Analysis:
    """Return the analysis of an article. Spans count in ``article.text``."""
    reading = read(article.text)
    return Analysis(article=article.id, version=VERSION, people=people.find(reading))
