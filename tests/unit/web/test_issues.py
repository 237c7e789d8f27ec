"""Issues of newsletters over HTTP: whose they are, how they look, their list and their feeds."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree, html
from starlette.testclient import TestClient
from tests.unit.web.arriving import MORNING, Newsroom
from tests.unit.web.lending import HERE

from tawatur.accounts import Accounts
from tawatur.accounts.keyring import Keyring
from tawatur.letters import Letters
from tawatur.letters.addresses import page_path
from tawatur.newsletter import Issue, Newsletter, NewsletterId, NewsletterKind
from tawatur.reader import LOCAL, Reader, ReaderId
from tawatur.store import Store
from tawatur.store.keys import Scope
from tawatur.web import create

HOUR = timedelta(hours=1)
OMAR = Reader(id=ReaderId("omar"), email="omar@nabd.example", made=MORNING)
OWN = Newsletter(id=NewsletterId("own"), owner=LOCAL, kind=NewsletterKind.EVENING, made=MORNING, title="<b>Mine</b>")
OTHERS = replace(OWN, id=NewsletterId("others"), owner=OMAR.id, title="")
PUBLIC = replace(OWN, id=NewsletterId("public"), owner=None, title="Public")
STRANGER: dict[str, Any] = {"base_url": "http://news.example", "client": ("192.0.2.7", 50000)}


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    made = Newsroom()
    made.arrives("factory_first", "factory_second", "museum")
    return made


@pytest.fixture(scope="module")
def store(newsroom: Newsroom) -> Store:
    return newsroom.store


@pytest.fixture(scope="module")
def client(newsroom: Newsroom) -> Iterator[TestClient]:
    accounts = Accounts(newsroom.store, single=True)
    with TestClient(create(newsroom, accounts=accounts), **HERE) as made:
        assert made.get("/").status_code == 200  # the local reader is made
        yield made


@pytest.fixture(scope="module")
def issues(client: TestClient, newsroom: Newsroom) -> dict[str, Issue]:
    store, letters = newsroom.store, Letters(newsroom.store, newsroom.outlets)
    store.add_reader(OMAR)
    for one in (OWN, OTHERS, PUBLIC):
        store.put_newsletter(one, due=None)
    sent = {one.id: letters.send(one.id, MORNING + 7 * HOUR) for one in (OWN, OTHERS, PUBLIC)}
    newsroom.arrives("factory_third")
    sent["later"] = letters.send(OWN.id, MORNING + 10 * HOUR)
    return {name: issue for name, issue in sent.items() if issue}


def stranger(newsroom: Newsroom) -> TestClient:
    return TestClient(create(newsroom, accounts=Accounts(newsroom.store, single=True)), **STRANGER)


def test_an_issue_says_what_its_content_does(client: TestClient, issues: dict[str, Issue]) -> None:
    issue = issues["own"]
    answer = client.get(f"/letter/{issue.id}")
    assert answer.status_code == 200
    assert "<b>Mine</b>" not in answer.text
    page = html.fromstring(answer.text)
    assert page.xpath("string(//h1)") == "<b>Mine</b>"
    titles = [one.text_content() for one in page.xpath("//article[contains(@class, 'told')]/h2")]
    assert titles == [one.title for one in issue.content.stories]
    words = [one.text_content() for one in page.xpath("//p[@class='words']")]
    assert words == [sentence.text for one in issue.content.stories for sentence in one.sentences]
    cited = page.xpath("//p[contains(@class, 'cited')]//a/@href")
    assert {f"/article/{source.article}" for one in issue.content.stories for source in one.sources} >= set(cited)


def test_what_changed_stands_above_the_story_that_was_told(client: TestClient, issues: dict[str, Issue]) -> None:
    page = html.fromstring(client.get(f"/letter/{issues['later'].id}").text)
    (changed,) = page.xpath("//section[@class='since']")
    assert [one.text_content().split()[0] for one in changed.xpath(".//del")] == ["5"]
    assert page.xpath("//article//b[@class='label']")


def test_issues_lead_to_one_another(client: TestClient, issues: dict[str, Issue]) -> None:
    first = html.fromstring(client.get(f"/letter/{issues['own'].id}").text)
    assert f"/letter/{issues['later'].id}" in first.xpath("//nav[@class='around']/a/@href")
    listed = html.fromstring(client.get("/letters/own/issues").text)
    links = listed.xpath("//ol[@class='issue-list']//a/@href")
    assert links == [f"/letter/{issues[one].id}" for one in ("later", "own")]
    behind = html.fromstring(client.get("/letters/own/issues?before=2").text)
    assert behind.xpath("//ol[@class='issue-list']//a/@href") == [f"/letter/{issues['own'].id}"]


def test_an_issue_is_seen_by_its_reader_alone_and_a_public_one_by_all(
    client: TestClient, newsroom: Newsroom, issues: dict[str, Issue]
) -> None:
    assert client.get(f"/letter/{issues['others'].id}").status_code == 404
    assert client.get("/letters/others/issues").status_code == 404
    assert client.get("/letter/none").status_code == 404
    assert client.get("/letters/none/issues").status_code == 404
    with stranger(newsroom) as other:
        assert other.get(f"/letter/{issues['own'].id}").status_code == 404
        assert other.get("/letters/own/issues").status_code == 404
        assert other.get(f"/letter/{issues['public'].id}").status_code == 200
        assert other.get("/letters/public/issues").status_code == 200


def test_whoever_was_sent_an_issue_reads_it_by_its_secret_address(newsroom: Newsroom, issues: dict[str, Issue]) -> None:
    path = page_path(newsroom.store, issues["own"].id)
    with stranger(newsroom) as other:
        answer = other.get(path)
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        page = html.fromstring(answer.text)
        assert not [one for one in page.xpath("//a/@href") if one.startswith(("/letter/", "/letters/"))]
        proof = path.rpartition("/")[2]
        assert other.get(f"/letter/{issues['later'].id}/{proof}").status_code == 404
        assert other.get(f"{path[:-1]}x").status_code == 404


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_newsletter_has_a_feed_of_its_issues(
    client: TestClient, newsroom: Newsroom, issues: dict[str, Issue], form: str
) -> None:
    key = Keyring(newsroom.store).make(LOCAL, Scope.FEED, "/you/letters/own", now=MORNING)
    assert key
    with stranger(newsroom) as other:
        answer = other.get(f"/feeds/own/{key.token}.{form}")
        assert answer.status_code == 200
        assert answer.headers["X-Robots-Tag"] == "noindex"
        again = other.get(f"/feeds/own/{key.token}.{form}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert other.get(f"/feeds/letters/public.{form}").status_code == 200
        assert other.get(f"/feeds/letters/own.{form}").status_code == 404
    if form == "json":
        items = json.loads(answer.text)["items"]
        assert [one["url"].partition("/letter/")[2].partition("/")[0] for one in items] == [
            issues[one].id for one in ("later", "own")
        ]
        assert items[0]["url"].endswith(page_path(newsroom.store, issues["later"].id))
        assert all(sentence.text in items[1]["content_html"] for sentence in issues["own"].content.stories[0].sentences)
    else:
        assert len(etree.fromstring(answer.content).findall(".//{*}entry" if form == "atom" else ".//item")) == 2


def test_a_feed_of_somebody_elses_newsletter_is_none(newsroom: Newsroom, issues: dict[str, Issue]) -> None:
    key = Keyring(newsroom.store).make(LOCAL, Scope.FEED, "/you/letters/others", now=MORNING)
    assert key
    with stranger(newsroom) as other:
        assert other.get(f"/feeds/own/{key.token}.atom").status_code == 404


def test_english_pages_say_it_in_english_around_arabic_news(client: TestClient, issues: dict[str, Issue]) -> None:
    page = html.fromstring(client.get(f"/en/letter/{issues['later'].id}").text)
    assert page.get("lang") == "en"
    assert "All issues" in page.text_content()
    assert page.xpath("//main/@dir") == ["rtl"]
