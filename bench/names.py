"""Measure how well names are found: on a corpus of tagged words, or on articles whose organisations and places are labelled.

    python bench/names.py [CORPUS.conll [MODEL.crfsuite | fast | fine]]
    python bench/names.py ARTICLES.jsonl GOLD.jsonl

A corpus has a word and its tag a line ("B-PERS", "I-PERS", LOC, ORG, MISC, "O"). Without arguments it is the last tenth of
ANERcorp's train part in ``../shared``, and the model is trained for the occasion on the nine tenths before; the encoder of the
fine grade, which takes half an hour, says itself what it reaches there when it is trained (``scripts/encoder``). Two things are
measured by exact stretches of words: the tagger alone, with and without the class of other names, and the whole analysis, which
names no such class and follows its own idea of an organisation. A gold line of articles has ``organizations``, ``places`` and
``ignored`` (lists of {forms, spans}) and ``governments`` (spans of places that stand for a government).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.train_names import Words, held_out, sentences, train

from bench.analysis import article_of
from tawatur.ids import ArticleId, OutletKey
from tawatur.model import Article, Block, BlockKind, Certainty, Name, Published, Span
from tawatur.understand import analyze, encoder
from tawatur.understand.name_features import folded_token
from tawatur.understand.tagger import MISCELLANEOUS, ORGANIZATION, PERSON, PLACE, NameModel, Tagger, tag_all
from tawatur.understand.tokens import Sentence

CORPUS = Path(__file__).resolve().parents[2] / "shared/data/names/anercorp-train.conll"
TYPES = (PERSON, PLACE, ORGANIZATION, MISCELLANEOUS)
# Sentences of a corpus that are read as one article: it marks no ends of articles.
ARTICLE = 25
Stretch = tuple[int, int, str]  # first word, word behind the last, type
Score = dict[str, float]


def main(arguments: list[str]) -> None:
    if len(arguments) == 2 and arguments[0].endswith(".jsonl"):
        _report_articles(Path(arguments[0]), Path(arguments[1]))
        return
    corpus = Path(arguments[0]) if arguments else CORPUS
    if not corpus.exists():
        sys.exit(f"skipped: {corpus} is not here")
    tested, tagger = _tested(corpus, arguments)
    parts = [tested[at : at + ARTICLE] for at in range(0, len(tested), ARTICLE)]
    found = {"tagger": _score(parts, tagger, _by_tagger), "analysis": _score(parts, tagger, _by_analysis)}
    for what, score in found.items():
        print(f"{what:10}" + " ".join(f"{kind}={f1:.4f}" for kind, f1 in score.items()))
    print(json.dumps({"bench": "names", "words": sum(map(len, tested)), **found}))


def _tested(corpus: Path, arguments: list[str]) -> tuple[Sequence[Words], Tagger]:
    """Return the sentences to find names in, and the tagger that does."""
    if arguments:
        return list(sentences(corpus)), _named(arguments[1] if arguments[1:] else "fast")
    learned, tested = held_out(corpus)
    return tested, NameModel(train(learned))


def _named(model: str) -> Tagger:
    if model == "fast":
        return tag_all
    if model == "fine":
        return encoder.tagger() or sys.exit("the encoder is not installed")
    return NameModel(Path(model).read_bytes())


# --- A corpus of tagged words ------------------------------------------------------------------------------------------


def _score(parts: Iterable[Sequence[Words]], tagger: Tagger, by: object) -> Score:
    hit, gold, found = Counter[str](), Counter[str](), Counter[str]()
    for part in parts:
        true = _stretches(part)
        seen = by(part, tagger)  # type: ignore[operator]
        hit.update(kind for _, _, kind in true & seen)
        gold.update(kind for _, _, kind in true)
        found.update(kind for _, _, kind in seen)
    named = TYPES[:3]
    return {kind: _f1(hit[kind], gold[kind], found[kind]) for kind in TYPES} | {
        "micro": _f1(hit.total(), gold.total(), found.total()),
        "micro_without_misc": _f1(*(sum(count[kind] for kind in named) for count in (hit, gold, found))),
    }


def _f1(hit: int, gold: int, found: int) -> float:
    return round(2 * hit / max(gold + found, 1), 4)


def _stretches(part: Sequence[Words]) -> set[Stretch]:
    """Return the tagged names of some sentences, their words counted through."""
    tags = [tag for sentence in part for _, tag in sentence]
    found: set[Stretch] = set()
    for at, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = next((end for end in range(at + 1, len(tags)) if tags[end] != "I-" + tag[2:]), len(tags))
            found.add((at, end, tag[2:]))
    return found


def _by_tagger(part: Sequence[Words], tagger: Tagger) -> set[Stretch]:
    split: list[Sentence] = []
    for sentence in part:
        split.append(tuple(folded_token(word) for word, _ in sentence))
    found: set[Stretch] = set()
    start = 0
    for sentence, tags in zip(part, tagger(split), strict=True):
        found.update((start + tag.first, start + tag.last + 1, tag.kind) for tag in tags)
        start += len(sentence)
    return found


def _by_analysis(part: Sequence[Words], tagger: Tagger) -> set[Stretch]:
    """Return the names of the analysis of an article made of the sentences, whole words each."""
    words = [word for sentence in part for word, _ in sentence]
    starts: list[int] = []
    text = ""
    for word in words:
        text += " " if text else ""
        starts.append(len(text))
        text += word
    found = analyze(_article(text), tag=tagger)
    spans = {
        PERSON: [span for person in found.people for span in person.spans],
        PLACE: [span for name in found.places for span in name.spans],
        ORGANIZATION: [span for name in found.organizations for span in name.spans],
    }
    return {(*_words(span, starts), kind) for kind, some in spans.items() for span in some}


def _article(text: str) -> Article:
    at = datetime(2002, 1, 1, tzinfo=UTC)  # no word of a name depends on it
    return Article(
        id=ArticleId("words"),
        outlet=OutletKey("corpus"),
        origin="words",
        collected=at,
        url="https://corpus.example/words",
        title="",
        published=Published(at=at, certainty=Certainty.STATED),
        blocks=(Block(BlockKind.PARAGRAPH, text),),
    )


def _words(span: Span, starts: Sequence[int]) -> tuple[int, int]:
    """Return the first word of a span and the one behind its last."""
    first = sum(start <= span.start for start in starts) - 1
    return first, sum(start < span.end for start in starts)


# --- Labelled articles -------------------------------------------------------------------------------------------------


def _report_articles(articles: Path, gold: Path) -> None:
    counts: dict[str, list[int]] = {"organizations": [0, 0, 0], "places": [0, 0, 0], "governments": [0, 0, 0]}
    lines = articles.read_text(encoding="utf-8").splitlines(), gold.read_text(encoding="utf-8").splitlines()
    for line, labels in zip(*lines, strict=True):
        article, label = article_of(line), json.loads(labels)
        analysis = analyze(article)
        seen = {
            "organizations": _spans(analysis.organizations),
            "places": _spans(analysis.places),
            "governments": {(span.start, span.end) for place in analysis.places for span in place.governments},
        }
        for layer, found in seen.items():
            _count(counts[layer], article.text, layer, found, label)
    figures = {layer: _f1(*count) for layer, count in counts.items()}
    for layer, (hit, true, found) in counts.items():
        print(
            f"{layer:14} f1={figures[layer]:.3f} p={hit / max(found, 1):.3f} r={hit / max(true, 1):.3f} (gold {true})"
        )
    print(json.dumps({"bench": "names", "articles": len(lines[0]), **figures}))


def _spans(names: Iterable[Name]) -> set[tuple[int, int]]:
    return {(span.start, span.end) for name in names for span in name.spans}


def _count(
    count: list[int], text: str, layer: str, found: set[tuple[int, int]], label: dict[str, list[dict[str, object]]]
) -> None:
    """Add what was hit, true and found, and print what differs; names on the ignored list count for nothing."""
    listed = label[layer]
    true = {tuple(span) for one in listed for span in (one["spans"] if isinstance(one, dict) else [one])}  # type: ignore[attr-defined]
    ignored = [span for one in label["ignored"] for span in one["spans"]]  # type: ignore[attr-defined]
    judged = {(a, b) for a, b in found if (a, b) in true or not any(a < d and c < b for c, d in ignored)}
    for sign, spans in (("-", true - judged), ("+", judged - true)):
        for start, end in sorted(spans):
            print(f"  {layer[:3]} {sign} {text[start:end]!r} in {text[max(start - 25, 0) : end + 15]!r}")
    for at, amount in enumerate((len(true & judged), len(true), len(judged))):
        count[at] += amount


if __name__ == "__main__":
    main(sys.argv[1:])
