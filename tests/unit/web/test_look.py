"""The choice of how pages look: what the cookie holds, what the form keeps, what a page says of it."""

import re

import pytest
from fastapi.testclient import TestClient
from tests.unit.web.shelf import Deployed, filled

from tawatur.web import create
from tawatur.web.look import COOKIE, DEFAULT, DIGITS, MONTHS, THEMES, Look, read
from tawatur.web.looking import is_here


@pytest.fixture
def client() -> TestClient:
    return TestClient(create(Deployed(filled())), follow_redirects=False)


def test_a_cookie_gives_the_choice_back_whatever_it_is() -> None:
    for theme in THEMES:
        for digits in DIGITS:
            for months in MONTHS:
                for hijri in (False, True):
                    look = Look(digits, months, hijri, theme)
                    assert read(look.text()) == look


@pytest.mark.parametrize("text", ["", "....", "dark", "a.b.c.d.e.f", "auto.latn.egypt.no", "\0", "." * 5000])
def test_what_is_no_choice_is_the_default(text: str) -> None:
    look = read(text)
    assert look == (Look(theme="dark") if text == "dark" else DEFAULT)


def test_the_form_keeps_a_choice_in_a_cookie_that_no_script_reads_and_goes_back(client: TestClient) -> None:
    form = {"theme": "dark", "digits": "arab", "months": "levant", "hijri": "yes", "back": "/story/story-bridge?x=1"}
    answer = client.post("/look", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/story/story-bridge?x=1")
    cookie = answer.headers["set-cookie"]
    assert read(client.cookies[COOKIE]) == Look("arab", "levant", True, "dark")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    page = client.get("/story/story-bridge").text
    assert 'data-theme="dark"' in page
    assert re.search("[\u0660-\u0669]", page)


def test_pages_of_two_looks_are_kept_apart_by_caches(client: TestClient) -> None:
    plain = client.get("/about")
    client.cookies[COOKIE] = Look(digits="arab").text()
    other = client.get("/about", headers={"If-None-Match": plain.headers["etag"]})
    assert plain.headers["vary"].lower().count("cookie") == 1
    assert (other.status_code, other.headers["etag"] != plain.headers["etag"]) == (200, True)


def test_a_page_of_another_site_cannot_choose(client: TestClient) -> None:
    answer = client.post("/look", data={"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("back", ["https://else.example/", "//else.example", "/\\else.example", "", "about", "/a\nb"])
def test_the_form_leads_to_no_other_site(client: TestClient, back: str) -> None:
    assert not is_here(back)
    assert client.post("/en/look", data={"back": back}).headers["location"] == "/en"


def test_nothing_is_kept_of_who_only_reads(client: TestClient) -> None:
    for path in ("/", "/about", "/story/story-bridge"):
        assert "set-cookie" not in client.get(path).headers
