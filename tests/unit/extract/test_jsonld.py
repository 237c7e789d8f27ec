"""JSON in scripts: put right where it is careless, picked where it is beyond repair."""

import pytest

from tawatur.extract import jsonld


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "a b", "n": 1}',
        '<!-- {"headline": "a b", "n": 1} -->',
        '//<![CDATA[\n{"headline": "a b", "n": 1}\n//]]>',
        '/* data */ {"headline": "a b", "n": 1};',
        '{"headline": "a b", "n": 1,}',
        '{"headline": "a b",, "n": 1}',
        "{&quot;headline&quot;: &quot;a b&quot;, &quot;n&quot;: 1}",
    ],
)
def test_careless_json_is_read(text: str) -> None:
    assert jsonld.values(text) == [{"headline": "a b", "n": 1}]


def test_line_breaks_in_texts_are_read_as_they_stand() -> None:
    assert jsonld.values('{"description": "one\ntwo"}') == [{"description": "one\ntwo"}]


def test_several_values_in_a_row_are_all_read() -> None:
    assert jsonld.values('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]


def test_of_broken_json_the_keys_that_matter_are_picked() -> None:
    text = '{"@type": "NewsArticle", "headline": "he said "no" twice", "datePublished": "2026-04-07T08:00:00Z", "x": }'
    (found,) = jsonld.values(text)
    assert found["datePublished"] == "2026-04-07T08:00:00Z"
    assert found["@type"] == "NewsArticle"


@pytest.mark.parametrize("text", ["", "  ", "var a = 1;", "{", "[" * 100_000])
def test_what_holds_nothing_gives_nothing(text: str) -> None:
    assert jsonld.values(text) == []


def test_objects_are_given_in_page_order_and_only_below_the_named_keys() -> None:
    value = {"n": 1, "@graph": [{"n": 2}, {"n": 3, "author": {"n": 4}}]}
    assert [one["n"] for one in jsonld.objects(value, ("@graph",))] == [1, 2, 3]
    assert [one["n"] for one in jsonld.objects(value)] == [1, 2, 3, 4]


def test_only_so_many_objects_are_looked_at() -> None:
    assert len(list(jsonld.objects([{"n": n} for n in range(3 * jsonld.MOST_OBJECTS)]))) < jsonld.MOST_OBJECTS


def test_the_value_that_begins_in_a_script_ends_where_it_ends() -> None:
    text = 'x={"a": [1, 2]};y={"b": 1};'
    assert jsonld.first(text, 2) == [{"a": [1, 2]}]
    assert jsonld.first(text, 0) == []
