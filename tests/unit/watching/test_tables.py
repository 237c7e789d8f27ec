"""What is shipped beside the code holds: the table of figures, the rules that ring, every reason of health in words."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from tawatur.errors import StoreError
from tawatur.messages import LANGUAGES, catalogue
from tawatur.operating.health import CHECKS
from tawatur.watching.names import BY_NAME, Sort

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy" / "prometheus"
RULES = DEPLOY / "tawatur.rules.yml"
GUIDE = ROOT / "docs" / "how-to" / "operate.md"
#: What is no figure of ours: whether a target answers.
GIVEN = {"up"}
_FIGURE = re.compile(r"\b((?:tawatur|process)_[a-z_]+|up)\b(?:\{([^}]*)\})?")
_WORD = re.compile(r'(\w+)(?:=~|!~|!=|=)"([^"]*)"')


def rules() -> list[dict[str, object]]:
    [group] = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def test_the_table_of_figures_is_that_of_the_list() -> None:
    spec = importlib.util.spec_from_file_location("metrics_table", ROOT / "scripts" / "metrics_table.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = script.DOCUMENT.read_text(encoding="utf-8")
    assert script.renewed(text) == text, "run scripts/metrics_table.py"
    assert all(f"`{name}`" in text for name in BY_NAME)


@pytest.mark.parametrize("number", range(len(rules())))
def test_a_rule_names_figures_and_words_that_there_are(number: int) -> None:
    rule = rules()[number]
    found = _FIGURE.findall(str(rule["expr"]))
    assert found
    for name, asked in found:
        if name in GIVEN:
            continue
        base = re.sub(r"_(?:bucket|count|sum)$", "", name)
        metric = BY_NAME.get(name) or BY_NAME[base]
        assert (metric.sort is Sort.HISTOGRAM) == (name != metric.name), name
        for label, words in _WORD.findall(asked):
            assert label in metric.labels, f"{name} has no {label}"
            allowed = metric.labels[label]
            assert not allowed or set(words.split("|")) <= set(allowed), f"{name}: {words}"
    assert rule["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    assert rule["annotations"]


def test_the_guide_says_of_each_rule_what_to_do() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    names = [str(rule["alert"]) for rule in rules()]
    assert len(set(names)) == len(names)
    assert all(f"`{name}`" in guide for name in names)
    assert all(name in names for name in re.findall(r"`(Tawatur[A-Z]\w+)`", guide))


def test_the_example_of_prometheus_takes_the_rules() -> None:
    example = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))
    assert example["rule_files"] == [RULES.name]
    assert [one["job_name"] for one in example["scrape_configs"]] == ["tawatur"]


def test_every_event_of_the_guide_is_told_and_the_other_way_round() -> None:
    source = (ROOT / "src" / "tawatur" / "journal.py").read_text(encoding="utf-8")
    told = set(re.findall(r'tell\("([a-z.]+)"', source)) | {f"{what}.fetched" for what in ("source", "page", "picture")}
    first = "".join(
        line.split("|")[1] for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    )
    assert set(re.findall(r"`([a-z]+\.[a-z]+)`", first)) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_health_has_words(language: str) -> None:
    def tree(error: type[StoreError]) -> set[str]:
        return {error.key.partition(".")[2]}.union(*(tree(child) for child in error.__subclasses__()))

    copying = {"store_not_empty", "store_in_the_way", "copy_differs"}  # of what a command was told to write to
    reasons = (tree(StoreError) - copying) | {"starting", "stopping", "hangs", "full", "not_writable", "late"}
    assert [one for one in sorted(reasons) if f"health.reason.{one}" not in catalogue(language)] == []
    assert all(f"health.check.{name}" in catalogue(language) for name in CHECKS)
