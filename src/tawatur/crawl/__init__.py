"""Reading for days: sources are asked, pages fetched, each report kept once (``loop`` has the picture)."""

from __future__ import annotations

from tawatur.crawl.keeping import sources_of
from tawatur.crawl.loop import Crawl
from tawatur.crawl.rules import Rules

__all__ = ["Crawl", "Rules", "sources_of"]
