"""Wishes become newsletters and back, and everything that is wrong with one is told at once."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from tawatur.newsletter import EVERY_DAY, About, Length, NewsletterId, NewsletterKind, QuietHours, Rhythm, Threshold
from tawatur.reader import ReaderId
from tawatur.store.memory import MemoryStore
from tawatur.store.names import NameHead
from tawatur.stories.naming import NameKind
from tawatur.stories.slugs import form
from tawatur.subscriptions.wishes import Wish, Wishes, Wrong, usual, wish_of

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SALMA = ReaderId("r1")


class Known(MemoryStore):
    """A store in which some people have names."""

    people = (("omar", "Omar Haddad"), ("omar-2", "Omar Haddad"), ("hind", "Hind Najjar"))

    def _heads_of(self, kind: NameKind) -> tuple[NameHead, ...]:
        heads = [
            NameHead(number=at, kind=kind, key=key, name=name, stories=1) for at, (key, name) in enumerate(self.people)
        ]
        return tuple(heads) if kind is NameKind.PERSON else ()

    def name(self, kind: NameKind, key: str) -> NameHead | None:
        return next((one for one in self._heads_of(kind) if one.key == key), None)

    def spelled(self, kind: NameKind, form_: str, *, limit: int) -> tuple[NameHead, ...]:
        return tuple(one for one in self._heads_of(kind) if form(one.name) == form_)[:limit]

    def beginning(self, kind: NameKind, form_: str, *, limit: int) -> tuple[NameHead, ...]:
        return tuple(one for one in self._heads_of(kind) if form(one.name).startswith(form_))[:limit]


def read(wish: Wish, owner: ReaderId | None = SALMA):
    return Wishes(Known()).read(wish, id=NewsletterId("n1"), owner=owner, made=NOW)


def faults(wish: Wish, owner: ReaderId | None = SALMA) -> dict[str, str]:
    with pytest.raises(Wrong) as wrong:
        read(wish, owner)
    return {one.field: one.reason for one in wrong.value.faults}


@pytest.mark.parametrize("kind", [one for one in NewsletterKind if one not in ("topic", "name", "search")])
def test_the_usual_wish_of_a_kind_needs_nothing_more(kind: NewsletterKind) -> None:
    made = read(usual(kind, zone="Africa/Cairo"))
    assert made.kind is kind
    assert (made.rhythm is None) is (kind is NewsletterKind.BREAKING)
    assert (made.threshold is None) is (kind is not NewsletterKind.BREAKING)
    assert made.owner == SALMA


def test_a_morning_letter_comes_every_day_at_seven_and_a_review_on_fridays() -> None:
    assert read(usual(NewsletterKind.MORNING, zone="Cairo")).rhythm == Rhythm(zone="Africa/Cairo")
    assert read(usual(NewsletterKind.EVENING, zone="Cairo")).rhythm.at == time(20)
    weekly = read(usual(NewsletterKind.WEEKLY, zone="Cairo")).rhythm
    assert (weekly.days, weekly.at) == (frozenset({5}), time(10))


def test_a_newsletter_becomes_a_wish_and_the_same_newsletter_again() -> None:
    wishes = (
        replace(usual(NewsletterKind.MORNING, zone="Asia/Beirut"), title="Mine", length="long", least="2", most="5"),
        replace(
            usual(NewsletterKind.BREAKING, zone="Asia/Beirut"), sources="6", quiet_begin="23:00", quiet_end="06:30"
        ),
        replace(usual(NewsletterKind.TOPIC, zone="UTC"), about="topic", key="economy", days=("7", "1")),
        replace(usual(NewsletterKind.NAME, zone="UTC"), about="person", key="omar"),
        replace(usual(NewsletterKind.SEARCH, zone="UTC", language="en"), subject="bridge -ferry"),
    )
    for wish in wishes:
        made = read(wish)
        assert read(wish_of(made)) == made


def test_what_is_said_of_breaking_news_is_kept() -> None:
    wish = replace(usual(NewsletterKind.BREAKING, zone="Africa/Cairo"), sources="6", within="90")
    made = read(replace(wish, quiet_begin="23:00", quiet_end="06:30"))
    assert made.threshold == Threshold(sources=6, within=timedelta(minutes=90))
    assert made.quiet == QuietHours(begin=time(23), end=time(6, 30), zone="Africa/Cairo")
    assert faults(replace(wish, quiet_begin="23:00")) == {"quiet": "quiet"}
    assert faults(replace(wish, quiet_begin="07:00", quiet_end="07:00")) == {"quiet": "quiet"}
    assert faults(replace(wish, sources="0", within="9999")) == {"sources": "number", "within": "number"}


def test_all_faults_are_told_at_once() -> None:
    wish = replace(usual(NewsletterKind.MORNING), days=("8", "x"), at="25:00", zone="Nowhere", least="", most="500")
    assert faults(wish) == {"days": "days", "at": "time", "zone": "zone", "least": "number", "most": "number"}
    assert faults(Wish(kind="nothing")) == {"kind": "kind"}
    assert faults(replace(usual(NewsletterKind.TOPIC), key="weather")) == {"subject": "section"}
    assert faults(replace(usual(NewsletterKind.SEARCH), subject="  ")) == {"subject": "query"}


def test_a_name_is_found_by_its_page_or_as_it_is_typed_and_several_are_asked_about() -> None:
    wish = usual(NewsletterKind.NAME)
    assert read(replace(wish, about="person", key="omar-2")).subject == About(
        kind="person", key="omar-2", name="Omar Haddad"
    )
    assert read(replace(wish, subject="hind najjar")).subject.key == "hind"
    assert read(replace(wish, subject="hind")).subject.key == "hind"
    assert read(replace(wish, about="person", key="omar", subject="Hind Najjar")).subject.key == "hind"
    with pytest.raises(Wrong) as wrong:
        read(replace(wish, subject="Omar Haddad"))
    (fault,) = wrong.value.faults
    assert (fault.reason, [one.key for one in fault.names]) == ("name_several", ["omar", "omar-2"])
    assert faults(replace(wish, subject="nobody")) == {"subject": "name_unknown"}
    assert faults(wish) == {"subject": "name"}


def test_a_city_that_several_places_have_is_asked_about() -> None:
    with pytest.raises(Wrong) as wrong:
        read(usual(NewsletterKind.MORNING, zone="Tripoli", language="en"))
    assert wrong.value.faults[0].places == ("Tripoli, Lebanon", "Tripoli, Libya")


def test_a_public_newsletter_has_a_title_and_an_address() -> None:
    wish = replace(usual(NewsletterKind.MORNING), title="Seven", slug="at-seven", description="Before *breakfast*.")
    made = read(wish, None)
    assert (made.slug, made.description, made.owner) == ("at-seven", "Before *breakfast*.", None)
    assert faults(replace(wish, title="", slug="A B"), None) == {"title": "title", "slug": "slug"}
    for slug in ("confirm", "yours", "-a", "a", "x" * 41):
        assert faults(replace(wish, slug=slug), None) == {"slug": "slug"}
    assert read(replace(wish, slug="-a")).slug == ""


def test_lengths_and_days_are_those_that_exist() -> None:
    made = read(replace(usual(NewsletterKind.MORNING), length="endless"))
    assert (made.length, made.rhythm.days) == (Length.MEDIUM, EVERY_DAY)
