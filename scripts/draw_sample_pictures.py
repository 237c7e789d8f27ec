"""Draw the pictures of the sample edition: no photographs, since nothing in it is real, but landscapes and scenes of flat colours.

    .venv/bin/python scripts/draw_sample_pictures.py

They are drawn at twice their size and made small, so that edges are smooth. Some are given out in several renditions, as an
agency's photograph comes to several outlets: cut otherwise, packed harder, brightened. The same program draws the same pictures.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter

from drawing_sheet import HEIGHT, WIDTH, Colour, Sheet

TO = Path(__file__).parents[1] / "src" / "tawatur" / "sample" / "pictures"


def flood() -> Sheet:
    """Houses and palms in brown water, a boat among them."""
    sheet = Sheet("#8ea3ad", "#d9d3c2", 5)
    sheet.hills(330, 110, "#7f8d8c")
    sheet.hills(360, 80, "#6b776f")
    for left, high in ((60, 170), (190, 120), (330, 210), (640, 150), (760, 230), (880, 130)):
        sheet.house(left, 430, 110, high, sheet.luck.choice(("#c9b08a", "#bfa27c", "#d3bd9a")), "#4c443b")
    for x, size in ((40, 210), (300, 170), (610, 240)):
        sheet.palm(x, 440, size, "#3f4a38")
    sheet.fade((0, 400, WIDTH, HEIGHT), "#a08a66", "#6e5a3d")
    for number in range(60):
        y = 410 + (number / 60) ** 1.6 * 225
        x, long = sheet.luck.uniform(-50, WIDTH), sheet.luck.uniform(30, 160) * (0.4 + (y - 400) / 240)
        sheet.line([(x, y), (x + long, y)], sheet.luck.choice(("#b39c76", "#8b7450", "#c4b18f")), 1.5 + (y - 400) / 90)
    sheet.shape([(420, 520), (690, 520), (650, 572), (460, 572)], "#5a3a26")
    sheet.shape([(412, 514), (698, 514), (690, 526), (420, 526)], "#7b5236")
    for x, colour in ((480, "#9b2f1c"), (535, "#2f4a5c"), (590, "#c98f2b"), (636, "#3d5a44")):
        sheet.person(x, 520, 92, colour)
    sheet.line([(700, 430), (655, 590)], "#4b3524", 6)
    return sheet


def school() -> Sheet:
    """A school yard at night: tents, lamps and families."""
    sheet = Sheet("#1d2a3d", "#5b5468", 8)
    for _ in range(70):
        sheet.disc(sheet.luck.uniform(0, WIDTH), sheet.luck.uniform(0, 220), sheet.luck.uniform(0.6, 1.6), "#cfd3da")
    sheet.house(120, 430, 720, 230, "#6f5f58", "#f0c46a")
    sheet.box(0, 420, WIDTH, HEIGHT, "#3d3431")
    for x, colour in ((90, "#b8ad96"), (330, "#a59a84"), (580, "#c2b79f"), (800, "#a89c86")):
        sheet.glow(x + 40, 520, 150, "#f3b95a", 0.5)
        sheet.shape([(x - 70, 560), (x + 40, 430), (x + 150, 560)], colour)
        sheet.shape([(x + 10, 560), (x + 40, 470), (x + 70, 560)], "#f0c46a")
    for number in range(13):
        sheet.person(60 + number * 70 + sheet.luck.uniform(-20, 20), 600 + sheet.luck.uniform(-12, 26),
                     sheet.luck.uniform(58, 100), sheet.luck.choice(("#221d22", "#2b2730", "#33272a")), "#4a3a33")  # fmt: skip
    return sheet


def river() -> Sheet:
    """A river from above, as a satellite sees it, with fields and a town."""
    sheet = Sheet("#b99f6d", "#a78a58", 13)
    for _ in range(260):
        x, y = sheet.luck.uniform(-20, WIDTH), sheet.luck.uniform(-20, HEIGHT)
        near = abs(y - (320 + 150 * math.sin(x / 170))) < 150
        colour = sheet.luck.choice(
            ("#5f7a45", "#718b50", "#4d6a3c", "#8a9a58") if near else ("#bfa774", "#ad9260", "#c8b182")
        )
        wide, high = sheet.luck.uniform(26, 80), sheet.luck.uniform(18, 50)
        sheet.shape([(x, y), (x + wide, y + 9), (x + wide - 7, y + high), (x - 6, y + high - 8)], colour)
    course = [(x, 320 + 150 * math.sin(x / 170) + 18 * math.sin(x / 41)) for x in range(-20, WIDTH + 30, 6)]
    sheet.line(course, "#3b6468", 62)
    sheet.line(course, "#2c4f5c", 46)
    sheet.line([(x, y + 190 * math.sin(x / 300)) for x, y in course[::3]], "#4a7478", 9)
    for _ in range(150):
        x, y = sheet.luck.gauss(640, 60), sheet.luck.gauss(170, 40)
        sheet.box(
            x,
            y,
            x + sheet.luck.uniform(5, 13),
            y + sheet.luck.uniform(5, 11),
            sheet.luck.choice(("#d9cfbd", "#a9998a", "#8b7a70")),
        )
    sheet.line([(0, 560), (400, 410), (640, 180), (960, 40)], "#d8c9a8", 4)
    for x, y in ((180, 120), (230, 150), (160, 170), (800, 520), (850, 500)):
        sheet.glow(x, y, 95, "#ffffff", 0.55)
    return sheet


def stadium(shirts: tuple[Colour, Colour], seed: int) -> Sheet:
    """A match at night: stands, lights, and players around a ball."""
    sheet = Sheet("#16222c", "#29404a", seed)
    for row in range(9):
        for x in range(0, WIDTH, 11):
            colour = sheet.luck.choice((*shirts, "#d8cdb8", "#433c3a", "#6d6256"))
            sheet.disc(x + sheet.luck.uniform(-3, 3), 120 + row * 22 + sheet.luck.uniform(-4, 4), 6.5, colour)
    sheet.box(0, 316, WIDTH, 348, shirts[1])
    for stripe in range(9):
        top = 348 + stripe * 33
        sheet.box(0, top, WIDTH, top + 33, "#3f7d43" if stripe % 2 else "#48894b")
    sheet.line([(0, 392), (WIDTH, 392)], "#e8eee3", 4)
    sheet.line([(120, 392), (20, HEIGHT)], "#e8eee3", 4)
    for x in (70, 890):
        sheet.glow(x, 40, 190, "#f7f2d8", 0.85)
        sheet.line([(x, 40), (x, 320)], "#20262b", 6)
    for x, foot, size, team in (
        (300, 530, 150, 0),
        (420, 560, 165, 1),
        (560, 520, 145, 0),
        (700, 590, 180, 1),
        (180, 470, 110, 1),
    ):
        sheet.disc(x + 10, foot + 2, size * 0.25, "#33693a", flat=0.25)
        sheet.line([(x, foot - size * 0.4), (x - size * 0.14, foot)], "#2a211c", size * 0.09)
        sheet.line([(x, foot - size * 0.4), (x + size * 0.2, foot - size * 0.08)], "#2a211c", size * 0.09)
        sheet.shape([(x - size * 0.15, foot - size * 0.36), (x - size * 0.17, foot - size * 0.78),
                     (x + size * 0.17, foot - size * 0.78), (x + size * 0.13, foot - size * 0.36)], shirts[team])  # fmt: skip
        sheet.line(
            [(x - size * 0.15, foot - size * 0.74), (x - size * 0.33, foot - size * 0.52)], shirts[team], size * 0.08
        )
        sheet.line(
            [(x + size * 0.15, foot - size * 0.74), (x + size * 0.35, foot - size * 0.6)], shirts[team], size * 0.08
        )
        sheet.disc(x, foot - size * 0.9, size * 0.1, "#a8764f")
    sheet.disc(478, 592, 17, "#f4f1e8")
    sheet.disc(474, 588, 5, "#2a2a2a")
    return sheet


def fire() -> Sheet:
    """A factory on fire behind its wall, smoke over it, and the brigade before it."""
    sheet = Sheet("#3b3534", "#a5604a", 21)
    for _ in range(60):
        x = sheet.luck.gauss(560, 150)
        sheet.disc(
            x + 60,
            sheet.luck.uniform(-20, 260),
            sheet.luck.uniform(30, 90),
            sheet.luck.choice(("#2b2728", "#352f30", "#423836")),
        )
    sheet.glow(520, 330, 330, "#f08a2c", 0.8)
    for left, wide, high in ((90, 260, 170), (330, 330, 230), (650, 230, 150)):
        sheet.house(left, 470, wide, high, "#2c2322", "#ffb347")
    sheet.box(700, 180, 732, 470, "#241d1c")
    for _ in range(46):
        x, y, size = sheet.luck.uniform(340, 660), sheet.luck.uniform(190, 300), sheet.luck.uniform(16, 52)
        colour = sheet.luck.choice(("#f6a13a", "#f8c558", "#e4682a"))
        sheet.shape(
            [
                (x - size * 0.5, y + size),
                (x - size * 0.2, y),
                (x, y - size),
                (x + size * 0.3, y),
                (x + size * 0.5, y + size),
            ],
            colour,
        )
    sheet.box(0, 470, WIDTH, HEIGHT, "#1e1a1a")
    sheet.box(120, 480, 380, 570, "#a32a1c")
    sheet.box(330, 500, 410, 570, "#8a2115")
    sheet.box(345, 510, 400, 540, "#d7cbb5")
    for x in (170, 350):
        sheet.disc(x, 572, 26, "#0f0d0d")
        sheet.disc(x, 572, 11, "#6d6259")
    sheet.disc(360, 493, 9, "#5aa0d8")
    for x, size in ((520, 120), (590, 130), (760, 112)):
        sheet.person(x, 610, size, "#3a2f22", "#d8b13c")
    sheet.line([(590, 530), (560, 420), (500, 330)], "#c3d3d8", 6)
    return sheet


def port() -> Sheet:
    """Cranes that stand still over stacks of containers, ships that wait."""
    sheet = Sheet("#e8c58f", "#f3e3c3", 34)
    sheet.glow(720, 210, 210, "#fff3d0", 0.9)
    sheet.disc(720, 210, 46, "#fff6dd")
    sheet.fade((0, 380, WIDTH, 500), "#c9a877", "#7d8f8f")
    for x, size in ((600, 1.0), (790, 0.7)):
        sheet.shape([(x, 390), (x + 250 * size, 390), (x + 225 * size, 430), (x + 25 * size, 430)], "#5b3b32")
        sheet.box(x + 170 * size, 345, x + 225 * size, 390, "#e7ddc9")
    for number in range(40):
        y = 400 + number * 2.5
        x = sheet.luck.uniform(0, WIDTH)
        sheet.line([(x, y), (x + sheet.luck.uniform(20, 90), y)], "#ead7b1", 1.5)
    sheet.fade((0, 496, WIDTH, HEIGHT), "#8d7a63", "#6f5f4e")
    for x in (110, 330):
        sheet.line([(x, 500), (x + 20, 130)], "#8c3a22", 13)
        sheet.line([(x + 110, 500), (x + 90, 130)], "#8c3a22", 13)
        sheet.line([(x - 70, 150), (x + 280, 150)], "#a2472b", 15)
        sheet.line([(x + 55, 70), (x + 270, 146)], "#a2472b", 5)
        sheet.line([(x + 55, 70), (x - 60, 146)], "#a2472b", 5)
        sheet.line([(x + 55, 60), (x + 55, 150)], "#8c3a22", 9)
        sheet.line([(x + 230, 150), (x + 230, 290)], "#4a3a33", 3)
    colours = ("#b5482e", "#2f5d6b", "#d39a3a", "#58704a", "#7a4a3a", "#c7bca6")
    for row in range(4):
        for column in range(11):
            if sheet.luck.random() < 0.86 - row * 0.17:
                left, top = column * 88 + (row % 2) * 8, 596 - row * 42
                sheet.box(left, top, left + 82, top + 38, sheet.luck.choice(colours))
                for rib in range(1, 9):
                    sheet.line([(left + rib * 9, top + 3), (left + rib * 9, top + 35)], "#4a4038", 0.6)
    return sheet


def summit(seed: int = 55) -> Sheet:
    """Two delegations at a long table, between flags of countries that there are not."""
    sheet = Sheet("#6b4a35", "#8a6548", seed)
    for x in range(0, WIDTH, 96):
        sheet.fade((x, 0, x + 88, 400), "#7d583f", "#654530")
    sheet.disc(480, 150, 96, "#d9b36a")
    sheet.disc(480, 150, 82, "#6b4a35")
    for turn in range(12):
        angle = turn * math.pi / 6
        sheet.line([(480, 150), (480 + 74 * math.cos(angle), 150 + 74 * math.sin(angle))], "#d9b36a", 7)
    sheet.disc(480, 150, 30, "#d9b36a")
    for x, upper, lower in (
        (250, "#1f6b5b", "#e9dcc0"),
        (330, "#b5852c", "#7a2a1c"),
        (640, "#1f6b5b", "#e9dcc0"),
        (720, "#b5852c", "#7a2a1c"),
    ):
        sheet.line([(x, 70), (x, 420)], "#c9a765", 7)
        sheet.shape([(x, 84), (x + 62, 100), (x + 44, 250), (x, 300)], upper)
        sheet.shape([(x, 190), (x + 52, 182), (x + 44, 250), (x, 300)], lower)
    for number in range(4):
        sheet.person(110 + number * 78, 470 - number * 6, 190, ("#20262c", "#2c3138", "#1b2226", "#30302f")[number])
        sheet.person(850 - number * 78, 470 - number * 6, 190, ("#31302e", "#1f242b", "#2b2f35", "#22282c")[number])
    sheet.shape([(40, 452), (920, 452), (960, 560), (0, 560)], "#4b2e1f")
    sheet.box(0, 560, WIDTH, HEIGHT, "#38221a")
    for x in range(110, 900, 86):
        sheet.shape([(x - 24, 486), (x + 26, 486), (x + 30, 504), (x - 26, 504)], "#f0e8d6")
        sheet.box(x + 34, 470, x + 42, 500, "#bcd0d3")
    for x in (380, 480, 580):
        for turn in range(7):
            sheet.disc(x + (turn - 3) * 10, 470 - abs(turn - 3) * -3, 9, ("#c2543a", "#e0a94a", "#d98a72")[turn % 3])
        sheet.box(x - 36, 476, x + 36, 484, "#4f6b41")
    return sheet


def road() -> Sheet:
    """A road that goes into the fog, with the lights of what waits on it."""
    sheet = Sheet("#c9ccc9", "#dfe0da", 89)
    for x, size, colour in ((120, 150, "#a9afab"), (800, 190, "#a4aaa6"), (240, 120, "#b7bcb8"), (690, 130, "#b4b9b5")):
        sheet.palm(x, 380, size, colour)
    sheet.fade((0, 340, WIDTH, HEIGHT), "#cfd0c8", "#958d7d")
    sheet.shape([(440, 330), (520, 330), (860, HEIGHT), (100, HEIGHT)], "#7f7d78")
    sheet.fade((380, 320, 580, 360), "#d2d3ce", "#c2c2bb")
    for number in range(7):
        near = (number / 6) ** 1.7
        y, wide, long = 365 + near * 250, 2 + near * 9, 8 + near * 40
        sheet.shape(
            [(480 - wide, y), (480 + wide, y), (480 + wide * 1.3, y + long), (480 - wide * 1.3, y + long)], "#e7e2d2"
        )
    for x, y, size in ((420, 372, 0.6), (380, 410, 1.0), (320, 470, 1.6)):
        sheet.box(x - 34 * size, y - 40 * size, x + 34 * size, y + 16 * size, "#5d5f60")
        sheet.box(x - 26 * size, y - 34 * size, x + 26 * size, y - 12 * size, "#8e9599")
        for side in (-22, 22):
            sheet.glow(x + side * size, y + 4 * size, 42 * size, "#d8402a", 0.9)
            sheet.disc(x + side * size, y + 4 * size, 5 * size, "#e2402a")
    sheet.shape([(640, 470), (672, 470), (668, 600), (644, 600)], "#8b8f8c")
    sheet.shape([(610, 400), (702, 400), (656, 480)], "#e9c23f")
    sheet.shape([(626, 410), (686, 410), (656, 462)], "#2b2826")
    return sheet


def mosaic() -> Sheet:
    """A bird, a ship and a vine of little stones, with a corner missing."""
    sheet = Sheet("#b79f78", "#a98f66", 144)
    plan = Sheet("#e2d3b0", "#d8c7a0", 145)
    for number in range(24):
        angle = number / 24 * 2 * math.pi
        plan.disc(480 + 430 * math.cos(angle), 320 + 275 * math.sin(angle), 22, ("#8a2b17", "#2f5d55")[number % 2])
    plan.line([(480, 560), (470, 420), (495, 300), (480, 150)], "#4b5b34", 18)
    for x, y in ((430, 470), (540, 430), (425, 360), (550, 320), (440, 250), (530, 200)):
        plan.disc(x, y, 36, "#66783f", flat=0.6)
        plan.disc(x + 8, y + 26, 15, "#6b2a44")
    plan.disc(260, 350, 92, "#2f5d6b", flat=0.7)
    plan.disc(338, 272, 40, "#2f5d6b")
    plan.shape([(372, 262), (408, 276), (372, 288)], "#c98f2b")
    plan.shape([(200, 330), (70, 270), (80, 390), (200, 390)], "#8a2b17")
    plan.disc(344, 264, 8, "#f0e6cd")
    for foot in (246, 276):
        plan.line([(foot, 410), (foot + 6, 470)], "#c98f2b", 9)
    plan.shape([(560, 390), (880, 390), (830, 460), (610, 460)], "#7a4a2b")
    plan.line([(715, 390), (715, 190)], "#5a3a26", 14)
    plan.shape([(728, 200), (850, 360), (728, 370)], "#8a2b17")
    plan.shape([(702, 220), (702, 370), (600, 370)], "#c98f2b")
    for wave in range(6):
        plan.line([(560 + wave * 56, 490), (588 + wave * 56, 476), (616 + wave * 56, 490)], "#2f5d6b", 10)
    colours = plan.done()
    for y in range(0, HEIGHT, 14):
        for x in range(0, WIDTH, 14):
            if x + y * 1.3 + sheet.luck.uniform(-40, 40) > 210:
                red, green, blue = (
                    max(0, min(255, value + sheet.luck.randrange(-16, 17))) for value in colours.getpixel((x, y))
                )
                a, b = sheet.luck.uniform(0, 2), sheet.luck.uniform(0, 2)
                sheet.box(x + a, y + b, x + a + 11, y + b + 11, f"#{red:02x}{green:02x}{blue:02x}")
    return sheet


def pen() -> Sheet:
    """A calligrapher's table: reeds, ink, and lines that are no letters."""
    sheet = Sheet("#4a3426", "#2e2019", 233)
    sheet.shape([(150, 120), (800, 60), (880, 560), (210, 610)], "#efe4cb")
    sheet.shape([(170, 136), (786, 80), (860, 545), (226, 592)], "#f6eedb")
    for row in range(3):
        y = 210 + row * 120
        for stroke in range(4):
            x = 690 - stroke * 130 + row * 10
            curve = [(x - turn * 10, y + 34 * math.sin(turn / 3.2 + stroke) - row * 3) for turn in range(11)]
            sheet.line(curve, "#231a15", 15)
            sheet.line([(x - 24, y - 70), (x - 30, y + 10)], "#231a15", 12)
            sheet.shape([(x - 60, y + 52), (x - 50, y + 42), (x - 40, y + 52), (x - 50, y + 62)], "#8a2b17")
    sheet.disc(110, 460, 74, "#191412")
    sheet.disc(110, 446, 62, "#5c4636")
    sheet.disc(110, 446, 46, "#0e0b0a")
    for x, colour in ((0, "#a8763a"), (46, "#8c5f2c")):
        sheet.line([(420 + x, 640), (735 + x, 330)], colour, 22)
        sheet.shape([(728 + x, 322), (748 + x, 342), (772 + x, 292)], "#2a1c12")
    sheet.glow(860, 40, 330, "#f2c27a", 0.45)
    return sheet


def gas() -> Sheet:
    """A plant for gas at dusk: spheres, pipes and a flare."""
    sheet = Sheet("#35415a", "#e09a63", 377)
    sheet.hills(470, 60, "#5b4a4a")
    sheet.line([(800, 480), (800, 150)], "#2b2729", 11)
    sheet.glow(800, 120, 160, "#f8b24a", 0.9)
    sheet.shape([(786, 150), (776, 105), (804, 40), (826, 108), (814, 150)], "#f7c04f")
    for x, radius in ((170, 104), (390, 104), (590, 82)):
        for leg in (-0.7, -0.25, 0.25, 0.7):
            sheet.line([(x + leg * radius, 520 - radius), (x + leg * radius, 530)], "#4a4345", 8)
        sheet.disc(x, 500 - radius, radius, "#c9bfae")
        sheet.disc(x - radius * 0.2, 500 - radius * 1.2, radius * 0.62, "#ddd4c3")
        sheet.line([(x - radius, 500 - radius), (x + radius, 500 - radius)], "#8a2b17", 9)
    sheet.box(0, 525, WIDTH, HEIGHT, "#2e2829")
    for number in range(4):
        y = 545 + number * 22
        sheet.line([(0, y), (WIDTH, y)], ("#8c8479", "#a59b8b", "#746c63", "#b8ad9c")[number], 11)
    for x in range(60, WIDTH, 190):
        sheet.box(x, 530, x + 14, HEIGHT, "#1e1a1b")
    return sheet


def rendition(image: Image.Image, width: int, *, cut: float = 0.0, bright: float = 1.0) -> Image.Image:
    """Return a picture as another outlet gives it: a little cut at its sides, smaller, brighter, a little soft."""
    left, top = image.width * cut, image.height * cut
    part = image.crop((round(left), round(top), round(image.width - left), round(image.height - top)))
    small = part.resize((width, round(width * part.height / part.width)), Image.Resampling.LANCZOS)
    soft = small.filter(ImageFilter.GaussianBlur(0.4)) if width < WIDTH else small
    return ImageEnhance.Brightness(soft).enhance(bright)


def main() -> None:
    """Draw all pictures into the sample edition."""
    TO.mkdir(parents=True, exist_ok=True)
    derby, draw = (lambda: stadium(("#7a1f1a", "#d8b13c"), 3)), (lambda: stadium(("#1f4b6b", "#e5e0d2"), 4))
    plans: tuple[tuple[Callable[[], Sheet], tuple[tuple[str, int, float, float], ...]], ...] = (
        (flood, (("fayadan-rand", 960, 0.0, 1.0), ("fayadan-sada", 800, 0.01, 1.05))),
        (school, (("madrasa-nabd", 960, 0.0, 1.0),)),
        (river, (("hudhud-waz", 880, 0.0, 1.0), ("hudhud-nabd", 720, 0.0, 1.06))),
        (derby, (("derby-malaeb", 840, 0.0, 1.0), ("derby-sada", 700, 0.01, 0.96))),
        (draw, (("matareq-malaeb", 840, 0.0, 1.0),)),
        (fire, (("hariq-nabd", 960, 0.0, 1.0), ("hariq-manara", 640, 0.01, 1.05))),
        (port, (("mina-rand", 960, 0.0, 1.0),)),
        (summit, (("qimma-waz", 960, 0.0, 1.0), ("qimma-manara", 760, 0.01, 1.04), ("qimma-mizan", 640, 0.0, 0.97))),
        (road, (("dabab-sada", 960, 0.0, 1.0),)),
        (mosaic, (("fusayfisa-waz", 720, 0.0, 1.0),)),
        (pen, (("khattat-mizan", 960, 0.0, 1.0),)),
        (gas, (("ghaz-mizan", 960, 0.0, 1.0),)),
    )  # fmt: skip
    for draw_it, renditions in plans:
        whole = draw_it().done()
        for name, width, cut, bright in renditions:
            rendition(whole, width, cut=cut, bright=bright).save(
                TO / f"{name}.jpg", "JPEG", quality=72, optimize=True, progressive=True
            )


if __name__ == "__main__":
    main()
