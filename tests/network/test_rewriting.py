"""A language model that rewrites accounts: a real server on loopback that answers well, lies, answers rubbish, or hangs."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tawatur.analyzers.endpoint import Endpoint
from tawatur.analyzers.rewriting import Outcome, Rewriter, rewriter
from tawatur.config import Settings
from tawatur.errors import AnalyzerUnusable
from tawatur.model import Account, AccountPart, AccountSentence, ArticleId, Backing, Saying, Span, StoryId

CASE = tomllib.loads((Path(__file__).parent / "data" / "rewriting.toml").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
Answer = Callable[[str], str]


def sentence(text: str, speaker: str = "") -> AccountSentence:
    article = ArticleId("a")
    saying = Saying(article=article, span=Span(0, len(text)))
    backing = Backing(articles=(article,), independent=1)
    return AccountSentence(text=text, part=AccountPart.HAPPENED, sayings=(saying,), backing=backing, speaker=speaker)


ACCOUNT = Account(sentences=(*map(sentence, CASE["account"]), sentence(CASE["unnamed"], CASE["speaker"])))


class Model(ThreadingHTTPServer):
    """Answers by a function of the question."""

    daemon_threads = True

    def __init__(self, answer: Answer, *, status: int = 200, hang: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.status, self.hang = answer, status, hang
        self.asked: list[Any] = []
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.stopped.wait(self.server.hang)
        message = {"role": "assistant", "content": self.server.answer(body["messages"][1]["content"])}
        answer = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def model(answer: Answer, *, status: int = 200, hang: float = 0) -> Iterator[Model]:
    with Model(answer, status=status, hang=hang) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def says(sentences: Sequence[tuple[str, list[int]]]) -> Answer:
    """Return a model that always says the same."""
    said = json.dumps({"sentences": [{"text": text, "rests_on": on} for text, on in sentences]}, ensure_ascii=False)
    return lambda _: said


def repeats(question: str) -> str:
    """A model that says every sentence as it is."""
    lines = [line.partition(". ") for line in question.splitlines()]
    return says([(text, [int(number)]) for number, _, text in lines])(question)


def asked(server: Model, account: Account = ACCOUNT, *, patience: float = 20) -> Outcome:
    return Rewriter(Endpoint(server.url, "m"), patience=patience)(StoryId("s"), account, at=NOW)


def test_an_honest_rewriting_is_kept_with_what_it_rests_on() -> None:
    with model(says([(one["text"], one["rests_on"]) for one in CASE["honest"]])) as server:
        found = asked(server)
    assert found.rewriting is not None
    assert (found.reason, found.faulty) == ("", 0)
    assert [one.text for one in found.rewriting.sentences] == [one["text"] for one in CASE["honest"]]
    assert [one.rests_on for one in found.rewriting.sentences] == [
        tuple(number - 1 for number in one["rests_on"]) for one in CASE["honest"]
    ]
    assert all(one.own for one in found.rewriting.sentences)
    assert (found.rewriting.model, found.rewriting.at) == ("m", NOW)


def test_the_question_has_the_guide_and_every_sentence_with_its_number() -> None:
    with model(repeats) as server:
        assert asked(server).faulty == 0
    [body] = server.asked
    system, user = body["messages"]
    assert "rests_on" in system["content"]
    assert user["content"].splitlines() == [f"{at}. {one.text}" for at, one in enumerate(ACCOUNT.sentences, 1)]


@pytest.mark.parametrize("lie", CASE["lies"])
def test_one_lie_gives_way_to_the_sentence_that_it_rests_on(
    lie: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    truths = [(one["text"], one["rests_on"]) for one in CASE["honest"]]
    with caplog.at_level(logging.WARNING), model(says([*truths, (lie["text"], lie["rests_on"])])) as server:
        found = asked(server)
    assert found.rewriting is not None
    assert found.faulty == 1
    assert lie["text"] not in [one.text for one in found.rewriting.sentences]
    instead = [one for one in found.rewriting.sentences if not one.own]
    known = [number - 1 for number in lie["rests_on"] if 0 < number <= len(ACCOUNT.sentences)]
    assert [one.text for one in instead] == [ACCOUNT.sentences[at].text for at in dict.fromkeys(known)]
    assert "1 of 4 rewritten sentences have faults" in caplog.text


def test_of_a_model_that_lies_more_nothing_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    lies = [(one["text"], one["rests_on"]) for one in CASE["lies"][:2]]
    truths = [(one["text"], one["rests_on"]) for one in CASE["honest"][:2]]
    with caplog.at_level(logging.WARNING), model(says([*truths, *lies])) as server:
        found = asked(server)
    assert (found.rewriting, found.reason, found.faulty) == (None, "faulty", 2)
    assert "show none" in caplog.text


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "I cannot help with that.",
        "[]",
        "{",
        '{"sentences": 3}',
        '{"sentences": [{"text": "x"}]}',
        '{"sentences": [{"text": "x", "rests_on": ["1"]}]}',
        '{"sentences": [{"text": "x", "rests_on": [1.5]}]}',
        '{"sentences": [{"text": "x", "rests_on": [1], "note": "y"}]}',
        '{"answer": []}',
    ],
)
def test_rubbish_is_no_rewriting(rubbish: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), model(lambda _: rubbish) as server:
        found = asked(server)
    assert (found.rewriting, found.reason) == (None, "unasked")
    assert "is not rewritten" in caplog.text


@pytest.mark.parametrize("rests_on", [[], [0], [9], [-1], [1, 1], [1, 2, 3, 4, 1], [10**30]])
def test_numbers_that_stand_for_nothing_are_faults(rests_on: list[int]) -> None:
    with model(says([(CASE["account"][0], rests_on)])) as server:
        assert asked(server).rewriting is None


def test_an_answer_without_sentences_shows_nothing() -> None:
    with model(says([])) as server:
        assert asked(server).reason == "faulty"


def test_a_model_that_hangs_is_left(caplog: pytest.LogCaptureFixture) -> None:
    start = time.monotonic()
    with caplog.at_level(logging.WARNING), model(repeats, hang=30) as server:
        found = asked(server, patience=1)
    assert (found.rewriting, found.reason) == (None, "unasked")
    assert time.monotonic() - start < 15
    assert "cannot be asked" in caplog.text


def test_a_model_that_fails_or_is_not_there_gives_nothing() -> None:
    with model(repeats, status=500) as server:
        assert asked(server).reason == "unasked"
    assert asked(server).reason == "unasked"


def test_an_account_of_one_sentence_is_not_sent() -> None:
    with model(repeats) as server:
        assert asked(server, Account(sentences=ACCOUNT.sentences[:1])).reason == "short"
        assert server.asked == []


def test_without_an_address_nobody_is_asked() -> None:
    with pytest.raises(AnalyzerUnusable):
        rewriter(Settings(home=Path("unused")))


def test_the_command_keeps_rewritings_of_the_sample_edition(tmp_path: Path) -> None:
    tawatur = Path(sys.executable).parent / "tawatur"
    items = Path(__file__).parents[2] / "src" / "tawatur" / "sample" / "items"
    with model(repeats) as server:
        environment = os.environ | {
            "TAWATUR_HOME": str(tmp_path),
            "TAWATUR_LANG": "en",
            "TAWATUR_GRADE": "fast",
            "TAWATUR_CHAT_URL": server.url,
            "TAWATUR_CHAT_MODEL": "m",
        }

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [str(tawatur), *arguments]
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

        assert run("read", str(items)).returncode in (0, 1)
        first = run("rewrite", "--all")
        count = len(server.asked)
        again = run("rewrite", "--all")
        assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
        assert count > 5
        assert len(server.asked) == count
        assert first.stdout.count(": rewritten") == again.stdout.count("is kept") == count
        assert run("rewrite").returncode == run("rewrite", "x", "--all").returncode == 2
        assert run("rewrite", "none-such").returncode == 2
    unanswered = run("rewrite", first.stdout.split()[0])
    assert unanswered.returncode == 0  # its rewriting is kept
