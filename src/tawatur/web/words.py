"""The words of pages: those of everything that speaks to people (``tawatur.wording``)."""

from __future__ import annotations

from tawatur.wording.words import Direction as Direction
from tawatur.wording.words import Words as Words
from tawatur.wording.words import direction_of as direction_of
from tawatur.wording.words import words as words
