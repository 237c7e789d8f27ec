"""Texts that run against what they stand in, held apart so that they move nothing there; with marks of Unicode, which plain text,
subjects and HTML of every mail program know."""

from __future__ import annotations

import re

from tawatur.wording.words import Direction, direction_of

#: First strong isolate and its end: what stands between them keeps its own direction and moves nothing around it.
ISOLATE, END = "\u2068", "\u2069"
#: Sets the direction of a line that begins with something that runs the other way.
RIGHT_TO_LEFT = "\u200f"
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_OTHER = re.compile("[A-Za-z\u00c0-\u024f0-9]")


def isolated(text: str) -> str:
    """Return a text that may run against what it stands in, such that it moves nothing there."""
    return f"{ISOLATE}{text}{END}"


def apart(text: str, direction: Direction) -> str:
    """Return a text isolated where something in it runs against what it stands in; as it is otherwise."""
    against = _OTHER if direction == "rtl" else _ARABIC
    return isolated(text) if against.search(text) else text


def held(text: str, direction: Direction) -> str:
    """Return a sentence isolated where most of it runs against what it stands in; as it is otherwise."""
    return isolated(text) if direction_of(text, otherwise=direction) != direction else text
