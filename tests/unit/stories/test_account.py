"""A story told in sentences of its reports."""

import tomllib
from dataclasses import replace

from tests.unit.stories.building import DATA, START, stated

from tawatur.model import (
    AccountPart,
    Agreement,
    Article,
    ArticleId,
    Backing,
    Block,
    BlockKind,
    OutletKey,
    Outlets,
    Point,
    PointKind,
    Report,
    Span,
    Standing,
    Story,
    StoryId,
    Version,
    Why,
    Wording,
)
from tawatur.stories.account import account
from tawatur.stories.agreement import agreement
from tawatur.stories.compose import compose
from tawatur.stories.told import sentences
from tawatur.understand import analyze

TOLD = tomllib.loads((DATA / "account.toml").read_text(encoding="utf-8"))
WORDS = TOLD.pop("words")


def report(name: str, *, outlet: str = "", id: str = "") -> Report:
    told = TOLD[name]
    article = Article(
        id=ArticleId(id or name),
        outlet=OutletKey(outlet or told["outlet"]),
        origin=name,
        collected=START,
        title=told["title"],
        published=stated(told["hour"]),
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in told["text"].strip().split("\n")),
    )
    return Report(article=article, analysis=analyze(article), why=Why(key="first"))


def story(*reports: Report) -> Story:
    return compose(StoryId("s"), reports, outlets=Outlets(known=()))


WHOLE = story(*map(report, TOLD))
ACCOUNT = account(WHOLE, agreement(WHOLE), sentences(WHOLE))


def test_every_sentence_stands_as_it_is_where_it_says() -> None:
    texts = {one.article.id: one.article.text for one in WHOLE.reports}
    assert ACCOUNT.sentences
    for sentence in ACCOUNT.sentences:
        home = sentence.sayings[0]
        assert texts[home.article][home.span.start : home.span.end] == sentence.text
        assert {saying.article for saying in sentence.sayings} == set(sentence.backing.articles)
        assert sentence.backing.independent >= 1


def test_the_news_stands_first_without_its_dateline_and_background_last() -> None:
    parts = [sentence.part for sentence in ACCOUNT.sentences]
    assert parts == sorted(parts, key=list(AccountPart).index)
    assert parts[0] is AccountPart.HAPPENED
    assert not any(sentence.text.startswith(WORDS["dateline"]) for sentence in ACCOUNT.sentences)
    past = next(sentence for sentence in ACCOUNT.sentences if sentence.text.startswith(WORDS["past"]))
    assert past.part is AccountPart.BACKGROUND


def test_what_several_reports_say_is_told_once_with_all_of_them() -> None:
    said = [sentence for sentence in ACCOUNT.sentences if WORDS["said"] in sentence.text]
    assert len(said) == 1
    assert said[0].part is AccountPart.SAID
    assert (said[0].backing.articles, said[0].backing.independent) == (("fire", "smoke"), 2)


def test_a_sentence_that_goes_on_names_its_speaker_beside_it() -> None:
    goes_on = [sentence for sentence in ACCOUNT.sentences if sentence.text.startswith(WORDS["goes_on"])]
    assert [sentence.speaker for sentence in goes_on] in ([], [WORDS["speaker"]])
    alone = story(report("fire"))
    told = account(alone, agreement(alone), sentences(alone))
    assert [one.speaker for one in told.sentences if one.text.startswith(WORDS["goes_on"])] == [WORDS["speaker"]]
    assert all(one.speaker == "" for one in told.sentences if not one.text.startswith(WORDS["goes_on"]))


def test_a_question_to_the_reader_is_not_chosen_before_facts() -> None:
    assert not any(ACCOUNT.sentences[at].text.startswith(WORDS["question"]) for at in ACCOUNT.short)


def test_the_short_form_is_three_of_the_sentences_and_no_background() -> None:
    assert len(ACCOUNT.short) == 3
    assert list(ACCOUNT.short) == sorted(ACCOUNT.short)
    assert all(ACCOUNT.sentences[at].part is not AccountPart.BACKGROUND for at in ACCOUNT.short)


def test_a_copy_adds_nothing_and_backs_nothing() -> None:
    whole = story(*map(report, TOLD), report("fire", outlet="yellow", id="copy"))
    told = account(whole, agreement(whole), sentences(whole))
    assert len(told.sentences) == len(ACCOUNT.sentences)
    assert max(sentence.backing.independent for sentence in told.sentences) <= whole.independent


def test_what_was_counted_anew_is_not_told() -> None:
    text = WHOLE.reports[0].article.text
    at = Span(text.index(WORDS["said"]), text.index(WORDS["said"]) + len(WORDS["said"]))
    gone = Version(
        value="",
        wordings=(Wording(article=ArticleId("fire"), text=WORDS["said"], span=at),),
        backing=Backing(articles=(), independent=0),
        superseded=True,
    )
    point = Point(
        kind=PointKind.FIGURE,
        standing=Standing.AGREED,
        versions=(gone,),
        backing=gone.backing,
        why=Why(key="same_figure"),
    )
    told = account(WHOLE, Agreement(agreed=(point,)), sentences(WHOLE))
    assert all(
        saying.article != "fire" or saying.span.end <= at.start or saying.span.start >= at.end
        for sentence in told.sentences
        for saying in sentence.sayings[:1]
    )


def test_the_order_of_the_reports_does_not_matter() -> None:
    turned = story(*map(report, reversed(TOLD)))
    assert account(turned, agreement(turned), sentences(turned)) == ACCOUNT


def test_a_story_without_a_sentence_has_no_account() -> None:
    empty = report("fire")
    bare = replace(empty, article=replace(empty.article, blocks=()))
    bare = replace(bare, analysis=analyze(bare.article))
    whole = story(bare)
    assert account(whole, agreement(whole), sentences(whole)).sentences == ()
