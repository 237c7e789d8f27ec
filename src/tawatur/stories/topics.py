"""The topic of a story: by the sections in which outlets publish it, and by the words with which its reports begin.

A section that says a topic counts as much as a headline full of its words; a section that only says where ("دولي") counts for
nothing. A story whose words say too little, or say two topics alike, has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from tawatur.arabic.lexicon import rows
from tawatur.stories.keys import keys_of
from tawatur.stories.profile import Profile
from tawatur.stories.slugs import form

#: The topics, in the order in which a newspaper has them as sections.
SECTIONS = ("politics", "security", "economy", "incidents", "sport", "culture", "science", "health")
#: How many reports stand for a story.
REPORTS = 6
#: What a word is worth by where it stands, how many places behind the lead are looked at, and what a section is worth.
HEADLINE, LEAD, BODY, PLACES, SECTION = 3, 2, 1, 60, 12
#: How many times as much as the next one a topic must be said.
AHEAD = 1.15


def topic_of(reports: Sequence[Profile]) -> str:
    """Return the key of the topic of some reports of one story, "" where they say none."""
    chosen = reports[:REPORTS]
    total: Counter[str] = Counter()
    for report in chosen:
        total += said(report)
        if topic := by_section(report.section):
            total[topic] += SECTION
    ranked = [(topic, weight / len(chosen)) for topic, weight in total.most_common(2)]
    if not ranked or ranked[0][1] < _topics()[ranked[0][0]]:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= AHEAD * ranked[1][1] else ""


def topics() -> tuple[str, ...]:
    """Return the keys of all topics, in the order of the data file."""
    return tuple(_topics())


def by_section(section: str) -> str:
    """Return the topic that a section of an outlet says, "" where it says none."""
    return _sections().get(form(section), "") if section else ""


def said(report: Profile) -> Counter[str]:
    """Return how much a report says of each topic: each of its words once, by where it stands first."""
    found: Counter[str] = Counter()
    ends = report.title, report.title + report.lead, report.title + report.lead + PLACES
    seen: set[str] = set()
    words = _words()
    for at, key in enumerate(report.keys[: ends[2]]):
        pair = f"{key} {report.keys[at + 1]}" if at + 1 < len(report.keys) else ""
        for told in (key, pair):
            if told in words and told not in seen:
                seen.add(told)
                topic, weight = words[told]
                found[topic] += weight * (HEADLINE if at < ends[0] else LEAD if at < ends[1] else BODY)
    return found


@cache
def _topics() -> dict[str, float]:
    """Return what a story must say at least to be of each topic."""
    return {row[0]: 2.0 * float(row[1]) for row in rows(_PACKAGE, "topics.tsv")}


@cache
def _sections() -> dict[str, str]:
    return {form(section): topic for topic, _, *sections in rows(_PACKAGE, "topics.tsv") for section in sections}


@cache
def _words() -> dict[str, tuple[str, int]]:
    """Return the words, and pairs of words, by key, each with its topic and worth; one that two topics claim is the first one's."""
    found: dict[str, tuple[str, int]] = {}
    for topic, worth, *listed in rows(_PACKAGE, "topic_words.tsv"):
        for word in listed:
            found.setdefault(" ".join(keys_of(word)), (topic, int(worth)))
    return found


_PACKAGE = "tawatur.stories"
