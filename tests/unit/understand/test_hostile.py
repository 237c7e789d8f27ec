"""Text that is no news: no crash, time by length alone, nothing that does not stand in the text."""

import gc
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.linear import MOST, QUICK
from tests.unit.understand.reading_cases import DATA, article

from tawatur.model import Analysis, Article, Span
from tawatur.understand import analyze, dates, figures, organizations, people, places, statements
from tawatur.understand.reading import Reading, read
from tawatur.understand.spans import Stretches, overlaps
from tawatur.understand.tokens import LONGEST

PIECES = [
    json.loads(line)
    for line in (DATA / "hostile.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SHORT = 6_000
LAYERS: dict[str, Callable[[Article, Reading], object]] = {
    "read": lambda one, _: read(one.text),
    "people": lambda _, reading: people.drafts(reading),
    "organizations": lambda _, reading: organizations.find(reading, _named(reading)),
    "places": lambda _, reading: places.find(reading, _named(reading)),
    "statements": lambda _, reading: statements.find(reading, people.drafts(reading), organizations.find(reading)),
    "dates": lambda one, _: dates.find(one),
    "figures": lambda one, _: figures.find(one),
}


def _named(reading: Reading) -> Stretches:
    return Stretches.of(mention.span for draft in people.drafts(reading) for mention in draft.mentions)


def costs(text: str) -> dict[str, float]:
    """Return the seconds of processor time of every layer, without collecting what the tests before have left."""
    one = article(text)
    reading = read(text)
    found = {}
    gc.collect()
    gc.disable()
    try:
        for name, layer in LAYERS.items():
            start = time.process_time()
            layer(one, reading)
            found[name] = time.process_time() - start
    finally:
        gc.enable()
    return found


@pytest.mark.parametrize("piece", PIECES)
def test_every_layer_takes_time_by_length_alone(piece: str) -> None:
    """Four times the text may take a little more than four times as long; the square would be sixteen times."""
    short, long = piece * (SHORT // len(piece)), piece * (4 * SHORT // len(piece))
    for _ in range(3):
        more = costs(long)
        slow = [name for name, seconds in more.items() if seconds > QUICK]
        if not slow:
            return
        less = costs(short)
        slow = [name for name in slow if more[name] > MOST * less[name]]
        if not slow:
            return
    raise AssertionError(f"{piece!r}: {slow} take more than {MOST} times as long for four times the text")


def spans(analysis: Analysis) -> list[tuple[str | None, int, int]]:
    """Return the places of everything in an analysis, each with the string that must stand there, where there is one."""
    found: list[tuple[str | None, int, int]] = []
    found += [(None, span.start, span.end) for person in analysis.people for span in person.spans]
    found += [(None, span.start, span.end) for name in analysis.organizations + analysis.places for span in name.spans]
    for one in (*analysis.statements, *analysis.dates, *analysis.figures):
        found.append((one.text, one.span.start, one.span.end))
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*PIECES, "قال ", ": ", "إن ", "المتحدث ", "باسم ", "عن ", "لـ", "، ", " ", "»", "\u202e"]),
        max_size=14,
    )
)
def test_what_an_analysis_holds_stands_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    made = article(text)
    analysis = analyze(made)
    for string, start, end in spans(analysis):
        assert 0 <= start < end <= len(made.text)
        assert string is None or made.text[start:end] == string
    for person in analysis.people:
        assert all(string in made.text for string in (person.name, *person.aliases, *person.roles))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_an_analysis(text: str) -> None:
    analyze(article(text))


@pytest.mark.parametrize(
    "text", ["", " \n ", "كلمة", "؟!", "«»", "\ud800", "12", "Der Minister sagte nichts.", "他说。", "…\n" * 50]
)
def test_text_that_says_nothing_has_empty_layers(text: str) -> None:
    found = analyze(article(text))
    layers = (found.people, found.organizations, found.places, found.statements, found.dates)
    assert not any(layers)


def test_a_long_line_without_a_full_stop_is_cut_and_analysed() -> None:
    text = "قال الوزير أحمد الخطيب إن العمل مستمر في المدينة " * 1000
    found = analyze(article(text))
    assert found.statements
    assert max(len(sentence) for sentence in read(text).sentences) == LONGEST


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8), st.integers(0, 30), st.integers(1, 5))
def test_stretches_answer_like_a_look_at_all(pairs: list[tuple[int, int]], start: int, length: int) -> None:
    others = [Span(at, at + size) for at, size in pairs]
    asked = Span(start, start + length)
    assert overlaps(asked, Stretches.of(others)) == overlaps(asked, others)
