"""The rules of the house that a machine can check, beside the layer rule of import-linter."""

import ast
from pathlib import Path

import pytest

import tawatur

PACKAGE = Path(tawatur.__file__).parent
PURE = ("model.py", "arabic", "extract", "understand", "stories")
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
