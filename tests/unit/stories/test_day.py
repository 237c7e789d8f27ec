"""The day of the happening, and the days of reports that agree with it."""

import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.unit.stories.building import DATA

from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Certainty,
    DateMention,
    OutletKey,
    Published,
    Report,
    Span,
    Why,
)
from tawatur.stories.day import day_of, reconcile, reconciled, relative_word

TOLD = tomllib.loads((DATA / "days.toml").read_text(encoding="utf-8"))
TEXTS = TOLD["reports"]
SATURDAY = date(2017, 12, 2)
SUNDAY = SATURDAY + timedelta(days=1)


def published(day: date, certainty: Certainty = Certainty.STATED, basis: str = "feed", *also: date) -> Published:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Published(at=at, certainty=certainty, day_only=True, basis=basis, alternatives=also)


def given(day: date) -> Published:
    return published(day, Certainty.STATED, "given")


def report(name: str, when: Published, *mentions: tuple[str, date]) -> Report:
    text = TEXTS[name]
    article = Article(
        id=ArticleId(name),
        outlet=OutletKey(name),
        origin=name,
        collected=datetime(2026, 1, 1, tzinfo=UTC),
        published=when,
        blocks=(Block(BlockKind.PARAGRAPH, text),),
    )
    dates = tuple(
        DateMention(text=words, value=day.isoformat(), span=Span(text.index(words), text.index(words) + len(words)))
        for words, day in mentions
    )
    return Report(
        article=article, analysis=Analysis(article=article.id, version="test", dates=dates), why=Why(key="first")
    )


def on_saturday(when: Published) -> Report:
    return report("dated", when, (TEXTS["weekday"], SATURDAY))


@pytest.mark.parametrize("lead", TOLD["lead"], ids=lambda lead: lead.get("word", "none"))
def test_words_that_count_from_publication_are_found_as_published(lead: dict[str, str | int]) -> None:
    expected = (lead["word"], lead["days"]) if "word" in lead else None
    assert relative_word(str(lead["text"])) == expected


def test_an_unknown_report_of_yesterday_appeared_on_the_day_after() -> None:
    inferred = published(SATURDAY, Certainty.INFERRED, "text", date(2023, 12, 2))
    reports = (report("yesterday", Published()), on_saturday(inferred))
    day = day_of(reports)
    assert (day.day, day.certainty, day.alternatives) == (SATURDAY, Certainty.INFERRED, (date(2023, 12, 2),))
    ((article, found),) = reconcile(reports)
    assert (article, found.day, found.certainty) == ("yesterday", SUNDAY, Certainty.INFERRED)
    assert found.alternatives == (date(2023, 12, 3),)
    assert found.basis in TEXTS["yesterday"]


def test_a_given_day_is_certain_where_the_weekday_bears_it_out() -> None:
    reports = (report("yesterday", given(SATURDAY)), on_saturday(given(SATURDAY)))
    day = day_of(reports)
    assert (day.day, day.certainty, day.alternatives) == (SATURDAY, Certainty.STATED, ())
    assert [(article, found.day) for article, found in reconcile(reports)] == [("yesterday", SUNDAY)]


def test_reconciled_reports_agree_with_the_day_and_stay_as_they_are() -> None:
    once = reconciled((report("yesterday", given(SATURDAY)), on_saturday(given(SATURDAY))))
    assert once[0].article.published.day == SUNDAY
    assert reconciled(once) == once
    assert day_of(once).day == SATURDAY
    assert day_of(once).certainty is Certainty.STATED


def test_a_reports_own_day_is_never_changed() -> None:
    assert reconcile((report("yesterday", published(SATURDAY)), on_saturday(published(SATURDAY)))) == ()


def test_a_lone_report_of_yesterday_tells_of_the_day_before() -> None:
    assert day_of((report("yesterday", given(SUNDAY)),)).day == SATURDAY
    assert reconcile((report("yesterday", given(SUNDAY)),)) == ()


def test_today_is_the_day_of_publication() -> None:
    assert day_of((report("today", published(SATURDAY)),)).day == SATURDAY
    reports = (report("today", Published()), on_saturday(published(SATURDAY)))
    assert [(article, found.day) for article, found in reconcile(reports)] == [("today", SATURDAY)]


def test_the_day_of_publication_stands_where_nothing_better_is_said() -> None:
    assert day_of((report("plain", published(SUNDAY)),)).day == SUNDAY
    assert day_of((report("plain", published(SUNDAY)), report("yesterday", published(SUNDAY)))).day == SATURDAY


def test_a_date_long_past_is_background() -> None:
    mention = (TEXTS["since_when"], date(2011, 3, 3))
    assert day_of((report("since", published(SUNDAY), mention),)).day == SUNDAY


def test_nothing_known_gives_nothing() -> None:
    assert day_of((report("plain", Published()),)) == Published()
    assert reconcile((report("yesterday", Published()),)) == ()
    assert day_of(()) == Published()
