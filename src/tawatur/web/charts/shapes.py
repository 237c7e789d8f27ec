"""What pictures are made of: a drawing is shapes on a sheet, a chart is its drawings with their text equivalent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from tawatur.arabic.lexicon import rows

#: The sheets on which every picture is drawn, in CSS pixels: a phone of 390 px less the margins of the page, and a column.
NARROW, WIDE = 346, 720
#: The size of letters on the sheet, in pixels; how wide a blank is in that size, and what shaping can add to all of it.
SIZE, BLANK, SAFE = 13.0, 0.25, 1.03


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``told`` is what a pointer that rests on it is told."""

    x: float
    y: float
    width: float
    height: float
    kind: str = "bar"
    told: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    kind: str = "full"
    told: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from one point to another: straight, or bent so that it leaves and arrives level."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 1.0
    bent: bool = False
    kind: str = "line"
    told: str = ""

    @property
    def path(self) -> str:
        """Return the curve in the language of SVG paths."""
        start, end = f"{_short(self.x)} {_short(self.y)}", f"{_short(self.to_x)} {_short(self.to_y)}"
        if not self.bent:
            return f"M{start}L{end}"
        middle = (self.x + self.to_x) / 2
        return f"M{start}C{_short(middle)} {_short(self.y)} {_short(middle)} {_short(self.to_y)} {end}"


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a sheet. ``anchor`` says which edge of them stands at ``x``: "start" is the left one, whatever the language."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    kind: str = "label"
    size: float = SIZE
    href: str = ""
    told: str = ""  # the whole of it, where it was shortened

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the words, on the safe side."""
        width = width_of(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - self.size, left + width, self.y + 0.35 * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes on a sheet, in the order in which they are drawn."""

    width: float
    height: float
    bars: tuple[Bar, ...] = ()
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def linked(self) -> bool:
        """Say whether any words lead somewhere: then it is more than an image."""
        return any(text.href for text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a picture says, in words: the headings of its columns, and its rows, whose first cell names them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its text equivalent. ``key`` is unlike that of any other picture of the page."""

    key: str
    title: str
    description: str
    drawings: tuple[Drawing, Drawing]  # narrow, wide
    table: Table
    legend: tuple[tuple[str, str], ...] = ()  # kinds of marks, each with what it means
    note: str = ""


@lru_cache(4096)
def width_of(text: str, size: float = SIZE) -> float:
    """Return how wide words are at most: Arabic letters are wider where a word ends."""
    widths, other = _letters()
    total = 0.0
    for at, letter in enumerate(text):
        within, end = widths.get(letter, other)
        follows = text[at + 1 : at + 2]
        total += BLANK if letter == " " else within if follows.isalpha() else end
    return total * size * SAFE


@cache
def _letters() -> tuple[dict[str, tuple[float, float]], tuple[float, float]]:
    """Return the widths of letters inside a word and at its end, and those of any other."""
    table = [(letters, (float(within), float(end))) for letters, within, end in rows(__package__, "widths.tsv")]
    return {letter: widths for letters, widths in table[:-1] for letter in letters}, table[-1][1]


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """Return as much of a text as has room, with three points where some of it is left out."""
    if width_of(text, size) <= room:
        return text
    words = text.split()
    while len(words) > 1 and width_of(" ".join(words) + "…", size) > room:
        words.pop()
    cut = " ".join(words)
    while len(cut) > 1 and width_of(cut + "…", size) > room:
        cut = cut[:-1]
    return cut + "…"


def in_lines(text: str, room: float, size: float) -> list[str]:
    """Return a text that has room on one line in the usual size, or else on two smaller lines, the second one shortened."""
    if width_of(text) <= room:
        return [text]
    words = text.split()
    first = next(at for at in range(len(words), 0, -1) if at == 1 or width_of(" ".join(words[:at]), size) <= room)
    rest = " ".join(words[first:])
    lines = [shortened(" ".join(words[:first]), room, size), shortened(rest, room, size)]
    return [line for line in lines if line]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Side:
    """How a sheet reads: ``at`` turns a place counted from where reading begins into one counted from the left."""

    width: float
    rtl: bool

    def at(self, place: float) -> float:
        """Return a place as counted from the left."""
        return self.width - place if self.rtl else place

    @property
    def start(self) -> str:
        """Return the anchor of words that begin at a place and run on as the page reads."""
        return "end" if self.rtl else "start"

    @property
    def end(self) -> str:
        """Return the anchor of words that end at a place."""
        return "start" if self.rtl else "end"

    def left(self, place: float, width: float) -> float:
        """Return the left edge of what begins at a place and is so wide."""
        return self.width - place - width if self.rtl else place
