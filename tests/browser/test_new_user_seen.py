"""What a new user stumbled over, in Chromium: keys, narrow pages, names and words in drawings."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from looking import Visit
from playwright.sync_api import Browser, expect

from policygraph.web import scripts

PREFIXES = """PREFIX pg: <https://w3id.org/policygraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
TARGETS = (
    PREFIXES
    + """SELECT ?target ?name ?value ?printed WHERE {
  ?target a pg:Target ; pg:value ?value ; pg:indicator/skos:prefLabel ?name .
  ?target prov:wasQuotedFrom/oa:hasSelector/oa:exact ?printed FILTER(LANG(?name) = "zh")
}"""
)
LINKS = PREFIXES + "SELECT ?target ?indicator WHERE { ?target a pg:Target ; pg:indicator ?indicator }"
COVERED = """(() => {
  const boxes = (what) => [...document.querySelectorAll(what)].map((each) => each.getBoundingClientRect());
  const texts = boxes("svg.network .node:not(.minor) text"), dots = boxes("svg.network circle:not(.reach)");
  return texts.filter((text) => dots.some((dot) => {
    const [x, y] = [dot.x + dot.width / 2, dot.y + dot.height / 2]; // its middle, for names are measured by and large
    return x > text.left && x < text.right && y > text.top && y < text.bottom;
  })).length;
})()"""


@pytest.fixture(autouse=True)
def built() -> None:
    if not (scripts.BUILT / "manifest.json").is_file():
        pytest.skip("installed with POLICYGRAPH_SCRIPTS=skip")


@pytest.mark.parametrize("width", [1280, 390])
def test_escape_closes_an_open_menu(browser: Browser, server: str, width: int) -> None:
    with Visit(browser, server, "/national", width=width) as seen:
        summary = seen.page.locator("header nav details summary:visible").first
        summary.focus()
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator("header nav details[open]")).to_have_count(1)
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Escape")
        expect(seen.page.locator("header nav details[open]")).to_have_count(0)
        expect(summary).to_be_focused()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_narrow_drawing_shows_bodies_and_their_lines(browser: Browser, server: str, language: str) -> None:
    with Visit(browser, server, "/departments/drawing", width=390, language=language) as seen:
        dots = seen.page.locator("svg.bipartite .spot .dot")
        box = dots.first.bounding_box()
        assert box and 100 < box["x"] < 290  # with a hundred pixels at least for the lines behind it
        seen.judge(f"drawing-{language}-390")


def test_the_numbers_begin_on_a_narrow_page(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/questions/targets-of-year", width=390, language="en") as seen:
        box = seen.page.locator("th", has_text="As printed").bounding_box()
        assert box and box["x"] < 300


def test_names_of_a_network_are_written_clear_of_dots(browser: Browser, server: str) -> None:
    with Visit(browser, server, f"/sparql?view=network&query={quote(LINKS)}") as seen:
        expect(seen.page.locator("svg.network .node").first).to_be_attached()
        assert seen.page.locator("svg.network .minor").count() == 0
        assert seen.page.evaluate(COVERED) == 0
        expect(seen.page.locator("#view-network")).to_have_text("关系图")


@pytest.mark.parametrize("width", [1280, 390])
def test_bars_say_what_the_text_says_of_a_number(browser: Browser, server: str, width: int) -> None:
    """占地区生产总值比重53%左右; …指导率达到95%以上."""
    with Visit(browser, server, f"/sparql?view=chart&query={quote(TARGETS)}", width=width) as seen:
        amounts = seen.page.locator("svg.chartview .amount")
        expect(amounts.first).to_be_visible()
        told = amounts.all_text_contents()
        assert any(each.endswith("53%左右") for each in told) and any("95%以上" in each for each in told)
        seen.judge(f"bars-worded-{width}")


def test_print_begins_with_the_pairs(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/national", width=718) as seen:
        seen.page.emulate_media(media="print")
        table, flow = (seen.page.locator(each).bounding_box() for each in ("#pairs table", "#flow"))
        assert table and flow and table["y"] < 500 and flow["y"] > table["y"] + table["height"] - 1
        expect(seen.page.locator("svg.flow.broad")).to_be_visible()
