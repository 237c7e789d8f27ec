"""Subscribers as a table (CSV): what an operator brings in with the proof of their consent, and what is given out.

Columns: ``email``, ``confirmed`` (when its owner agreed, ISO 8601), ``source`` (where, and to what), and ``language`` and
``network`` where they are known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.errors import SubscriberListFault
from tawatur.newsletter import NewsletterId
from tawatur.reader import clean_email, email_key
from tawatur.store.subscribers import Consent, Subscriber
from tawatur.subscriptions.people import People, new_id

COLUMNS = ("email", "confirmed", "source", "language", "network")
_NEEDED = COLUMNS[:3]
#: Rows of a store that are read at a time.
_PAGE = 500


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that brings nobody in: its line, a key under ``cli.newsletters.row.``, and what it holds that is wrong."""

    line: int
    reason: str
    value: str = ""


def read(text: str, newsletter: NewsletterId, *, now: datetime) -> Iterator[Subscriber | BadRow]:
    """Yield the subscribers of a table, and the rows that are none with the reason.

    Raises:
        SubscriberListFault: it is no table, or lacks a column.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        lacking = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
        if lacking:
            raise SubscriberListFault(", ".join(lacking))
        for row in rows:
            yield _subscriber(row, rows.line_num, newsletter, now)
    except csv.Error as error:
        raise SubscriberListFault(str(error)) from error


def _subscriber(
    row: Mapping[str, str | None], line: int, newsletter: NewsletterId, now: datetime
) -> Subscriber | BadRow:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    email, agreed = clean_email(values["email"]), _past(values["confirmed"], now)
    if email is None:
        return BadRow(line, "email", values["email"])
    if agreed is None:
        return BadRow(line, "confirmed", values["confirmed"])
    if not values["source"]:
        return BadRow(line, "source")
    if values["language"] not in ("", "ar", "en"):
        return BadRow(line, "language", values["language"])
    consent = Consent(how="import", at=agreed, network=values["network"], source=values["source"])
    language = "en" if values["language"] == "en" else "ar"
    return Subscriber(id=new_id(), newsletter=newsletter, email=email, language=language, consent=consent)  # type: ignore[arg-type]


def _past(text: str, now: datetime) -> datetime | None:
    """Return a time that has passed, a day meaning its beginning in UTC; None where it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware if aware <= now else None


def bring_in(
    people: People, text: str, newsletter: NewsletterId, *, now: datetime, keep: bool = True
) -> tuple[int, tuple[BadRow, ...]]:
    """Bring the subscribers of a table in, all in one transaction; return how many, and the rows that bring nobody in.

    Nobody is brought in who has left, or is there. Without ``keep`` it is only found out what would be.

    Raises:
        SubscriberListFault: it is no table, or lacks a column.
    """
    bad: list[BadRow] = []
    seen: set[str] = set()
    with people.store.together():
        for line, one in enumerate(read(text, newsletter, now=now), 2):
            if isinstance(one, BadRow):
                bad.append(one)
                continue
            if reason := _refused(people, one, seen):
                bad.append(BadRow(line, reason, one.email))
                continue
            seen.add(email_key(one.email))
            if keep:
                people.store.add_subscriber(one)
    return len(seen), tuple(bad)


def _refused(people: People, one: Subscriber, seen: set[str]) -> str:
    if email_key(one.email) in seen:
        return "twice"
    if people.store.has_left(one.newsletter, people.mark(one.email)):
        return "left"
    return "known" if people.store.subscriber_of(one.newsletter, one.email) else ""


def given_out(people: People, newsletter: NewsletterId) -> Iterator[Subscriber]:
    """Yield all to whom a newsletter is sent."""
    behind = None
    while page := people.store.subscribers(newsletter, limit=_PAGE, behind=behind):
        yield from page
        behind = page[-1].id


def written(subscribers: Iterable[Subscriber]) -> str:
    """Return subscribers as a table that ``read`` takes."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in subscribers:
        source = one.consent.source or "link"
        rows.writerow((one.email, one.consent.at.isoformat(), source, one.language, one.consent.network))
    return text.getvalue()
