"""Pictures that tests draw: no two numbers give alike ones, and the same number the same in any size."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


def drawn(number: int, width: int = 800, height: int = 533) -> Image.Image:
    """Return a picture of some fields and circles."""
    luck = random.Random(number)
    made = Image.new("RGB", (width, height), _colour(luck))
    pen = ImageDraw.Draw(made)
    for _ in range(9):
        left, top = luck.uniform(-0.2, 0.9) * width, luck.uniform(-0.2, 0.9) * height
        box = (left, top, left + luck.uniform(0.1, 0.6) * width, top + luck.uniform(0.1, 0.6) * height)
        (pen.ellipse if luck.random() < 0.5 else pen.rectangle)(box, fill=_colour(luck))
    return made


def _colour(luck: random.Random) -> tuple[int, int, int]:
    return luck.randrange(256), luck.randrange(256), luck.randrange(256)


def packed(image: Image.Image, form: str = "JPEG", **how: Any) -> bytes:
    """Return a picture as a file."""
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()
