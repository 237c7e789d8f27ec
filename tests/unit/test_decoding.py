"""Nouns of JSON: many threads may ask for the same kind for the first time."""

import subprocess
import sys

import msgspec
import pytest

from tawatur.decoding import converted, decoded
from tawatur.ids import OutletKey

#: Eight threads learn sixty kinds at once. Without a lock the process dies at the first ones.
_RACE = """
import sys
from dataclasses import make_dataclass
from threading import Barrier, Thread
from tawatur.decoding import decoded

sys.setswitchinterval(1e-6)

def ask(kind, ready):
    ready.wait()
    decoded('{"inner": {"a": 1}}', kind)

for _ in range(60):
    inner = make_dataclass("Inner", [(name, int, 0) for name in "abcdefgh"])
    outer = make_dataclass("Outer", [("inner", inner), *((name, tuple[inner, ...], ()) for name in "abcdefgh")])
    ready = Barrier(8)
    threads = [Thread(target=ask, args=(outer, ready)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
"""


def test_many_threads_learn_a_kind_at_once() -> None:
    assert subprocess.run([sys.executable, "-c", _RACE], check=False).returncode == 0


def test_values_become_nouns() -> None:
    assert decoded('["a", "b"]', tuple[OutletKey, ...]) == ("a", "b")
    assert converted(["a"], tuple[str, ...]) == ("a",)


def test_other_values_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decoded("1", str)
    with pytest.raises(msgspec.ValidationError):
        converted(1, str)
    with pytest.raises(msgspec.DecodeError):
        decoded("{", dict)
