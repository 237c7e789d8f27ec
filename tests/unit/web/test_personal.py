"""A reader's own pages and forms over HTTP, with invented news that arrives: following, muting, learning, reading, forgetting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape

import pytest
from starlette.testclient import TestClient
from tests.unit.web.arriving import Newsroom

from tawatur.accounts import Accounts
from tawatur.digest.interests import Act, Stance, Subject, SubjectKind
from tawatur.messages import catalogue
from tawatur.reader import Reader, ReaderId
from tawatur.store.reads import ReadState
from tawatur.web import create

SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=datetime(2026, 3, 9, tzinfo=UTC))
T = catalogue("en").text
EARLY = ("factory_first", "factory_second", "match_first", "match_second", "museum", "rates")
FACTORY, MUSEUM = "factory_first", "museum"


@dataclass
class Visitor:
    """A browser of a reader at a deployment; ``reader`` is as he is kept."""

    news: Newsroom
    client: TestClient

    @property
    def reader(self) -> Reader:
        return self.news.store.reader(SALMA.id)

    def sees(self, path: str) -> str:
        answer = self.client.get(f"/en{path}")
        assert answer.status_code == 200, answer.text
        return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", "", answer.text)))

    def story(self, name: str) -> str:
        return f"/story/{self.news.story(name)}"

    def sends(self, path: str, **fields: str) -> int:
        page = self.client.get("/en/you/interests").text
        proof = re.search(r'name="csrf" value="([^"]+)"', page)
        assert proof is not None
        sent = {"csrf": proof[1], "back": "/en/you"} | fields
        return self.client.post(f"/en{path}", data=sent, follow_redirects=False).status_code

    def follows(self, kind: str, key: str, stance: str = "follow", name: str = "") -> None:
        assert self.sends("/you/follow", kind=kind, key=key, stance=stance, name=name) == 303

    def named(self, name: str, kind: str = "person") -> tuple[str, str]:
        """Return key and name of the first person, or another kind, of a story."""
        found = self.news.store.names_in(self.news.story(name))
        head = next(one.head for one in found if one.head.kind == kind)
        return head.key, head.name

    def state(self, name: str) -> ReadState:
        story = self.news.story(name)
        return self.news.store.read_states(SALMA.id, [story])[story]

    def allows(self, learn: bool) -> None:
        self.news.store.put_reader(replace(self.reader, preferences=replace(self.reader.preferences, learn=learn)))


@pytest.fixture
def salma() -> Iterator[Visitor]:
    news = Newsroom()
    news.arrives(*EARLY)
    news.store.add_reader(SALMA)
    accounts = Accounts(news.store, single=False)
    client = TestClient(create(news, accounts=accounts), base_url="http://127.0.0.1:8000")
    client.cookies.set("tawatur", accounts.sessions.begin(SALMA, now=datetime.now(UTC)))
    yield Visitor(news, client)
    news.store.close()


# --- Following and muting -------------------------------------------------------------------------------------------------


def test_who_is_followed_is_explained_on_the_front_page(salma: Visitor) -> None:
    key, name = salma.named(MUSEUM)
    because = T("why.you_follow", terms=name)
    assert because not in salma.sees("/")
    salma.follows("person", key)
    assert because in salma.sees("/")
    assert because in salma.sees("/you")
    assert name in salma.sees("/you/interests")
    salma.follows("person", key, stance="")
    assert because not in salma.sees("/")


def test_what_is_muted_is_gone_from_every_list_and_the_front_page_says_so(salma: Visitor) -> None:
    title = salma.news.store.story_head(salma.news.story(FACTORY)).title
    assert all(title in salma.sees(path) for path in ("/", "/you", "/you/unread"))
    key, name = salma.named(FACTORY)
    salma.follows("person", key, stance="mute")
    assert all(title not in salma.sees(path) for path in ("/you", "/you/unread"))
    front = salma.sees("/")
    assert title not in front
    assert T("personal.hidden", n=1, terms=name) in front


def test_topics_outlets_and_words_can_be_followed_too(salma: Visitor) -> None:
    salma.follows("topic", "sport")
    assert T("why.you_follow", terms=T("section.sport")) in salma.sees("/you")
    salma.follows("topic", "sport", stance="")
    headline = salma.news.store.story_head(salma.news.story("rates")).title
    salma.follows("word", "", name=headline.split()[-1])
    assert T("why.you_follow", terms=headline.split()[-1]) in salma.sees("/you")
    salma.follows("outlet", "dafatir")
    assert T("why.you_follow", terms="dafatir") in salma.sees("/you")


def test_a_story_and_the_page_of_a_name_have_buttons_that_follow(salma: Visitor) -> None:
    key, name = salma.named(MUSEUM)
    for path in (salma.story(MUSEUM), f"/person/{key}"):
        assert T("personal.follow_of", name=name) in unescape(salma.client.get(f"/en{path}").text)
    salma.follows("person", key)
    page = unescape(salma.client.get(f"/en/person/{key}").text)
    assert T("personal.unfollow_of", name=name) in page
    assert T("personal.follow_of", name=name) not in page


def test_forms_that_make_no_sense_change_nothing(salma: Visitor) -> None:
    assert salma.sends("/you/follow", kind="planet", key="mars", stance="follow") == 400
    assert salma.sends("/you/follow", kind="word", key="", name=" ", stance="follow") == 400
    assert salma.sends("/you/story/none", act="more") == 404
    assert salma.sends(f"/you{salma.story(MUSEUM)}", act="burn") == 400
    assert salma.sends("/you/learned", what="everything") == 400
    assert salma.sends("/you/follow", csrf="", kind="topic", key="sport", stance="follow") == 403
    store = salma.news.store
    assert (store.choices(SALMA.id), store.lessons(SALMA.id)) == ((), ())


def test_forms_lead_back_to_where_they_stood_and_never_elsewhere(salma: Visitor) -> None:
    page = salma.client.get("/en/you/interests").text
    proof = re.search(r'name="csrf" value="([^"]+)"', page)[1]  # type: ignore[index]
    fields = {"csrf": proof, "kind": "topic", "key": "sport", "stance": "follow"}
    for back, where in (
        ("/en/?before=x", "/en/?before=x"),
        ("https://evil.example/", "/en/you"),
        ("//evil", "/en/you"),
    ):
        answer = salma.client.post("/en/you/follow", data={**fields, "back": back}, follow_redirects=False)
        assert answer.headers["location"] == where


def test_a_stranger_is_led_to_the_way_in_and_sees_no_buttons(salma: Visitor) -> None:
    salma.client.cookies.clear()
    answer = salma.client.get("/en/you", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in?next=/en/you")
    assert "/you/follow" not in salma.client.get(f"/en{salma.story(MUSEUM)}").text
    assert salma.news.store.reads(SALMA.id, limit=9) == ()


# --- Learning ---------------------------------------------------------------------------------------------------------------


def test_opening_teaches_only_if_the_reader_allows_it(salma: Visitor) -> None:
    salma.sees(salma.story(MUSEUM))
    assert salma.news.store.lessons(SALMA.id) == ()
    salma.allows(True)
    salma.sees(salma.story(FACTORY))
    (lesson,) = salma.news.store.lessons(SALMA.id)
    assert lesson.act is Act.OPENED
    _, name = salma.named(FACTORY)
    assert name in salma.sees("/you/interests")


def test_saving_teaches_more(salma: Visitor) -> None:
    salma.allows(True)
    assert salma.sends("/saved", kind="story", of=salma.news.story(MUSEUM)) == 303
    assert [one.act for one in salma.news.store.lessons(SALMA.id)] == [Act.SAVED]


def test_more_of_this_counts_without_leave_and_can_be_taken_back(salma: Visitor) -> None:
    path = salma.story(MUSEUM)
    assert salma.sends(f"/you{path}", act="more") == 303
    _, name = salma.named(MUSEUM)
    assert T("why.you_asked", terms=name) in salma.sees("/you")
    assert T("personal.asked_more") in salma.sees(path)
    assert salma.sends(f"/you{path}", act="less") == 303
    assert T("personal.asked_less") in salma.sees(path)
    assert salma.sends(f"/you{path}", act="neither") == 303
    assert T("personal.asked_less") not in salma.sees(path)


def test_all_that_was_learned_is_seen_and_erased_one_by_one_and_at_once(salma: Visitor) -> None:
    salma.allows(True)
    store = salma.news.store
    for name in (FACTORY, MUSEUM, "rates"):
        salma.sees(salma.story(name))
    (key, name), page = salma.named(MUSEUM), salma.sees("/you/interests")
    assert name in page
    assert salma.sends("/you/learned", what="subject", kind="person", key=key) == 303
    subject = Subject(SubjectKind.PERSON, key)
    assert all(facet.subject != subject for one in store.lessons(SALMA.id) for facet in one.facets)
    story = salma.news.story(FACTORY)
    assert salma.sends("/you/learned", what="lesson", story=story, act="opened") == 303
    assert {one.story for one in store.lessons(SALMA.id)} == {salma.news.story(MUSEUM), salma.news.story("rates")}
    assert salma.sends("/you/learned", what="all") == 303
    assert store.lessons(SALMA.id) == ()
    assert T("interests.learned_none") in salma.sees("/you/interests")


def test_learning_is_switched_on_and_off_where_it_is_seen(salma: Visitor) -> None:
    assert T("interests.learn_off") in salma.sees("/you/interests")
    assert salma.sends("/you/learned", what="learn") == 303
    assert salma.reader.preferences.learn
    assert T("interests.learn_on") in salma.sees("/you/interests")
    assert salma.sends("/you/learned", what="stop") == 303
    assert not salma.reader.preferences.learn


# --- Reading ----------------------------------------------------------------------------------------------------------------


def test_a_story_that_was_read_is_marked_until_it_tells_something_new_and_then_says_what(salma: Visitor) -> None:
    path = salma.story(FACTORY)
    assert T("since.title") not in salma.sees(path)
    assert salma.state(FACTORY) is ReadState.READ
    assert T("personal.state.read") in salma.sees("/")
    salma.news.arrives("factory_third")
    assert salma.state(FACTORY) is ReadState.CHANGED
    assert T("personal.state.changed") in salma.sees("/")
    page = salma.sees(path)
    assert T("since.title") in page
    assert re.search(r"The figure is now 7 .+, it was 5 .+", page)
    assert T("since.title") in salma.sees(path)  # opened again in the same sitting
    assert salma.state(FACTORY) is ReadState.READ


def test_what_others_do_and_what_is_only_looked_ahead_marks_nothing(salma: Visitor) -> None:
    path = f"/en{salma.story(FACTORY)}"
    salma.client.head(path)
    salma.client.get(path, headers={"Sec-Purpose": "prefetch"})
    assert salma.state(FACTORY) is ReadState.UNREAD


def test_a_story_can_be_called_read_and_unread_and_all_of_them_read(salma: Visitor) -> None:
    path = salma.story(FACTORY)
    assert salma.sends(f"/you{path}", act="read") == 303
    assert salma.state(FACTORY) is ReadState.READ
    assert salma.sends(f"/you{path}", act="unread") == 303
    assert salma.state(FACTORY) is ReadState.UNREAD
    assert salma.sends("/you/all-read") == 303
    assert T("personal.unread_none") in salma.sees("/you/unread")
    salma.news.arrives("factory_third")
    assert "7" in salma.sees("/you/unread")
    page = salma.sees(salma.story(FACTORY))
    assert T("since.title") in page  # what was there when all was called read is known
    assert salma.sends("/you/learned", what="reads") == 303
    assert salma.state(FACTORY) is ReadState.UNREAD


def test_the_unread_are_all_but_those_that_were_read(salma: Visitor) -> None:
    heads = {one.head.title for one in salma.news.store.headlines(limit=99)}
    read = salma.news.store.story_head(salma.news.story(MUSEUM)).title
    salma.sees(salma.story(MUSEUM))
    page = salma.sees("/you/unread")
    assert {title for title in heads if title in page} == heads - {read}


def test_the_export_holds_what_was_chosen_learned_and_read(salma: Visitor) -> None:
    key, _ = salma.named(MUSEUM)
    salma.follows("person", key)
    salma.sees(salma.story(MUSEUM))
    found = salma.news.store.export(SALMA.id)
    assert found["interests"]["choices"][0]["key"] == key  # type: ignore[index]
    assert [one["story"] for one in found["read"]] == [salma.news.story(MUSEUM)]  # type: ignore[attr-defined]
    assert salma.news.store.choices(SALMA.id)[0].stance is Stance.FOLLOW
