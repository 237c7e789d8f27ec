"""Turn the Arabic typefaces of the font packages into WOFF2 files for the web pages.

    python scripts/build_fonts.py

The packages ``fontpkg-amiri`` and ``fontpkg-ibm-plex-sans-arabic`` carry the families as TTF under the SIL Open Font License. Each
face is cut down to the letters of Arabic and Latin news, written beside its licence text to ``src/tawatur/web/static/fonts``
(which git ignores), and left alone on the next run unless its package or this script has changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import Distribution, distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "src" / "tawatur" / "web" / "static" / "fonts"
STAMP = "built.json"

# Basic Latin and Latin-1, the letters of European names, Arabic without the Quranic annotation signs, the punctuation of both,
# and the ornate parentheses. Presentation forms are left out: articles are stored in plain letters.
RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x0218, 0x021B), (0x0600, 0x06D5), (0x06EE, 0x06FF), (0x0750, 0x077F),
    (0x2009, 0x2015), (0x2018, 0x201F), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033),
    (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212), (0xFD3E, 0xFD3F),
)  # fmt: skip
# What shaping Arabic and Latin text needs; stylistic sets and Quranic variants stay behind.
FEATURES = [
    "ccmp", "locl", "isol", "init", "medi", "med2", "fina", "fin2", "fin3", "rlig", "rclt", "calt", "liga", "clig",
    "curs", "mark", "mkmk", "kern", "rtlm", "ltrm",
]  # fmt: skip


@dataclass(frozen=True)
class Face:
    """One weight of one family: which package has it, under which file name, and what it is called here."""

    package: str
    source: str
    target: str


FACES = (
    Face("fontpkg-amiri", "Amiri-Regular.ttf", "amiri-400.woff2"),
    Face("fontpkg-amiri", "Amiri-Bold.ttf", "amiri-700.woff2"),
    Face("fontpkg-ibm-plex-sans-arabic", "IBMPlexSansArabic-Regular.ttf", "plex-400.woff2"),
    Face("fontpkg-ibm-plex-sans-arabic", "IBMPlexSansArabic-SemiBold.ttf", "plex-600.woff2"),
)


def main() -> None:
    """Build what is missing or stale, and say in one line what was done."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = {face.target: fingerprint(face) for face in FACES}
    built = read_stamp()
    stale = [face for face in FACES if is_stale(face, wanted, built)]
    for face in stale:
        build(face)
    for package in {face.package for face in FACES}:
        (FOLDER / f"{package.removeprefix('fontpkg-')}-LICENSE.txt").write_bytes(
            file_of(package, "LICENSE").read_bytes()
        )
    (FOLDER / STAMP).write_text(json.dumps(wanted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    size = sum((FOLDER / face.target).stat().st_size for face in FACES)
    print(f"fonts: {len(stale)} built, {len(FACES) - len(stale)} up to date, {size // 1024} KiB")


def read_stamp() -> dict[str, str]:
    """Return what the last run built, by file name; {} where there was none or its note cannot be read."""
    try:
        return dict(json.loads((FOLDER / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def is_stale(face: Face, wanted: dict[str, str], built: dict[str, str]) -> bool:
    """Return whether a face has to be built (again)."""
    return built.get(face.target) != wanted[face.target] or not (FOLDER / face.target).exists()


def fingerprint(face: Face) -> str:
    """Return what a built face depends on, as a short digest: the package's version and this script."""
    digest = blake2b(Path(__file__).read_bytes(), digest_size=8)
    digest.update(f"{face.package} {distribution(face.package).version} {face.source}".encode())
    return digest.hexdigest()


def file_of(package: str, name: str) -> Path:
    """Return a file of an installed package by its bare name.

    Raises:
        FileNotFoundError: the package has no such file.
    """
    installed: Distribution = distribution(package)
    for file in installed.files or ():
        if file.name == name:
            return Path(str(installed.locate_file(file)))
    raise FileNotFoundError(f"{package} has no file {name}")


def build(face: Face) -> None:
    """Write one face as WOFF2; an interrupted run leaves no half file under the final name."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.flavor = "woff2"
    options.hinting = False
    options.name_IDs = ["*"]  # the licence asks that the copyright notice stays
    options.notdef_outline = True
    options.drop_tables += ["meta"]  # says which languages the whole font is for
    font = TTFont(file_of(face.package, face.source))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    font.flavor = "woff2"
    unfinished = FOLDER / f"{face.target}.part"
    font.save(unfinished)
    unfinished.replace(FOLDER / face.target)


if __name__ == "__main__":
    main()
