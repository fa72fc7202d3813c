"""What a new user stumbled over, each on its page; expected words are those of the text of 青政办〔2020〕62号."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest
from flask.testing import FlaskClient

from policygraph.settings import Settings
from policygraph.web import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings()).test_client()


def page(client: FlaskClient, address: str, language: str = "zh") -> str:
    between = "&" if "?" in address else "?"
    answer = client.get(f"{address}{between}lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return unescape(answer.text)


def test_issuers_stand_as_the_text_names_them_with_how_many_there_are(client: FlaskClient) -> None:
    """国家发展改革委、工业和信息化部等15部门《…》(发改产业〔2019〕1762号), in the preamble."""
    for language in ("zh", "en"):
        rows = page(client, "/documents", language).partition("<tbody>")[2].split("</tr>")
        (row,) = (each for each in rows if "1762" in each)
        who = row.partition('<td class="from">')[2].partition("</td>")[0]
        first, second = (who.index(name) for name in ("fazhanhegaige", "gongyehexinxihuabu"))
        assert first < second < who.index("等15部门") and "show=c2" in who
        (row,) = (each for each in rows if "1602" in each)
        assert "等" not in row.partition('<td class="from">')[2].partition("</td>")[0]  # two issuers, both named
    listed = list(csv.reader(io.StringIO(client.get("/documents?format=csv&lang=zh").text.lstrip("\ufeff"))))
    assert any(row[4] == "国家发展和改革委员会、工业和信息化部等15部门" for row in listed)
    cited = page(client, "/id/doc/fagaichanye-2019-1762")
    assert "国家发展和改革委员会, 工业和信息化部, 等. 关于推动先进制造业" in cited


def test_a_number_stands_before_a_name_that_is_told_already(client: FlaskClient) -> None:
    for language in ("zh", "en"):
        table = page(client, "/questions/targets-of-year", language).partition("<thead>")[2].partition("</thead>")[0]
        assert "indicatorName" not in table and "printed" in table
    kept = client.get("/questions/targets-of-year?format=csv&lang=en").text
    assert "服务业增加值占地区生产总值比重" in kept  # a file has no second name beside the link


def test_what_was_left_empty_is_told_in_the_language_of_the_page(client: FlaskClient) -> None:
    told = page(client, "/questions/facts-left-empty")
    answer = told.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "发布日期" in answer and "全文" in answer and "date of issue" not in answer
    assert "date of issue" in page(client, "/questions/facts-left-empty", "en").partition("<tbody>")[2]
    assert "发布日期" in client.get("/questions/facts-left-empty?format=csv&lang=zh").text


def test_a_source_that_cannot_be_followed_says_so(client: FlaskClient) -> None:
    told = page(client, "/id/org/qinghaisheng-shangwuting")
    assert "exact string in a public GitHub file" in told and "没有记下网址，因此无法由此核对" in told
    assert "its address was not recorded" in page(client, "/id/org/qinghaisheng-shangwuting", "en")


def test_the_legend_of_the_flow_names_nothing_that_it_does_not_show(client: FlaskClient) -> None:
    told = page(client, "/national").partition('id="flow"')[2].partition("<svg class")[0]
    assert "国家条款旁的标签" not in told and "见下文各条标题旁的标签" in told


def test_the_strip_of_the_tour_ends_its_title_with_a_stop_of_its_language(client: FlaskClient) -> None:
    assert "找到国家文件的对应条款。</b>" in page(client, "/national?tour=4")
    assert "Find the national clause.</b>" in page(client, "/national?tour=4", "en")
