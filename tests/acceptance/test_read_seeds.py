"""The two real documents that the project starts from, fact by fact, through the real command."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "data" / "seeds").glob("*.txt"))
FACTS = json.loads((Path(__file__).parent / "data" / "seeds.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the two documents are not beside the project (../shared/data/seeds)")

Story = dict[str, Any]
Tawatur = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def undated(tawatur_in: Tawatur, tmp_path_factory: pytest.TempPathFactory) -> list[Story]:
    return stories(tawatur_in, tmp_path_factory.mktemp("undated"))


@pytest.fixture(scope="module")
def dated(tawatur_in: Tawatur, tmp_path_factory: pytest.TempPathFactory) -> list[Story]:
    return stories(tawatur_in, tmp_path_factory.mktemp("dated"), "--published", "2017-12-02")


def stories(tawatur: Tawatur, folder: Path, *options: str) -> list[Story]:
    done = tawatur(folder, "read", "--json", *options, *SEEDS)
    assert (done.returncode, done.stderr) == (0, "")
    found: list[Story] = json.loads(done.stdout)["stories"]
    return found


def reports(found: list[Story]) -> Iterator[dict[str, Any]]:
    return (report for story in found for report in story["reports"])


def cairo(found: list[Story]) -> Story:
    return next(story for story in found if any(report["file"] == SEEDS[0].name for report in story["reports"]))


def libya(found: list[Story]) -> Story:
    return next(story for story in found if story is not cairo(found))


def report_of(story: Story, seed: int) -> dict[str, Any]:
    (report,) = [report for report in story["reports"] if report["file"] == SEEDS[seed].name]
    return dict(report)


def words(texts: list[str]) -> list[str]:
    return " ".join(texts).split()


@pytest.fixture(params=["undated", "dated"])
def found(request: pytest.FixtureRequest) -> list[Story]:
    made: list[Story] = request.getfixturevalue(request.param)
    return made


def test_there_are_three_articles_in_two_stories(found: list[Story]) -> None:
    assert len(list(reports(found))) == 3
    assert sorted(len(story["reports"]) for story in found) == [1, 2]
    assert {report["file"] for report in cairo(found)["reports"]} == {path.name for path in SEEDS}
    assert libya(found)["reports"][0]["file"] == SEEDS[1].name


def test_the_first_file_has_title_subtitle_and_eight_paragraphs(found: list[Story]) -> None:
    report = report_of(cairo(found), 0)
    assert report["title"] == FACTS["title"]
    assert report["subtitle"] == FACTS["subtitle"]
    assert report["paragraphs"] == SEEDS[0].read_text(encoding="utf-8").splitlines()[:8]


def test_the_first_file_has_the_repeated_headline_and_the_prompt_removed(found: list[Story]) -> None:
    removed = report_of(cairo(found), 0)["removed"]
    lines = SEEDS[0].read_text(encoding="utf-8").splitlines()
    assert {(one["text"], one["reason"]) for one in removed} == {
        (FACTS["title"], "repeated_title"),
        (lines[-2], "subscribe_prompt"),
        (lines[-1], "subscribe_prompt"),
    }


def test_no_other_word_of_the_first_file_is_lost(found: list[Story]) -> None:
    report = report_of(cairo(found), 0)
    kept = [*report["paragraphs"], report["title"], report["subtitle"], *(one["text"] for one in report["removed"])]
    assert sorted(words(kept)) == sorted(SEEDS[0].read_text(encoding="utf-8").split())


def test_the_second_file_has_two_timed_updates(found: list[Story]) -> None:
    report = report_of(cairo(found), 1)
    assert [update["time"] for update in report["updates"]] == ["17:42", "13:10"]
    assert [len(update["paragraphs"]) for update in report["updates"]] == FACTS["update_paragraphs"]


def test_the_second_file_has_its_related_line_source_line_and_caption_once(found: list[Story]) -> None:
    report = report_of(cairo(found), 1)
    assert [one["title"] for one in report["related"]] == [FACTS["related"]]
    assert report["source_line"] == FACTS["source_line"]
    (caption,) = report["captions"]
    assert caption.startswith(FACTS["caption_begins"])
    assert caption.endswith(FACTS["caption_ends"])
    assert caption not in report["paragraphs"]


def test_no_headline_is_invented_and_the_story_takes_the_other_outlets(found: list[Story]) -> None:
    assert report_of(cairo(found), 1)["title"] == ""
    assert cairo(found)["title"] == FACTS["title"]


def test_the_second_article_is_apart_from_the_first(found: list[Story]) -> None:
    report = libya(found)["reports"][0]
    assert report["source_line"] == FACTS["second_source_line"]
    assert len(report["captions"]) == 1
    first = report_of(cairo(found), 1)
    first_texts = {*first["paragraphs"], *(text for update in first["updates"] for text in update["paragraphs"])}
    assert first_texts.isdisjoint(report["paragraphs"])
    assert words(report["paragraphs"])[0] == FACTS["second_first_word"]
    assert report["updates"] == []


def test_no_word_of_the_second_file_is_lost(found: list[Story]) -> None:
    kept: list[str] = []
    for report in (report_of(cairo(found), 1), libya(found)["reports"][0]):
        kept += [report["title"], *report["paragraphs"], *report["captions"], report["source_line"]]
        kept += [text for update in report["updates"] for text in update["paragraphs"]]
        kept += [one["title"] for one in report["related"]] + [one["text"] for one in report["removed"]]
    missing = set(SEEDS[1].read_text(encoding="utf-8").split()) - set(words(kept))
    assert missing <= set(FACTS["labels"]), missing


def test_the_two_stories_are_related_and_not_merged(found: list[Story]) -> None:
    assert [one["story"] for one in cairo(found)["related"]] == [libya(found)["id"]]
    assert [one["story"] for one in libya(found)["related"]] == [cairo(found)["id"]]
    assert FACTS["person"] in cairo(found)["related"][0]["why"]


def test_the_joining_says_why_in_words(found: list[Story]) -> None:
    joined = [report["why"] for report in cairo(found)["reports"] if report["why"]["key"] == "both_report"]
    assert len(joined) == 1
    assert len(set(joined[0]["terms"]) & set(FACTS["terms"])) >= 3, joined[0]["terms"]
    assert joined[0]["terms"][0] in joined[0]["sentence"]
    assert 0 < joined[0]["score"] <= 1


def test_without_a_day_the_meeting_is_inferred_to_be_in_2017_or_2023(undated: list[Story]) -> None:
    day = cairo(undated)["day"]
    assert (day["date"], day["certainty"], day["alternatives"]) == ("2017-12-02", "inferred", ["2023-12-02"])


def test_the_text_output_marks_the_inferred_day_and_names_the_other(tawatur: Tawatur) -> None:
    printed = tawatur("read", *SEEDS).stdout
    assert "Saturday 2 December 2017 (inferred, or else Saturday 2 December 2023)" in printed
    assert FACTS["title"] in printed
    assert printed.count("related:") == 2
    assert "both report:" in printed


def test_with_a_day_the_meeting_is_certain_and_the_first_file_a_day_younger(dated: list[Story]) -> None:
    day = cairo(dated)["day"]
    assert (day["date"], day["certainty"], day["alternatives"]) == ("2017-12-02", "stated", [])
    assert report_of(cairo(dated), 1)["published"][:10] == "2017-12-02"
    assert report_of(cairo(dated), 0)["published"][:10] == "2017-12-03"
