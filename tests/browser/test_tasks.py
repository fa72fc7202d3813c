"""The ten tasks of docs/tasks.md in Chromium, as a newcomer does them: from the start page, in Chinese, counted.

An interaction is a click, a text with Enter, or a choice in a list. None may take more than four.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[2]
MOST = 4
TEXT = (ROOT / "data" / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
ELDERS = ("省民政厅", "省卫生健康委", "省教育厅", "省医疗保障局", "省财政厅", "省发展改革委")
"""Whom 三、(十) makes responsible, as it prints them."""


class Walk:
    """One visitor's way. steps: interactions so far."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.steps = page, 0
        page.goto(f"{server}/?lang=zh")

    def click(self, what: str | Locator) -> None:
        self._step()
        (self.page.locator(what) if isinstance(what, str) else what).first.click()
        self.page.wait_for_load_state()

    def enter(self, words: str) -> None:
        """Into the search box of the start page."""
        self._step()
        self.page.locator("#q").fill(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def choose(self, what: str, value: str) -> None:
        self._step()
        self.page.locator(what).first.select_option(value)

    def download(self, what: str) -> str:
        """The text of a file that a click brings."""
        self._step()
        with self.page.expect_download() as begun:
            self.page.locator(what).first.click()
        return Path(begun.value.path()).read_text(encoding="utf-8-sig")

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def _step(self) -> None:
        self.steps += 1
        assert self.steps <= MOST, "more than four interactions"


@pytest.fixture
def walk(browser: Browser, server: str) -> Iterator[Walk]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield Walk(page, server)
    page.close()


def test_1_who_is_responsible_for_care_of_the_old_and_the_young(walk: Walk) -> None:
    walk.enter("养老托幼")
    walk.click('main a[href$="/3.10"]')
    for name in ELDERS:
        walk.sees(name)
    assert walk.steps == 2


def test_2_all_targets_of_2025_as_a_file(walk: Walk) -> None:
    walk.click('header a[href="/targets"]')
    walk.choose('select[name="year"]', "2025")
    walk.click("form.numbers button")
    rows = list(csv.DictReader(io.StringIO(walk.download('main a[href*="year=2025"]:text-is("CSV")'))))
    assert len(rows) >= 12 and all(row["年份"] == "2025" for row in rows)
    for comparator, value, unit, worded in (("约", "53", "%", "53%左右"), ("", "600", "亿元", "600亿元")):
        assert worded in TEXT
        (row,) = (each for each in rows if worded in each["原文文字"])
        assert (row["数值"], row["单位"]) == (value, unit) and comparator in row["比较方式"], worded
    assert walk.steps == 4


def test_3_the_national_clause_behind_supply_chains(walk: Walk) -> None:
    walk.enter("供应链")
    walk.click('main a[href$="qingzhengban-2020-62/3.2"]')
    expect(walk.page.locator('main a[href*="/id/doc/fagaichanye-2019-"]').first).to_be_visible()
    walk.sees("供应链")
    assert walk.steps == 2


def test_4_the_tasks_of_the_department_of_commerce_and_with_whom(walk: Walk) -> None:
    provisions = re.findall(r"^\([一二三四五六七八九十]+\).*省商务厅", TEXT, re.MULTILINE)
    walk.enter("省商务厅")
    walk.click('main a[href="/id/org/qinghaisheng-shangwuting"]')
    shown = walk.page.locator('main a[href*="/id/doc/qingzhengban-2020-62/"]').evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    tasks = {found[0] for href in shown if (found := re.search(r"/\d\.\d+$", href))}
    assert len(tasks) >= len(provisions) > 3
    walk.sees("青海省交通运输厅")  # both are named in 三、(二)
    assert walk.steps == 2


def test_5_the_words_behind_a_number(walk: Walk) -> None:
    walk.click('main a[href="/targets"]')
    walk.click(walk.page.locator('main a[href*="?show="]').filter(has_text="53%"))
    marked = "".join(walk.page.locator('article [aria-current="true"]').all_inner_texts())
    assert "53%左右" in marked and marked in TEXT
    assert walk.steps == 2


def test_6_a_provision_beside_the_national_clause(walk: Walk) -> None:
    walk.click('main a[href="/national"]')
    words = walk.page.locator("main mark").first.inner_text()
    assert words and words in TEXT
    assert walk.steps == 1


def test_7_a_result_is_frozen(walk: Walk) -> None:
    walk.click('main a[href="/questions/targets-of-year"]')
    walk.click('main a[href^="/frozen/new"]')
    walk.sees("GB/T 7714")
    assert "/frozen?" in walk.page.url and walk.steps == 2


def test_8_a_question_in_words(walk: Walk) -> None:
    walk.enter("省商务厅负责哪些任务")
    walk.click("main .offers a")
    walk.sees("青海省商务厅")
    expect(walk.page.locator("main table a[href*='/id/doc/qingzhengban-2020-62/3.2']").first).to_be_visible()
    assert walk.steps == 2


def test_9_a_query_opened_in_the_workbench_and_downloaded(walk: Walk) -> None:
    walk.click('main a[href="/questions/partners-of-department"]')
    way = walk.page.locator('main a[href^="/sparql?query="]:visible').filter(has_not_text=re.compile("[CT]SV|JSON|XML"))
    if way.count():
        walk.click(way)
    else:
        walk.click("main details summary")
        walk.click('main form[action="/sparql"] button')
    assert "/sparql" in walk.page.url
    assert len(walk.download('main a:text-is("CSV")').splitlines()) > 3


def test_10_what_a_level_of_verification_means(walk: Walk) -> None:
    walk.click('main a[href="/documents"]')
    walk.click('main a[href="/id/doc/fagaichanye-2019-1602"]')
    walk.click("main a.badge[href^='/ontology#']")
    term = walk.page.url.partition("#")[2]
    expect(walk.page.locator(f"[id='{term}'] dd").first).to_be_visible()
    assert walk.steps == 3


def test_the_page_of_tasks_names_these(server: str) -> None:
    told = (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|.*\| (\d) \|$", told, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 11))
    assert all(int(steps) <= MOST for _, steps in rows)
