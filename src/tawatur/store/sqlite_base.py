"""What every part of the store stands on, whichever database is behind it: see ``sql_base``."""

from __future__ import annotations

from tawatur.store.sql_base import Connection, Rows, Violation, add_all, run, run_all
from tawatur.store.sql_base import SqlBase as SqliteBase

__all__ = ["Connection", "Rows", "SqliteBase", "Violation", "add_all", "run", "run_all"]
