"""Asking in a real Chromium: suggestions by keyboard and input method, the builder with and without script."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from looking import Visit
from playwright.sync_api import Browser, Page, expect

VIEWS = {
    "ask": "/ask?q=2025年旅游收入目标",
    "ask-lead": "/ask?q=which tasks does the Department of Commerce lead",
    "ask-not-answered": "/ask?q=省商务厅的预算是多少",
    "search-readings": "/search?q=养老托幼由谁负责",
    "questions": "/questions",
    "question": "/questions/tasks-of-department",
    "build-start": "/build",
    "build": "/build?class=Task&set=1&c=rdfs:label&f=hasTarget&c=hasTarget/printedValue&v.hasTarget/targetYear=2025",
}
BOX = "header input[name=q]"
OPEN = ".suggestions:not([hidden])"


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
@pytest.mark.parametrize("name", VIEWS)
def test_view(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    with Visit(browser, server, VIEWS[name], width, language) as visit:
        visit.judge(f"{name}-{width}-{language}")


def opened(page: Page, words: str) -> None:
    page.locator(BOX).press_sequentially(words)
    page.locator(OPEN).wait_for()


@pytest.mark.parametrize(("scheme", "forced", "width"), [("dark", False, 1280), ("light", True, 390)])
def test_suggestions_are_for_every_eye(browser: Browser, server: str, scheme: str, forced: bool, width: int) -> None:
    with Visit(browser, server, "/about", width, scheme=scheme, forced=forced) as visit:  # type: ignore[arg-type]
        opened(visit.page, "养老")
        visit.page.keyboard.press("ArrowDown")
        visit.judge(f"suggestions-{width}-{'forced' if forced else scheme}", whole=False)
        box = visit.page.locator(OPEN).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_keyboard_is_enough(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/about", language="zh") as visit:
        page = visit.page
        box = page.locator(BOX)
        opened(page, "养老托幼")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)
        assert box.input_value() == "养老托幼"
        page.keyboard.press("ArrowDown")
        page.locator(OPEN).wait_for()
        page.keyboard.press("ArrowDown")
        first = page.locator('[role=option][aria-selected="true"]')
        expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator('[role=option][aria-selected="true"]')).to_contain_text("全部结果")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        page.goto(f"{server}/about?lang=zh")
        opened(page, "省商务厅负责哪些任务")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask?q=*")
        expect(page.locator("#answer")).to_contain_text("推动传统物流向现代供应链转型升级")
        page.goto(f"{server}/about?lang=zh")
        page.locator(BOX).press_sequentially("商务")
        page.keyboard.press("Enter")  # nothing chosen: the form's own page
        page.wait_for_url("**/search?q=*")


def test_only_the_last_words_are_looked_for(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/about") as visit:
        asked: list[str] = []
        visit.page.on("request", lambda each: asked.append(unquote(each.url)) if "/suggest" in each.url else None)
        visit.page.locator(BOX).press_sequentially("shangwuting", delay=10)
        visit.page.locator(OPEN).wait_for()
        expect(visit.page.locator("[role=option]").last).to_contain_text("shangwuting")
        assert len(asked) <= 2 and "q=shangwuting" in asked[-1]


def test_nothing_is_looked_for_while_an_input_method_composes(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/about") as visit:
        page = visit.page
        asked: list[str] = []
        page.on("request", lambda each: asked.append(unquote(each.url)) if "/suggest" in each.url else None)
        page.locator(BOX).focus()
        method = page.context.new_cdp_session(page)
        for letters in ("y", "yang", "yang'lao"):
            method.send(
                "Input.imeSetComposition",
                {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
            )
        page.wait_for_timeout(400)
        assert asked == [] and page.locator(OPEN).count() == 0
        page.keyboard.press("ArrowDown")  # belongs to the input method
        assert page.locator(OPEN).count() == 0
        method.send("Input.insertText", {"text": "养老"})
        page.locator(OPEN).wait_for()
        assert len(asked) == 1 and "q=养老" in asked[0]


def test_without_script_the_forms_go_to_their_pages(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/about", scripts=False) as visit:
        visit.page.locator(BOX).fill("2025年旅游收入目标")
        visit.page.locator(BOX).press("Enter")
        visit.page.wait_for_url("**/search?q=*")
        visit.page.get_by_role("link", name="某个指标要达到多少").click()
        expect(visit.page.locator("#answer")).to_contain_text("800亿元")
        visit.page.goto(f"{server}/build?class=Target&lang=zh")
        visit.page.locator('input[name=c][value="printedValue"]').check()
        visit.page.get_by_role("button", name="显示").first.click()
        expect(visit.page.locator("#outcome .code")).to_contain_text("?target pg:printedValue ?printedValue")


def test_the_query_grows_as_one_ticks(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/build?class=Task", language="en") as visit:
        page = visit.page
        page.evaluate("window.kept = true")
        page.locator('input[name=f][value="hasTarget"]').focus()
        page.keyboard.press("Space")
        page.locator('input[name=c][value="hasTarget/printedValue"]').wait_for()
        expect(page.locator('input[name=f][value="hasTarget"]')).to_be_focused()
        page.locator('input[name=c][value="hasTarget/printedValue"]').check()
        expect(page.locator("#outcome .code")).to_contain_text("pg:printedValue ?printedValue")
        page.locator('input[name="v.hasTarget/targetYear"]').fill("2025")
        page.keyboard.press("Tab")
        expect(page.locator("#outcome .code")).to_contain_text('FILTER(STR(?targetYear) = "2025")')
        assert "printedValue" in unquote(page.url) and page.evaluate("window.kept") is True
        page.go_back()
        expect(page.locator("#outcome .code")).not_to_contain_text("targetYear")
        visit.judge("build-ticked-1280-en")
