"""Pages that arrive in pieces: what a reader sees first stays where it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from looking import Visit
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app

PIECE, PAUSE = 3000, 0.04  # bytes, seconds
DOCUMENT = "/id/doc/qingzhengban-2020-62"
# Those with a table whose columns grow with its rows, or with lines that grow; prose is shown as it comes.
PAGES = (
    "/departments", "/departments/tasks", "/matrix", "/coverage", "/questions/tasks-of-department",
    "/id/doc/fagaichanye-2019-1602", "/id/org/qinghaisheng-shangwuting", "/sparql", f"{DOCUMENT}/3.2", DOCUMENT,
)  # fmt: skip


def dripping(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
    """The application, its pages sent as over a slow line."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        page = "text/html" in environ.get("HTTP_ACCEPT", "")
        for data in app(environ, start_response):
            for at in range(0, len(data), PIECE) if page else ():
                yield data[at : at + PIECE]
                time.sleep(PAUSE)
            if not page:
                yield data

    return answer


@pytest.fixture(scope="module")
def slow() -> Iterator[str]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    app = create_app(Settings(), EmbeddedStore([resources.dataset()]))
    running = make_server("127.0.0.1", 0, dripping(app.wsgi_app), threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_arrives(browser: Browser, slow: str, path: str, language: str) -> None:
    with Visit(browser, slow, path, 1280, language) as seen:
        assert seen.page.evaluate("window.shifted") < 0.001
