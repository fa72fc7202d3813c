"""The pages in a real Chromium: no overflow, no error, no other host, no barrier.

Each is kept as a picture in screenshots/.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
DATASET = ROOT / "data" / "policygraph.nq"
SHOTS = ROOT / "screenshots"
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
DOCUMENT = "/id/doc/qingzhengban-2020-62"
PAGES = {
    "start": "/",
    "reader": DOCUMENT,
    "reader-shown": f"{DOCUMENT}?show=3.10/t1",
    "part": f"{DOCUMENT}/3",
    "provision": f"{DOCUMENT}/3.2",
    "target": f"{DOCUMENT}/3.10/t1",
    "actor": "/id/org/qinghaisheng-shangwuting",
    "place": "/id/place/xiningshi",
    "outline": "/id/doc/fagaichanye-2019-1602",
    "departments": "/departments",
    "matrix": "/matrix",
    "targets": "/targets",
    "national": "/national",
    "propose": "/propose",
    "search": "/search?q=数字",
    "sparql": "/sparql",
    "sparql-fault": "/sparql?query=SELECT+*%0AWHERE+%7B+%3Fs+%3Fp+%7D",
    "questions": "/questions",
    "question": "/questions/tasks-of-department",
    "ontology": "/ontology",
    "about": "/about",
    "missing": "/id/nothing",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not DATASET.exists():
        pytest.skip(f"{DATASET.relative_to(ROOT)} is not built")
    app = create_app(Settings(), EmbeddedStore([DATASET]))
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


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
Scheme = Literal["light", "dark"]


def visit(browser: Browser, server: str, name: str, width: int, language: str, scheme: Scheme) -> None:
    path = PAGES[name]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    faults: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]*).*", r"\1", request.url)))
    page.goto(f"{server}{path}{'&' if '?' in path else '?'}lang={language}")
    page.wait_for_load_state("networkidle")
    found: Any = Axe().run(page, options=RULES)
    SHOTS.mkdir(exist_ok=True)
    picture = SHOTS / f"{name}-{width}-{language}-{scheme}.png"
    page.screenshot(path=picture, full_page=name != "ontology")
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    context.close()
    told = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found.response["violations"]]
    if name == "missing":  # Chromium itself reports the status of the page
        faults = [text for text in faults if "404" not in text]
    assert wide[0] <= wide[1]
    assert (faults, hosts - {server}) == ([], set())
    assert told == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_page(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    visit(browser, server, name, width, language, "light")


@pytest.mark.parametrize("name", ["reader-shown", "matrix", "targets", "national", "actor"])
def test_page_in_the_dark(browser: Browser, server: str, name: str) -> None:
    visit(browser, server, name, 1280, "zh", "dark")


def test_a_mark_opens_its_panel_in_place(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(server + DOCUMENT)
    page.evaluate("window.kept = true")
    page.locator("article a.in-target").first.click()
    page.locator("#panel blockquote").wait_for()
    assert page.evaluate("window.kept") is True
    assert "show=" in page.url
    page.go_back()
    page.locator("#panel .hint").wait_for()
    page.close()
