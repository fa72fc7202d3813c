"""The frame of the pages in Chromium: start, menu, list of documents, at both widths and in both languages."""

from __future__ import annotations

import pytest
from looking import Visit
from playwright.sync_api import Browser, expect

LOOKS = {
    "start": "/",
    "documents": "/documents",
    "coverage": "/coverage",
    "about": "/about",
    "refused": "/documents?page=9",
}


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en"), (390, "zh")])
@pytest.mark.parametrize("name", LOOKS)
def test_looks(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    with Visit(browser, server, LOOKS[name], width, language) as seen:
        seen.judge(f"frame-{name}-{width}-{language}")
        if name == "refused":  # Chromium itself reports the status of the page
            seen.faults = [text for text in seen.faults if "400" not in text]


@pytest.mark.parametrize("name", ["start", "documents"])
def test_dark_and_forced_colours(browser: Browser, server: str, name: str) -> None:
    with Visit(browser, server, LOOKS[name], 1280, "en", "dark") as seen:
        seen.judge(f"frame-{name}-dark")
    with Visit(browser, server, LOOKS[name], 390, "zh", forced=True) as seen:
        seen.judge(f"frame-{name}-forced")


def test_the_search_box_is_seen_at_once(browser: Browser, server: str) -> None:
    """And with it all five ways and a document at a desk; the box at a phone."""
    with Visit(browser, server, "/", 1280, "en") as seen:
        for place in ("#q", ".wants li:nth-child(5) a", ".held li a"):
            box = seen.page.locator(place).first.bounding_box()
            assert box is not None and box["y"] + box["height"] < 900, place
    with Visit(browser, server, "/", 390, "en") as seen:
        box = seen.page.locator("#q").bounding_box()
        assert box is not None and box["y"] + box["height"] < 844


def test_the_menu_by_keyboard(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/", 1280, "en", scripts=False) as seen:
        page = seen.page
        for _ in range(4):  # skip link, brand, documents, the first group
            page.keyboard.press("Tab")
        expect(page.locator("nav.across summary").first).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator('nav.across ul a[href="/departments"]')).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/departments**")
        expect(page.locator("nav.across summary.here")).to_have_count(1)


def test_the_menu_on_a_phone(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/coverage", 390, "zh") as seen:
        page = seen.page
        header = page.locator("header").bounding_box()
        assert header is not None and header["height"] < 120  # a phone is not filled with links
        assert page.locator("header a:visible").count() <= 3
        page.locator(".folded summary").click()
        for link in page.locator(".folded a").all():
            box = link.bounding_box()
            assert box is not None and box["height"] >= 24
        seen.judge("frame-menu-390-zh", whole=False)
        page.locator('.folded a[href="/documents"]').click()
        page.wait_for_url("**/documents**")


def test_one_menu_at_a_time(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/about", 1280, "zh") as seen:
        first, second = seen.page.locator("nav.across summary").first, seen.page.locator("nav.across summary").nth(1)
        first.click()
        second.click()
        expect(seen.page.locator("nav.across details[open]")).to_have_count(1)
        seen.judge("frame-menu-1280-zh", whole=False)


def test_the_list_is_filtered_without_a_script(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/documents", 390, "en", scripts=False) as seen:
        seen.page.select_option('select[name="kind"]', "outline")
        seen.page.locator("form.filter button").click()
        seen.page.wait_for_url("**kind=outline**")
        expect(seen.page.locator(".shelf tbody tr")).to_have_count(2)


def test_print_leaves_the_menu_out(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/documents", 1280, "zh") as seen:
        seen.page.emulate_media(media="print")
        expect(seen.page.locator("header.top")).to_be_hidden()
        expect(seen.page.locator("form.filter")).to_be_hidden()
        expect(seen.page.locator(".shelf")).to_be_visible()
