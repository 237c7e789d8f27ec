"""Group real news as archive runs do, by windows that are joined, and as a live store does, one after another; compare both.

    python -m bench.windowed [MONTH...] [--workers N] [--show N] [--out FOLDER]

The news is ANT's of ``../shared``, of March and April 2018 without MONTH ("2018-03"), with the labelled windows that lie in it.
Live grouping is one stream over all of it. Windows are months, and parts of months as short as they can be. "f1" is B-cubed of the
windows against the stream, "f1_several" that of the articles that stand in a story of several reports in either; "labelled" is
B-cubed against the labels, of the stream and of the windows. ``--show`` prints stories that differ. One line of JSON last. FOLDER
keeps what was understood, for another look.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from bench.windows import NAMES, SHARED, STORIES, b_cubed
from tawatur.app import known_outlets
from tawatur.archive.grouping import days_of, grouped, note_days, work_files
from tawatur.archive.job import Job, Task, begin, inputs_of
from tawatur.archive.joining import Joiner
from tawatur.archive.lines import join_lines
from tawatur.archive.plan import shards
from tawatur.archive.reading import read_shard
from tawatur.archive.rows import rows
from tawatur.archive.understanding import Understood, understand_shard
from tawatur.archive.windows import SHORTEST, Window, windows
from tawatur.engine import open_engine

ARTICLES = SHARED / "data/articles"
#: How many articles a month may have and still be one window: any number, and so few that parts are as short as they can be.
MONTHS, SHORT = 10**9, 1
Places = Mapping[str, str]


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("months", nargs="*", default=["2018-03", "2018-04"])
    wanted.add_argument("--workers", type=int, default=2)
    wanted.add_argument("--show", type=int, default=0)
    wanted.add_argument("--out", type=Path)
    given = wanted.parse_args()
    if not ARTICLES.is_dir():
        print("bench/windowed: ../shared is not here")
        return
    with nullcontext(given.out) if given.out else tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder).resolve())
        understand(out, given.months, given.workers)
        print(json.dumps(compared(out, given.show)))


def understand(out: str, months: Sequence[str], workers: int) -> None:
    """Read and understand the news of some months, and the labelled windows in them, into work files."""
    files = [ARTICLES / f"ant-{month}.jsonl.gz" for month in months]
    files += [path for name in NAMES if first_month(path := STORIES / f"{name}.jsonl") in months]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    job = begin(Path(out), Job(inputs=inputs_of(files), collected=now, shard=1 << 20, outlets=known_outlets(())))
    tasks = [Task(out, one.number) for one in shards(job)]
    with open_engine("local", workers=workers) as engine:
        for done in engine.run(read_shard, tasks):
            assert done.result, done.error
        join_lines(out)
        understood = dict[int, Understood]()
        for ended in engine.run(understand_shard, tasks):
            assert ended.result, ended.error
            understood[ended.item.number] = ended.result
    note_days(out, [understood[task.number] for task in tasks])


def first_month(path: Path) -> str:
    """Return the month of a file's first article."""
    with open(path, encoding="utf-8") as file:
        return str(json.loads(next(file))["published"])[:7]


def compared(out: str, show: int) -> dict[str, object]:
    """Group both ways and compare."""
    days: Counter[str] = Counter()
    for held in days_of(out):
        days.update(held)
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (min(days), max(days)))
    everything = Window(number=0, month="", start=first, end=last + timedelta(days=1), articles=days.total())
    live = {row["article"]: row["story"] for row in grouped(out, everything)[0]}
    found: dict[str, object] = {"bench": "windowed", "articles": len(live), "stories": len(set(live.values()))}
    for name, most in (("months", MONTHS), (f"{SHORTEST}_days", SHORT)):
        cut = windows(days, most)
        joined = by_windows(out, cut)
        if show:
            show_differences(out, everything, live, joined, show)
        found[name] = {"windows": len(cut), **scores(live, joined)}
    return found


def by_windows(out: str, cut: Sequence[Window]) -> dict[str, str]:
    """Return the story of each article, by windows that are joined."""
    joiner, found = Joiner(), dict[str, str]()
    for window in cut:
        placed, _ = grouped(out, window)
        stories = joiner.join(window.number, ((row["article"], row["story"]) for row in placed))
        found |= {row["article"]: stories[row["story"]] for row in placed if window.has(row["time"])}
    return found


def scores(live: Places, joined: Places) -> dict[str, object]:
    """Return how alike both are, and how well each does by the labels."""
    both = sorted(live.keys() & joined.keys())
    sizes = [Counter(places.values()) for places in (live, joined)]
    several = [one for one in both if sizes[0][live[one]] > 1 or sizes[1][joined[one]] > 1]
    return {
        "f1": f1(live, joined, both),
        "f1_several": f1(live, joined, several),
        "only_in_one": len(live.keys() ^ joined.keys()),
        "labelled": {name: labelled(name, live, joined) for name in NAMES if covers(name, live)},
    }


def f1(one: Places, other: Places, articles: Sequence[str]) -> float:
    """Return B-cubed F1 of some articles."""
    return round(b_cubed([one[id] for id in articles], [other[id] for id in articles])[2], 4)


def gold(name: str) -> dict[str, str]:
    """Return the labels of a window; an article in no labelled story is a story of its own."""
    told = json.loads((STORIES / f"{name}.gold.json").read_text(encoding="utf-8"))
    label = {id: id for id in told["articles"]}
    return label | {id: str(number) for number, story in enumerate(told["stories"]) for id in story["ids"]}


def covers(name: str, live: Places) -> bool:
    """Say whether all articles of a labelled window were grouped."""
    return gold(name).keys() <= live.keys()


def labelled(name: str, live: Places, joined: Places) -> list[float]:
    """Return F1 against the labels: of the stream, and of the windows."""
    label = gold(name)
    return [f1(label, live, sorted(label)), f1(label, joined, sorted(label))]


def show_differences(out: str, window: Window, live: Places, joined: Places, most: int) -> None:
    """Print stories of the stream that the windows have in another way."""
    named = ["id", "article"]
    found = rows(work_files(out, window.first, window.last), window.first, window.last, named)
    texts = {row["id"]: (row["time"], msgspec.json.decode(row["article"])["title"]) for row in found}
    members: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for id in live.keys() & joined.keys():
        members[live[id]].add(id)
        others[joined[id]].add(id)
    differing = [held for held in members.values() if any(others[joined[id]] != held for id in held)]
    print(f"{len(differing)} of {len(members)} stories differ")
    for held in sorted(differing, key=lambda held: -len(held))[:most]:
        print(f"-- {len(held)} reports")
        around = set().union(*(others[joined[id]] for id in held)) | held
        for id in sorted(around, key=lambda id: texts[id][0]):
            at, title = texts[id]
            print(f"{at:%m-%d %H:%M} live {live[id][:6]} windows {joined[id][:6]} {id} {title[:90]}")


if __name__ == "__main__":
    main()
