"""A profile holds the telling words in order, with gaps, and survives being stored."""

from dataclasses import replace
from datetime import timedelta

import msgspec
from tests.unit.stories.building import START, analysis, article

from tawatur.model import Block, BlockKind, DateMention, Published, Span
from tawatur.stories.keys import key_of
from tawatur.stories.profile import BEGINNING, BODY_WORDS, LEAD_WORDS, SHOWN_WORDS, Profile, profile


def test_headline_lead_and_body_stand_in_order_with_their_words_as_published() -> None:
    bridge = article("bridge_one")
    found = profile(bridge, analysis(bridge))
    headline = [word for word in found.words[: found.title] if word]
    assert headline == [word for word in bridge.title.split() if word in headline]
    assert len(headline) >= 5
    assert all(key == key_of(word) for key, word in zip(found.keys, found.words, strict=False) if word)
    assert 0 < found.lead <= LEAD_WORDS


def test_words_that_are_neighbours_in_a_profile_are_neighbours_in_the_text() -> None:
    bridge = article("bridge_one")
    found = profile(bridge, analysis(bridge))
    text = f"{bridge.title}\n{bridge.text}"
    pairs = [(one, two) for one, two in zip(found.words, found.words[1:], strict=False) if one and two]
    assert pairs
    assert all(f"{one} {two}" in text for one, two in pairs)


def test_a_long_article_makes_no_larger_profile() -> None:
    bridge = article("bridge_one")
    long = replace(bridge, blocks=bridge.blocks * 60)
    found = profile(long, analysis(long))
    assert len(found.keys) == found.title + BODY_WORDS
    assert len(found.words) == SHOWN_WORDS


def test_an_undated_article_is_known_to_be_so_and_stands_at_its_collection() -> None:
    dated, undated = article("bridge_one"), article("bridge_one", published=Published())
    assert (profile(dated, analysis(dated)).time, profile(dated, analysis(dated)).dated) == (START, True)
    found = profile(undated, analysis(undated))
    assert (found.time, found.dated) == (START + timedelta(days=30), False)


def test_names_come_from_the_analysis_once_each() -> None:
    bridge = article("bridge_one")
    found = profile(bridge, analysis(bridge, people=("Faris", "Faris"), places=("Nura",)))
    assert (found.people, found.places, found.organizations) == (("Faris",), ("Nura",), ())


def test_an_article_without_words_has_an_empty_profile() -> None:
    empty = replace(article("bridge_one"), title="", blocks=(Block(BlockKind.PARAGRAPH, "..."),))
    found = profile(empty, analysis(empty))
    assert (found.keys, found.words, found.title, found.lead) == ((), (), 0, 0)


def test_a_profile_comes_back_from_json_as_it_was() -> None:
    bridge = article("bridge_two")
    found = profile(bridge, analysis(bridge))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Profile) == found


def test_the_days_that_a_text_names_are_kept_in_order_with_those_of_its_beginning_counted() -> None:
    bridge = article("bridge_one")
    mentions = [("2026-03-09T10:30", 20, "minute"), ("2026-03-08", 90, "day"), ("2026-03-09", 300, "day"),
                ("2025-11-02", BEGINNING + 5, "day"), ("2026-03", 40, "month")]  # fmt: skip
    dates = tuple(
        DateMention(text="", value=value, span=Span(at, at + 1), grain=grain) for value, at, grain in mentions
    )
    found = profile(bridge, replace(analysis(bridge), dates=dates))
    assert found.days == ("2026-03-09", "2026-03-08", "2025-11-02")
    assert found.lead_days == 2
