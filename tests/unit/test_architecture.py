"""The rules of the house that a machine can check, beside the layer rule of import-linter."""

import ast
from pathlib import Path

import pytest

import tawatur

PACKAGE = Path(tawatur.__file__).parent
PURE = ("model.py", "repair.py", "story.py", "article.py", "outlet.py", "analysis.py", "reader.py", "saved.py")
PURE += ("newsletter.py", "alert.py", "arabic", "extract", "understand", "stories", "digest")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
#: The one place of the pure half that reads files: the package's own language data.
READS_DATA = PACKAGE / "arabic" / "lexicon.py"
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50


def sources(*parts: str) -> list[Path]:
    roots = [PACKAGE / part for part in parts] or [PACKAGE]
    return sorted(path for root in roots for path in ([root] if root.suffix else root.rglob("*.py")))


def relative(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", sources(*PURE), ids=relative)
def test_the_pure_half_opens_no_file_and_reads_no_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "print", "input"), (
                f"{relative(path)}:{node.lineno} calls {node.func.id}()"
            )
        elif isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            reads_clock = node.func.attr in CLOCKS and owner.split(".")[-1] in ("datetime", "date", "time")
            assert not reads_clock, f"{relative(path)}:{node.lineno} reads the clock"
            if node.func.attr in ("read_text", "read_bytes", "write_text", "write_bytes"):
                assert path == READS_DATA, f"{relative(path)}:{node.lineno} reads or writes a file"


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION_LINES, f"{relative(path)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_every_module_and_public_function_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{relative(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{relative(path)}:{node.lineno} {node.name} has no docstring"


def test_style_sheets_use_logical_directions_only() -> None:
    for path in sorted(PACKAGE.rglob("*.css")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for physical in (
                "margin-left",
                "margin-right",
                "padding-left",
                "padding-right",
                "float: left",
                "float: right",
            ):
                assert physical not in line, f"{relative(path)}:{number} has {physical}"
            assert "text-align: left" not in line, f"{relative(path)}:{number}"
            assert "text-align: right" not in line, f"{relative(path)}:{number}"


#: What opens connections to other hosts, or could. Only ``fetch`` may hold it: it is the one guarded way out.
NETWORK = {"aiohttp", "httpx", "httpx2", "requests", "urllib3", "niquests", "pycurl", "curl_cffi", "websockets", "dns"}
NETWORK |= {"socket", "socketserver", "ssl", "asyncio.streams", "smtplib", "ftplib", "telnetlib", "poplib", "imaplib"}
NETWORK |= {
    "http.client",
    "urllib.request",
    "xmlrpc.client",
    "trafilatura.downloads",
    "trafilatura.feeds",
    "trafilatura.sitemaps",
}
CONNECTING = {
    "open_connection",
    "create_connection",
    "getaddrinfo",
    "gethostbyname",
    "urlopen",
    "fetch_url",
    "create_datagram_endpoint",
}
#: The socket on which the pages are served listens; it connects to nobody.
LISTENS = PACKAGE / "cli" / "place.py"


@pytest.mark.parametrize("path", [path for path in sources() if path.parent != PACKAGE / "fetch"], ids=relative)
def test_nothing_but_fetch_leaves_the_host(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute | ast.Name):
            called = node.attr if isinstance(node, ast.Attribute) else node.id
            assert called not in CONNECTING, f"{relative(path)}:{node.lineno} uses {called}"
        for name in names:
            parts = name.split(".")
            found = {".".join(parts[:length]) for length in range(1, len(parts) + 1)} & NETWORK
            assert not found or (path == LISTENS and found == {"socket"}), (
                f"{relative(path)}:{node.lineno} imports {name}"
            )


def test_only_one_module_speaks_to_the_mail_server() -> None:
    holders = {relative(path) for path in sources() if "aiosmtplib" in path.read_text(encoding="utf-8")}
    assert holders == {"mail/smtp.py"}


def test_only_one_module_of_fetch_makes_an_http_client() -> None:
    holders = {path.name for path in sources("fetch") if "aiohttp" in path.read_text(encoding="utf-8")}
    assert holders == {"resolve.py", "wire.py"}
