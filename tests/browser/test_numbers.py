"""/targets and /national in a real Chromium: observations that never leave the machine, keyboard, forced colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from looking import Visit
from playwright.sync_api import Browser, Page, expect

from policygraph.web import scripts

LINES = """\
指标,年份,数值,单位,来源
旅游总收入,2021,350.2,亿元,省统计局年报
旅游总收入,2022,1450000,万元,x
旅游收入,2022,145,亿元,x
服务业增加值占地区生产总值比重,2021年,45.6,%,x
信息消费规模,2022,"1,200",亿元,"甲""乙"
https://w3id.org/policygraph/id/indicator/lvyouzongshouru,2023,900,亿元,y
接待国内外游客人次,2021
金融业增加值,,,亿元,
服务业增加值占地区生产总值比重,2021,45.6,%,"两
行来源，“引号”"
护理型床位比例,2021,约半,%,z
"""
REFUSED = [
    ("第 3 行第 4 列（单位）", "“万元”与目标值的单位不符", "“亿元”"),
    ("第 4 行第 1 列（指标）", "“旅游收入”不是本页的指标", "IRI"),
    ("第 5 行第 2 列（年份）", "“2021年”不是年份", "四位数字"),
    ("第 6 行第 3 列（数值）", "“1,200”不是数", "千分位"),
    ("第 8 行", "有 2 列", "应为 5 列"),
    ("第 12 行第 3 列（数值）", "“约半”不是数", "512.5"),
]


@pytest.fixture(autouse=True)
def built() -> None:
    if not (scripts.BUILT / "manifest.json").is_file():
        pytest.skip("installed with POLICYGRAPH_SCRIPTS=skip")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/targets?by=sector", "/targets", "/national"])
def test_nothing_is_wider_than_the_narrowest_screen(browser: Browser, server: str, path: str, language: str) -> None:
    with Visit(browser, server, path, 320, language) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") == 320


def lanes(page: Page, indicator: str) -> list[str]:
    """Where the observations of an indicator are drawn, and what their titles say."""
    rows = page.locator(f'#drawn li[data-names*="{indicator}"]')
    return rows.locator("svg.lane").evaluate_all(
        "all => all.map(each => each.getAttribute('x') + ' ' + each.querySelector('title').textContent)"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_observations_are_drawn_and_nothing_is_sent(
    browser: Browser, server: str, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "observed.csv"
    file.write_bytes(LINES.replace("\n", "\r\n").encode(encoding))
    with Visit(browser, server, "/targets") as seen:
        page, asked = seen.page, list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.locator("#observations [type=file]").set_input_files(file)
        expect(page.locator("#observations .told")).to_have_text("已绘制观测值 3 项，退回 6 行，未填写 1 行。")
        told = page.locator("#observations .refused li").all_inner_texts()
        assert len(told) == len(REFUSED)
        for words, parts in zip(told, REFUSED, strict=True):
            assert all(part in words for part in parts), words
        # the axis of 亿元 ends at 800, at 92 per cent of the drawing; 900 is beyond it
        place, beyond = lanes(page, "旅游总收入")
        assert float(place.split("%")[0]) == pytest.approx(350.2 / 800 * 92) and "2021: 350.2 亿元" in place
        assert beyond.startswith("98%") and "2023: 900 亿元 (y)" in beyond
        assert lanes(page, "服务业增加值占地区生产总值比重")[0].startswith("41.952%")
        rows = page.locator("#observations tbody tr")
        assert [re.split(r"\t", text)[1:4] for text in rows.all_inner_texts()] == [
            ["2021", "350.2", "亿元"], ["2023", "900", "亿元"], ["2021", "45.6", "%"],
        ]  # fmt: skip
        assert rows.nth(1).inner_text().endswith("超出坐标轴") and "两 行来源，“引号”" in rows.nth(2).inner_text()
        if encoding == "utf-8-sig":
            seen.judge("targets-observed-1280-zh")
        page.locator("#observations [type=reset]").click()
        assert page.locator("svg.lane").count() == 0 and page.locator("#observations .refused li").count() == 0
        assert asked == []
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert kept == [0, 0, ""]
        page.reload()
        assert page.locator("svg.lane").count() == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "没有可绘制的内容"), ("指标,年份,数值,单位,来源\n", "没有可绘制的内容"),
        ("指标,数值,来源\n旅游总收入,1,x", "第 1 行：应有指标、年份、数值、单位、来源五列，缺少：年份, 单位"),
        ('指标,年份,数值,单位,来源\n旅游总收入,2021,1,亿元,"x', "第 2 行：引号没有闭合"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told(browser: Browser, server: str, lines: str, words: str) -> None:
    with Visit(browser, server, "/targets") as seen:
        seen.page.locator("#observations textarea").fill(lines)
        seen.page.locator("#observations form button").first.click()
        expect(seen.page.locator("#observations")).to_contain_text(words)


def test_pasted_by_keyboard_alone(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/targets", 390, "en") as seen:
        page = seen.page
        page.locator("#drawn a.mark").first.focus()
        ring = "getComputedStyle(document.activeElement).outlineStyle"
        page.keyboard.press("Tab")
        assert page.evaluate(ring) == "solid"
        page.locator("#observations [type=file]").focus()
        page.keyboard.press("Tab")
        page.keyboard.insert_text(
            "indicator\tyear\tvalue\tunit\tsource\nTotal tourism revenue\t2022\t145.7\t亿元\tyearbook"
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#observations .told")).to_have_text(
            "Observations drawn: 1. Lines refused: 0. Lines not filled in: 0."
        )
        assert lanes(page, "旅游总收入") == [f"{145.7 / 800 * 92}% 2022: 145.7 亿元 (yearbook)"]
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("svg.lane").count() == 0


def test_without_scripts_all_but_observations_is_there(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/targets?by=sector", scripts=False) as seen:
        page = seen.page
        assert page.locator("#drawn a.mark").count() == 23 and page.locator("#time a.chiplink").count() == 17
        assert page.locator("#observations textarea").is_disabled()
        assert "须启用脚本" in page.locator("noscript").inner_text()
        page.locator("#drawn a.mark").first.click()
        page.wait_for_url("**/id/doc/**")
        assert page.locator("article [aria-current=true]").count()


@pytest.mark.parametrize(
    ("name", "path", "width", "language", "forced"),
    [
        ("targets-sector", "/targets?by=sector", 390, "en", False), ("targets-forced", "/targets", 1280, "zh", True),
        ("national-exact", "/national?strength=Exact", 1280, "zh", False),
        ("national-narrow", "/national?strength=Close", 390, "en", False),
        ("national-forced", "/national?verification=VerifiedText", 1280, "zh", True),
    ],
)  # fmt: skip
def test_views(browser: Browser, server: str, name: str, path: str, width: int, language: str, forced: bool) -> None:
    with Visit(browser, server, path, width, language, forced=forced) as seen:
        seen.judge(f"{name}-{width}-{language}")
        assert seen.page.locator("svg.flow:visible").count() == path.startswith("/national")


def test_a_clause_of_the_flow_leads_to_its_pairs(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/national?strength=Exact") as seen:
        page = seen.page
        box = page.locator("svg.flow.broad a", has_text="优化供应链管理")
        box.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#fagaichanye-2019-1762_2.7")
        assert "提高供应链管理和物流服务效率" in page.locator(".pair:target").inner_text()


def test_by_sector_an_observation_is_drawn_in_each_place_and_listed_once(browser: Browser, server: str) -> None:
    with Visit(browser, server, "/targets?by=sector") as seen:
        page = seen.page
        page.locator("#observations textarea").fill("指标,年份,数值,单位,来源\n技术合同交易额,2021,14.1,亿元,年报")
        page.locator("#observations form button").first.click()
        expect(page.locator("#observations tbody tr")).to_have_count(1)
        assert len(lanes(page, "技术合同交易额")) == 3  # 3.4 belongs to three sectors
