"""The board: figures as Prometheus has them, in one process, or added up over several by files that they share.

``prometheus_client`` decides when it is first imported whether values lie in memory or in such files, so nothing else imports it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.watching import look_on
from tawatur.watching.names import BY_NAME, COLLECTED, METRICS, OTHER, Metric, Sort

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram
    from prometheus_client.metrics_core import Metric as Family

#: Where processes share figures: the variable is the library's own.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
#: How the folders are called that they share them in; a number behind it is the first process's.
FOLDER = "tawatur-figures-"
#: What Prometheus is told that it is given.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: A gauge's values: of each its name, its labels and its number.
Gauges = Iterable[tuple[str, Mapping[str, str], float]]


class PrometheusBoard:
    """The counters and histograms of this process, or its share in those of several."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry

        self.registry: CollectorRegistry = CollectorRegistry()
        self._counters: dict[str, Counter] = {}
        self._histograms: dict[str, Histogram] = {}
        self._known: dict[tuple[object, ...], Counter | Histogram] = {}
        for metric in METRICS:
            self._make(metric)

    def _make(self, metric: Metric) -> None:
        from prometheus_client import Counter, Histogram

        names = tuple(metric.labels)
        if metric.sort is Sort.COUNTER and metric.name not in COLLECTED:
            made = self._counters[metric.name] = Counter(metric.name, metric.about, names, registry=self.registry)
            if names and all(metric.labels.values()):
                for words in product(*metric.labels.values()):  # what has not happened yet is 0, and no gap
                    made.labels(*words)
        elif metric.sort is Sort.HISTOGRAM:
            bounds = metric.bounds
            kept = Histogram(metric.name, metric.about, names, registry=self.registry, buckets=bounds)
            self._histograms[metric.name] = kept

    def count(self, name: str, amount: float, labels: Mapping[str, str]) -> None:
        """Add to a counter."""
        key = (name, *labels.values())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._child(self._counters[name], name, labels)
        found.inc(amount)  # type: ignore[union-attr]

    def observe(self, name: str, value: float, labels: Mapping[str, str]) -> None:
        """Enter a value into a histogram."""
        key = (name, *labels.values())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._child(self._histograms[name], name, labels)
        found.observe(value)  # type: ignore[union-attr]

    def _child(self, made: Counter | Histogram, name: str, labels: Mapping[str, str]) -> Counter | Histogram:
        if not labels:
            return made
        allowed = BY_NAME[name].labels
        return made.labels(**{label: bounded(word, allowed[label]) for label, word in labels.items()})

    def text(self, gauges: Callable[[], Gauges] = tuple) -> bytes:
        """Return all figures as Prometheus reads them: those of this board, or of all that share them, and ``gauges``."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self.registry
        if folder := os.environ.get(SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(registry)) + bytes(generate_latest(_gathered(gauges)))


def bounded(word: str, words: tuple[str, ...]) -> str:
    """Return a label's word, or what stands for one that is not listed."""
    return word if not words or word in words else OTHER


def _gathered(gauges: Callable[[], Gauges]) -> CollectorRegistry:
    """Return a registry of figures that are read where they stand."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.registry import Collector

    class Gathered(Collector):
        def collect(self) -> Iterator[Family]:
            return families(gauges())

        def describe(self) -> Iterator[Family]:
            return iter(())

    registry = CollectorRegistry()
    registry.register(Gathered())
    return registry


def families(values: Gauges) -> Iterator[Family]:
    """Yield values by the figure that they are of, in the order of the list of all figures."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    by_name: dict[str, list[tuple[Mapping[str, str], float]]] = {}
    for name, labels, value in values:
        by_name.setdefault(name, []).append((labels, value))
    for metric in METRICS:
        if metric.name in by_name:
            kind = CounterMetricFamily if metric.sort is Sort.COUNTER else GaugeMetricFamily
            family = kind(metric.name, metric.about, labels=tuple(metric.labels))
            for labels, value in by_name[metric.name]:
                family.add_metric([labels[name] for name in metric.labels], value)
            yield family


def begin() -> PrometheusBoard:
    """Let figures of this process be kept, and return their board."""
    board = PrometheusBoard()
    look_on(board)
    return board


@contextmanager
def shared() -> Iterator[None]:
    """Let this process, and those that it starts within the block, share their figures."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    os.environ[SHARED] = str(folder)
    try:
        yield
    finally:
        del os.environ[SHARED]
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what processes have left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        first = folder.name.removeprefix(FOLDER).partition("-")[0]
        if first.isdecimal() and not _runs(int(first)):
            with suppress(OSError):
                shutil.rmtree(folder)


def _runs(process: int) -> bool:
    """Say whether a process runs; of others' it is not known, so they do."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
