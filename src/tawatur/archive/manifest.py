"""The manifest of an archive run: what was read, by what, and which files hold what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tawatur.archive.job import Job, put
from tawatur.archive.reading import Read
from tawatur.tables.columns import VERSION
from tawatur.tables.files import listed

NAME = "manifest.json"


def write_manifest(out: Path, job: Job, read: Iterable[Read]) -> Mapping[str, Any]:
    """Write the manifest of a run that is done, and return it."""
    documents, articles = 0, 0
    rejected: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for one in read:
        documents, articles = documents + one.documents, articles + one.articles
        rejected.update(one.rejected)
        passed.update(one.passed)
    tables = listed(out)
    made = {
        "tables_version": VERSION,
        "made_by": job.made_by,
        "grade": job.grade,
        "collected": job.collected.isoformat(),
        "inputs": [{"path": one.path, "bytes": one.size} for one in job.inputs],
        "documents": documents,
        "articles": {"read": articles, "kept": tables["articles"]["rows"]},
        "rejected": dict(sorted(rejected.items())),
        "passed_over": dict(sorted(passed.items())),
        "tables": tables,
    }
    put(out / NAME, msgspec.json.format(msgspec.json.encode(made), indent=1))
    return made
