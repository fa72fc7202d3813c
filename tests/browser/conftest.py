"""A Chromium and a server of the published data, for the tests that look at pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from looking import CHROMIUM, FLAGS
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    app = create_app(Settings(), EmbeddedStore([resources.dataset()]))
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()
