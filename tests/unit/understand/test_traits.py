"""The traits of words say yes wherever the rules that look at neighbours find something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tawatur.understand import organizations, places, roles
from tawatur.understand.role_words import head_of
from tawatur.understand.tokens import Sentence, token_sentences
from tawatur.understand.traits import ORGANIZATION, PLACE, ROLE

DATA = Path(__file__).parent / "data"


def every_token() -> Iterator[tuple[Sentence, int]]:
    """Yield the sentences of cases of people, places, organisations and statements, each with the number of each token."""
    for name in ("people", "places", "organizations", "statements", "families"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for sentence in token_sentences(json.loads(line).get("text", "")):
                yield from ((sentence, at) for at in range(len(sentence)))


def test_what_no_trait_announces_is_found_by_no_rule() -> None:
    found = [0, 0, 0]
    for sentence, at in every_token():
        token = sentence[at]
        rules = (
            (PLACE, places._longest(sentence, at)),
            (ORGANIZATION, organizations._known(sentence, at) or organizations._headed(sentence, at)),
            (ROLE, head_of(token.text)),
        )
        for number, (trait, match) in enumerate(rules):
            assert token.traits & trait or not match, token.text
            found[number] += bool(match)
    assert all(found)


def test_no_role_stands_before_a_word_that_none_leads_up_to() -> None:
    found = 0
    for sentence, at in every_token():
        before = roles._roles_until(sentence, at, roles._skip_back(sentence, at - 1), ())
        short = roles._short_title(sentence, at) < at
        assert roles._is_led(sentence, at) or not (before or short), sentence[at].text
        found += bool(before)
    assert found
