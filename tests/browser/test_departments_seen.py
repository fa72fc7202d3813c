"""Bodies and tasks in a real Chromium: at both widths, in both languages, and walked through by the keyboard."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from looking import SHOTS, Visit
from playwright.sync_api import Browser, expect

VIEWS = {
    "bodies": "/departments", "tasks": "/departments/tasks", "matrix": "/matrix", "expanded": "/matrix?expand=1",
    "drawing": "/departments/drawing", "network": "/departments/network",
    "shared": "/departments/shared?first=qinghaisheng-shangwuting&second=qinghaisheng-wenhuahelvyouting",
    "body": "/id/org/qinghaisheng-fazhanhegaigeweiyuanhui",
    "successor": "/id/org/zhongguorenminyinhangxiningzhongxinzhixing",
}  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
@pytest.mark.parametrize("name", VIEWS)
def test_view(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    with Visit(browser, server, VIEWS[name], width, language) as seen:
        seen.judge(f"departments-{name}-{width}-{language}")


@pytest.mark.parametrize(("name", "width", "language"), [("matrix", 390, "zh"), ("network", 1280, "en"),
                                                         ("drawing", 1280, "en"), ("matrix", 1280, "en")])  # fmt: skip
def test_view_the_other_way(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    with Visit(browser, server, VIEWS[name], width, language) as seen:
        seen.judge(f"departments-{name}-{width}-{language}")


@pytest.mark.parametrize("name", ["expanded", "network", "drawing"])
def test_view_in_forced_colours_and_in_the_dark(browser: Browser, server: str, name: str) -> None:
    with Visit(browser, server, VIEWS[name], forced=True) as seen:
        seen.judge(f"departments-{name}-forced")
    with Visit(browser, server, VIEWS[name], scheme="dark") as seen:
        seen.judge(f"departments-{name}-dark")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_shade_lies_only_where_the_matrix_goes_on(browser: Browser, server: str, width: int) -> None:
    """Nothing puts out a shade on empty paper: the box of a narrow matrix ends with it, and so does its last row."""
    with Visit(browser, server, "/matrix?part=4", width) as seen:
        box, table = seen.page.locator(".scroll.tall"), seen.page.locator(".matrix")
        inner = box.evaluate("each => each.clientWidth")
        assert inner <= table.evaluate("each => each.offsetWidth")
        assert box.evaluate("each => each.offsetWidth <= each.parentElement.clientWidth")
        box.evaluate("each => { each.scrollIntoView({ block: 'end' }); each.scrollTo(0, each.scrollHeight); }")
        on_top = box.evaluate("""each => {
          const frame = each.getBoundingClientRect(), y = frame.top + each.clientTop + each.clientHeight - 4;
          const places = [frame.left + 8, frame.left + each.clientLeft + each.clientWidth - 6];
          const last = each.querySelector("tbody tr:last-child");
          return places.map(x => document.elementFromPoint(x, y)?.closest("tr") === last);
        }""")
        assert on_top == [True, True]


def test_headings_of_the_matrix_stay_in_sight(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/matrix", 390) as seen:
        box = seen.page.locator(".scroll.tall")
        box.evaluate("each => each.scrollTo(600, 700)")
        frame = box.bounding_box()
        row = seen.page.locator(".matrix tbody th").nth(20).bounding_box()
        column = seen.page.locator(".matrix thead th").nth(10).bounding_box()
        assert frame and row and column
        assert abs(row["x"] - frame["x"]) < 3 and abs(column["y"] - frame["y"]) < 3
        name = seen.page.get_by_role("columnheader", name="3.10 构建统筹解决“一老一小”养老托幼服务业")
        assert name.count() == 1


def test_from_the_matrix_to_the_words_by_keyboard(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/matrix") as seen:
        page = seen.page
        page.locator("select[name=part]").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        while page.evaluate("document.activeElement.tagName") != "BUTTON":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("part=3"))
        cell = page.locator(".matrix tbody a.pos").first
        cell.focus()
        expect(cell).to_be_focused()
        assert cell.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"show=3\.\d+/a\d+"))
        expect(page.locator("[aria-current=true]").first).to_be_visible()


def test_the_network_without_scripts(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/departments/network?least=3", scripts=False) as seen:
        seen.judge("departments-network-plain")
        assert seen.page.locator(".tools button").count() == 0
        seen.page.locator("td.n a").first.click()
        seen.page.wait_for_url(re.compile("/departments/shared"))
        assert seen.page.locator("tbody tr").count() == 4


def test_the_network_is_arranged_by_nearness(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/departments/network?least=2", language="en") as seen:
        page = seen.page
        page.emulate_media(reduced_motion="reduce")
        spots = page.locator(".network .spot")
        before = spots.first.bounding_box()
        page.get_by_role("button", name="By nearness").press("Enter")
        expect(page.get_by_role("button", name="By nearness")).to_have_attribute("aria-pressed", "true")
        assert spots.first.bounding_box() != before
        shown = "filter(t => getComputedStyle(t).display != 'none')"
        lines = f"s => [...s.querySelectorAll('text')].{shown}.map(t => +t.getAttribute('y'))"
        for english, chinese in (spots.nth(each).evaluate(lines) for each in range(spots.count())):
            assert chinese - english == 15, "a name and its Chinese stand together"
        seen.judge("departments-network-free")
        spots.first.focus()
        expect(page.locator(".network.lit .arc.near").first).to_be_attached()
        at = spots.first.get_attribute("transform")
        page.keyboard.press("ArrowLeft")
        assert spots.first.get_attribute("transform") != at
        address = page.url
        spots.nth(3).scroll_into_view_if_needed()
        dot = spots.nth(3).locator(".dot").bounding_box()
        assert dot
        page.mouse.move(dot["x"] + 4, dot["y"] + 4)
        page.mouse.down()
        page.mouse.move(dot["x"] + 60, dot["y"] + 40, steps=4)
        page.mouse.up()
        moved = spots.nth(3).locator(".dot").bounding_box()
        assert moved and abs(moved["x"] - dot["x"] - 56) < 12 and page.url == address
        page.get_by_role("button", name="By kind").click()
        assert spots.first.bounding_box() == before
        spots.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/id/org/"))


def test_the_arrangement_of_the_network_is_in_its_address(browser: Browser, server: str) -> None:
    near = "By nearness"
    with Visit(browser, server, "/departments/network?least=2", language="en") as seen:
        page = seen.page
        page.emulate_media(reduced_motion="reduce")
        before = page.locator(".network .spot").first.bounding_box()
        page.get_by_role("button", name=near).click()
        free = page.locator(".network .spot").first.get_attribute("transform")
        assert page.url.endswith("least=2&lang=en#nearness")
        page.reload()
        expect(page.get_by_role("button", name=near)).to_have_attribute("aria-pressed", "true")
        assert free and page.locator(".network .spot").first.get_attribute("transform") == free
        page.get_by_role("button", name="By kind").click()
        assert page.url.endswith("least=2&lang=en") and page.locator(".network .spot").first.bounding_box() == before


def test_the_network_moves_when_motion_is_welcome(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/departments/network?least=2") as seen:
        spot = seen.page.locator(".network .spot").first
        seen.page.get_by_role("button", name="按关联紧密程度排列").click()
        seen.page.wait_for_timeout(100)
        one = spot.get_attribute("transform")
        seen.page.wait_for_timeout(400)
        assert one and spot.get_attribute("transform") != one


def test_a_drawing_of_its_own_opens(browser: Browser, server: str) -> None:
    """As an image viewer opens it: no style of the page, no script, no other file."""
    page = browser.new_page(viewport={"width": 1240, "height": 900})
    for view, language, width in (("drawing", "zh", 1020), ("network", "en", 1220)):
        svg = page.request.get(f"{server}/departments/{view}?format=svg&lang={language}").body()
        page.set_content(f'<img src="data:image/svg+xml;base64,{b64encode(svg).decode()}">')
        page.wait_for_function("document.images[0].complete")
        assert page.evaluate("document.images[0].naturalWidth") == width
        page.screenshot(path=SHOTS / f"departments-{view}-file.png", full_page=True)
    page.close()
