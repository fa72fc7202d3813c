"""The reader, frozen results, help and tour in a real Chromium: how they look, and what hands and keys can do there."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from looking import Visit
from playwright.sync_api import Browser, Page

DOCUMENT = "/id/doc/qingzhengban-2020-62"
SHOWN = f"{DOCUMENT}?show=3.10/t1#at-5008"
QUERY = quote(
    "SELECT ?target ?printed WHERE { ?target <https://w3id.org/policygraph/ontology#printedValue> ?printed } "
    "ORDER BY ?target"
)
VIEWS = {
    "reading": (DOCUMENT, False),
    "reading-shown": (f"{DOCUMENT}?show=3.10/t1", False),
    "words": (f"{DOCUMENT}/span/5008-5026", True),
    "frozen": (f"/frozen/new?query={QUERY}&title={quote('全部目标值')}", True),
    "frozen-fault": ("/frozen/new?query=SELECT+*+WHERE+%7B", True),
    "help": ("/help", True),
    "tour": ("/tour", True),
    "tour-step": ("/national?tour=4", False),
}


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
@pytest.mark.parametrize("name", VIEWS)
def test_view(browser: Browser, server: str, name: str, width: int, language: str) -> None:
    path, whole = VIEWS[name]
    with Visit(browser, server, path, width, language) as seen:
        seen.judge(f"{name}-{width}-{language}", whole=whole)
        seen.faults = [text for text in seen.faults if name != "frozen-fault" or "400" not in text]


def test_dark_and_forced_colours(browser: Browser, server: str) -> None:
    with Visit(browser, server, f"{DOCUMENT}?show=1.2/g5", scheme="dark") as seen:
        seen.page.locator("#at-679").scroll_into_view_if_needed()
        seen.judge("reading-dark", whole=False)
    with Visit(browser, server, f"{DOCUMENT}?show=1.2/g5", forced=True) as seen:
        seen.page.locator("#at-679").scroll_into_view_if_needed()
        seen.judge("reading-forced", whole=False)
        lit = seen.page.locator("#at-679").evaluate("each => getComputedStyle(each).outlineStyle")
        assert lit == "solid"  # backgrounds are gone: the shown words have a frame


def styles(page: Page) -> dict[str, str]:
    """How each kind in the legend is drawn, colours left out."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".legend .sample")].map((each) => {
            const style = getComputedStyle(each);
            const line = [style.textDecorationLine, style.textDecorationStyle, style.outlineStyle];
            return [each.id, line.join(" ")];
        }))"""
    )


def test_kinds_differ_in_shape_and_not_in_colour_alone(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT) as seen:
        drawn = styles(seen.page)
        assert len(drawn) == 7
        assert len(set(drawn.values())) == 7, drawn


def test_keys_lead_from_statement_to_statement(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT) as seen:
        page = seen.page
        page.evaluate("window.kept = true")
        page.locator("article a.in-target").first.focus()
        page.keyboard.press("Enter")
        page.locator("#panel blockquote").wait_for()
        assert page.locator("#panel blockquote").inner_text() == "占地区生产总值比重53%左右"
        page.keyboard.press("n")
        page.locator("#panel blockquote", has_text="服务业从业人员占全省").wait_for()
        assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
        assert page.evaluate("document.activeElement.id") == "at-639"
        page.keyboard.press("p")
        page.locator("#panel blockquote", has_text="占地区生产总值比重53%").wait_for()
        page.keyboard.press("Escape")
        page.locator("#panel .hint").first.wait_for()
        assert "show=" not in page.url
        page.go_back()
        page.locator("#panel blockquote").wait_for()
        assert page.evaluate("window.kept") is True  # the page was never loaded again
        page.locator("body").press("n")  # no single key does anything elsewhere
        assert page.locator("#panel blockquote").inner_text() == "占地区生产总值比重53%左右"


def test_kinds_are_put_away_at_once_and_stay_away(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT) as seen:
        page = seen.page
        before = page.locator("article").bounding_box()
        page.locator("label", has_text="术语").locator("input").focus()
        page.keyboard.press("Space")
        page.locator("article .in-term").first.wait_for(state="detached")
        assert page.locator("article .in-place").count() > 10
        assert page.locator("article").bounding_box() == before
        assert "mark=none" in page.url and "mark=term" not in page.url
        page.goto(server + DOCUMENT)
        assert page.locator("article .in-term").count() == 0
        assert not page.locator("label", has_text="术语").locator("input").is_checked()


def test_the_contents_follow_the_text(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT) as seen:
        page = seen.page
        assert page.locator(".toc a[aria-current]").count() == 0
        page.locator(".toc a", has_text="打造高效、集成的社区家政").click()
        page.locator(".toc a[aria-current]", has_text="社区家政").wait_for()
        page.evaluate("scrollTo(0, 0)")
        page.locator(".toc a[aria-current]").wait_for(state="detached")


def test_an_address_without_a_place_goes_to_its_words(browser: Browser, server: str) -> None:
    with Visit(browser, server, f"{DOCUMENT}?show=3.10/t1") as seen:
        page = seen.page
        words = page.locator("article [aria-current=true]").bounding_box()
        assert words and 0 <= words["y"] <= 900 - words["height"]
        assert page.locator(".toc a[aria-current]").inner_text().startswith("(十)")


def test_selected_words_get_their_address(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT) as seen:
        page = seen.page
        words = "本《实施意见》自印发之日起施行"
        page.evaluate(
            """(words) => {
                const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at >= 0) {
                        getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                        document.execCommand("copy");
                        return;
                    }
                }
            }""",
            words,
        )
        field = page.locator("#chosen input")
        field.wait_for()
        address = field.input_value()
        assert re.fullmatch(rf"{server}{DOCUMENT}\?show=span/6374-6389#at-6374", address)
        seen.judge("reading-selected", whole=False)
        page.goto(address)
        assert page.locator("article [aria-current=true]").inner_text() == words


@pytest.mark.parametrize(
    ("show", "scripts"), [("3.10/t1#at-5008", True), ("4.5/a3#at-6356", True), ("c1#at-208", False)]
)
def test_on_a_phone_the_panel_does_not_cover_what_it_explains(
    browser: Browser, server: str, show: str, scripts: bool
) -> None:
    """lang= goes before the fragment, so the page is opened by hand."""
    with Visit(browser, server, "/about", 390, scripts=scripts) as seen:
        page = seen.page
        page.goto(f"{server}{DOCUMENT}?show={show}")
        page.wait_for_load_state("networkidle")
        words = page.locator("article [aria-current=true]").first.bounding_box()
        panel = page.locator("#panel").bounding_box()
        assert words and panel and panel["y"] + panel["height"] <= 900 + 1
        assert words["y"] >= 0 and words["y"] + words["height"] <= panel["y"], "covered"
        if scripts and show.startswith("3.10"):
            page.screenshot(path="screenshots/reading-phone.png")
            page.locator("#panel .near a[rel=next]").click()
            page.locator("#panel blockquote", has_text="护理型床位比例达到50%").wait_for()
            page.wait_for_timeout(100)
            words = page.locator("article [aria-current=true]").first.bounding_box()
            panel = page.locator("#panel").bounding_box()
            assert words and panel and words["y"] + words["height"] <= panel["y"]


def test_print_holds_the_official_text_and_where_it_comes_from(browser: Browser, server: str) -> None:
    with Visit(browser, server, SHOWN.partition("#")[0]) as seen:
        page = seen.page
        page.emulate_media(media="print")
        for hidden in (".top", ".toc", ".key", "#panel", ".after", ".foot"):
            assert not page.locator(hidden).is_visible(), hidden
        assert page.locator(".printed").is_visible()
        assert "sha256" in page.locator(".printed").inner_text()
        mark = page.locator("article .in-target").first
        drawn = mark.evaluate(
            "each => [getComputedStyle(each).textDecorationLine, getComputedStyle(each).outlineStyle]"
        )
        assert drawn == ["none", "none"]
        page.screenshot(path="screenshots/reading-print.png", full_page=True)


def test_everything_works_without_scripts(browser: Browser, server: str) -> None:
    with Visit(browser, server, DOCUMENT, scripts=False) as seen:
        page = seen.page
        page.locator("label", has_text="术语").locator("input").uncheck()
        page.locator("form.key button").click()
        assert page.locator("article .in-term").count() == 0
        page.locator("article a.in-target").first.click()
        assert page.locator("article .in-term").count() == 0  # the choice stays with the links
        page.locator("#panel a[rel=next]").click()
        assert page.locator("#panel blockquote").inner_text() == "服务业从业人员占全省从业人员比重50%左右"
    with Visit(browser, server, "/tour", scripts=False) as seen:
        page = seen.page
        page.locator(".ways .on").click()
        for number in range(1, 5):
            assert f"第 {number} 步" in page.locator(".strip").inner_text()
            page.locator(".strip .on").click()
        assert "/questions/tasks-of-department" in page.url
        page.locator(".strip .on").click()
        assert page.locator(".strip").count() == 0
    with Visit(browser, server, f"/frozen/new?query={QUERY}", scripts=False) as seen:
        assert "一致" in seen.page.locator(".verdictbox").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (1280, "en"), (390, "zh"), (390, "en")])
def test_a_step_of_the_tour_far_down_the_page_shows_the_way_on_and_the_words(
    browser: Browser, server: str, width: int, language: str, scripts: bool
) -> None:
    path = f"{DOCUMENT}?show=2.3/a1&tour=2&lang={language}#at-1415"
    with Visit(browser, server, "/help", width, language, scripts=scripts) as seen:
        seen.page.goto(f"{server}{path}")  # the place is the end of the address
        strip = seen.page.locator(".strip").bounding_box()
        words = seen.page.locator("#at-1415").bounding_box()
        on = seen.page.locator(".strip .on").bounding_box()
        assert strip and words and on
        assert seen.page.evaluate("scrollY") > 1000
        assert on["y"] >= 0 and on["y"] + on["height"] <= strip["y"] + strip["height"] <= words["y"]
        assert words["y"] + words["height"] < 900
        seen.judge(whole=False)
