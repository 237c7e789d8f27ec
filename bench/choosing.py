"""Measure what readers are shown: invented readers over the windows of ../shared, as their news arrives.

    python -m bench.choosing [WINDOW ...]

Each window goes through the whole pipeline, a few articles at a time. At its end, for each of the people, places, bodies and topics
that three stories or more are about, one invented reader follows it and another one mutes it; twelve stories are picked for each:

``followed``   of the stories that there is room for (half of the picks), the share that is picked for who follows their subject
``lift``       by how many places these stand higher than in the list by weight that everybody sees, in the mean
``explained``  the share of picks about the subject that say so
``muted``      the share of picks for who mutes it that are about it, or have its name in the headline (must be 0)
``top``        of the four stories of the last day and a half that most independent sources tell, the share that is shown
``one``        the most picks that one subject leads to, as a share of all (at most half, and what leads anyway)
``learned``    readers who open half of a subject's stories, and nothing else: the share of the other half that is picked
``unlearned``  the same stories picked for a stranger

``unread`` is the share of reports joining a story that make it unread for who has read it, ``unread_copies`` that of reports which
only copy (three quarters of their words are those of the one that they were made from). ``picking_ms`` is the time of picking, with
candidates made before. The last line is one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import mean
from typing import Any

from bench.windows import NAMES, STORIES
from tawatur import outlets, pipeline
from tawatur.digest.facets import Candidate
from tawatur.digest.interests import Act, Choice, Interests, Stance, Subject, SubjectKind, interests, lesson
from tawatur.digest.select import EVERYBODY, LASTS, PASSING, RECENT, Pick, choose
from tawatur.model import Kind, RawDocument, StoryId
from tawatur.personal import Candidates
from tawatur.store import MEMORY, Store, open_store
from tawatur.stories.keys import keys_of

#: How many articles arrive at a time, how many stories are picked, and in how many stories a subject stands at least.
AT_A_TIME, MOST, STORIES_OF = 4, 12, 3
#: How much of a report's words the one has that it was made from, so that it only copies.
COPY = 0.75
#: How many stories are looked at: more than any window has.
ALL = 5000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Nobody:
    """Nobody looks on."""

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: None


@dataclass
class Window:
    """A window as it stands at its end, and what its reports did as they arrived."""

    store: Store
    candidates: list[Candidate]
    joined: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)


def arrive(name: str) -> Window:
    """Let the articles of a window arrive in the order of time."""
    known, store = outlets.load(), open_store(MEMORY)
    lines = (STORIES / f"{name}.jsonl").read_bytes().splitlines()
    lines.sort(key=lambda line: json.loads(line).get("published") or "")
    window = Window(store, [])
    for start in range(0, len(lines), AT_A_TIME):
        arriving = lines[start : start + AT_A_TIME]
        before = {one.head.id: one.head.reports for one in store.headlines(limit=ALL)}
        told = {story: store.told(story) for story in before}
        items = [
            RawDocument(content=line, origin=f"{name}#{start + at}", kind=Kind.JSONL, collected=NOW)
            for at, line in enumerate(arriving)
        ]
        with store.reading(NOW) as now:
            pipeline.read(items, store=store, outlets=known, now=now, watch=Nobody())
        new = {json.loads(line)["id"] for line in arriving}
        for one in store.headlines(limit=ALL):
            if before.get(one.head.id, one.head.reports) != one.head.reports:
                _note(window, one.head.id, new, told[one.head.id])
    made = Candidates(store)
    window.candidates = [made.of(one.head) for one in store.headlines(limit=ALL)]
    return window


def _note(window: Window, story: StoryId, arrived: set[str], told: Any) -> None:
    """Note whether a report that joined a story made it unread."""
    reports = [one.article for one in window.store.reports(story)]
    new = [one for one in reports if one.id in arrived]
    old = [one for one in reports if one.id not in arrived]
    if len(new) == 1 and old:
        kept = window.store.telling(story)
        copies = kept.telling.copies if kept else ()
        copy = any(one.article == new[0].id and one.taken >= COPY for one in copies)
        for kind in ("any", *(["copy"] if copy else [])):
            window.joined[kind] += 1
            window.unread[kind] += window.store.told(story) != told


def subjects(found: Sequence[Candidate]) -> dict[Subject, str]:
    """Return what several stories are about, by name."""
    counted: Counter[Subject] = Counter()
    names: dict[Subject, str] = {}
    for one in found:
        for facet in one.facets.values():
            if facet.share >= PASSING and facet.subject.kind not in (SubjectKind.WORD, SubjectKind.OUTLET):
                counted[facet.subject] += 1
                names[facet.subject] = facet.name
    return {subject: names[subject] for subject, count in counted.items() if count >= STORIES_OF}


def cares(subject: Subject, name: str, stance: Stance) -> Interests:
    """Return the interests of a reader who chose one thing."""
    return interests([Choice(subject=subject, name=name, stance=stance, at=NOW)], now=NOW)


def about(one: Candidate, subject: Subject) -> bool:
    """Say whether a story is about a subject."""
    facet = one.facets.get(subject)
    return facet is not None and facet.share >= PASSING


def score(window: Window) -> Iterator[tuple[str, float]]:
    """Yield what each invented reader of a window is shown, by measure."""
    found = {one.head.id: one for one in window.candidates}
    latest = sorted((one.head.latest for one in window.candidates), reverse=True)[9]
    weighed = [one.head.id for one in window.store.headlines(limit=ALL)]
    recent = [one for one in window.candidates if latest - one.head.latest <= RECENT and one.head.independent > 1]
    top = sorted(recent, key=lambda one: (-one.head.independent, weighed.index(one.head.id)))[: round(MOST * EVERYBODY)]
    for subject, name in subjects(window.candidates).items():
        own = [one.head.id for one in window.candidates if about(one, subject) and latest - one.head.latest <= LASTS]
        begun = time.perf_counter()
        picks = choose(window.candidates, cares(subject, name, Stance.FOLLOW), most=MOST)
        yield "picking_ms", 1000 * (time.perf_counter() - begun)
        ids = [pick.head.id for pick in picks]
        shown = [story for story in own if story in ids]
        yield "followed", min(len(shown) / min(len(own), MOST // 2), 1.0)
        yield from (("lift", float(weighed.index(story) - ids.index(story))) for story in shown)
        yield from (("explained", float(_explains(pick, subject))) for pick in picks if pick.head.id in own)
        yield from (("top", float(one.head.id in ids)) for one in top)
        led = Counter(pick.grounds[0].facets[0].subject for pick in picks if pick.grounds[0].own)
        leading = sum(one.head.id in own for one in top)
        yield "one", max(max(led.values(), default=0) - leading, 0) / MOST
        yield from _muted(window, found, subject, name)
        yield from _learned(window, subject, own)


def _explains(pick: Pick, subject: Subject) -> bool:
    return any(facet.subject == subject for ground in pick.grounds for facet in ground.facets)


def _muted(window: Window, found: dict[StoryId, Candidate], subject: Subject, name: str) -> Iterator[tuple[str, float]]:
    written = f" {' '.join(keys_of(name))} "
    for pick in choose(window.candidates, cares(subject, name, Stance.MUTE), most=MOST):
        headline = f" {' '.join(keys_of(pick.head.title))} "
        named = subject.kind is SubjectKind.PERSON and written in headline
        yield "muted", float(about(found[pick.head.id], subject) or named)


def _learned(window: Window, subject: Subject, own: Sequence[StoryId]) -> Iterator[tuple[str, float]]:
    """Let a reader open every second story of a subject, and yield whether the others are picked."""
    found = {one.head.id: one for one in window.candidates}
    opened, others = own[::2], own[1::2]
    lessons = [lesson(one, "", Act.OPENED, found[one].facets.values(), at=NOW) for one in opened]
    for key, learn in (("learned", True), ("unlearned", False)):
        taste = interests((), lessons, now=NOW, learn=learn)
        ids = {pick.head.id for pick in choose(window.candidates, taste, most=MOST, known=set(opened))}
        if others:
            yield key, len(ids.intersection(others)) / min(len(others), MOST // 2)


def quality(names: Sequence[str] = NAMES) -> dict[str, float]:
    """Return the figures over some windows."""
    values: dict[str, list[float]] = {}
    joined: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    readers = 0
    for name in names:
        window = arrive(name)
        joined += window.joined
        unread += window.unread
        readers += len(subjects(window.candidates))
        for key, value in score(window):
            values.setdefault(key, []).append(value)
    shares = {key: round(mean(told), 3) for key, told in sorted(values.items())}
    shares["one"] = round(max(values["one"]), 3)
    return shares | {
        "readers": 2 * readers,
        "unread": round(unread["any"] / max(joined["any"], 1), 3),
        "unread_copies": round(unread["copy"] / max(joined["copy"], 1), 3),
        "joined": joined["any"],
        "copies": joined["copy"],
    }


if __name__ == "__main__":
    print(json.dumps(quality(sys.argv[1:] or NAMES)))
