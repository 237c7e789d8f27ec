"""Writes to a store until it is killed, in several processes: news by reading, and readers with their letters in one transaction.

python backup_writer.py STORE news|people
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.fetch.files import Given
from tawatur.reader import Reader, ReaderId
from tawatur.store import Store, open_store
from tawatur.store.outbox import Letter


class Unseen:
    """Looks on and says nothing."""

    def __getattr__(self, _: str) -> object:
        return lambda *_: None


def news(store: Store) -> None:
    """Read the sample edition, a few documents at a time."""
    outlets = known_outlets()
    documents = list(sample_documents(Given(collected=datetime.now(UTC), outlets=outlets)))
    for start in range(0, len(documents), 3):
        with store.reading(datetime.now(UTC)) as now:
            pipeline.read(documents[start : start + 3], store=store, outlets=outlets, now=now, watch=Unseen())  # type: ignore[arg-type]


def people(store: Store) -> None:
    """Add readers, each with one letter."""
    number = 0
    while True:
        number += 1
        now, id = datetime.now(UTC), ReaderId(f"r{number}")
        email = f"{id}@manara.example"
        with store.together():
            store.add_reader(Reader(id=id, email=email, made=now))
            store.put_letter(Letter(kind="join", email=email, reader=id, once=f"join {id}"), at=now)


if __name__ == "__main__":
    opened = open_store(sys.argv[1])
    {"news": news, "people": people}[sys.argv[2]](opened)
