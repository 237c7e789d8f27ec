"""A rewritten account on a story's page and in the interface: marked as a machine's, with originals and sources, or not at all."""

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.ids import StoryId
from tawatur.model import Account, Rewriting, RewrittenSentence
from tawatur.stories.rewriting import fingerprint
from tawatur.web import create
from tawatur.web.reading import Reading
from tawatur.web.view.story import story_view
from tawatur.web.words import words

STORY = StoryId("story-bridge")
NOW = datetime(2031, 5, 5, 12, 0, tzinfo=UTC)


def account(shelf: Shelf) -> Account:
    reading = Reading(Deployed(shelf))
    return reading.story(STORY, outlets=reading.outlets()).telling.account


def rewritten(*, made_of: str = "", model: str = "invented-model <1>") -> Shelf:
    """Return the shelf with a rewriting of two sentences of a story's account, and one as it was."""
    shelf = filled()
    told = account(shelf)
    one, two, three = told.sentences[:3]
    sentences = (
        RewrittenSentence(text=f"{one.text.rstrip('.')} <b> {two.text}", rests_on=(0, 1)),
        RewrittenSentence(text=three.text, rests_on=(2,), own=False),
    )
    made = Rewriting(made_of=made_of or fingerprint(told), model=model, at=NOW, sentences=sentences)
    shelf.rewritten[STORY] = made
    return shelf


def page(shelf: Shelf, language: str) -> str:
    with TestClient(create(Deployed(shelf))) as client:
        return client.get(f"{'/en' if language == 'en' else ''}/story/{STORY}").text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_marks_it_as_a_machines_and_has_originals_and_sources(language: str) -> None:
    html = page(rewritten(), language)
    [section] = re.findall(r'<section class="account rewriting".*?</section>', html, re.DOTALL)
    assert words(language).text("web.rewriting.label", model="invented-model &lt;1&gt;") in section
    assert "<b> " not in section.replace('<b class="label">', "")
    assert section.count("<details>") == 1
    assert section.count(words(language).text("web.rewriting.as_is")) == 1
    assert section.count('class="note cited"') == 4  # two sentences, and the two originals of the first
    for one in account(filled()).sentences[:2]:
        assert one.text[:30] in section.partition("<details>")[2]


def test_a_sentence_has_no_more_sources_than_the_original_with_the_fewest() -> None:
    shelf = rewritten()
    reading = Reading(Deployed(shelf))
    outlets = reading.outlets()
    view = story_view(reading.story(STORY, outlets=outlets), outlets=outlets, words=words("en")).rewriting
    assert view is not None
    first = view.sentences[0]
    assert first.sources.independent == min(one.sources.independent for one in first.originals)
    assert {by.outlet.name for by in first.cited} == {by.outlet.name for one in first.originals for by in one.cited}


def test_the_interface_gives_it_with_the_numbers_that_it_rests_on() -> None:
    with TestClient(create(Deployed(rewritten()))) as client:
        found = client.get(f"/api/stories/{STORY}").json()
    assert found["rewriting"]["model"] == "invented-model <1>"
    assert [one["rests_on"] for one in found["rewriting"]["sentences"]] == [[0, 1], [2]]
    assert [one["own"] for one in found["rewriting"]["sentences"]] == [True, False]
    assert found["rewriting"]["sentences"][1]["text"] == found["account"]["sentences"][2]["text"]


def test_of_another_account_it_is_not_shown() -> None:
    shelf = rewritten(made_of="another")
    assert "rewriting" not in page(shelf, "ar")
    with TestClient(create(Deployed(shelf))) as client:
        assert client.get(f"/api/stories/{STORY}").json()["rewriting"] is None


def test_a_model_without_a_name_is_a_model_still() -> None:
    assert words("ar").text("web.rewriting.label_unnamed") in page(rewritten(model=""), "ar")
