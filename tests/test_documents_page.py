"""/documents: what the list holds, its filters, its files; expected values are read in the documents themselves."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.collection.update import Collection
from policygraph.settings import Settings
from policygraph.store import CollectionStore, EmbeddedStore
from policygraph.web import create_app
from policygraph.web.catalogue import catalogue, sums
from policygraph.web.documents import PAGE
from policygraph.web.facts import document_of, facts_of

OURS = "青政办〔2020〕62号"
TEXT = """关于发展{what}的意见
{code}政办〔{year}〕{n}号
为贯彻落实《关于促进{what}发展的指导意见》（国办发〔2015〕{n}号）精神，提出如下意见。
一、重点任务
(一)发展{what}。推进{what}，到2025年，{what}增加值达到{n}亿元。(责任单位：省商务厅、省财政厅)
"""
COUNT = PAGE + 10


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return create_app(Settings(), EmbeddedStore([resources.dataset()])).test_client()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents 1 to COUNT: odd numbers of 青海 in 2020, even ones of 四川 in 2021; each cites one that is not here."""
    place = tmp_path_factory.mktemp("list")
    (place / "texts").mkdir()
    for n in range(1, COUNT + 1):
        text = TEXT.format(what=("服务业", "物流业")[n % 2], code="川青"[n % 2], year=2021 - n % 2, n=n)
        (place / "texts" / f"{n}.txt").write_text(text, encoding="utf-8")
    with Collection(place / "collection") as collection:
        assert collection.add([place / "texts"]).added == COUNT
    return place / "collection"


@pytest.fixture(scope="module")
def many(folder: Path) -> FlaskClient:
    return create_app(Settings(), CollectionStore(folder)).test_client()


def get(client: FlaskClient, address: str, language: str = "zh", status: int = 200) -> str:
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == status, address
    return answer.text


def rows(page: str) -> list[list[str]]:
    """The cells of the list, without their tags."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr")[1:]]
    return [[unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in row] for row in cells]


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv" and answer.data.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.data
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_published_documents(client: FlaskClient) -> None:
    found = rows(get(client, "/documents"))
    assert len(found) == 3  # the Qinghai document, and 1602 and 1762 which it cites and of which outlines are kept
    first = found[0]
    assert "关于推动青海省服务业高质量发展的实施意见" in first[0] and OURS in first[0]
    # 2020-08-13 and 青海省人民政府办公厅 are in its header block; 2 + 4 + 13 + 3 provisions under its four parts
    assert first[1:] == ["青海省人民政府办公厅", "2020-08-13", "22", "77", "18"]
    assert all("目录" in row[0] and row[2] == row[4] == row[5] == "" for row in found[1:])
    assert {n for row in found[1:] for n in re.findall(r"〔2019〕\d+号", row[0])} == {
        "〔2019〕1602号",
        "〔2019〕1762号",
    }


def test_the_counts_are_those_of_the_text(client: FlaskClient) -> None:
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    bodies = re.findall(r"[(（]责任单位[:：]([^)）]*)[)）]", text)
    named = sum(len(re.split("[、，,]", each)) for each in bodies)
    provisions = len(re.findall(r"^\s*[(（][一二三四五六七八九十]+[)）]", text, re.MULTILINE))
    assert rows(get(client, "/documents?kind=text"))[0][3:5] == [str(provisions), str(named)]


def test_words_find_titles_and_numbers_in_any_brackets(client: FlaskClient) -> None:
    for asked in (OURS, "青政办[2020]62", "青海省服务业", "服务业 2020"):
        assert [OURS in row[0] for row in rows(get(client, f"/documents?q={asked}"))] == [True]
    page = get(client, "/documents?q=量子")
    assert rows(page) == [] and "没有符合条件的文件" in page


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ("/documents?kind=novel", "kind", "text, outline"), ("/documents?place=mars", "place", "qinghaisheng"),
        ("/documents?year=1066", "year", "2020, 2019"), ("/documents?sort=colour", "sort", "date, provisions"),
        ("/documents?page=2", "page", "1–1"), ("/documents?page=x", "page", "1–1"), ("/documents?page=²", "page", "1"),
        ("/documents?format=pdf", "format", "html, csv, xlsx"),
        ("/documents?issuer=nobody", "issuer", "qinghaisheng-renminzhengfubangongting"),
        ("/coverage?document=nothing", "document", "qingzhengban-2020-62"),
    ],
)  # fmt: skip
def test_what_an_address_cannot_have_is_refused(
    client: FlaskClient, address: str, parameter: str, allowed: str
) -> None:
    for language, words in (("zh", f"参数 {parameter} 不能是"), ("en", f"The parameter {parameter} cannot be")):
        page = unescape(get(client, address, language, 400))
        assert words in page and allowed in page


def test_the_list_goes_by_pages_and_loses_nothing(many: FlaskClient) -> None:
    held = [rows(get(many, f"/documents?kind=text&page={number}")) for number in (1, 2)]
    assert [len(page) for page in held] == [PAGE, COUNT - PAGE]
    numbers = [re.search(r"〔\d+〕(\d+)号", row[0]) for page in held for row in page]
    assert sorted(int(found[1]) for found in numbers if found) == list(range(1, COUNT + 1))
    first = get(many, "/documents?kind=text")
    assert 'href="/documents?kind=text&amp;page=2"' in first and "第 1 页，共 2 页" in first
    assert 'rel="prev"' not in first


def test_filters_leave_what_they_say(many: FlaskClient) -> None:
    found = rows(get(many, "/documents?kind=text&place=sichuansheng&sort=provisions"))
    assert len(found) == COUNT // 2 and all("川政办〔2021〕" in row[0] for row in found)
    assert len(rows(get(many, "/documents?kind=text&year=2020"))) == COUNT // 2
    assert rows(get(many, "/documents?place=sichuansheng&year=2020")) == []
    cited = rows(get(many, "/documents?kind=cited"))
    assert len(cited) == PAGE and all("国办发〔2015〕" in row[0] and "仅被引用" in row[0] for row in cited)
    assert f"{2 * COUNT} 份文件中的 {COUNT // 2} 份" in get(many, "/documents?kind=text&place=sichuansheng")


def test_the_files_hold_what_the_list_leaves(many: FlaskClient, client: FlaskClient) -> None:
    found = table(many, "/documents?kind=text&place=sichuansheng&format=csv&lang=zh")
    assert len(found) == COUNT // 2
    assert {(row["年份"], row["条款"], row["责任"], row["目标值"]) for row in found} == {("2021", "1", "2", "1")}
    assert found[0]["IRI"].startswith("https://w3id.org/policygraph/id/doc/chuanzhengban-2021-")
    ours = table(client, "/documents?kind=text&format=csv&lang=en")[0]
    assert (ours["Document number"], ours["Date of document"], ours["Targets"]) == (OURS, "2020-08-13", "18")
    book = many.get("/documents?kind=text&format=xlsx&lang=zh")
    assert "attachment" in book.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(book.data)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == COUNT + 1


def test_a_year_without_a_date_is_that_of_the_number(client: FlaskClient) -> None:
    outlines = table(client, "/documents?kind=outline&format=csv&lang=zh")
    assert [(row["成文日期"], row["年份"]) for row in outlines] == [("", "2019"), ("", "2019")]


def test_the_sums_are_those_of_the_entries(folder: Path) -> None:
    facts = facts_of(CollectionStore(folder))
    found = sums(facts)
    assert (found.texts, found.provisions, found.assignments, found.targets) == (COUNT, COUNT, 2 * COUNT, COUNT)
    assert found.bodies == 4 and found.alignments == 0
    assert found.busiest in {
        f"id:org/{p}sheng-{b}" for p in ("qinghai", "sichuan") for b in ("shangwuting", "caizhengting")
    }
    assert len(catalogue(facts)) == 2 * COUNT


def test_the_document_of_a_node() -> None:
    assert document_of("id:doc/x-2020-1/3.2/a9") == document_of("id:doc/x-2020-1") == "id:doc/x-2020-1"
    assert document_of("id:org/x") == document_of("pg:Target") == ""


def test_a_collection_counts_its_own_coverage(folder: Path, many: FlaskClient) -> None:
    listed = get(many, "/coverage")
    assert listed.count("/coverage?document=") == PAGE and "第 1 页，共 2 页" in listed
    page = get(many, "/coverage?document=chuanzhengban-2021-2")
    text = TEXT.format(what="服务业", code="川", year=2021, n=2)
    whole = len("".join(text.split()))
    assert f'class="n">{whole}<' in page
    named = len("省商务厅省财政厅")  # of its one provision two names rest on words, one target, and the goal beside it
    row = next(each for each in rows(page) if "发展服务业" in each[0])
    assert int(row[4].split()[0]) >= named and sum(int(each.split()[0]) for each in row[3:]) == int(row[2])


def test_coverage_is_counted_as_the_compiler_counts(client: FlaskClient) -> None:
    from policygraph.web.coverage import _kinds, _stored, rows_of
    from policygraph.web.passages import reading

    facts = facts_of(EmbeddedStore([resources.dataset()]))
    document = "id:doc/qingzhengban-2020-62"
    stored = rows_of(facts, document)
    found = reading(facts, document)
    assert found is not None
    kinds = _kinds(found)
    assert (kinds.count(1), kinds.count(2), kinds.count(3)) == stored[0].counts == _stored(facts, document).counts
    for row in stored[1:]:
        span = facts.spans(row.node)[0]
        piece = kinds[span.start : span.end]
        assert (piece.count(1), piece.count(2), piece.count(3)) == row.counts, row.node
