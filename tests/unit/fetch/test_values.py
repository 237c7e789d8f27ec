"""JSON values out of bytes that come in pieces of any size."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.fetch.values import values

TEXT = st.text(st.sampled_from('ab"\\[]{}\n,: \u0628'), max_size=6)
VALUE = st.recursive(
    TEXT | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner)
)
RECORDS = st.lists(st.dictionaries(TEXT, VALUE, max_size=3), max_size=4)


def split(text: str, size: int, **options: int) -> list[bytes | None]:
    content = text.encode()
    return list(values((content[at : at + size] for at in range(0, len(content), size)), **options))


@given(
    records=RECORDS,
    size=st.integers(1, 9),
    indent=st.sampled_from([None, 2]),
    ascii=st.booleans(),
    form=st.sampled_from(["array", "lines", "one behind another"]),
)
def test_every_record_comes_out_however_it_is_written_and_cut(
    records: list[dict[str, Any]], size: int, indent: int | None, ascii: bool, form: str
) -> None:
    parts = [json.dumps(one, indent=indent, ensure_ascii=ascii) for one in records]
    text = {"array": f"[{','.join(parts)}]", "lines": "\n".join(parts), "one behind another": " ".join(parts)}[form]
    assert [json.loads(value or b"") for value in split(text, size)] == records


@given(text=st.text(st.sampled_from('a"\\[]{},\n'), max_size=30), size=st.integers(1, 9))
def test_what_comes_out_does_not_depend_on_how_the_bytes_are_cut(text: str, size: int) -> None:
    assert split(text, size) == split(text, 1000)


def test_what_is_still_open_comes_last() -> None:
    assert split('[{"a": 1}, {"b": [2', 4) == [b'{"a": 1}', b'{"b": [2']


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_value_that_is_too_long_is_none_and_the_next_is_read(size: int) -> None:
    text = json.dumps([{"a": "x" * 50}, {"b": 1}])
    assert split(text, size, longest=20) == [None, b'{"b": 1}']
