"""A sheet to draw on, for the pictures of the sample edition: flat colours, fades, lights, hills, people, palms and houses."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT, TWICE = 960, 640, 2
Colour = str
Point = tuple[float, float]


class Sheet:
    """A sheet to draw on, in units of the finished picture."""

    def __init__(self, above: Colour, below: Colour, seed: int) -> None:
        self.luck = random.Random(seed)
        self.image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE))
        self.pen = ImageDraw.Draw(self.image)
        self.fade((0, 0, WIDTH, HEIGHT), above, below)

    def fade(self, box: Sequence[float], above: Colour, below: Colour) -> None:
        """Fill a box from one colour above to another below."""
        left, top, right, bottom = (round(value * TWICE) for value in box)
        one, other = Image.new("RGB", (1, 2), above), Image.new("RGB", (1, 1), below)
        one.paste(other, (0, 1))
        stripe = one.resize((1, max(1, bottom - top)), Image.Resampling.BILINEAR, box=(0, 0.25, 1, 1.75))
        self.image.paste(stripe.resize((right - left, stripe.height)), (left, top))

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([(x * TWICE, y * TWICE) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.pen.rectangle([value * TWICE for value in (left, top, right, bottom)], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, *, flat: float = 1.0) -> None:
        box = (x - radius, y - radius * flat, x + radius, y + radius * flat)
        self.pen.ellipse([value * TWICE for value in box], fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        scaled = [(x * TWICE, y * TWICE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * TWICE), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.7) -> None:
        """Let a light shine."""
        size, at = round(radius * 2 * TWICE), (round((x - radius) * TWICE), round((y - radius) * TWICE))
        mask = (
            Image.radial_gradient("L")
            .resize((size, size))
            .point(lambda value: max(0, int((255 - value * 1.42) * strength)))
        )
        self.image.paste(Image.new("RGB", (size, size), colour), at, mask)

    def hills(self, base: float, height: float, colour: Colour, *, waves: int = 3) -> None:
        """A range from side to side."""
        parts = [(self.luck.uniform(0.5, 1.0), self.luck.uniform(0, 6.3), number + 1) for number in range(waves)]

        def rise(x: float) -> float:
            return sum(size * math.sin(turn + x / WIDTH * 6.3 * number * 0.8) / number for size, turn, number in parts)

        top = [(x, base - height * (0.5 + 0.35 * rise(x))) for x in range(0, WIDTH + 8, 8)]
        self.shape([(0, HEIGHT), *top, (WIDTH, HEIGHT)], colour)

    def person(self, x: float, foot: float, size: float, colour: Colour, head: Colour = "#caa27e") -> None:
        """Somebody who stands there, from behind or from far."""
        self.shape([(x - size * 0.16, foot), (x - size * 0.2, foot - size * 0.62), (x, foot - size * 0.8),
                    (x + size * 0.2, foot - size * 0.62), (x + size * 0.16, foot)], colour)  # fmt: skip
        self.disc(x, foot - size * 0.88, size * 0.13, head)

    def palm(self, x: float, foot: float, size: float, colour: Colour) -> None:
        self.line(
            [(x, foot), (x + size * 0.05, foot - size * 0.5), (x + size * 0.02, foot - size)], colour, size * 0.05
        )
        for turn in range(9):
            angle = math.pi * (0.1 + 0.8 * turn / 8)
            end = (
                x + size * (0.02 + 0.42 * math.cos(angle)),
                foot - size * (0.95 + 0.2 * math.sin(angle)) + size * 0.14,
            )
            middle = (x + size * (0.02 + 0.25 * math.cos(angle)), foot - size * (1.05 + 0.2 * math.sin(angle)))
            self.line([(x + size * 0.02, foot - size), middle, end], colour, size * 0.035)

    def house(self, left: float, foot: float, wide: float, high: float, wall: Colour, window: Colour) -> None:
        self.box(left, foot - high, left + wide, foot, wall)
        self.box(left - 4, foot - high - 7, left + wide + 4, foot - high, wall)
        for row in range(int(high // 48)):
            for column in range(int(wide // 42)):
                x, y = left + 16 + column * 42, foot - high + 18 + row * 48
                self.box(x, y, x + 16, y + 24, window)

    def done(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
