"""The pages in a real Chromium: no overflow, no error, no other host, no barrier.

Each is kept as a picture in screenshots/.
"""

from __future__ import annotations

import pytest
from looking import Scheme, Visit
from playwright.sync_api import Browser

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
    "help": "/help",
    "missing": "/id/nothing",
}


def visit(browser: Browser, server: str, name: str, width: int, language: str, scheme: Scheme) -> None:
    with Visit(browser, server, PAGES[name], width, language, scheme) as seen:
        seen.judge(f"{name}-{width}-{language}-{scheme}", whole=name != "ontology", missing=name == "missing")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_page(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    visit(browser, server, name, width, language, "light")


@pytest.mark.parametrize("name", ["reader-shown", "matrix", "targets", "national", "actor", "search"])
def test_page_in_the_dark(browser: Browser, server: str, name: str) -> None:
    visit(browser, server, name, 1280, "zh", "dark")


def test_help_in_forced_colours(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/help", 1280, "en", forced=True) as seen:
        seen.judge("help-forced")


@pytest.mark.parametrize("path", [f"{DOCUMENT}/3.10", f"{DOCUMENT}/3.2"])
def test_on_a_phone_the_text_of_a_provision_is_whole(browser: Browser, server: str, path: str) -> None:
    with Visit(browser, server, path, 390) as seen:
        box = seen.page.locator(".passage .official").first
        assert box.evaluate("each => each.scrollHeight <= each.clientHeight")


def test_on_a_phone_the_contents_are_whole_and_fold(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT, 390) as seen:
        box = seen.page.locator(".toc details > div")
        assert box.evaluate("each => each.scrollHeight <= each.clientHeight + 1")
        seen.page.locator(".toc summary").click()
        assert not box.is_visible()


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
