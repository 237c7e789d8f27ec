"""Every figure that Prometheus is given: its name, what it counts, its labels with all that may stand there.

A label holds one of few words: no address, no id. What is none of the words that are listed counts as ``OTHER``. Outlets are
labels of gauges alone, as many as are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: What stands for a word that is not listed.
OTHER = "other"
#: Bounds of histograms, in seconds: of an answer, of a step over one article, of a fetch, of a write, of news on its way.
ANSWERS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
STEPS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0)
FETCHES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
WRITES = (0.001, 0.01, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)
LAGS = (60.0, 300.0, 900.0, 1800.0, 3600.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0)

#: The steps of an article, in their order.
STAGES = ("extract", "understand", "profile", "keep", "group", "compose")
#: What waits somewhere to be done.
QUEUES = ("pages", "articles", "stories", "search", "pictures", "newsletters", "letters", "alerts", "dispatches")


class Sort(StrEnum):
    """What kind of figure it is."""

    COUNTER = "counter"
    HISTOGRAM = "histogram"
    GAUGE = "gauge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure. ``labels`` gives of each label the words that it may hold; () where others than these few bound it."""

    name: str
    sort: Sort
    about: str
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: tuple[float, ...] = ()


def _counter(name: str, about: str, **labels: tuple[str, ...]) -> Metric:
    return Metric(name=name, sort=Sort.COUNTER, about=about, labels=labels)


def _histogram(name: str, about: str, bounds: tuple[float, ...], **labels: tuple[str, ...]) -> Metric:
    return Metric(name=name, sort=Sort.HISTOGRAM, about=about, labels=labels, bounds=bounds)


def _gauge(name: str, about: str, **labels: tuple[str, ...]) -> Metric:
    return Metric(name=name, sort=Sort.GAUGE, about=about, labels=labels)


_REFUSALS = (
    *("bad_address", "scheme", "credentials", "port", "private", "lookup", "connect", "tls", "dropped", "slow_connect"),
    *("slow_answer", "slow_body", "bad_answer", "headers", "too_large", "bomb", "coding", "broken_body", "redirects"),
    *("loop", "downgrade", "nowhere", "robots", "robots_unknown", "resting", "busy", "denied", "not_found", "gone"),
    *("server", "status"),
)
_REJECTIONS = (
    *("empty", "binary", "unknown_kind", "undecodable", "broken_gzip", "broken_zstd", "broken_parquet", "bad_json"),
    *("no_article_columns", "not_an_archive", "broken_record", "cut_record", "wrong_length", "too_large", "not_a_file"),
    *("path_not_found", "unreadable", "nothing_readable", "not_an_article", "no_article", "no_feed", "broken_feed"),
    *("broken_sitemap", "broken_opml", "too_slow", "failed", "killed_worker", "fetch"),
    *("not_grouped", "not_composed"),
)

METRICS = (
    # -- the pages
    _counter(
        "tawatur_http_requests_total",
        "Requests that were answered, by the pattern of their address and the class of the status.",
        route=(),
        status=("1xx", "2xx", "3xx", "4xx", "5xx"),
    ),
    _histogram("tawatur_http_request_seconds", "Seconds from a request to the end of its answer.", ANSWERS, route=()),
    # -- the crawl
    _counter(
        "tawatur_fetches_total",
        "Addresses that were asked, by what for and by what came: fetched, unchanged, or why nothing did.",
        what=("source", "page", "picture"),
        outcome=("fetched", "unchanged", *_REFUSALS),
    ),
    _counter("tawatur_fetched_bytes_total", "Bytes that were fetched, unpacked.", what=("source", "page", "picture")),
    _histogram(
        "tawatur_fetch_seconds",
        "Seconds of a fetch, the wait for the host's turn and all redirects among them.",
        FETCHES,
        what=("source", "page", "picture"),
    ),
    _histogram("tawatur_fetch_wait_seconds", "Seconds that a request waited for its host's turn.", FETCHES),
    # -- the journey
    _counter(
        "tawatur_documents_total",
        "Documents that were taken, by the best that came of them.",
        outcome=("new", "revision", "duplicate", "rejected"),
    ),
    _counter("tawatur_rejected_total", "What became no article, by reason.", reason=_REJECTIONS),
    _counter(
        "tawatur_articles_grouped_total",
        "Articles that were put into a story, by why there.",
        why=("both_report", "copy", "revision", "first", "no_match"),
    ),
    _counter(
        "tawatur_articles_failed_total", "Times that an article could not be put into a story; it waits until it can."
    ),
    _counter("tawatur_stories_composed_total", "Stories that were made anew."),
    _counter(
        "tawatur_stories_failed_total", "Times that a story could not be made anew; it stays as it was until it can."
    ),
    _histogram("tawatur_stage_seconds", "Seconds of a step over one article, or one story.", STEPS, stage=STAGES),
    _histogram(
        "tawatur_publication_lag_seconds", "Seconds from an article's publication until it stood in its story.", LAGS
    ),
    # -- readers
    _counter(
        "tawatur_issues_total",
        "Newsletters that were due, by what came of it.",
        outcome=("made", "nothing", "failed"),
    ),
    _counter(
        "tawatur_letters_total",
        "Letters that were to leave, by what came of it; put_off: there was no way to the relay.",
        outcome=("sent", "nothing", "refused", "given_up", "put_off"),
    ),
    _counter("tawatur_alerts_told_total", "Issues that told an alert."),
    _counter(
        "tawatur_dispatches_total",
        "Alerts that were sent to browsers and webhooks, by what came of it.",
        channel=("push", "webhook"),
        outcome=("sent", "failed"),
    ),
    _counter(
        "tawatur_pictures_total",
        "Pictures that were fetched, by what came of it.",
        outcome=("kept", "refused", "failed", "gone"),
    ),
    # -- the store
    _histogram("tawatur_store_write_wait_seconds", "Seconds that a transaction waited for the right to write.", WRITES),
    _counter(
        "tawatur_store_retries_total",
        "What the store had to do again: another process had it locked, or a connection was cut.",
        why=("locked", "cut"),
    ),
    _gauge("tawatur_store_up", "1 where the store can be worked with, at this release's version."),
    _gauge("tawatur_store_bytes", "Bytes of the store: its file with its log, or its database."),
    _gauge("tawatur_store_connections", "Connections to the server of the store.", state=("open", "idle", "waiting")),
    # -- what waits
    _gauge("tawatur_backlog", "How much waits to be done.", queue=QUEUES),
    _gauge("tawatur_backlog_oldest_seconds", "Since when the oldest of it waits or is due, in seconds.", queue=QUEUES),
    _gauge("tawatur_recent_lag_seconds", "The median from publication until reading, of the last day's reports."),
    # -- outlets
    _gauge(
        "tawatur_outlets",
        "Outlets that are read, by how they are.",
        health=("failing", "silent", "partly", "slow", "live", "new"),
    ),
    _gauge("tawatur_outlet_pages_waiting", "Pages of an outlet that wait to be read.", outlet=()),
    _gauge(
        "tawatur_outlet_last_day",
        "What was done for an outlet in the last 24 hours.",
        outlet=(),
        what=("articles", "asked", "pages", "failed"),
    ),
    # -- archives
    _counter(
        "tawatur_archive_items_total",
        "Items of a step of an archive run.",
        step=("read", "understand", "group", "compose"),
    ),
    _counter(
        "tawatur_archive_items_done_total",
        "Items of an archive run that are done.",
        step=("read", "understand", "group", "compose"),
    ),
    # -- the process
    _gauge(
        "tawatur_worker_beat_age_seconds",
        "Seconds since a worker's last sign of life, of the latest of its name.",
        worker=(),
    ),
    _counter(
        "tawatur_log_messages_total", "Lines that were logged.", level=("debug", "info", "warning", "error", "critical")
    ),
    _gauge("tawatur_disk_free_bytes", "Bytes that are free where the data folder lies."),
    _gauge("tawatur_build_info", "1; what runs.", version=(), python=(), store=("sqlite", "postgresql", "memory")),
    _gauge("tawatur_processes", "Processes that work together, all that this one has started among them."),
    _counter("process_cpu_seconds_total", "Seconds of the processor that they have taken."),
    _gauge("process_resident_memory_bytes", "Bytes of memory that they have."),
    _gauge("process_open_fds", "Files and connections that they have open."),
    _gauge("process_start_time_seconds", "When the first of them was started, in seconds since 1970."),
)
BY_NAME = {one.name: one for one in METRICS}
#: Counters that are read where they stand, and not counted by us.
COLLECTED = frozenset({"process_cpu_seconds_total"})
