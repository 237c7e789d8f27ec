"""Issues as letters: HTML and plain text, subject and heads."""

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from lxml import html

from tawatur.mail import Forms, Mail, Sender, issue_mail, message
from tawatur.mail.isolate import END, ISOLATE, RIGHT_TO_LEFT
from tawatur.mail.issue import MOST_BYTES
from tawatur.mail.wrap import WIDTH, width
from tawatur.newsletter import Issue, Newsletter, NewsletterId, NewsletterKind
from tawatur.reader import ReaderId
from tawatur.wording.look import Look
from tawatur.wording.words import words

NOW = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
UNSUBSCRIBE = "https://news.example/letters/unsubscribe/" + "abcdefgh" * 12
PAGE = "https://news.example/letter/0123456789abcdef"
SENDER = Sender("Tawatur", "news@tawatur.example")


@pytest.fixture(scope="module")
def issue() -> Issue:
    return msgspec.json.decode((Path(__file__).parent / "data" / "issue_ar.json").read_bytes(), type=Issue)


def newsletter(issue: Issue, language: str = "ar", *, owner: str | None = None, slug: str = "morning") -> Newsletter:
    who = ReaderId(owner) if owner else None
    return Newsletter(
        id=NewsletterId("morning7"), owner=who, kind=issue.content.kind, made=NOW, language=language, slug=slug
    )


def made(issue: Issue, language: str = "ar", look: Look = Look(), **more: object) -> Mail:
    base = "https://news.example" + ("" if language == "ar" else "/en")
    return issue_mail(
        issue,
        more.pop("newsletter", newsletter(issue, language)),
        words(language, look),
        to="salma@manara.example",
        base=base,
        unsubscribe_url=UNSUBSCRIBE,
        page_url=PAGE,
        **more,
    )


def sent(mail: Mail) -> EmailMessage:
    """Return a letter as a strict reader gets it from its bytes."""
    content = message(mail, SENDER, at=NOW).as_bytes()
    found = email.message_from_bytes(content, policy=email.policy.default.clone(raise_on_defect=True))
    for part in found.walk():
        assert part.defects == []
    for name in found:
        assert found[name].defects == (), name
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_both_parts_say_the_same(issue: Issue, language: str) -> None:
    found = sent(made(issue, language))
    plain, shown = found.get_body(("plain",)).get_content(), html.fromstring(found.get_body(("html",)).get_content())
    flat, text = said(plain), said(shown.text_content())
    for story in issue.content.stories:
        assert said(story.title) in flat
        assert said(story.title) in text
        for sentence in story.sentences:
            assert said(sentence.text) in flat
            assert said(sentence.text) in text
    links = {one for one in shown.xpath("//a/@href") if "/story/" in one}
    assert len(links) == 3
    for address in (*links, UNSUBSCRIBE, PAGE):
        assert address in plain
    assert not re.search(r"(?:mail|letters|section|difference)\.[a-z]", text)


def said(text: str) -> str:
    """Return a text without marks of direction, in one line."""
    return " ".join(re.sub("[\u2066-\u2069\u200e\u200f]", "", text).split())


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_page_and_each_table_say_how_they_run(issue: Issue, language: str, direction: str) -> None:
    shown = made(issue, language).html
    page = html.fromstring(shown)
    body = page.find("body")
    assert [(one.get("lang"), one.get("dir")) for one in (page, body)] == [(language, direction)] * 2
    tables = re.findall(r"<table [^>]*>", shown)
    assert len(tables) > 10
    assert all(f'dir="{direction}"' in table and f'lang="{language}"' in table for table in tables)
    other = "ltr" if direction == "rtl" else "rtl"
    assert f"direction:{other}" not in shown
    assert "color-scheme" in shown
    assert "prefers-color-scheme: dark" in shown


def test_nothing_is_loaded_and_nothing_tells_that_it_was_opened(issue: Issue) -> None:
    shown = made(issue, settings_url="https://news.example/letters").html
    for forbidden in ("<img", "<link", "<script", "<form", "@import", "@font-face", "url(", "background="):
        assert forbidden not in shown
    hosts = set(re.findall(r"https?://([^/\"'>\s]+)", re.sub(r"xmlns(?::\w+)?=\"[^\"]*\"", "", shown)))
    assert hosts == {"news.example"}
    assert not re.search(r"[?&](?:utm|id|u|track)", shown)


def test_the_subject_holds_the_headline_apart(issue: Issue) -> None:
    subject = sent(made(issue))["Subject"]
    assert f"{ISOLATE}{issue.content.stories[0].title}{END}" in subject
    second = replace(issue, content=replace(issue.content, stories=issue.content.stories[1:]))
    assert sent(made(second))["Subject"].endswith(f"{ISOLATE}{second.content.stories[0].title}{END}")
    empty = replace(issue, content=replace(issue.content, stories=(), saved=(), title="Mine"))
    assert sent(made(empty))["Subject"] == "Mine"


def test_the_heads_let_it_be_ended_by_one_click(issue: Issue) -> None:
    found = sent(made(issue))
    assert found["List-Unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["List-Id"] == "<morning.letters.news.example>"
    assert (found["Precedence"], found["Auto-Submitted"]) == ("list", "auto-generated")
    assert sent(made(issue, newsletter=newsletter(issue, owner="salma", slug="")))["List-Id"].startswith("<morning7.")
    raw = message(made(issue), SENDER, at=NOW).as_bytes()
    assert b"=?" not in raw.partition(b"List-Unsubscribe:")[2].partition(b"\r\nList-Unsubscribe-Post")[0]


def test_the_foot_says_why_it_came_and_who_sent_it(issue: Issue) -> None:
    own = made(
        issue, "en", newsletter=newsletter(issue, "en", owner="salma"), settings_url="https://news.example/letters"
    )
    assert "because you chose" in said(own.text)
    assert "https://news.example/letters\n" in own.text
    public = made(issue, "en", operator="Tawatur, PO Box 7")
    assert "your address is subscribed" in said(public.text)
    assert all("Tawatur, PO Box 7" in part for part in (public.text, public.html))


def test_lines_are_as_wide_as_they_look_and_links_stand_alone(issue: Issue) -> None:
    for language in ("ar", "en"):
        for line in made(issue, language).text.splitlines():
            assert width(line) <= WIDTH or line.startswith("http"), line
    lines = made(issue).text.splitlines()
    arabic = [line for line in lines if re.search("[\u0620-\u064a]", line)]
    assert all(line.startswith(RIGHT_TO_LEFT) or line.endswith(":") or len(line) < 12 for line in arabic)


def test_digits_and_months_are_those_of_the_reader(issue: Issue) -> None:
    levant, egypt = made(issue, look=Look(digits="arab", months="levant")), made(issue)
    assert "\u0662\u0660\u0662\u0666" in levant.text
    assert "2026" in egypt.text
    assert levant.text.splitlines()[1] != egypt.text.splitlines()[1]
    for story in issue.content.stories:
        assert all(said(one.text) in said(levant.text) for one in story.sentences), "quoted word for word"


def test_markup_of_headlines_is_text(issue: Issue) -> None:
    odd = replace(issue.content.stories[1], title="<script>x</script> & <b>", section="")
    found = made(replace(issue, content=replace(issue.content, stories=(odd,))))
    assert "<script" not in found.html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; &lt;b&gt;" in found.html


def test_a_long_issue_is_made_shorter_before_mail_programs_cut_it(issue: Issue) -> None:
    many = replace(issue, content=replace(issue.content, stories=issue.content.stories * 40))
    found = made(many)
    assert len(found.html.encode()) <= MOST_BYTES
    assert UNSUBSCRIBE in found.html
    assert found.html.count("<a ") > 10
    assert len(made(issue).html.encode()) < MOST_BYTES / 2


def test_copies_differ_in_nothing_but_the_address_that_ends_them(issue: Issue) -> None:
    forms = Forms()
    first = made(issue, forms=forms)
    other = issue_mail(
        issue, newsletter(issue), words("ar"), to="omar@nabd.example", base="https://news.example",
        unsubscribe_url="https://news.example/letters/unsubscribe/other", page_url=PAGE, forms=forms,
    )  # fmt: skip
    assert other.html == first.html.replace(UNSUBSCRIBE, "https://news.example/letters/unsubscribe/other")
    assert "unsubscribe.invalid" not in first.html + first.text + other.html


@pytest.mark.parametrize("kind", list(NewsletterKind))
def test_every_kind_has_a_name(issue: Issue, kind: NewsletterKind) -> None:
    found = made(replace(issue, content=replace(issue.content, kind=kind)), "en")
    assert "letters." not in found.subject + found.text
