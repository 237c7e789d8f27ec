"""Those who subscribe: what is kept of them, what a list brings in, and that whoever leaves stays away from lists."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.accounts.entering import Place
from tawatur.accounts.signatures import Signer
from tawatur.newsletter import Newsletter, NewsletterId, NewsletterKind, Rhythm
from tawatur.store.memory import MemoryStore
from tawatur.store.subscribers import Subscriber
from tawatur.subscriptions.lists import bring_in, given_out, written
from tawatur.subscriptions.people import LASTS, People

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SEVEN = Newsletter(
    id=NewsletterId("n1"),
    owner=None,
    kind=NewsletterKind.MORNING,
    made=NOW,
    title="Seven",
    rhythm=Rhythm(),
    slug="seven",
)
HEAD = "email,confirmed,source\n"


@pytest.fixture
def people() -> People:
    store = MemoryStore()
    store.put_newsletter(SEVEN, due=NOW)
    return People(store, Signer(store), "https://news.example")


def confirmed(people: People, email: str, now: datetime = NOW) -> Subscriber | None:
    people.ask(SEVEN.id, email, "ar", Place(address="192.0.2.9"), now=now)
    mail = people.write(people.store.waiting_letters()[-1].letter, now)
    assert mail
    return people.confirm(mail.link.rpartition("/")[2], now=now)


def test_a_link_works_once_and_for_two_days(people: People) -> None:
    people.ask(SEVEN.id, "omar@waz.example", "en", Place(address="192.0.2.9"), now=NOW)
    mail = people.write(people.store.waiting_letters()[-1].letter, NOW)
    assert mail
    token = mail.link.rpartition("/")[2]
    assert mail.link == f"https://news.example/en/newsletters/confirm/{token}"
    assert people.look(token, now=NOW + LASTS) is None
    made = people.confirm(token, now=NOW + timedelta(hours=1))
    assert made
    assert (made.email, made.language, made.consent.network) == ("omar@waz.example", "en", "192.0.2.9")
    assert people.confirm(token, now=NOW + timedelta(hours=1)) is None


def test_nothing_is_written_for_a_newsletter_that_is_no_more(people: People) -> None:
    people.ask(SEVEN.id, "omar@waz.example", "ar", Place(), now=NOW)
    people.store.drop_newsletter(SEVEN.id)
    assert people.write(people.store.waiting_letters()[-1].letter, NOW) is None


def test_a_token_is_good_for_its_holder_alone(people: People) -> None:
    omar, hind = confirmed(people, "omar@waz.example"), confirmed(people, "hind@waz.example")
    assert omar
    assert hind
    token = people.token(omar)
    assert people.holder(token) == omar
    assert people.holder(token.replace(omar.id, hind.id)) is None
    assert people.holder("") is None
    people.leave(omar, now=NOW)
    assert people.holder(token) is None


def test_whoever_left_is_not_brought_in_again_but_may_come_back_himself(people: People) -> None:
    omar = confirmed(people, "omar@waz.example")
    assert omar
    people.leave(omar, now=NOW)
    row = HEAD + "OMAR@waz.example,2026-01-02,the fair\n"
    count, bad = bring_in(people, row, SEVEN.id, now=NOW)
    assert (count, [one.reason for one in bad]) == (0, ["left"])
    assert confirmed(people, "omar@waz.example", NOW + timedelta(days=2))
    assert people.store.audiences()[SEVEN.id].left == 0


def test_a_table_comes_out_as_it_went_in(people: People) -> None:
    rows = [f'p{at}@waz.example,2026-01-0{1 + at % 9}T00:00:00+00:00,"a fair, in ""Cairo""",ar,\n' for at in range(9)]
    count, bad = bring_in(people, "\ufeffemail,confirmed,source,language,network\n" + "".join(rows), SEVEN.id, now=NOW)
    assert (count, bad) == (9, ())
    lines = written(given_out(people, SEVEN.id)).splitlines(keepends=True)
    assert lines[0] == "email,confirmed,source,language,network\n"
    assert sorted(lines[1:]) == sorted(rows)
