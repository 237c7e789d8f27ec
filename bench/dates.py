"""Measure the calendar: labelled news, two public sets of date expressions, milliseconds an article, one line of JSON last.

    python -m bench.dates

News is scored by the scorer of ``../shared``. The public sets are made for assistants ("remind me on …"), so their figures say
how far the calendar reaches beyond news; they are counted as they are, nothing is left out but what the set marks as unresolved:

- Duckling (146 expressions): ours counts if its first instant is the set's instant; bare days mean the next one there.
- Recognizers (sentences): ours counts if place and value are the set's, in its past or its future reading; its ends of spans are
  exclusive, ours inclusive, and are brought together first.
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


def span_of(value: str) -> tuple[str, str]:
    """Return the first day and the day behind the last one of an ISO value; a time is its own first and last."""
    first, _, last = value.partition("/")
    if "T" in value:
        return value.rstrip("Z"), value.rstrip("Z")
    return _first_day(first).isoformat(), _day_behind(last or first).isoformat()


def _first_day(value: str) -> date:
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :])


def _day_behind(value: str) -> date:
    day = _first_day(value)
    if len(value) == len("YYYY"):
        return day.replace(year=day.year + 1)
    return day + timedelta(days=1) if len(value) > len("YYYY-MM") else (day + timedelta(days=31)).replace(day=1)


def duckling() -> float:
    """Return the share of Duckling's expressions that are read as it reads them."""
    today, rows = date(2013, 2, 12), _duckling_rows()
    hits = sum(_instant(row["value"]) in set(_duckling_instants(row["text"], today)) for row in rows)
    print(f"duckling            {hits} of {len(rows)}")
    return round(hits / len(rows), 3)


def _duckling_rows() -> list[dict[str, str]]:
    with (SETS / "duckling/time.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _instant(value: str) -> str:
    return value[:16].removesuffix("T00:00")


def _duckling_instants(text: str, today: date) -> Iterator[str]:
    for one in calendar.find(text):
        value = calendar.resolve(one.value, reference=today, tense="future", told=today)
        if value:
            yield span_of(value)[0]


def recognizers(name: str) -> float:
    """Return the share of one Recognizers set that is found in its place with its value."""
    hits = total = 0
    for case in json.loads((SETS / f"recognizers/{name}.json").read_text(encoding="utf-8")):
        wanted = [result for result in case["Results"] if _readings(result)]
        found = _mentions(case["Input"], case["Context"]["ReferenceDateTime"])
        total += len(wanted)
        hits += sum(any(_same(one, result) for one in found) for result in wanted)
    print(f"recognizers {name:20}{hits} of {total}")
    return round(hits / total, 3)


def _same(mention: DateMention, result: dict[str, Any]) -> bool:
    start, end = result["Start"], result["Start"] + result["Length"]
    return mention.span.start < end and mention.span.end > start and span_of(mention.value) in _readings(result)


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
