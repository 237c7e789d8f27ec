"""News as tables for others' programs: one row an article, a report, a story, a statement. ``docs/reference/tables.md`` is their
written schema; ``tawatur export`` and ``tawatur archive run`` give the same ones.

``columns`` says what they hold, ``news`` and ``told`` make rows of nouns, ``files`` writes them as Parquet.
"""

from __future__ import annotations

from tawatur.tables.columns import SCHEMAS, TABLES

__all__ = ["SCHEMAS", "TABLES"]
