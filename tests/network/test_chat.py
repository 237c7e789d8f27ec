"""A language model behind the interface of OpenAI as analyser: what it says counts only where it stands in the text.

The model is a real server on loopback that answers as such servers do.
"""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.unit.understand.reading_cases import article

from tawatur.analyzers import chosen
from tawatur.config import Settings
from tawatur.model import Analysis
from tawatur.understand import analyze

CASE = json.loads((Path(__file__).parent / "data" / "chat.json").read_text(encoding="utf-8"))


class Model(ThreadingHTTPServer):
    """Answers every question with the same words, and remembers what it was asked."""

    def __init__(self, said: str, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.said, self.status = said, status
        self.asked: list[tuple[str, dict[str, str], Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), body))
        message = {"role": "assistant", "content": self.server.said}
        answer = json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def model(said: str, status: int = 200) -> Iterator[Model]:
    with Model(said, status) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def analysed(server: Model, text: str = CASE["text"]) -> Analysis:
    url = f"http://127.0.0.1:{server.server_address[1]}/v1/"
    settings = Settings(home=Path("unused"), grade="chat", chat_url=url, chat_model="m", chat_key="secret")
    return chosen(settings)(article(text))


def test_what_a_model_says_is_taken_where_it_stands_in_the_text() -> None:
    with model("```json\n" + json.dumps(CASE["answer"], ensure_ascii=False) + "\n```") as server:
        found = analysed(server)
    assert [[one.name, list(one.aliases), list(one.roles)] for one in found.people] == CASE["people"]
    assert [[one.kind, one.text, one.speaker, list(one.via), one.cue] for one in found.statements] == CASE["statements"]
    assert [[one.text, one.value] for one in found.dates] == CASE["dates"]
    assert found.version.endswith("-own")
    for one in (*found.statements, *found.dates):
        assert CASE["text"][one.span.start : one.span.end] == one.text
    for person in found.people:
        assert {CASE["text"][span.start : span.end] for span in person.spans} <= {person.name, *person.aliases}


def test_the_question_holds_the_guide_the_text_and_the_key() -> None:
    with model("{}") as server:
        analysed(server)
    [(path, headers, body)] = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body["model"] == "m"
    system, user = body["messages"]
    assert "verbatim" in system["content"] or "letter by letter" in system["content"]
    assert CASE["text"] in user["content"]


@pytest.mark.parametrize(
    ("said", "status"), [("I cannot help with that.", 200), ("[]", 200), ("{", 200), ("{}", 500), ("{}", 401)]
)
def test_a_model_that_gives_no_record_leaves_the_article_to_the_rules(
    said: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), model(said, status) as server:
        assert analysed(server) == analyze(article(CASE["text"]))
    assert "fast grade" in caplog.text


def test_an_address_where_nobody_answers_leaves_the_article_to_the_rules() -> None:
    with model("{}") as server:
        pass
    assert analysed(server) == analyze(article(CASE["text"]))


def test_a_text_with_half_a_character_can_be_sent() -> None:
    with model("{}") as server:
        assert analysed(server, "\ud800 " + CASE["text"]).people == ()
        assert len(server.asked) == 1


def test_entries_of_a_wrong_form_are_dropped_one_by_one() -> None:
    answer = CASE["answer"] | {"people": [7, {"name": 3}, *CASE["answer"]["people"]], "dates": "none", "quotes": [{}]}
    with model(json.dumps(answer)) as server:
        found = analysed(server)
    assert [one.name for one in found.people] == [name for name, *_ in CASE["people"]]
    assert found.dates == found.statements == ()
