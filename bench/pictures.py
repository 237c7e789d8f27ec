"""Measure pictures: which reports have one, what making one small costs, and how well copies are told from other pictures.

    python -m bench.pictures

Finding: the real pages and feeds of ``../shared``, each with the picture that is chosen, to be looked at. Making small: a
photograph of 24 million pixels (drawn fields under the grain of a sensor), decoded and packed in all widths. Likeness: pictures
(drawn ones, and tiles of the two photographs that scikit-learn brings) against renditions of themselves as outlets make them, and
against one another.
"""

from __future__ import annotations

import itertools
import json
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance

from tawatur import outlets
from tawatur.extract import extract, feed
from tawatur.model import Kind, Outlets, RawDocument
from tawatur.pictures.rendering import Rendered, likeness, render
from tawatur.stories.pictures import NEAR, distance

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
DRAWN, TILE = 200, (200, 133)
LARGE, TIMES = (6000, 4000), 5


def found() -> dict[str, object]:
    """Print the picture of each real page; return the shares of pages and of feeds' entries that have one."""
    known, now = outlets.load(), datetime.now(UTC)
    pages = sorted((SHARED / "pages").glob("*.html"))
    chosen = {page.stem: _of_page(page, known, now) for page in pages}
    for name, address in chosen.items():
        print(f"{name:12} {address or '-'}")
    entries = [one for file in sorted((SHARED / "feeds").rglob("*.xml")) for one in _entries(file)]
    media = [one for one in entries if one.enclosures]
    return {
        "pages": len(pages),
        "pages_pictured": sum(map(bool, chosen.values())),
        "entries_with_media": len(media),
        "entries_pictured": sum(bool(one.pictures) for one in entries),
    }


def _of_page(page: Path, known: Outlets, now: datetime) -> str:
    document = RawDocument(content=page.read_bytes(), origin=page.name, kind=Kind.HTML, collected=now)
    articles = extract(document, outlets=known, latest=now.date()).articles
    return next((one.picture.address for one in articles if one.picture), "")


def _entries(file: Path) -> tuple[feed.Entry, ...]:
    return feed.entries(file.read_bytes().decode("utf-8", "replace"), url="https://feed.example/")


def made_small() -> dict[str, object]:
    """Return what a large photograph costs: processor time, and the bytes that are kept."""
    grain = Image.effect_noise(LARGE, 18).convert("RGB")
    photograph = Image.blend(_drawn(1, *LARGE), grain, 0.12)
    content = _packed(photograph, 88)
    began = time.process_time()
    for _ in range(TIMES):
        small = render(content, "bench")
    spent = (time.process_time() - began) / TIMES
    assert isinstance(small, Rendered)
    kept = {str(width): len(file) for width, file in small.files.items()}
    return {"original_bytes": len(content), "ms": round(1000 * spent), "kept_bytes": kept}


def alike() -> dict[str, object]:
    """Return how far renditions and other pictures lie apart, in bits of 128."""
    pictures = [*(_drawn(number, 480, 320) for number in range(DRAWN)), *_tiles()]
    known = [likeness(one) for one in pictures]
    apart: dict[str, list[int]] = {}
    for own, picture in zip(known, pictures, strict=True):
        for name, other in _renditions(picture):
            apart.setdefault(name, []).append(distance(own, likeness(other)))
    others = sorted(distance(one, other) for one, other in itertools.combinations(known, 2))
    return {
        "pictures": len(pictures),
        "copies": {name: _told(values) for name, values in apart.items()},
        "others": {"least": others[0], "one_in_1000": others[len(others) // 1000], "median": others[len(others) // 2]},
        "others_taken_for_copies": sum(value <= NEAR for value in others),
        "pairs": len(others),
    }


def _told(values: list[int]) -> dict[str, object]:
    ordered = sorted(values)
    missed = sum(value > NEAR for value in ordered) / len(ordered)
    return {"median": ordered[len(ordered) // 2], "most": ordered[-1], "missed": round(missed, 3)}


def _renditions(picture: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """A picture as other outlets have it."""
    small = picture.resize((picture.width // 2, picture.height // 2))
    yield "half the size, packed hard", Image.open(BytesIO(_packed(small, 35)))
    yield "brighter, more contrast", ImageEnhance.Contrast(ImageEnhance.Brightness(picture).enhance(1.12)).enhance(1.15)
    for share in (2, 5, 10):
        wide, high = picture.width * share // 200, picture.height * share // 200
        yield f"{share} % cut off", picture.crop((wide, high, picture.width - wide, picture.height - high))
    yield "from 3:2 to 16:9", picture.crop((0, picture.height * 5 // 64, picture.width, picture.height * 59 // 64))


def _tiles() -> Iterator[Image.Image]:
    from sklearn.datasets import load_sample_images

    for pixels in load_sample_images().images:
        whole = Image.fromarray(pixels)
        for left, top in itertools.product(
            range(0, whole.width - TILE[0], TILE[0]), range(0, whole.height - TILE[1], TILE[1])
        ):
            yield whole.crop((left, top, left + TILE[0], top + TILE[1]))


def _drawn(number: int, width: int, height: int) -> Image.Image:
    luck = random.Random(number)
    made = Image.new("RGB", (width, height), tuple(luck.randrange(256) for _ in range(3)))  # type: ignore[arg-type]
    pen = ImageDraw.Draw(made)
    for _ in range(9):
        left, top = luck.uniform(-0.2, 0.9) * width, luck.uniform(-0.2, 0.9) * height
        box = (left, top, left + luck.uniform(0.1, 0.6) * width, top + luck.uniform(0.1, 0.6) * height)
        (pen.ellipse if luck.random() < 0.5 else pen.rectangle)(box, fill=tuple(luck.randrange(256) for _ in range(3)))
    return made


def _packed(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def main() -> None:
    """Print the figures, the last line as JSON."""
    figures: dict[str, object] = {"likeness": alike(), "small": made_small()}
    if SHARED.exists():
        figures["found"] = found()
    else:
        print(f"{SHARED} is not there: real pages are left out")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
