"""Lines that outlets repeat, learned of the whole archive before its articles are understood: the same for any order of reading.

A live store learns from each article that comes. Here the lines of a sample are noted while all is read, the same sample for any
number of workers, and what its outlets repeat counts for all of their articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from tawatur.archive.job import WORK, Job, Task, job_of
from tawatur.archive.plan import shard_file, shards_of
from tawatur.extract.repeated import Fingerprint, Repeated, Seen, fingerprints
from tawatur.model import Article, OutletKey, RawDocument
from tawatur.objects import Place, place
from tawatur.stories.profile import time_of
from tawatur.tables import columns
from tawatur.tables.files import read, write

#: Of how many bytes of input the sample is about: of a larger archive every second, third, … document is taken.
SAMPLE = 256 << 20
#: Fewer articles that share a line make no residue (see ``extract.repeated``), and are not kept.
LEAST = 3
#: So many lines are held as they are before they are packed.
PACK = 10_000
SCHEMA = columns.table(outlet=columns.TEXT, line=pa.int64(), day=columns.DAY)
_KEPT = ["outlet", "line", "articles", "days"]


class Lines:
    """The lines of a shard's part of the sample, noted while it is read."""

    def __init__(self, job: Job) -> None:
        self._rate, self._tables = rate(job), [SCHEMA.empty_table()]
        self._rows: list[dict[str, object]] = []

    def add(self, document: RawDocument, found: Iterable[Article]) -> None:
        """Note the lines of a document's articles, and a line 0 for each article, where it is in the sample."""
        if not _sampled(document, self._rate):
            return
        for article in found:
            day = time_of(article.published, article.collected).date()
            self._rows += [{"outlet": article.outlet, "line": line, "day": day} for line in (0, *fingerprints(article))]
        if len(self._rows) >= PACK:
            self._pack()

    def _pack(self) -> None:
        self._tables.append(pa.Table.from_pylist(self._rows, schema=SCHEMA))
        self._rows = []

    def write(self, task: Task) -> None:
        """Write what was noted into the shard's work file.

        Raises:
            OSError: there is no room, or the output cannot be written.
        """
        self._pack()
        write(shard_file(task.out, task.number, "lines"), pa.concat_tables(self._tables))


def rate(job: Job) -> int:
    """Return of how many documents one is in the sample."""
    return max(1, round(sum(one.size for one in job.inputs) / SAMPLE))


def _sampled(document: RawDocument, rate: int) -> bool:
    return int.from_bytes(blake2b(document.id.encode(), digest_size=4).digest()) % rate == 0


def join_lines(out: str) -> None:
    """Count what all shards have noted."""
    noted = (read(shard_file(out, shard.number, "lines")) for shard in shards_of(out))
    each = pa.concat_tables(noted).group_by(["outlet", "line"]).aggregate([("day", "count"), ("day", "count_distinct")])
    kept = each.filter(pc.greater_equal(each["day_count"], LEAST)).rename_columns(_KEPT)
    write(_lines_file(out), kept.sort_by([("outlet", "ascending"), ("line", "ascending")]))


def _lines_file(out: str) -> Place:
    return place(out) / WORK / "lines.parquet"


@lru_cache(maxsize=1)
def repeated_of(out: str) -> Repeated:
    """Return the lookup of what the outlets of a run repeat, as often as they do in all of it."""
    by = rate(job_of(out))
    counted: dict[OutletKey, dict[int, tuple[int, int]]] = {}
    for row in read(_lines_file(out)).to_pylist():
        counted.setdefault(row["outlet"], {})[row["line"]] = (row["articles"] * by, row["days"])

    def look_up(outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
        known = counted.get(outlet, {})
        of, _ = known.get(0, (0, 0))
        found = {line: known[line] for line in lines if line in known}
        return {line: Seen(articles=articles, days=days, of=of) for line, (articles, days) in found.items()}

    return look_up
