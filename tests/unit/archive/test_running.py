"""What is said of a run of which some items could not be done."""

import traceback

from tawatur.archive.running import _failed
from tawatur.cli.words import words
from tawatur.errors import ArchiveFailed, DiskFull, PlaceUnusable


def told(error: Exception) -> str:
    """Return what a worker tells of an error."""
    return "".join(traceback.format_exception(error))


def test_a_store_that_lets_a_worker_do_nothing_is_named() -> None:
    denied = PlaceUnusable("s3://news/out/read.parquet", "denied", "Access Denied: no right")
    faults = {3: told(ValueError("other")), 5: told(denied)}
    found = _failed("read", faults, "out")
    assert isinstance(found, PlaceUnusable)
    assert (found.subject, found.reason, found.detail) == (denied.subject, denied.reason, denied.detail)
    assert isinstance(_failed("read", faults | {6: told(OSError(28, "No space left"))}, "out"), DiskFull)


def test_what_a_worker_met_is_told_in_one_line_of_either_language() -> None:
    found = _failed("read", {5: told(ValueError("odd")), 3: told(KeyError("row"))}, "out")
    assert (found.subject, isinstance(found, ArchiveFailed) and found.count) == ("read 3", 2)
    for language in ("ar", "en"):
        line = words(language).error(found.key, found.subject, found.detail)
        assert ("read 3" in line, line.count("KeyError: 'row'"), "\n" in line) == (True, 1, False)
