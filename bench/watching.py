"""Measure what being watched costs an article and a request: milliseconds of the processor, one line of JSON last.

    python -m bench.watching [--articles N] [--rounds R]

N articles of ``../shared`` (300) go the way of ``pipeline.read`` into a new SQLite store: with nobody who looks on, with figures,
and with figures and every event written. The three ways take turns, R times (3), so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import inputs
from bench.million import Silent
from tawatur import pipeline
from tawatur.app import known_outlets
from tawatur.model import RawDocument
from tawatur.store import open_store
from tawatur.watching import count, logs, look_on, observe
from tawatur.watching.board import PrometheusBoard

WAYS = ("unseen", "figures", "figures and log")
#: How many requests are told.
REQUESTS = 20_000


def main() -> None:
    """Measure and print."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--articles", type=int, default=300)
    wanted.add_argument("--rounds", type=int, default=3)
    given = wanted.parse_args()
    if not inputs.is_here():
        print("skipped: ../shared is not here")
        return
    documents, board = inputs.lines(given.articles), PrometheusBoard()
    read(documents[:20], "figures and log", board)  # what is loaded once is no cost of an article
    rounds = [{way: read(documents, way, board) for way in WAYS} for _ in range(given.rounds)]
    spent = {way: round(median(one[way] for one in rounds), 3) for way in WAYS}
    shares = {way: round(median(one[way] / one["unseen"] for one in rounds), 3) for way in WAYS}
    requests = {"unseen": request(None), "figures": request(board)}
    for way in WAYS:
        print(f"{way}: {spent[way]} ms an article, {shares[way]} times")
    print(f"a request: {requests['figures']} microseconds more")
    print(json.dumps({"bench": "watching", "article_ms": spent, "share": shares, "request_us": requests}))


def read(documents: Sequence[RawDocument], way: str, board: PrometheusBoard) -> float:
    """Take documents the whole way into a new store; return the milliseconds of the processor for one."""
    with tempfile.TemporaryDirectory() as folder:
        store, outlets = open_store(Path(folder) / "store.sqlite3"), known_outlets()
        look_on(board if way != "unseen" else None)
        level = "info" if way == "figures and log" else "warning"
        logs.begin(logs.Manner(level=level, path=Path(folder) / "log"))
        began = time.process_time()
        with store.reading(inputs.NOW) as now:
            pipeline.read(documents, store=store, outlets=outlets, now=now, watch=Silent())
        spent = time.process_time() - began
        look_on(None)
        logging.getLogger("tawatur").setLevel(logging.WARNING)
        store.close()
    return 1000 * spent / len(documents)


def request(board: PrometheusBoard | None) -> float:
    """Return the microseconds of the processor that the figures of one request cost."""
    look_on(board)
    began = time.process_time()
    for _ in range(REQUESTS):
        count("tawatur_http_requests_total", route="/story/{story}", status="2xx")
        observe("tawatur_http_request_seconds", 0.01, route="/story/{story}")
    spent = time.process_time() - began
    look_on(None)
    return round(1e6 * spent / REQUESTS, 2)


if __name__ == "__main__":
    main()
