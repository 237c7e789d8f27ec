"""The manifest of an archive run: what was read, by what, and which files hold what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import msgspec

from tawatur.archive.composing import Composed
from tawatur.archive.job import Job, put
from tawatur.archive.reading import Read
from tawatur.archive.understanding import Understood
from tawatur.objects import Place
from tawatur.tables.columns import VERSION
from tawatur.tables.files import listed

NAME = "manifest.json"


def write_manifest(
    out: Place, job: Job, read: Sequence[Read], understood: Sequence[Understood], composed: Sequence[Composed]
) -> Mapping[str, Any]:
    """Write the manifest of a run that is done, and return it. What stands in it of files was noted when they were written."""
    rejected: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for one in read:
        rejected.update(one.rejected)
        passed.update(one.passed)
    for held in understood:
        rejected.update(held.rejected)
    for made in composed:
        rejected.update(made.rejected)
    files = [*(one.files for one in read), *(one.files for one in understood), *(one.files for one in composed)]
    tables = listed(chain.from_iterable(files))
    articles = sum(one.articles for one in understood)
    manifest = {
        "tables_version": VERSION,
        "made_by": job.made_by,
        "grade": job.grade,
        "collected": job.collected.isoformat(),
        "inputs": [{"path": one.path, "bytes": one.size} for one in job.inputs],
        "documents": sum(one.documents for one in read),
        "articles": {"read": articles, "kept": tables["articles"]["rows"]},
        "rejected": dict(sorted(rejected.items())),
        "passed_over": dict(sorted(passed.items())),
        "tables": tables,
    }
    put(out / NAME, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest
