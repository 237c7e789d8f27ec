"""What a deployment is made of fits the program: the image, the services of systemd, the lock of what runs."""

import json
import re
import shutil
import subprocess
import threading
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from tawatur.cli import app
from tawatur.fetch.knock import PATIENCE, knock
from tawatur.mail.smtp import TAKING

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("tawatur-*"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
#: The program of the services; in the test another one that exists.
PROGRAM = "/opt/tawatur/bin/tawatur"
#: Of ten, at most: "OK" in the words of systemd; a service without any of it has 9.6.
EXPOSURE = 2.0
ANALYZE = shutil.which("systemd-analyze")


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line.strip())]


def is_command(words: list[str]) -> bool:
    """Return whether the command line has a command of these words."""
    command = get_command(app)
    while words and not words[0].startswith(("-", "/")):
        command = getattr(command, "commands", {}).get(words[0])
        if command is None:
            return False
        words = words[1:] if hasattr(command, "commands") else []
    return True


def test_the_image_is_of_two_stages_and_runs_as_nobody_of_the_host() -> None:
    found = instructions()
    assert {name for name, _ in found} <= {
        "ARG",
        "FROM",
        "WORKDIR",
        "RUN",
        "COPY",
        "ENV",
        "USER",
        "VOLUME",
        "EXPOSE",
        "STOPSIGNAL",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert [rest for name, rest in found if name == "FROM"] == ["${BASE} AS build", "${BASE}"]
    last = found[[name for name, _ in found].index("FROM", 3) :]
    users = [rest for name, rest in last if name == "USER"]
    assert users == ["10001:10001"]
    assert [name for name, _ in last].index("USER") > max(at for at, (name, _) in enumerate(last) if name == "RUN")
    assert ("ENTRYPOINT", '["tawatur"]') in last
    assert "pip install" not in " ".join(rest for name, rest in last if name == "RUN")


def test_all_that_goes_into_the_image_is_there_and_let_in() -> None:
    rules = [line for line in (ROOT / ".containerignore").read_text().splitlines() if line and line[0] != "#"]
    let_in = [rule[1:] for rule in rules if rule.startswith("!")]
    sources = [
        path for name, rest in instructions() if name == "COPY" and "--from" not in rest for path in rest.split()[:-1]
    ]
    assert sources
    for path in sources:
        assert (ROOT / path).exists(), path
        assert any(fnmatch(path, rule) for rule in let_in), path


def test_the_lock_of_the_image_is_a_part_of_the_whole_one() -> None:
    whole, part = (pinned(path) for path in (ROOT / "requirements.lock", DEPLOY / "requirements.lock"))
    assert part.items() <= whole.items()
    assert {"psycopg", "fastapi", "zstandard"} <= set(part)
    assert not {"pytest", "playwright", "pandas"} & set(part)


def pinned(path: Path) -> dict[str, frozenset[str]]:
    """Return the hashes of each package of a lock, its version among them."""
    blocks = re.split(r"^(?=[a-z0-9])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        re.split(r"[=\[]", block)[0]: frozenset(re.findall(r"==[^\s\\;]+|sha256:\w+", block))
        for block in blocks
        if "==" in block
    }


def test_the_services_of_the_example_are_locked_in_and_call_commands_that_there_are() -> None:
    made, own = composed()
    assert {"web1", "web2", "crawl", "letters"} <= own.keys()
    for name, one in own.items():
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert is_command(list(one.get("command", ["serve"]))), name
        assert {place.partition(":")[0] for place in one["volumes"]} <= made["volumes"].keys(), name
        assert set(one["secrets"]) <= made["secrets"].keys(), name
    assert int(own["letters"]["stop_grace_period"].removesuffix("s")) > TAKING  # a hand-over comes to its end


def composed() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the example, and those of its services that are of our image."""
    made = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return made, {name: one for name, one in made["services"].items() if name != "postgres"}


def test_containers_are_asked_by_the_command_that_knows_their_settings_and_have_time_to_answer() -> None:
    (check,) = [rest for name, rest in instructions() if name == "HEALTHCHECK"]
    asked, _, said = check.partition(" CMD ")
    assert re.findall(r"--timeout=(\d+)s", asked) == ["10"]
    assert PATIENCE + 2 < 10
    _, own = composed()
    for name, one in own.items():
        if one["healthcheck"].get("disable"):
            assert name == "backup"  # it ends
            continue
        assert one["healthcheck"]["test"] == ["CMD", *json.loads(said)], name
        assert (is_command(one["healthcheck"]["test"][2:]), one["healthcheck"]["timeout"]) == (True, "10s")
        # Without pages it is asked at an address of its own.
        assert ("command" in one) == ("TAWATUR_METRICS" in one["environment"]), name
        assert one["environment"].get("TAWATUR_METRICS", "127.0.0.1:9464") == "127.0.0.1:9464"


def test_what_listens_everywhere_is_asked_on_this_machine() -> None:
    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "ready"}')

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for host in ("0.0.0.0", "", "127.0.0.1"):
            assert knock(host, server.server_port) == {"status": "ready"}
        server.shutdown()
    assert knock("0.0.0.0", server.server_port) is None


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_calls_a_command_that_there_is(path: Path) -> None:
    (line,) = re.findall(rf"^ExecStart={PROGRAM} (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert is_command(line.split())


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units_and_finds_them_closed_enough(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / path.name.replace("@.", "@8001.")).write_text(text, encoding="utf-8")
    made = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([str(ANALYZE), "verify", *made], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for service in (path for path in made if path.endswith(".service")):
        command = [str(ANALYZE), "security", "--offline=true", "--no-pager", service]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        found = re.search(r"exposure level for \S+: ([\d.]+)", said)
        assert found, said
        assert float(found[1]) <= EXPOSURE, service
