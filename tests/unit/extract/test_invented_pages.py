"""Pages of every make, invented: each gives its article, the whole article and nothing but the article."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.unit.extract.extracting import DATA, articles, extracted, text_of

from tawatur.model import Article, Kind

PAGES = DATA / "pages"
MARKED = sorted(path.stem for path in PAGES.glob("*.json"))
#: Pages whose text stands in scripts, or whose updates are not running text.
SCRIPTED = {"nextjs_data", "arc_fusion", "jsonld_body_only", "jsonld_paywall", "liveblog"}


def read(name: str, change: Callable[[str], str] = str) -> tuple[dict[str, Any], Article]:
    page = text_of(f"pages/{name}.html")
    first, *_ = articles(change(page), Kind.HTML)
    return json.loads(text_of(f"pages/{name}.json")), first


def without_names(page: str) -> str:
    return re.sub(r"""\s(?:class|id)=(?:"[^"]*"|'[^']*'|[\w-]+)""", "", page)


def with_divs(page: str) -> str:
    return re.sub(r"<p(?=[\s>])", "<div", page).replace("</p>", "</div>")


def without_metadata(page: str) -> str:
    page = re.sub(r'<script type="application/ld\+json".*?</script>', "", page, flags=re.DOTALL)
    return re.sub(r"<meta (?:property|name|itemprop)[^>]*>", "", page)


@pytest.mark.parametrize("name", MARKED)
def test_a_page_gives_its_article_and_nothing_else(name: str) -> None:
    marked, found = read(name)
    assert found.title == marked["title"]
    assert list(found.paragraphs) == marked["paragraphs"]
    assert not [line for line in marked["boilerplate"] if line in found.text]


@pytest.mark.parametrize("name", MARKED)
def test_a_page_gives_its_day(name: str) -> None:
    marked, found = read(name)
    assert found.published.day == (marked["published"] and date.fromisoformat(marked["published"]))


@pytest.mark.parametrize("change", [with_divs, without_metadata])
@pytest.mark.parametrize("name", sorted(set(MARKED) - SCRIPTED))
def test_the_text_does_not_hang_on_the_tags_of_its_paragraphs_or_on_metadata(
    name: str, change: Callable[[str], str]
) -> None:
    marked, found = read(name, change)
    words, wanted = found.text.split(), " ".join(marked["paragraphs"]).split()
    assert len(set(words) ^ set(wanted)) <= 0.03 * len(wanted)


def test_names_in_the_markup_help_but_are_not_needed() -> None:
    whole = []
    for name in sorted(set(MARKED) - SCRIPTED):
        marked, found = read(name, without_names)
        whole.append(list(found.paragraphs) == marked["paragraphs"])
    assert sum(whole) >= 0.85 * len(whole)


def test_a_list_of_articles_is_none() -> None:
    unmarked = [path for path in PAGES.glob("*.html") if not path.with_suffix(".json").exists()]
    assert unmarked
    for path in unmarked:
        assert [one.reason for one in extracted(path.read_text(encoding="utf-8"), Kind.HTML).rejected] == ["no_article"]
