"""Oxigraph's solutions must end in the thread that made them; an error that is kept must not keep them."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest

from policygraph.errors import LimitError, StoreError
from policygraph.store import EmbeddedStore, Limits
from policygraph.store.engine import letting_go
from policygraph.store.remote import _rewritten


def end_elsewhere(errors: list[BaseException], monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What went wrong when another thread let go of these errors."""
    wrong: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", lambda told: wrong.append(told.exc_value))
    monkeypatch.setattr("threading.excepthook", lambda told: wrong.append(told.exc_value))

    def let_go() -> None:
        errors.clear()
        gc.collect()

    thread = threading.Thread(target=let_go)
    thread.start()
    thread.join()
    return wrong


@pytest.mark.parametrize(
    ("query", "media_type"),
    [("SELECT * { ?s ?p ?o }", "text/csv"), ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")],
)
@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(rows=0, size=20)])
def test_an_error_keeps_no_solutions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, media_type: str, limits: Limits
) -> None:
    file = tmp_path / "few.ttl"
    file.write_text("<urn:a> <urn:p> 1, 2, 3, 4 .", encoding="utf-8")
    store = EmbeddedStore([file], limits=limits)
    kept: list[BaseException] = []
    try:
        store.respond(query, media_type)
    except LimitError as error:
        kept.append(error)
    assert kept
    assert end_elsewhere(kept, monkeypatch) == []


def test_nor_does_that_of_a_remote_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "no such type", "value": "1"}}]}}'
    kept: list[BaseException] = []
    try:
        with letting_go():
            _rewritten(body, "text/csv")
    except (SyntaxError, ValueError, StoreError) as error:
        kept.append(error)
    assert kept
    assert end_elsewhere(kept, monkeypatch) == []
