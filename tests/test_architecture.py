"""The arrows of the house: stages in one direction, small modules, few public verbs."""

from __future__ import annotations

import ast
from pathlib import Path

import policygraph

PACKAGE = Path(policygraph.__file__).parent
FORBIDDEN = {
    "compiler": {"store", "endpoint", "web", "cli", "questions", "collection"},
    "graph": {"store", "endpoint", "web", "cli", "questions", "collection"},
    "collection": {"store", "endpoint", "web", "cli", "questions"},
    "store": {"compiler", "endpoint", "web", "cli", "collection"},
    "proposals": {"compiler", "endpoint", "web", "cli", "collection"},
    "endpoint": {"compiler", "web", "cli", "collection"},
    "web": {"compiler", "cli", "collection"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """First names below policygraph that a module imports."""
    home = path.relative_to(PACKAGE).parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = home[: len(home) - node.level + 1]
            full = (*above, *(node.module or "").split("."))
            names = [p for p in full if p] or [alias.name for alias in node.names]
            found.add(names[0])
    return found


def test_arrows() -> None:
    assert len(MODULES) > 50
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0]
        assert not imports(path) & FORBIDDEN.get(room, set()), path


def test_parse_knows_no_rdf_and_emit_no_regular_expression() -> None:
    names = {p.stem: p.read_text(encoding="utf-8") for p in (PACKAGE / "compiler").glob("*.py")}
    parsing = ["read", "layout", "header", "outline", "unit", "responsibility", "targets", "goals", "citations"]
    for stage in [*parsing, "parse"]:
        assert "rdflib" not in names[stage], stage
    for stage in ("emit", "spans"):
        assert "import re\n" not in names[stage], stage


def test_the_server_imports_neither_owlrl_nor_pyshacl() -> None:
    import subprocess
    import sys

    code = "import sys, policygraph.web; print(sorted({'owlrl', 'pyshacl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_modules_are_rooms() -> None:
    assert {p.name: n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300} == {}


def test_public_verbs() -> None:
    assert policygraph.__all__ == ["build", "compile_text", "create_app", "open_store"]
    assert all(callable(getattr(policygraph, name)) or name == "build" for name in policygraph.__all__)


def test_commands_import_what_they_use() -> None:
    """Whoever asks for help, or adds a document, does not wait for the server's packages."""
    import subprocess
    import sys

    heavy = [
        "rdflib",
        "rich",
        "flask",
        "owlrl",
        "pyshacl",
        "pdfplumber",
        "trafilatura",
        "docx",
        "opencc",
        "distributed",
    ]
    commands = "policygraph.cli, policygraph.cli_compile, policygraph.cli_propose, policygraph.collection.commands"
    for modules in (
        commands,
        "policygraph.graph.compiled, policygraph.collection.update, policygraph.collection.executors",
    ):
        code = f"import sys, {modules}; print(sorted(set({heavy}) & set(sys.modules)))"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
