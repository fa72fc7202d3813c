"""The scripts of the pages: built, named by their content, and nothing that a page cannot do without."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from policygraph.settings import Settings
from policygraph.web import create_app, scripts

MOST = 60 << 10
"""Bytes of gzipped script a page may load; the workbench with its editor has its own limit in tests/browser."""


@pytest.fixture
def built() -> dict[str, str]:
    if not (scripts.BUILT / "manifest.json").is_file():
        pytest.skip("installed with POLICYGRAPH_SCRIPTS=skip")
    found: dict[str, str] = json.loads((scripts.BUILT / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_every_module_is_built(built: dict[str, str]) -> None:
    source = Path(__file__).parents[1] / "frontend" / "src"
    assert set(built) == {path.stem for path in source.glob("*.js")}
    assert all(re.fullmatch(rf"{name}-[A-Z0-9]{{8}}\.js", file) for name, file in built.items())
    assert (scripts.BUILT / "licences.txt").is_file()


def test_a_page_loads_what_was_built_and_keeps_it(built: dict[str, str]) -> None:
    client = create_app(Settings(workers=0)).test_client()
    page = client.get("/id/doc/qingzhengban-2020-62", headers={"Accept": "text/html"}).text
    address = f"/static/built/{built['reader']}"
    assert address in page
    answer = client.get(address)
    assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in client.get("/static/built/none.js").headers.get("Cache-Control", "")


def test_no_script_is_too_large(built: dict[str, str]) -> None:
    """A page's own module with all that it imports."""
    for name, file in built.items():
        if name == "workbench":
            continue
        sizes = {each: len(gzip.compress((scripts.BUILT / each).read_bytes())) for each in _with_imports(file)}
        assert sum(sizes.values()) <= MOST, (name, sizes)


def _with_imports(file: str) -> set[str]:
    found, waiting = set(), [file]
    while waiting:
        one = waiting.pop()
        found.add(one)
        text = (scripts.BUILT / one).read_text(encoding="utf-8")
        waiting += set(re.findall(r'"\./([\w.-]+\.js)"', text)) - found
    return found


def test_the_pages_do_without_scripts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scripts._manifest.cache_clear()
    monkeypatch.setattr(scripts, "BUILT", tmp_path)
    try:
        page = create_app(Settings(workers=0)).test_client().get("/id/doc/qingzhengban-2020-62").text
    finally:
        scripts._manifest.cache_clear()
    assert '<script type="module"' not in page
