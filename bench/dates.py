"""Measure the calendar: labelled news, two public sets of date expressions, milliseconds an article, one line of JSON last.

    python -m bench.dates

News is scored by the scorer of ``../shared``. The public sets are made for assistants ("remind me on …"), so they measure the
calendar in its wide reach, handed the sentence and the moment of writing; they are counted as they are, nothing is left out:

- Duckling (146 expressions): ours counts if it reads the expression as the set's instant: the first one of a span. The set's
  clock stands two hours behind UTC, and its bare days are the coming ones.
- Recognizers (sentences): ours counts if place and value are the set's, in its past or its future reading; its ends of spans are
  exclusive, ours inclusive, and are brought together first. Where the set holds that the words name no day (30 February), ours
  counts if it finds them and gives no value.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tawatur.arabic import calendar
from tawatur.arabic.calendar import Expression, Tense
from tawatur.arabic.edges import Edge, extent
from tawatur.arabic.sentences import sentences
from tawatur.arabic.tense import tense as tense_of
from tawatur.model import Certainty, DateMention, Published
from tawatur.understand import dates, figures

SHARED = Path(__file__).resolve().parents[2] / "shared"
DEV = SHARED / "data/analysis"
SETS = SHARED / "data/dates"


def news() -> dict[str, float]:
    """Return the F1 of dates and of their values on the development set, printing the scorer's lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for line in (DEV / "dev.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            found = [{"text": one.text, "value": one.value} for one in _mentions(article["text"], article["published"])]
            file.write(json.dumps({"id": article["id"], "people": [], "quotes": [], "dates": found}) + "\n")
        file.flush()
        command = [sys.executable, str(SHARED / "eval/score_analysis.py"), file.name, str(DEV / "dev.gold.jsonl")]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = re.findall(r"^(dates|value)\s*(f1=([\d.]+).*)$", printed, re.MULTILINE)
    for name, line, _ in rows:
        print(f"news {name:15}{line}")
    return {"dates": float(rows[0][2]), "dates_value": float(rows[1][2])}


def _mentions(text: str, at: str) -> tuple[DateMention, ...]:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return dates.mentions(text, Published(at=moment, certainty=Certainty.STATED))


def span_of(value: str, edge: Edge = "") -> tuple[str, str]:
    """Return the first day and the day behind the last one of an ISO value; a time is its own first and last."""
    if "T" in value:
        return value.rstrip("Z"), value.rstrip("Z")
    found = extent(value, edge)
    return found.first, (date.fromisoformat(found.last) + timedelta(days=1)).isoformat()


def wide(text: str, at: datetime, tense: Tense | None = None) -> Iterator[tuple[Expression, str | None]]:
    """Yield the expressions that the calendar finds in its wide reach, with their values."""
    spans = sentences(text)
    for one in calendar.find(text, wide=True):
        sentence = next(span for span in reversed(spans) if span.start <= one.span.start)
        now = tense_of(text, one.span, sentence=sentence) if tense is None else tense
        yield one, calendar.resolve_wide(one.value, at=at, tense=now)


#: The moment of Duckling's set, two hours behind UTC.
_DUCKLING_NOW = datetime(2013, 2, 12, 4, 30)
_DUCKLING_ZONE = timedelta(hours=-2)


def duckling() -> float:
    """Return the share of Duckling's expressions that are read as it reads them."""
    rows = _duckling_rows()
    hits = sum(_instant(row["value"]) in set(_duckling_instants(row["text"])) for row in rows)
    print(f"duckling            {hits} of {len(rows)}")
    return round(hits / len(rows), 3)


def _duckling_rows() -> list[dict[str, str]]:
    with (SETS / "duckling/time.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _instant(value: str) -> str:
    return value[:16].removesuffix("T00:00")


def _duckling_instants(text: str) -> Iterator[str]:
    for one, value in wide(text, _DUCKLING_NOW, tense="future"):
        if value and value.endswith("Z"):
            yield (datetime.fromisoformat(value[:-1]) + _DUCKLING_ZONE).strftime("%Y-%m-%dT%H:%M")
        elif value:
            yield span_of(value, one.edge)[0]


def recognizers(name: str) -> float:
    """Return the share of one Recognizers set that is found in its place with its value."""
    hits = total = 0
    for case in json.loads((SETS / f"recognizers/{name}.json").read_text(encoding="utf-8")):
        at = datetime.fromisoformat(case["Context"]["ReferenceDateTime"][:19])
        found = list(wide(case["Input"], at))
        total += len(case["Results"])
        hits += sum(any(_same(one, value, result) for one, value in found) for result in case["Results"])
    print(f"recognizers {name:20}{hits} of {total}")
    return round(hits / total, 3)


def _same(found: Expression, value: str | None, result: dict[str, Any]) -> bool:
    start, end = result["Start"], result["Start"] + result["Length"]
    if not (found.span.start < end and found.span.end > start):
        return False
    readings = _readings(result)
    return span_of(value, found.edge) in readings if value else not readings


def _readings(result: dict[str, Any]) -> set[tuple[str, str]]:
    found = set()
    for reading in ("FutureResolution", "PastResolution"):
        value = result.get("Value", {}).get(reading) or {}
        if "date" in value:
            found.add(span_of(value["date"]))
        elif "dateTime" in value:
            found.add(span_of(value["dateTime"][:16].replace(" ", "T")))
        elif "startDate" in value and "endDate" in value:
            found.add((value["startDate"], value["endDate"]))
    return {reading for reading in found if not reading[0].startswith("0001")}


def speed() -> float:
    """Return the milliseconds of processor time that dates and figures take for an article, in a second pass."""
    articles = [json.loads(line) for line in (DEV / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    for _ in range(2):
        start = time.process_time()
        for article in articles:
            _mentions(article["text"], article["published"])
            figures.figures(article["text"])
        spent = 1000 * (time.process_time() - start) / len(articles)
    words = sum(len(article["text"].split()) for article in articles) / len(articles)
    print(f"dates and figures   {spent:.2f} ms an article of {words:.0f} words")
    return round(spent, 2)


def main() -> None:
    if not DEV.exists():
        sys.exit(f"skipped: {DEV} is not here")
    scores: dict[str, Any] = {"bench": "dates", **news(), "duckling": duckling()}
    for name in ("DateParser", "DatePeriodParser", "DateTimeParser"):
        scores[name] = recognizers(name)
    print(json.dumps({**scores, "ms": speed()}))


if __name__ == "__main__":
    main()
