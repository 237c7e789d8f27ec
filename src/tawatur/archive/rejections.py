"""What a step could not use of a shard: rows of the table ``rejected``, and counts of the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tawatur.archive.job import Task
from tawatur.model import Rejected
from tawatur.objects import place
from tawatur.tables.files import Filed, file, table
from tawatur.tables.news import rejected_row


def filed(task: Task, step: str, rejections: Sequence[Rejected]) -> list[Filed]:
    """Write the rejections of a shard, where there are some; return their file.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    if not rejections:
        return []
    made = table("rejected", [rejected_row(one) for one in rejections])
    return [file(place(task.out), "rejected", f"{task.number:06d}-{step}.parquet", made)]


def reasons(rejections: Iterable[Rejected]) -> dict[str, int]:
    """Return how often each reason was met, by its name."""
    return dict(sorted(Counter(one.reason for one in rejections).items()))
