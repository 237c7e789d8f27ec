"""Figures: bounded labels, nothing where nobody looks on, all that is named in the code on the list, and what it costs."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

import tawatur
from tawatur import watching
from tawatur.fetch.answers import Reason
from tawatur.messages import catalogue
from tawatur.operating.outlets import Health
from tawatur.watching import Notes, count, look_on, observe, read_out, timed
from tawatur.watching.board import PrometheusBoard, begin
from tawatur.watching.names import BY_NAME, METRICS, OTHER, Sort

PACKAGE = Path(tawatur.__file__).parent
TELLING = {"count", "observe", "timed"}


@pytest.fixture
def board() -> Iterator[PrometheusBoard]:
    yield begin()
    look_on(None)


def samples(text: bytes) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return every sample of what Prometheus would read, by its name and labels."""
    found = [sample for family in parsed(text.decode()) for sample in family.samples]
    made = {(one.name, frozenset(one.labels.items())): one.value for one in found}
    assert len(made) == len(found), "none comes twice"
    return made


def value(text: bytes, name: str, **labels: str) -> float:
    return samples(text)[name, frozenset(labels.items())]


def test_what_is_counted_and_timed_is_read_by_prometheus(board: PrometheusBoard) -> None:
    count("tawatur_documents_total", outcome="new")
    count("tawatur_documents_total", 2, outcome="new")
    observe("tawatur_fetch_seconds", 0.3, what="page")
    with pytest.raises(KeyError), timed("tawatur_stage_seconds", stage="extract"):
        raise KeyError
    text = board.text()
    assert value(text, "tawatur_documents_total", outcome="new") == 3
    assert value(text, "tawatur_documents_total", outcome="rejected") == 0, "what has not happened is told as nothing"
    assert value(text, "tawatur_fetch_seconds_bucket", what="page", le="0.25") == 0
    assert value(text, "tawatur_fetch_seconds_bucket", what="page", le="0.5") == 1
    assert value(text, "tawatur_stage_seconds_count", stage="extract") == 1, "a step that fails takes its time as well"


def test_a_word_that_is_not_listed_makes_no_label_of_its_own(board: PrometheusBoard) -> None:
    for number in range(50):
        count("tawatur_rejected_total", reason=f"https://one.example/{number}")
    text = board.text()
    assert value(text, "tawatur_rejected_total", reason=OTHER) == 50
    assert b"one.example" not in text


def test_gauges_are_read_when_they_are_asked_for(board: PrometheusBoard) -> None:
    gauges = [("tawatur_backlog", {"queue": "letters"}, 7.0), ("process_cpu_seconds_total", {}, 1.5)]
    text = board.text(lambda: gauges)
    assert value(text, "tawatur_backlog", queue="letters") == 7
    assert value(text, "process_cpu_seconds_total") == 1.5


def test_what_another_process_has_noted_is_read_out_here(board: PrometheusBoard) -> None:
    notes = Notes()
    notes.count("tawatur_stories_composed_total", 1, {})
    notes.observe("tawatur_stage_seconds", 0.02, {"stage": "understand"})
    read_out(notes.taken())
    read_out(notes.taken())
    text = board.text()
    assert value(text, "tawatur_stories_composed_total") == 1
    assert value(text, "tawatur_stage_seconds_count", stage="understand") == 1


def test_where_nobody_looks_on_nothing_is_loaded_and_nothing_kept() -> None:
    code = (
        "import sys, tawatur.watching as w; w.count('tawatur_documents_total', outcome='new'); "
        "w.observe('tawatur_fetch_seconds', 1, what='page'); w.tell('x'); "
        "print([n for n in ('prometheus_client', 'structlog') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_figures_of_several_processes_add_up(tmp_path: Path) -> None:
    code = (
        "import os; from tawatur.watching import count, observe; from tawatur.watching.board import begin; b = begin(); "
        "count('tawatur_documents_total', 2, outcome='new'); observe('tawatur_fetch_seconds', 0.3, what='page'); "
        "print(b.text().decode() if os.environ.get('TELL') else '')"
    )
    shared = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code], env=shared, check=True)
    last = subprocess.run([sys.executable, "-c", code], env=shared | {"TELL": "1"}, capture_output=True, check=True)
    assert value(last.stdout, "tawatur_documents_total", outcome="new") == 6
    assert value(last.stdout, "tawatur_fetch_seconds_count", what="page") == 3


# -- the list ----------------------------------------------------------------------------------------------------------


def told() -> list[tuple[str, str, set[str]]]:
    """Return every figure that the code tells: where, its name, its labels."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) and node.args else None
            if getattr(called, "id", "") in TELLING or getattr(called, "attr", "") in TELLING:
                assert isinstance(node, ast.Call)
                name = node.args[0]
                if isinstance(name, ast.Constant) and str(name.value).startswith("tawatur_"):
                    labels = {keyword.arg or "" for keyword in node.keywords}
                    found.append((f"{path.name}:{node.lineno}", str(name.value), labels))
    return found


def test_every_figure_that_is_told_is_on_the_list_with_its_labels() -> None:
    known = told()
    for place, name, labels in known:
        assert name in BY_NAME, place
        assert set(BY_NAME[name].labels) == labels, place
        assert BY_NAME[name].sort is not Sort.GAUGE, place
    counted = {one.name for one in METRICS if one.sort is not Sort.GAUGE} - {"process_cpu_seconds_total"}
    assert counted == {name for _, name, _ in known}, "what is on the list is told somewhere"


def test_names_are_those_of_the_field() -> None:
    for one in METRICS:
        assert (one.sort is Sort.COUNTER) == one.name.endswith("_total"), one.name
        assert (one.sort is not Sort.HISTOGRAM) or one.name.endswith("_seconds"), one.name
        assert one.about.endswith("."), one.name
    assert len(BY_NAME) == len(METRICS)


def test_the_words_of_labels_are_those_of_the_code() -> None:
    assert set(BY_NAME["tawatur_fetches_total"].labels["outcome"]) == {"fetched", "unchanged", *Reason}
    rejections = {key.removeprefix("rejected.") for key in catalogue("ar").texts if key.startswith("rejected.")}
    assert set(BY_NAME["tawatur_rejected_total"].labels["reason"]) == rejections | {"fetch"}
    assert BY_NAME["tawatur_outlets"].labels["health"] == tuple(Health)


def test_being_watched_costs_little(board: PrometheusBoard) -> None:
    """A request or a step is told by one or two of these; no wall clock is asked, so a busy machine changes little."""
    from time import process_time

    def cost(times: int = 5000) -> float:
        began = process_time()
        for _ in range(times):
            count("tawatur_http_requests_total", route="/story/{story}", status="2xx")
            observe("tawatur_http_request_seconds", 0.01, route="/story/{story}")
        return (process_time() - began) / times

    looked_on = min(cost() for _ in range(3))
    watching.look_on(None)
    unseen = min(cost() for _ in range(3))
    assert looked_on < 100e-6
    assert unseen < 10e-6
