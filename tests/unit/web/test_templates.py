"""Templates name only messages that exist, never trust text, and hold no inline script, no style and no words of their own."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import escape

from tawatur import web, wording
from tawatur.messages import catalogue
from tawatur.web.assets import Assets
from tawatur.web.render import Folded
from tawatur.web.words import words

TEMPLATES = sorted((Path(web.__file__).parent / "templates").glob("*.html"))
STATIC = Path(web.__file__).parent / "static"
KNOWN = re.compile(r"""\{\{ (?:prefix|lang|dir|t\(["'][a-z_.]+["']\)|static\(["'][\w./-]+["']\)) \}\}""")
KEY = re.compile(r"""\bt\(["']([a-z_.]+)["']""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_message_is_in_the_catalogues(path: Path) -> None:
    keys = KEY.findall(path.read_text(encoding="utf-8"))
    assert [key for key in keys if key not in catalogue("ar") or key not in catalogue("en")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline_and_nothing_is_marked_safe(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=|\|\s*safe|autoescape|http:|https:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_of_any_language(path: Path) -> None:
    assert not re.search("[\u0620-\u064a]", path.read_text(encoding="utf-8"))


def test_every_message_of_the_pages_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    for package in (web, wording):
        source += "".join(path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.rglob("*.py"))
    keys = [key for key in catalogue("ar").texts if key.startswith("web.") and not key.startswith("web.error.")]
    assert [key for key in keys if f'"{key}"' not in source and f"'{key}'" not in source] == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_style_sheets_keep_arabic_letters_joined_and_upright(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "letter-spacing" not in text
    assert "italic" not in text
    assert not re.search(r"[{;\s](left|right|top|bottom)\s*:", text)
    assert "@import" not in text
    assert not re.search(r"url\([\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_the_same_on_every_page_is_written_out_and_says_the_same(language: str) -> None:
    assets = Assets()
    folded = Folded({"prefix": "/p", "lang": language, "dir": "rtl"}, words(language), assets)
    environment = Environment(autoescape=True)
    environment.globals |= {
        "t": words(language).text,
        "static": assets.url,
        "prefix": "/p",
        "lang": language,
        "dir": "rtl",
    }
    for path in TEMPLATES:
        written = folded.get_source(environment, path.name)[0]
        for before in KNOWN.findall(path.read_text(encoding="utf-8")):
            assert environment.from_string(before).render() in written, (path.name, before)
    base = folded.get_source(environment, "base.html")[0]
    assert str(escape(catalogue(language).form("web.skip"))) in base
    assert "{{ static(sheet + '.css') }}" in base
