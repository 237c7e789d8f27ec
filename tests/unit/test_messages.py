"""Both catalogues say the same things, and everything that the code names is there."""

import ast
import json
import re
import string
from pathlib import Path

import pytest

import tawatur
from tawatur.errors import TawaturError
from tawatur.messages import LANGUAGES, Catalogue, catalogue, plural_category

PACKAGE = Path(tawatur.__file__).parent
ARABIC_PLURALS = {"one", "two", "few", "many", "other"}


def arguments(text: str | dict[str, str]) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_have_the_same_keys_with_the_same_arguments() -> None:
    arabic, english = catalogue("ar").texts, catalogue("en").texts
    assert arabic.keys() == english.keys()
    for key, text in arabic.items():
        assert arguments(text) == arguments(english[key]), key


def test_every_arabic_plural_has_the_forms_that_arabic_needs() -> None:
    for key, text in catalogue("ar").texts.items():
        if isinstance(text, dict):
            assert text.keys() >= ARABIC_PLURALS, key


def test_every_area_holds_the_keys_of_its_own_in_one_file() -> None:
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for file in sorted((PACKAGE / "messages" / language).glob("*.json")):
            for key in json.loads(file.read_text(encoding="utf-8")):
                assert key not in seen, f"{key} stands in {seen.get(key)} and in {file.name}"
                seen[key] = file.name


def test_every_error_has_a_message() -> None:
    def tree(error: type[TawaturError]) -> list[type[TawaturError]]:
        return [error, *(found for child in error.__subclasses__() for found in tree(child))]

    for error in tree(TawaturError):
        assert error.key in catalogue("ar"), error.key


def named_keys() -> list[tuple[str, str]]:
    """Return every string of the code that looks like a message key of a known area."""
    areas = {key.split(".")[0] for key in catalogue("ar").texts}
    pattern = re.compile(rf"(?:{'|'.join(sorted(areas))})(?:\.[a-z][a-z0-9_]*)+")
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.fullmatch(node.value):
                found.append((f"{path.relative_to(PACKAGE)}:{node.lineno}", node.value))
    return found


def test_every_key_that_the_code_names_is_in_the_catalogue() -> None:
    missing = [(place, key) for place, key in named_keys() if key not in catalogue("ar")]
    assert missing == []


@pytest.mark.parametrize(
    ("n", "category"), [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (11, "many"), (100, "other")]
)
def test_arabic_plural_categories_follow_cldr(n: int, category: str) -> None:
    assert plural_category("ar", n) == category


def test_a_plural_without_its_form_falls_back_to_other_and_a_missing_key_shows_itself() -> None:
    messages = Catalogue("ar", {"x.reports": {"one": "a", "other": "{n} b"}})
    assert messages.text("x.reports", n=1) == "a"
    assert messages.text("x.reports", n=5) == "5 b"
    assert messages.text("x.nothing") == "x.nothing"
