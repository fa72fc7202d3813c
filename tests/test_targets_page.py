"""/targets: what the document says, by reading it, against rows, signs, filters, files and the query that it links."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from numbers_data import OTHER, SLUG, asked, cells, changed, client_of, with_another
from policygraph import resources
from policygraph.store import EmbeddedStore
from policygraph.web.bars import bar_of
from policygraph.web.facts import Facts, Snapshots
from policygraph.web.svg import Pen, axis
from policygraph.web.target_chart import groups
from policygraph.web.target_rows import Row, Wish, all_rows, chosen
from policygraph.web.timeline import CHIP, Chip, Timeline
from policygraph.web.timeline import drawn as drawn_timeline

# Read from 青政办〔2020〕62号: provision, indicator, comparators, number, upper number, unit, year, deadline.
EXPECTED = [
    ("1.2", "服务业增加值占地区生产总值比重", "约", "", "53", "", "%", "2025", ""),
    ("1.2", "服务业从业人员占全省从业人员比重", "约", "", "50", "", "%", "2025", ""),
    ("3.1", "信息消费规模", "达到", "", "600", "", "亿元", "2025", ""),
    ("3.2", "社会物流总费用占地区生产总值比重", "约", "下降至", "13", "", "%", "2025", ""),
    ("3.3", "金融业增加值", "达到", "", "300", "", "亿元", "2025", ""),
    ("3.3", "金融业增加值占地区生产总值比重", "约", "", "8.5", "", "%", "2025", ""),
    ("3.4", "技术合同交易额", "达到", "", "20", "", "亿元", "2025", ""),
    ("3.5", "检验检测机构新增数量", "增加", "", "20", "", "%", "2025", ""),
    ("3.7", "特色鲜明的步行街数量", "介于", "", "1", "2", "条", "", ""),
    ("3.7", "百亿级大市场数量", "计划数", "", "7", "", "个", "2025", ""),
    ("3.8", "接待国内外游客人次", "达到", "", "8100", "", "万人次", "2025", ""),
    ("3.8", "旅游总收入", "达到", "", "800", "", "亿元", "2025", ""),
    ("3.9", "医疗卫生服务业增加值占服务业增加值比重", "约", "", "5", "", "%", "2025", ""),
    ("3.10", "社会化养老服务床位运营比例", "超过", "", "60", "", "%", "2025", ""),
    ("3.10", "护理型床位比例", "达到", "", "50", "", "%", "2025", ""),
    ("3.10", "婴幼儿家长和看护人员接受科学育儿指导率", "不低于", "", "95", "", "%", "2025", ""),
    ("3.11", "街道综合养老服务机构覆盖率", "达到", "", "100", "", "%", "2025", "2025-12-31"),
    ("3.11", "社区日间照料中心覆盖率", "达到", "", "100", "", "%", "2025", "2025-12-31"),
    ("3.11", "消费者家政服务满意度评价", "不低于", "", "85", "", "%", "2025", "2025-12-31"),
]  # fmt: skip
NOTATION, NAME, COMPARATOR, SECOND, VALUE, UPPER, UNIT, YEAR, DEADLINE = 1, 3, 5, 6, 7, 8, 9, 10, 11
PHRASE, BASE_YEAR, WORDS, START, END = 12, 13, 15, 16, 17
SOURCE = resources.data() / "sources" / "qinghai-2020-62.txt"


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> Facts:
    return Snapshots().of(store)


@pytest.fixture(scope="module")
def client(store: EmbeddedStore) -> Iterator[FlaskClient]:
    with client_of(store) as client:
        yield client


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    return changed(tmp_path_factory.mktemp("two"), with_another)


def html(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, address
    return answer.text


def told(rows: list[list[str]]) -> list[tuple[str, ...]]:
    columns = (NOTATION, NAME, COMPARATOR, SECOND, VALUE, UPPER, UNIT, YEAR, DEADLINE)
    return [tuple(row[column] for column in columns) for row in rows]


def test_the_rows_are_what_the_document_says(client: FlaskClient) -> None:
    rows = cells(client.get("/targets.csv?lang=zh").data)
    assert sorted(told(rows)) == sorted(EXPECTED)
    text = SOURCE.read_text(encoding="utf-8")
    for row in rows:
        assert text[int(row[START]) : int(row[END])] == row[WORDS]
    based = [row for row in rows if row[PHRASE] or row[BASE_YEAR]]
    assert [(row[NOTATION], row[PHRASE], row[BASE_YEAR]) for row in based] == [("3.5", "较“十三五”末", "2020")]


FILTERED = {
    "": 19, "?unit=yiyuan": 4, "?unit=baifenzhi": 12, "?year=2025": 18, "?year=none": 1, "?comparator=Approximately": 5,
    "?comparator=FallTo": 1, "?comparator=AtLeast": 2, "?sector=shengchanxing-2019-04": 2,
    "?body=qinghaisheng-tiyuju": 3, "?body=qinghaisheng-tiyuju&unit=yiyuan": 1, f"?document={SLUG}": 19,
    # 3.4 has three sectors and one target, 3.5 one; a row for each sector of each target
    "?by=sector": 2 + 1 + 1 + 2 + 3 + 1 + 4 + 2 + 1 + 3 + 3, "?by=sector&sector=shengchanxing-2019-01": 2,
    "?by=sector&year=none": 2,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wish", FILTERED)
def test_page_files_and_query_have_the_same_rows(
    client: FlaskClient, store: EmbeddedStore, wish: str, language: str
) -> None:
    join = f"{wish}&lang={language}" if wish else f"?lang={language}"
    page, rows = html(client, f"/targets{join}"), cells(client.get(f"/targets.csv{join}").data)
    assert len(rows) == FILTERED[wish]
    assert asked(store, page) == rows
    table = page.partition('id="table"')[2].partition("</tbody>")[0].partition("<tbody>")[2]
    assert table.count("<tr>") == len(rows)
    sheet = zipfile.ZipFile(io.BytesIO(client.get(f"/targets.xlsx{join}").data)).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == len(rows) + 1


def test_no_axis_mixes_units(facts: Facts, client: FlaskClient) -> None:
    for by in ("unit", "sector"):
        drawn = groups(chosen(facts, Wish(by=by)))
        for group in drawn:
            assert {(row.unit_name, row.change) for row in group.rows} == {(group.name, group.change)}
            assert all(group.axis.low <= row.value <= group.axis.high for row in group.rows)
        assert len({(g.sector, g.name, g.change) for g in drawn}) == len(drawn)
    # %, 亿元, 个, 条, 万人次, and the rise of 20% against a baseline, which is no share
    assert len(groups(chosen(facts, Wish()))) == 6
    shown = html(client, "/targets?lang=en")
    assert shown.count('<figure class="drawn">') == 6 and "Change against a baseline, percent (%)" in shown


def test_signs_are_as_worded(facts: Facts) -> None:
    signs = {}
    for group in groups(chosen(facts, Wish())):
        for row in group.rows:
            bar = bar_of(row, group.axis)
            signs[facts.text(row.owner, "skos:notation"), row.worded] = (bar.sign, bar.move)
            assert bar.start < bar.end <= 92
    assert signs["1.2", "53%左右"] == ("Approximately", "")
    assert signs["3.2", "下降至13%左右"] == ("Approximately", "FallTo")
    assert signs["3.10", "超过60%"] == ("MoreThan", "")
    assert signs["3.10", "达到95%以上"] == ("AtLeast", "")
    assert signs["3.5", "增加20%"] == ("", "IncreaseBy")
    assert signs["3.7", "打造1—2条特色鲜明的步行街"] == ("Between", "")
    assert signs["3.7", "培育形成7个百亿级大市场"] == ("Exactly", "")


def test_each_sign_on_the_page_is_in_its_legend(client: FlaskClient) -> None:
    legend = (
        html(client, "/targets?comparator=MoreThan&lang=zh").partition('<ul class="signs">')[2].partition("</ul>")[0]
    )
    assert "不含本数" in legend and legend.count("<li>") == 1
    assert html(client, "/targets?lang=zh").partition('<ul class="signs">')[2].partition("</ul>")[0].count("<li>") == 8


def test_marks_lead_to_their_words(client: FlaskClient) -> None:
    page = html(client, "/targets?lang=zh")
    links = re.findall(r'<a class="(?:mark|chiplink)" href="([^"]*)"', page)
    assert len(links) == 19 + 17
    for link in set(links[::5]):
        address, _, anchor = unescape(link).partition("#")
        shown = html(client, address)
        marked = re.findall(r'<a id="(at-\d+)"[^>]*aria-current="true"', shown)
        assert marked[0] == anchor


def test_time_has_every_target_once(client: FlaskClient) -> None:
    part = html(client, "/targets?lang=zh").partition('id="time"')[2].partition("</section>")[0]
    assert part.count('class="chiplink"') == 17 and part.count('class="chipout"') == 1
    assert part.count('class="day"') == 2  # 到2025年底, twice in 3.11
    assert re.findall(r'class="tick"[^>]*>([^<]+)<', part) == ["2020（文件成文）", "2025"]


@pytest.mark.parametrize("address", ["/targets.svg", "/targets.svg?drawing=timeline", "/targets.svg?by=sector"])
def test_files_of_drawings_stand_alone(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.mimetype == "image/svg+xml" and "attachment" in answer.headers["Content-Disposition"]
    root = ElementTree.fromstring(answer.data)
    links = [each.get("href", "") for each in root.iter("{http://www.w3.org/2000/svg}a")]
    assert len(links) >= 17 and all(link.startswith("https://w3id.org/policygraph/id/doc/") for link in links)
    assert not [each for each in root.iter() if each.get("class") or each.get("style")]
    assert b"<style" not in answer.data
    for each in root.iter("{http://www.w3.org/2000/svg}svg"):
        assert "NaN" not in str(each.attrib) and each.get("width")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/targets?unit=none", "unit"), ("/targets?year=1999", "year"), ("/targets?comparator=Reach2", "comparator"),
        ("/targets?by=colour", "by"), ("/targets?page=2", "page"), ("/targets.csv?document=x", "document"),
        ("/targets.svg?drawing=pie", "drawing"), ("/targets?body=x", "body"), ("/targets?sector=x", "sector"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_by_name(client: FlaskClient, address: str, parameter: str) -> None:
    assert f"参数 {parameter} 不能是" in html(client, f"{address}&lang=zh", 400)
    assert f"The parameter {parameter} cannot be" in html(client, f"{address}&lang=en", 400)


def test_the_template_lists_each_indicator_with_its_unit(client: FlaskClient) -> None:
    data = client.get("/targets/observations.csv?unit=yiyuan&lang=zh").data.decode("utf-8-sig")
    assert data.splitlines() == [
        "指标,年份,数值,单位,来源", "信息消费规模,,,亿元,", "金融业增加值,,,亿元,", "技术合同交易额,,,亿元,",
        "旅游总收入,,,亿元,",
    ]  # fmt: skip
    assert client.get("/targets/observations.csv?lang=en").data.startswith("\ufeffindicator,year,value,unit".encode())


def test_several_documents_are_kept_apart(two: EmbeddedStore) -> None:
    with client_of(two) as client:
        page = html(client, "/targets?lang=en")
        assert "Several documents set targets" in page
        assert len(cells(client.get("/targets.csv").data)) == 38
        for slug, year in ((SLUG, "2025"), (OTHER, "2022")):
            rows = cells(client.get(f"/targets.csv?document={slug}").data)
            assert len(rows) == 19 and {row[YEAR] for row in rows} == {year, ""}
        assert asked(two, html(client, f"/targets?document={OTHER}")) == rows
        assert len(cells(client.get("/targets.csv?year=2022").data)) == 18


def test_a_collection_is_paged_and_asks_for_a_document(two: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygraph.web.targets.MOST_DRAWN", 20)
    monkeypatch.setattr("policygraph.web.targets.PAGE", 15)
    with client_of(two) as client:
        counts = []
        for number in (1, 2, 3):
            page = html(client, f"/targets?page={number}&lang=en")
            counts.append(page.partition("<tbody>")[2].count("<tr>"))
            assert "<figure" not in page and f"{number} / 3" in page
        assert counts == [15, 15, 8]
        assert "The parameter document cannot be" in html(client, "/targets.svg?lang=en", 400)
        assert html(client, f"/targets?document={SLUG}").count('<figure class="drawn">') == 6


# ── what this document does not have ──


def row(value: str, *comparators: str, upper: str = "", baseline: str = "") -> Row:
    numbers = Decimal(value), Decimal(upper) if upper else None
    base = Decimal(baseline) if baseline else None
    names = tuple(f"pg:{name}" for name in comparators)
    return Row("n", "d", "o", "i", names, *numbers, "", "%", "", "", "", "", base, "", "", "", 0, 1, (), ())


def test_a_baseline_with_its_number_stands_on_the_axis() -> None:
    (group,) = groups([row("72", "Reach", baseline="52")])
    bar = bar_of(group.rows[0], group.axis)
    assert bar.baseline == group.axis.at(Decimal(52)) and bar.baseline < bar.end


def test_a_fall_by_a_number_goes_left_of_the_baseline() -> None:
    (group,) = groups([row("18", "DecreaseBy"), row("5", "IncreaseBy"), row("3", "DecreaseBy", "Between", upper="4")])
    fall, rise, between = (bar_of(each, group.axis) for each in group.rows)
    zero = group.axis.at(Decimal(0))
    assert fall.end < zero < rise.end and fall.start == zero
    assert between.start < between.end < zero
    assert group.axis.low <= -18


@pytest.mark.parametrize(
    ("values", "percent", "ticks"),
    [
        (["53", "8.5"], True, ["0", "20", "40", "60", "80", "100"]),
        (["120"], True, ["0", "25", "50", "75", "100", "125"]),
        (["600", "800"], False, ["0", "200", "400", "600", "800"]), (["7"], False, ["0", "2", "4", "6", "8"]),
        (["1", "2"], False, ["0", "0.5", "1", "1.5", "2"]), (["0"], False, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (["-18", "5"], False, ["-20", "-15", "-10", "-5", "0", "5"]),
        (["8100"], False, ["0", "2000", "4000", "6000", "8000", "10000"]),
    ],
)  # fmt: skip
def test_ticks_are_round_and_hold_all(values: list[str], percent: bool, ticks: list[str]) -> None:
    made = axis([Decimal(value) for value in values], percent)
    assert [text for _, text in made.ticks] == ticks
    assert all(0 <= made.at(Decimal(value)) <= 92 for value in values)


def test_the_owner_of_each_row_holds_its_words(facts: Facts) -> None:
    for each in all_rows(facts):
        span = facts.spans(each.owner)[0]
        assert span.start <= each.start < each.end <= span.end


def test_no_document_of_the_collection_is_drawn_without_targets(tmp_path: Path) -> None:
    store = changed(
        tmp_path,
        lambda text: "\n".join(
            line for line in text.splitlines() if "hasTarget" not in line and "#Target>" not in line
        ),
    )
    with client_of(store) as client:
        page = html(client, "/targets?lang=zh")
        assert "<figure" not in page and 'class="empty"' in page
        assert cells(client.get("/targets.csv").data) == []


def with_rare_facts(text: str) -> str:
    """A unit that the registry lacks, whose name holds a quotation mark, and a baseline with its number."""
    target = f"https://w3id.org/policygraph/id/doc/{SLUG}"
    pg = "https://w3id.org/policygraph/ontology#"
    unit = f"<{target}/3.7/t1> <{pg}unit> <https://w3id.org/policygraph/id/unit/tiao>"
    assert text.count(unit) == 1
    text = text.replace(unit, f'<{target}/3.7/t1> <{pg}printedUnit> "条\\"段"')
    graph = f"<https://w3id.org/policygraph/id/graph/doc/{SLUG}>"
    decimal = "<http://www.w3.org/2001/XMLSchema#decimal>"
    return f'{text}<{target}/3.10/t2> <{pg}baseline> "38.5"^^{decimal} {graph} .\n'


def test_units_that_the_registry_lacks_and_baselines_are_kept_as_printed(tmp_path: Path) -> None:
    store = changed(tmp_path, with_rare_facts)
    with client_of(store) as client:
        address = "/targets?unit=%E6%9D%A1%22%E6%AE%B5&lang=zh"
        page, rows = html(client, address), cells(client.get(address.replace("/targets", "/targets.csv")).data)
        assert [(each[NOTATION], each[UNIT]) for each in rows] == [("3.7", '条"段')]
        assert asked(store, page) == rows
        page = html(client, "/targets?lang=zh")
        assert page.count('class="stood"') == 2 and "原文所载的基期数值" in page  # in the legend and on the bar
        rows = cells(client.get("/targets.csv?lang=zh").data)
        assert asked(store, page) == rows
        assert [(each[NOTATION], each[14]) for each in rows if each[14]] == [("3.10", "38.5")]


def on_a_part(text: str) -> str:
    """A target that a part sets which has no provisions, as some documents do."""
    has = "<https://w3id.org/policygraph/ontology#hasTarget>"
    root = f"https://w3id.org/policygraph/id/doc/{SLUG}"
    assert text.count(f"<{root}/3.1> {has} <{root}/3.1/t1>") == 1
    return text.replace(f"<{root}/3.1> {has} <{root}/3.1/t1>", f"<{root}/3> {has} <{root}/3.1/t1>")


def test_a_target_of_a_part_is_told_under_its_number(tmp_path: Path) -> None:
    store = changed(tmp_path, on_a_part)
    with client_of(store) as client:
        page, rows = html(client, "/targets?lang=zh"), cells(client.get("/targets.csv?lang=zh").data)
        assert [each[NOTATION] for each in rows if each[NAME] == "信息消费规模"] == ["3"]
        assert asked(store, page) == rows


@pytest.mark.parametrize(
    "years", [(2025,), (2022, 2025), (2021, 2022, 2023), (2025, 2030, 2035), tuple(range(2021, 2036)), (2020,)]
)
def test_chips_of_two_years_never_meet(years: tuple[int, ...]) -> None:
    chip = Chip("n", "h", "3.1", False, "l")
    line = Timeline(2020, tuple((year, (chip,) * 9) for year in years), ())
    root = ElementTree.fromstring(f"<svg>{drawn_timeline(Pen(), line)}</svg>")
    width = line.wide or 330
    taken = []
    for column in root.iter("svg"):
        if column.get("x"):
            at = float(column.attrib["x"].rstrip("%")) / 100 * width
            lefts = [at + float(each.attrib["x"]) for each in column.iter("rect")]
            tops = [float(each.attrib["y"]) for each in column.iter("rect")]
            assert len(lefts) == 9 and len(set(zip(lefts, tops, strict=True))) == 9 and min(tops) >= 0
            taken.append((min(lefts), max(lefts) + CHIP))
    assert len(taken) == len(years)
    assert all(before[1] <= after[0] for before, after in pairwise(taken))
    assert all(start >= -5 and end <= width + 5 for start, end in taken)


def test_a_deadline_stands_as_worded(client: FlaskClient) -> None:
    """3.11 says 到2025年底; the day that it means stands below."""
    page = client.get("/targets?lang=zh").text
    table = page.partition('id="table"')[2]
    assert table.count('<span lang="zh-CN">到2025年底</span><br><small>2025-12-31</small>') == 3
    assert 'aria-label="到2025年底: 3.11' in page
