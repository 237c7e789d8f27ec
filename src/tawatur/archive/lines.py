"""Lines that outlets repeat, learned of the whole archive before its articles are read: the same for any order of reading.

A live store learns from each article that comes. Here a sample is taken apart first, the same one for any number of workers, and
what its outlets repeat counts for all of their articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tawatur.archive.documents import documents
from tawatur.archive.job import WORK, Job, Task, job_of
from tawatur.archive.plan import shard_file, shards_of
from tawatur.extract import extract
from tawatur.extract.repeated import Fingerprint, Repeated, Seen, fingerprints, nothing
from tawatur.model import OutletKey, RawDocument, Rejected
from tawatur.pipeline import attempt
from tawatur.stories.profile import time_of
from tawatur.tables import columns
from tawatur.tables.files import write

#: Of how many bytes of input the sample is about: of a larger archive every second, third, … document is taken.
SAMPLE = 256 << 20
#: Fewer articles that share a line make no residue (see ``extract.repeated``), and are not kept.
LEAST = 3
SCHEMA = columns.table(outlet=columns.TEXT, line=pa.int64(), day=columns.DAY)
_KEPT = ["outlet", "line", "articles", "days"]


def learn_shard(task: Task) -> int:
    """Note the lines of a shard's part of the sample, unless that was done before; return how many rows they are.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    path = shard_file(task.out, task.number, "lines")
    if not path.exists():
        job = job_of(task.out)
        rows = [row for document in documents(job, shards_of(task.out)[task.number]) for row in _rows(document, job)]
        write(path, pa.Table.from_pylist(rows, schema=SCHEMA))
    return int(pq.read_metadata(path).num_rows)


def _rows(document: RawDocument | Rejected, job: Job) -> Iterator[dict[str, object]]:
    """Yield the lines of a document's articles, and a line 0 for each article; nothing where it is not in the sample."""
    if isinstance(document, Rejected) or not _sampled(document, rate(job)):
        return
    latest = document.collected.date()
    found = attempt(document, lambda: extract(document, outlets=job.outlets, latest=latest, repeated=nothing))
    for article in () if isinstance(found, Rejected) else found.articles:
        day = time_of(article.published, article.collected).date()
        for line in (0, *fingerprints(article)):
            yield {"outlet": article.outlet, "line": line, "day": day}


def rate(job: Job) -> int:
    """Return of how many documents one is in the sample."""
    return max(1, round(sum(one.size for one in job.inputs) / SAMPLE))


def _sampled(document: RawDocument, rate: int) -> bool:
    return int.from_bytes(blake2b(document.id.encode(), digest_size=4).digest()) % rate == 0


def join_lines(out: str) -> None:
    """Count what all shards have noted."""
    read = (pq.read_table(shard_file(out, shard.number, "lines")) for shard in shards_of(out))
    each = pa.concat_tables(read).group_by(["outlet", "line"]).aggregate([("day", "count"), ("day", "count_distinct")])
    kept = each.filter(pc.greater_equal(each["day_count"], LEAST)).rename_columns(_KEPT)
    write(_lines_file(out), kept.sort_by([("outlet", "ascending"), ("line", "ascending")]))


def _lines_file(out: str) -> Path:
    return Path(out) / WORK / "lines.parquet"


@lru_cache(maxsize=1)
def repeated_of(out: str) -> Repeated:
    """Return the lookup of what the outlets of a run repeat, as often as they do in all of it."""
    by = rate(job_of(out))
    counted: dict[OutletKey, dict[int, tuple[int, int]]] = {}
    for row in pq.read_table(_lines_file(out)).to_pylist():
        counted.setdefault(row["outlet"], {})[row["line"]] = (row["articles"] * by, row["days"])

    def look_up(outlet: OutletKey, lines: Collection[Fingerprint], /) -> Mapping[Fingerprint, Seen]:
        known = counted.get(outlet, {})
        of, _ = known.get(0, (0, 0))
        found = {line: known[line] for line in lines if line in known}
        return {line: Seen(articles=articles, days=days, of=of) for line, (articles, days) in found.items()}

    return look_up
