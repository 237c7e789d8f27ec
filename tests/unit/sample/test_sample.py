"""The sample edition agrees with itself. Nothing here uses the extractor: the pages are read with plain means only."""

import html
import json
import re
import tomllib
from collections import Counter
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hijridate import Gregorian

from tawatur import sample
from tawatur.arabic.fold import clean, fold

DATA = Path(__file__).parent / "data"
CALENDAR = tomllib.loads((DATA / "calendar.toml").read_text(encoding="utf-8"))
ITEMS = {item.name: item for item in sample.items()}
ARTICLES = {article["key"]: (name, article) for name in ITEMS for article in sample.expected(name)["articles"]}
STORIES = sample.stories()
BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "tr",
    "figure",
    "figcaption",
    "title",
    "blockquote",
}
ANNOTATED = [key for key, (_, article) in ARTICLES.items() if "people" in article]


class PlainText(HTMLParser):
    """The visible text of a page; a block element ends a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data)


def squeeze(text: str) -> str:
    return " ".join(clean(text.replace("\n", " ")).split())


def without_tags(text: str) -> str:
    parser = PlainText()
    parser.feed(text)
    return "".join(parser.parts)


@cache
def visible(name: str) -> str:
    """All text of an item, tags and entities resolved, blanks folded."""
    text = decode(name)
    if name.endswith(".json"):
        text = "\n".join(f"{item['title']}\n{item['content_html']}" for item in json.loads(text)["items"])
    elif name.endswith(".xml"):
        text = "\n".join(html.unescape(part) for part in ElementTree.fromstring(text.encode()).itertext())
    return squeeze(text if name.endswith(".txt") else without_tags(text))


def decode(name: str) -> str:
    """The text of an item. Any bytes decode as windows-1256, so the ISO-8859-6 file is known by its tag."""
    tags = {tag for article in sample.expected(name)["articles"] for tag in article["traps"]}
    content = ITEMS[name].content
    if "iso_8859_6" in tags:
        return content.decode("iso-8859-6")
    return content.decode("windows-1256" if "windows_1256" in tags else "utf-8-sig")


def body(article: dict[str, Any]) -> str:
    updates = (paragraph for update in article["updates"] for paragraph in update["paragraphs"])
    return "\n".join((*article["paragraphs"], *updates))


def strings(article: dict[str, Any]) -> list[str]:
    found = [
        article["title"],
        article["subtitle"],
        article["source_line"],
        article["agency"],
        article.get("summary", ""),
    ]
    found += body(article).split("\n") + article["captions"] + article["related"]
    return [text for text in found + [removed["text"] for removed in article["removed"]] if text]


def test_every_item_has_an_expectation_and_the_other_way_round() -> None:
    assert set(ITEMS) == set(sample.expected_names())
    assert all(sample.expected(name)["articles"] for name in ITEMS)


def test_the_folder_holds_the_same_files() -> None:
    with sample.folder() as folder:
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == {name: item.content for name, item in ITEMS.items()}


def test_the_edition_is_large_and_varied_enough() -> None:
    kinds = Counter(name.rpartition(".")[2] for name, _ in ARTICLES.values())
    sizes = Counter({story["key"]: len(story["articles"]) for story in STORIES["stories"]})
    assert len(ARTICLES) == sum(len(sample.expected(name)["articles"]) for name in ITEMS) >= 68
    assert len({item.outlet for item in ITEMS.values()}) >= 12
    assert len(sizes) >= 20
    assert 5 <= sum(size == 1 for size in sizes.values()) <= 8
    assert 8 <= max(sizes.values()) <= 9
    assert kinds["html"] >= 38
    assert kinds["txt"] >= 10
    assert kinds["xml"] + kinds["json"] >= 15
    assert len(ANNOTATED) >= len(ARTICLES) // 3


@pytest.mark.parametrize("key", ARTICLES)
def test_every_expected_string_stands_in_the_item(key: str) -> None:
    name, article = ARTICLES[key]
    for text in strings(article):
        assert squeeze(text) == text
        assert text in visible(name), text


@pytest.mark.parametrize("name", [name for name in ITEMS if name.endswith(".txt")])
def test_text_files_hold_nothing_that_is_not_expected(name: str) -> None:
    left = visible(name)
    for article in sample.expected(name)["articles"]:
        for text in sorted(strings(article), key=len, reverse=True):
            credited = text == article["agency"] != article["source_line"]  # stands inside a paragraph
            left = left if credited else left.replace(text, " ", 1)
    prompts = {"اقرأ", "أيضا:", "المصدر:", "تحديث"}
    words = [
        word for word in left.split() if word not in prompts and not re.fullmatch(r"\(\d\d:\d\d|ت\.غ\)|[.،]", word)
    ]
    assert words == []


@pytest.mark.parametrize("key", ARTICLES)
def test_publication_is_a_day_or_a_time_with_its_zone_in_the_week(key: str) -> None:
    article = ARTICLES[key][1]
    if article["certainty"] == "unknown":
        assert article["published"] is None
        return
    at = datetime.fromisoformat(article["published"])
    assert date(2026, 3, 8) <= at.date() <= date(2026, 3, 14)
    assert (at.tzinfo is not None) == ("T" in article["published"])


@pytest.mark.parametrize("name", ITEMS)
def test_every_weekday_fits_its_date(name: str) -> None:
    for found in mentions("dated", name) + mentions("hijri", name):
        day = date(int(found["year"]), 3, int(found["day"]))
        assert re.fullmatch(CALENDAR["weekdays"][day.weekday()], found["weekday"]), found.group()


@pytest.mark.parametrize("name", ITEMS)
def test_every_hijri_date_fits_its_date(name: str) -> None:
    for found in mentions("hijri", name):
        hijri = Gregorian(int(found["year"]), 3, int(found["day"])).to_hijri()
        assert (hijri.year, hijri.month, hijri.day) == (int(found["hijri_year"]), 9, int(found["hijri_day"]))


def test_the_checks_of_dates_find_dates() -> None:
    assert sum(len(mentions("dated", name)) for name in ITEMS) >= 20
    assert sum(len(mentions("hijri", name)) for name in ITEMS) >= 5


def mentions(pattern: str, name: str) -> list[re.Match[str]]:
    text = visible(name).translate({0x660 + digit: str(digit) for digit in range(10)})
    return list(re.finditer(CALENDAR[pattern].replace("WEEKDAY", "|".join(CALENDAR["weekdays"])), text))


@pytest.mark.parametrize("key", ANNOTATED)
def test_labels_are_found_in_the_text_in_its_order(key: str) -> None:
    article = ARTICLES[key][1]
    text = body(article)
    names = {person["name"] for person in article["people"]}
    for person in article["people"]:
        assert all(form in text for form in (person["name"], *person["aliases"], *person["roles"]))
    for kind, quoted in (("quotes", article["quotes"]), ("dates", article["dates"])):
        at = 0
        for label in quoted:
            found = text.find(label["text"], at)
            assert found >= 0, (kind, label)
            at = found
    for quote in article["quotes"]:
        assert all(who in names or who in text for who in (quote["speaker"], *quote["via"])), quote
    first = [text.find(person["name"]) for person in article["people"]]
    assert first == sorted(first)


@pytest.mark.parametrize("key", ANNOTATED)
def test_labelled_dates_are_iso_and_weekdays_fit(key: str) -> None:
    for label in ARTICLES[key][1]["dates"]:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\dZ?)?)?)?", label["value"])
        if len(label["value"]) == 10:
            weekday = CALENDAR["weekdays"][date.fromisoformat(label["value"]).weekday()]
            named = re.search("|".join(CALENDAR["weekdays"]), label["text"])
            assert named is None or re.fullmatch(weekday, named.group()), label


@pytest.mark.parametrize("key", ANNOTATED)
def test_direct_quotes_stand_between_marks(key: str) -> None:
    text = body(ARTICLES[key][1])
    for quote in ARTICLES[key][1]["quotes"]:
        marked = f'[«"]{re.escape(quote["text"])}[»"]'
        assert (quote["kind"] == "direct") == bool(re.search(marked, text)) or quote["kind"] == "indirect"
        assert quote["kind"] in ("direct", "indirect")


def test_every_article_is_in_exactly_one_story() -> None:
    counted = Counter(key for story in STORIES["stories"] for key in story["articles"])
    assert set(counted) == set(ARTICLES)
    assert set(counted.values()) == {1}
    assert len({story["key"] for story in STORIES["stories"]}) == len(STORIES["stories"])


def test_stories_have_labels_a_day_and_a_possible_count_of_sources() -> None:
    for story in STORIES["stories"]:
        reporting = {ITEMS[ARTICLES[key][0]].outlet for key in story["articles"]}
        assert story["label_ar"]
        assert story["label_en"]
        assert 1 <= story["independent"] <= len(reporting)
        days = [ARTICLES[key][1]["published"] for key in story["articles"]]
        assert story["day"] is None or story["day"] <= min(day[:10] for day in days)


def test_the_count_of_sources_follows_outlet_family_and_agency() -> None:
    known = {outlet.key: outlet for outlet in sample.outlets().known}
    credit = {name: outlet.key for outlet in known.values() for name in outlet.credits}
    for story in STORIES["stories"]:
        sources = set()
        for key in story["articles"]:
            name, article = ARTICLES[key]
            outlet = known[ITEMS[name].outlet]
            sources.add(credit.get(article["agency"]) or outlet.family or outlet.key)
        assert story["independent"] == len(sources), story["key"]


def test_related_stories_and_notes_name_what_exists() -> None:
    stories = {story["key"]: story["articles"] for story in STORIES["stories"]}
    assert all(first in stories and second in stories and first != second for first, second in STORIES["related"])
    for note in (*STORIES["agreed"], *STORIES["differ"]):
        assert len(note["values"]) >= 2
        for value in note["values"]:
            assert value["article"] in stories[note["story"]]
            assert value["value"] in visible(ARTICLES[value["article"]][0])


def test_one_agency_text_stands_in_five_outlets() -> None:
    carriers = {ITEMS[name].outlet for name, article in ARTICLES.values() if "agency_text" in article["traps"]}
    (summit,) = [story["articles"] for story in STORIES["stories"] if story["key"] == "summit"]
    copies = [key for key in summit if "agency_text" in ARTICLES[key][1]["traps"]]
    shared = {sentence[:30] for sentence in fold(body(ARTICLES["summit-waz"][1])).split("\n")[1:3]}
    assert len(carriers) >= 5
    assert len(copies) >= 5
    assert all(any(start in fold(body(ARTICLES[key][1])) for start in shared) for key in copies)


def test_every_trap_occurs() -> None:
    wanted = {
        line for line in (DATA / "traps.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    }
    tagged = {tag for _, article in ARTICLES.values() for tag in article["traps"]}
    assert wanted <= tagged


def test_no_real_country_or_outlet_is_named() -> None:
    named = "|".join(map(re.escape, CALENDAR["real"]))
    pattern = re.compile(rf"(?<!\w)[وفبلك]{{0,2}}(?:{named})(?!\w)")
    assert {name: found.group() for name in ITEMS if (found := pattern.search(visible(name)))} == {}


def test_every_page_and_feed_says_that_it_is_invented() -> None:
    mark = "من نسج الخيال"
    assert all(mark in decode(name) for name in ITEMS if not name.endswith(".txt"))


def test_outlets_are_invented_and_cover_all_folders() -> None:
    known = sample.outlets()
    assert {outlet.key for outlet in known.known} == {item.outlet for item in ITEMS.values()}
    assert all(outlet.invented and outlet.hosts and not outlet.country for outlet in known.known)
    assert all(host.endswith(".example") for outlet in known.known for host in outlet.hosts)
    assert any(outlet.agency for outlet in known.known)
    assert max(Counter(outlet.family for outlet in known.known if outlet.family).values()) >= 2
