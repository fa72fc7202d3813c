"""Bodies and tasks: what the document says by reading it, the same in matrix, drawings, files and queries."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from policygraph import compile_text, resources
from policygraph.graph.written import written
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app, drawings, duties
from policygraph.web.facts import Facts, Snapshots

ID = "https://w3id.org/policygraph/id/"
DOC = "qingzhengban-2020-62"
GOVERNMENTS = "各市州人民政府"
STATED = {
    "2.1": "省工业和信息化厅 省科技厅 省通信管理局 各行业主管部门",
    "2.2": "省市场监管局 各行业主管部门",
    "2.3": f"省发展改革委 省住房城乡建设厅 {GOVERNMENTS}",
    "2.4": "省商务厅 省发展改革委 省市场监管局 省政府审改办",
    "3.1": "省工业和信息化厅 省发展改革委 省通信管理局 各行业主管部门",
    "3.2": "省交通运输厅 省商务厅 省工业和信息化厅 省发展改革委 省农业农村厅 省应急厅 省供销联社 省邮政管理局"
           " 中国铁路青藏公司",
    "3.3": "省地方金融监管局 人行西宁中心支行 青海银保监局 青海证监局",
    "3.4": "省科技厅 省工业和信息化厅",
    "3.5": "省市场监管局 省工业和信息化厅 省科技厅",
    "3.6": f"省商务厅 各行业主管部门 {GOVERNMENTS}",
    "3.7": "省商务厅 省市场监管局 省文化和旅游厅",
    "3.8": f"省文化和旅游厅 省农业农村厅 省工业和信息化厅 省体育局 {GOVERNMENTS}",
    "3.9": f"省卫生健康委 省文化和旅游厅 省商务厅 省体育局 省医保局 {GOVERNMENTS}",
    "3.10": "省民政厅 省卫生健康委 省教育厅 省医疗保障局 省财政厅 省发展改革委",
    "3.11": "省商务厅 省人力资源社会保障厅 省住房城乡建设厅 省民政厅",
    "4.1": f"省发展改革委 {GOVERNMENTS}",
    "4.2": "省人力资源社会保障厅",
    "4.3": "国家税务总局青海省税务局 省发展改革委 省财政厅 省工业和信息化厅 国网青海省电力公司",
    "4.4": f"{GOVERNMENTS} 三大工业园区管委会 省工业和信息化厅 省发展改革委",
    "4.5": "省统计局 省发展改革委 省服务业发展联席会议各成员单位",
}  # fmt: skip
"""Read from 青政办〔2020〕62号: the (责任单位:...) of each provision, as printed and in its order."""
ONE_BODY = {"省医保局": "省医疗保障局"}  # printed in two ways
WITH_LEAD = """广东省人民政府办公厅关于促进旅游民宿发展的意见
粤府办〔2021〕9号
一、重点任务
（一）完善标准。完善服务标准。（省文化和旅游厅牵头，省财政厅、省商务厅配合）
（二）培育品牌。培育一批品牌。（责任单位：省商务厅、省文化和旅游厅）
"""


def rows_read() -> list[tuple[str, str, int]]:
    """(provision, printed name, position) of the whole document."""
    return [
        (number, name, position)
        for number, names in STATED.items()
        for position, name in enumerate(names.split(), 1)
    ]  # fmt: skip


def pairs_read() -> Counter[frozenset[str]]:
    found: Counter[frozenset[str]] = Counter()
    for names in STATED.values():
        bodies = {ONE_BODY.get(name, name) for name in names.split()}
        found.update(frozenset(pair) for pair in combinations(bodies, 2))
    return found


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> Facts:
    return Snapshots().of(store)


@pytest.fixture(scope="module")
def app(store: EmbeddedStore) -> Flask:
    return create_app(Settings(workers=0), store)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="module")
def two(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The pages of a store with a second document, which states who leads, and a third that differs in its number."""
    file = tmp_path_factory.mktemp("two") / "others.nq"
    texts = WITH_LEAD, WITH_LEAD.replace("9号", "10号")
    file.write_bytes(b"".join(written(compile_text(text), "nquads") for text in texts))
    with create_app(Settings(workers=0), EmbeddedStore([resources.dataset(), file])).test_client() as client:
        yield client


def page(client: FlaskClient, address: str, language: str = "zh") -> str:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of the CSV file of a view."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}format=csv&lang=zh")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def asked(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows that the query of a view gives, asked as the page links it."""
    links = [unescape(found) for found in re.findall(r'href="(/sparql\?query=[^"]*)"', page(client, address))]
    assert len(links) == 1
    answer = client.get(links[0], headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


# ── what the document says ──


def test_the_list_is_the_document(client: FlaskClient) -> None:
    rows = table(client, "/departments/tasks")
    assert [(row["编号"], row["原文名称"], int(row["次序"])) for row in rows] == rows_read()
    assert len(rows) == 77 and {row["角色"] for row in rows} == {"责任单位"}


def test_bodies_are_counted(client: FlaskClient) -> None:
    counts = {row["正式名称"]: (int(row["条款"]), int(row["列首位"])) for row in table(client, "/departments")}
    assert counts["青海省发展和改革委员会"] == (9, 2)
    assert counts["青海省工业和信息化厅"] == (8, 2)
    assert counts["青海省商务厅"] == (6, 4)
    assert counts["青海省各市州人民政府"] == (6, 1)
    assert sum(first for _, first in counts.values()) == len(STATED)
    assert sum(count for count, _ in counts.values()) == 77


def test_who_works_with_whom(client: FlaskClient) -> None:
    rows = table(client, "/departments/network?least=1")
    read = pairs_read()
    assert len(rows) == len(read)
    assert Counter(int(row["共同条款数"]) for row in rows) == Counter(read.values())
    top = rows[0]
    assert {row["正式名称"] for row in [top]} <= {"青海省发展和改革委员会", "青海省工业和信息化厅"}
    assert (top["共同条款数"], top["条款"]) == ("4", "3.1、3.2、4.3、4.4")
    three = table(client, "/departments/network?least=3")
    assert len(three) == sum(weight >= 3 for weight in read.values())


def test_an_edge_leads_to_what_is_shared(client: FlaskClient) -> None:
    both = "first=qinghaisheng-gongyehexinxihuating&second=qinghaisheng-fazhanhegaigeweiyuanhui"
    rows = table(client, f"/departments/shared?{both}")
    assert [row["编号"] for row in rows] == ["3.1", "3.2", "4.3", "4.4"]
    assert [(row["前者次序"], row["后者次序"]) for row in rows] == [("1", "2"), ("3", "4"), ("4", "2"), ("3", "4")]
    text = page(client, "/departments/network")
    links = dict.fromkeys(unescape(each) for each in re.findall(r'href="(/departments/shared[^"]*)"', text))
    weights = {link: len(table(client, link)) for link in links}
    drawn = re.findall(r'class="arc" href="([^"]*)"[^>]*data-weight="(\d+)"', text)
    assert drawn and {unescape(link): int(weight) for link, weight in drawn} == weights


# ── filters, order, groups ──


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("part=3", 49), ("part=2", 13), ("part=4", 15), ("group=collective", 12), ("group=single", 65),
        ("kind=Enterprise", 2), ("role=Responsible", 77), ("role=Lead", 0), ("part=4&kind=Enterprise", 1),
        ("body=qinghaisheng-shangwuting", 6), ("kind=Collective&part=2", 3),
    ],
)  # fmt: skip
def test_filters(client: FlaskClient, query: str, count: int) -> None:
    assert len(table(client, f"/matrix?{query}")) == count


def heads(text: str) -> list[str]:
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub("<[^>]*>", "", found).strip() for found in re.findall(r'<th scope="row">(.*?)</th>', body, re.S)]


def test_the_matrix_is_sorted_by_count_or_by_order(client: FlaskClient) -> None:
    by_count, by_order = heads(page(client, "/matrix")), heads(page(client, "/matrix?sort=order"))
    assert by_count[:2] == ["青海省发展和改革委员会", "青海省工业和信息化厅"]
    assert by_order[:3] == ["青海省工业和信息化厅", "青海省科学技术厅", "青海省通信管理局"]
    assert sorted(by_count) == sorted(by_order) and len(by_count) == len(
        {ONE_BODY.get(n, n) for _, n, _ in rows_read()}
    )


def test_each_cell_leads_to_its_words(client: FlaskClient) -> None:
    text = page(client, "/matrix").partition("<tbody>")[2]
    cells = re.findall(r'<a class="pos r-(\w+)" href="/id/doc/([^"?]*)\?show=([^"#]*)#at-(\d+)"', text)
    assert len(cells) == 77
    assert Counter(rank for rank, *_ in cells) == {"first": 20, "listed": 57}
    source = (resources.data() / "sources/qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    names = {f"{number}/a{position}": name for number, name, position in rows_read()}
    for _, document, shown, start in cells:
        assert document == DOC and source[int(start) :].startswith(names[shown])


def test_columns_say_the_provision(client: FlaskClient) -> None:
    head = page(client, "/matrix", "en").partition("<thead>")[2].partition("</thead>")[0]
    assert 'aria-label="3.10 构建统筹解决“一老一小”养老托幼服务业"' in unescape(head).replace('\u201d"', '”"')
    assert head.count('<th scope="col"') == 22  # bodies, 20 provisions, sum


def test_groups_are_spread_by_a_curated_membership_alone(client: FlaskClient) -> None:
    rows = table(client, "/matrix?expand=1")
    spread = [row for row in rows if row["经由集合主体"]]
    assert len(rows) - len(spread) == 77
    assert {row["经由集合主体"] for row in spread} == {"青海省各市州人民政府"}
    assert len(spread) == 8 * 6 and {row["成员关系核实程度"] for row in spread} == {"原文已核"}
    assert {row["编号"] for row in spread if row["正式名称"] == "西宁市人民政府"} == {
        "2.3", "3.6", "3.8", "3.9", "4.1", "4.4",
    }  # fmt: skip
    text = page(client, "/matrix?expand=1")
    assert text.count("pos r-listed spread") + text.count("pos r-first spread") == 48 + 1  # and the legend
    assert "按人工整理的成员关系展开到成员单位" in text
    assert "spread" not in page(client, "/matrix").partition("<tbody>")[2]
    assert len(table(client, "/departments/tasks?body=xiningshi-renminzhengfu&expand=1")) == 6
    assert table(client, "/departments/tasks?body=xiningshi-renminzhengfu") == []


# ── the query gives the same rows ──

KEYS = {"编号": "number", "原文名称": "printedName", "次序": "position", "assignment": "assignment", "actor": "actor"}


@pytest.mark.parametrize(
    "address",
    [
        "/departments/tasks", "/matrix", "/matrix?part=3&kind=ProvincialDepartment", "/matrix?group=collective",
        "/departments/drawing?group=single&role=Responsible", "/departments/tasks?body=qinghaisheng-shangwuting",
        "/matrix?role=Lead",
    ],
)  # fmt: skip
def test_the_query_gives_the_rows_of_the_list(client: FlaskClient, address: str) -> None:
    rows, found = table(client, address), asked(client, address)
    assert [[row[name] for name in KEYS] for row in rows] == [[row[name] for name in KEYS.values()] for row in found]
    assert [row["正式名称"] for row in rows] == [row["name"] for row in found]


@pytest.mark.parametrize("address", ["/matrix?expand=1", "/matrix?expand=1&part=4&group=single",
                                     "/departments/tasks?expand=1&body=xiningshi-renminzhengfu"])  # fmt: skip
def test_the_query_gives_the_rows_of_an_expansion(client: FlaskClient, address: str) -> None:
    def key(actor: str, assignment: str, spread: bool) -> tuple[str, str, bool]:
        return actor, assignment, spread

    rows = [key(row["actor"], row["assignment"], bool(row["经由集合主体"])) for row in table(client, address)]
    found = [key(row["actor"], row["assignment"], bool(row["collective"])) for row in asked(client, address)]
    assert rows and sorted(rows) == sorted(found)


@pytest.mark.parametrize(
    "query",
    ["", "least=1", "least=3", "part=3&least=1", "kind=ProvincialDepartment&least=2", "least=1&group=single",
     "body=qinghaisheng-shangwuting&least=1", "least=20", "role=Responsible&least=2"],
)  # fmt: skip
def test_the_query_gives_the_pairs(client: FlaskClient, query: str) -> None:
    address = f"/departments/network?{query}"
    rows, found = table(client, address), asked(client, address)
    assert [(row["first"], row["second"], row["共同条款数"]) for row in rows] == [
        (row["first"], row["second"], row["shared"]) for row in found
    ]
    assert rows or query == "least=20"


def test_the_query_gives_the_bodies_and_what_two_share(client: FlaskClient) -> None:
    for address in ("/departments", "/departments?part=3", "/departments?kind=Enterprise"):
        assert [(r["actor"], r["条款"], r["列首位"]) for r in table(client, address)] == [
            (r["actor"], r["provisions"], r["first"]) for r in asked(client, address)
        ]
    address = "/departments/shared?first=qinghaisheng-shangwuting&second=qinghaisheng-wenhuahelvyouting"
    assert [r["provision"] for r in table(client, address)] == [r["provision"] for r in asked(client, address)]
    assert [r["编号"] for r in table(client, address)] == ["3.7", "3.9"]


# ── files ──


@pytest.mark.parametrize("address", ["/departments", "/matrix", "/departments/network?least=2"])
def test_the_workbook_is_the_csv(client: FlaskClient, address: str) -> None:
    data = client.get(f"{address}{'&' if '?' in address else '?'}format=xlsx&lang=zh").data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    found = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    rows = table(client, address)
    assert found == [list(rows[0]), *(list(row.values()) for row in rows)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["drawing", "network"])
def test_a_drawing_is_a_file_of_its_own(client: FlaskClient, view: str, language: str) -> None:
    answer = client.get(f"/departments/{view}?format=svg&lang={language}")
    assert answer.mimetype == "image/svg+xml"
    root = ET.fromstring(answer.data)
    svg = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{svg}svg" and DOC not in (root.findtext(f"{svg}title") or "")
    assert "青政办〔2020〕62号" in (root.findtext(f"{svg}title") or "")
    for link in root.iter(f"{svg}a"):
        assert link.get("href", "").startswith("http://localhost/")
    drawn = [path for path in root.iter(f"{svg}path") if "line" in path.get("class", "")]
    assert drawn and all(path.get("stroke") for path in drawn)
    assert all(text.get("fill") for text in root.iter(f"{svg}text"))
    assert not list(root.iter(f"{svg}style")) and not list(root.iter(f"{svg}script"))
    assert len(drawn) == (77 if view == "drawing" else len(table(client, "/departments/network")))
    assert answer.data == client.get(f"/departments/{view}?format=svg&lang={language}").data


def test_names_do_not_overlap_in_the_drawings(facts: Facts) -> None:
    found = duties.of_document(facts, f"id:doc/{DOC}")
    kinds = {duty.actor: duty.kind for duty in found}
    size = drawings.SIZES["zh"]
    drawn = drawings.bipartite(found, size), drawings.arcs(duties.pairs(found), kinds, size)
    for one in drawn:
        for column in (one.bodies, one.provisions):
            heights = sorted(spot.y for spot in column)
            assert all(below - above >= 28 for above, below in pairwise(heights))
            assert all(0 < y < one.height for y in heights)


def test_a_drawing_without_a_choice_has_few_arcs(client: FlaskClient) -> None:
    assert 10 <= len(table(client, "/departments/network")) <= 40


# ── the page of a body ──


def test_a_body_has_its_tasks_partners_and_targets(client: FlaskClient) -> None:
    text = page(client, "/id/org/qinghaisheng-shangwuting")
    plain = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", text))
    assert "青政办〔2020〕62号“重点任务”部分所负责条款" in plain
    assert re.search(r"6 个条款列其为责任单位 4 个将其列在首位", plain)
    partners = {
        ONE_BODY.get(name, name) for names in STATED.values() if "省商务厅" in names.split() for name in names.split()
    } - {"省商务厅"}
    assert f" {len(partners)} 个单位与其共同负责" in plain
    shared = re.search(r'青海省文化和旅游厅</a>\s*</th>\s*<td>\s*<a class="num" href="([^"]*)">2</a>', text)
    assert shared and [row["编号"] for row in table(client, unescape(shared[1]))] == ["3.7", "3.9"]
    targets = text.partition("所负责条款的目标值")[2].partition("</table>")[0]
    assert "13%左右" in targets and "7个百亿级大市场" in targets and "600亿元" not in targets


@pytest.mark.parametrize(
    ("heading", "drawn"),
    [("共同负责的单位", "network"), ("所负责条款的目标值", "targets"), ("“重点任务”部分所负责条款", "drawing")],
)
def test_each_table_of_a_body_is_taken_away(client: FlaskClient, heading: str, drawn: str) -> None:
    """CSV, XLSX, SVG and the query of the view that shows the same: nothing is drawn a second time. A target that two
    indicators share is two lines of the file of targets."""
    text = page(client, "/id/org/qinghaisheng-shangwuting")
    section = text.partition(heading)[2].partition("</section>")[0]
    rows = section.partition("<tbody>")[2].count("<tr")
    links = {words: unescape(href) for href, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', section)}
    csv_file = client.get(links["CSV"])
    assert csv_file.mimetype == "text/csv"

    def things(lines: list[list[str]]) -> set[str]:
        return {line[-2] if drawn == "targets" else "|".join(line) for line in lines[1:]}

    given = things(list(csv.reader(io.StringIO(csv_file.data.decode("utf-8-sig")))))
    assert len(given) == rows > 0
    assert client.get(links["XLSX"]).status_code == 200
    assert client.get(links["SVG"]).mimetype == "image/svg+xml" and drawn in links["SVG"]
    assert client.get(links["绘图"]).status_code == 200 and drawn in links["绘图"]
    told = client.get(links["得出这些行的查询（SPARQL）"] + "&format=csv").data.decode()
    assert len(things(list(csv.reader(io.StringIO(told))))) == rows


@pytest.mark.parametrize(
    ("body", "heading", "count"),
    [
        ("qinghaisheng-geshizhourenminzhengfu", "成员", 8),  # two cities and six autonomous prefectures
        ("zhongguorenminyinhangxiningzhongxinzhixing", "机构沿革", 1),
        ("qinghaisheng-fazhanhegaigeweiyuanhui", "各地各级同类机构", 1),
        ("xiningshi-renminzhengfu", "作为集合主体的成员", 1),
    ],
)
def test_tables_that_no_view_gives_have_their_files(client: FlaskClient, body: str, heading: str, count: int) -> None:
    section = page(client, f"/id/org/{body}").partition(f"<h2>{heading}")[2].partition("</section>")[0]
    rows = section.partition("<tbody>")[2]
    links = {words: unescape(href) for href, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', section)}
    lines = list(csv.reader(io.StringIO(client.get(links["CSV"] + "&lang=zh").data.decode("utf-8-sig"))))[1:]
    told = client.get(links["得出这些行的查询（SPARQL）"] + "&format=csv").data.decode()
    assert len(lines) == len(list(csv.reader(io.StringIO(told)))) - 1
    assert client.get(links["XLSX"]).status_code == 200
    assert rows.count("<tr") >= count
    if heading == "作为集合主体的成员":  # a line for each provision of the collective body
        assert [line[2] for line in lines] == re.findall(r'class="no">([\d.]+)<', rows)
    else:
        assert len(lines) == rows.count("<tr")
    assert all(line[0] in re.sub("<[^>]*>", "", rows) or heading == "机构沿革" for line in lines)


def test_a_body_has_what_became_of_it(client: FlaskClient) -> None:
    before = page(client, "/id/org/zhongguorenminyinhangxiningzhongxinzhixing").partition("机构沿革")[2]
    before = before.partition("</section>")[0]
    assert (
        "后继机构" in before and "中国人民银行青海省分行" in before and "2023-08-18" in before and "部分已核" in before
    )
    after = page(client, "/id/org/zhongguorenminyinhangqinghaishengfenhang").partition("机构沿革")[2]
    assert "前身" in after and "中国人民银行西宁中心支行" in after and "2023-08-18" in after


def test_english_keeps_the_official_names(client: FlaskClient) -> None:
    for address in ("/matrix", "/id/org/qinghaisheng-fazhanhegaigeweiyuanhui"):
        text = page(client, address, "en")
        assert "Department of Commerce of Qinghai Province</a> <small" in text and ">青海省商务厅</small>" in text


# ── several documents, and one that states who leads ──


def test_a_store_of_several_asks_for_a_document(two: FlaskClient) -> None:
    for address in ("/matrix", "/departments", "/departments/tasks", "/departments/drawing", "/departments/network"):
        text = page(two, address)
        assert "<table" not in text and f'href="{address}?document={DOC}"' in text
        assert f'href="{address}?document={DOC}"' not in page(two, f"{address}?find=粤府办")
        assert "document=yuefuban-2021-9" in page(two, f"{address}?find=粤府办")
    assert len(table(two, f"/matrix?document={DOC}")) == 77


def test_lead_is_told_from_listed_first(two: FlaskClient) -> None:
    text = page(two, "/matrix?document=yuefuban-2021-9")
    body = text.partition("<tbody>")[2]
    assert Counter(re.findall(r'class="pos r-(\w+)"', body)) == {"lead": 1, "support": 2, "first": 1, "listed": 1}
    assert "“牵头”仅在原文写明处标注" in text and "原文没有写明牵头单位" not in text
    rows = table(two, "/matrix?document=yuefuban-2021-9&role=Lead")
    assert [(row["原文名称"], row["角色"]) for row in rows] == [("省文化和旅游厅", "牵头")]
    assert [row["assignment"] for row in asked(two, "/matrix?document=yuefuban-2021-9&role=Lead")] == [
        row["assignment"] for row in rows
    ]
    legend = page(two, f"/departments/drawing?document={DOC}").partition('class="legend')[2].partition("</ul>")[0]
    assert "列首位" in legend and "牵头" not in legend


def test_bodies_named_in_several_graphs_are_one_row(two: FlaskClient) -> None:
    """What the second document names is told in the graph of the third too."""
    address = "/departments/network?document=yuefuban-2021-9&least=1"
    rows = table(two, address)
    assert [int(row["共同条款数"]) for row in rows] == [2, 1, 1]
    found = asked(two, address)
    assert [(row["first"], row["second"]) for row in rows] == [(row["first"], row["second"]) for row in found]


# ── refusals ──


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_matrix_as_a_picture(client: FlaskClient, language: str) -> None:
    """Read in the document: twenty provisions name bodies, each one of them first; 33 bodies; nobody is called 牵头."""
    answer = client.get(f"/matrix?format=svg&lang={language}")
    assert answer.mimetype == "image/svg+xml"
    root = ET.fromstring(answer.data)
    words = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    rings = [element for element in root.iter("{http://www.w3.org/2000/svg}circle") if element.get("fill") == "none"]
    assert len(rings) == 20 + 1  # and the one of the legend
    assert words.count("青海省商务厅") == 1  # in English below the translation
    assert len([text for text in words if text.isdigit()]) == 77 + 33 + 2  # assignments, sums, the legend


@pytest.mark.parametrize(
    ("address", "name", "allowed"),
    [
        ("/matrix?document=nothing", "document", DOC), ("/matrix?document=fagaichanye-2019-1602", "document", DOC),
        ("/matrix?part=9", "part", "2, 3, 4"), ("/matrix?role=Head", "role", "Lead, Support, Responsible"),
        ("/matrix?kind=Robot", "kind", "CentralBody"), ("/matrix?group=all", "group", "single, collective"),
        ("/matrix?sort=name", "sort", "count, order"), ("/matrix?expand=yes", "expand", "1"),
        ("/departments/tasks?format=svg", "format", "csv, xlsx"), ("/departments/network?least=0", "least", "1–99"),
        ("/departments/network?least=two", "least", "1–99"), ("/departments/tasks?body=nobody", "body", "…"),
        ("/departments/shared?first=qinghaisheng-shangwuting", "second", "qinghaisheng"),
        ("/departments/body.csv?table=members", "body", "qinghaisheng"),
        ("/departments/body.csv?body=qinghaisheng-shangwuting&table=x", "table", "members, collectives"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_by_name(client: FlaskClient, address: str, name: str, allowed: str) -> None:
    for language, words in (("zh", f"参数 {name} "), ("en", f"The parameter {name} ")):
        answer = client.get(f"{address}&lang={language}", headers={"Accept": "text/html"})
        assert answer.status_code == 400
        assert words in unescape(answer.text) and allowed in unescape(answer.text)


def test_links_between_the_views_keep_the_filters(client: FlaskClient) -> None:
    views = re.search(r'<nav class="views".*?</nav>', page(client, "/matrix?part=3&kind=Enterprise"), re.S)
    assert views
    for link in re.findall(r'href="([^"]*)"', views[0]):
        asked_for = parse_qs(urlsplit(unescape(link)).query)
        assert asked_for == {"document": [DOC], "part": ["3"], "kind": ["Enterprise"]}


def test_the_source_is_what_was_read() -> None:
    """The table above is the text: every list in it, and no other."""
    text = Path(resources.data() / "sources/qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    printed = re.findall(r"\(责任单位:([^)]*)\)", text)
    assert [re.split("[、，]", names) for names in printed] == [names.split() for names in STATED.values()]


def test_a_body_has_the_duties_that_its_documents_state(facts: Facts) -> None:
    """Asked for one body alone, as its page does, and picked out of the whole document."""
    document = f"id:doc/{DOC}"
    stated = duties.of_document(facts, document)
    assert {duty.part for duty in stated} == {f"{document}/{part}" for part in (2, 3, 4)}
    for actor in {duty.actor for duty in stated}:
        assert duties.of_body(facts, actor, [document]) == [duty for duty in stated if duty.actor == actor]
        assert duties.of_body(facts, actor, []) == []
