"""/national: pairs, gaps and shared words against the curated readings in data/, with their files and their query."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from flask.testing import FlaskClient

from numbers_data import OTHER, SLUG, asked, cells, changed, client_of, with_another
from policygraph import resources
from policygraph.store import EmbeddedStore
from policygraph.web.facts import Snapshots
from policygraph.web.pairs import Wish as PairWish
from policygraph.web.pairs import chosen, heading_words, on_both_sides, shared

CURATED = yaml.safe_load((resources.data() / "alignment.yaml").read_text(encoding="utf-8"))["alignments"]
STRENGTHS = {"exact": "一致", "close": "相近", "related": "相关"}
LEVELS = {"text": "原文已核", "heading": "标题已核", "theme": "主题已核", "unverified": "未核实"}
NOTATION, STRENGTH, LEVEL, NUMBER, CLAUSE, EVIDENCE = 1, 3, 4, 6, 7, 9


def level_of(name: str, number: str) -> str:
    """How far the heading of a national clause was checked, by its outline in data/."""
    found = yaml.safe_load((resources.data() / "national" / f"{name}.yaml").read_text(encoding="utf-8"))["outline"]
    return str(next(each["verification"] for each in found if each["number"] == number))


for _row in CURATED:
    _row["clause"] = level_of(_row["national"], _row["number"])


def outline(name: str) -> list[str]:
    """Numbers of the clauses of a national document, by its outline in data/."""
    found = yaml.safe_load((resources.data() / "national" / f"{name}.yaml").read_text(encoding="utf-8"))["outline"]
    return [each["number"] for each in found if each["kind"] != "part"]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return EmbeddedStore([resources.dataset()])


@pytest.fixture(scope="module")
def client(store: EmbeddedStore) -> Iterator[FlaskClient]:
    with client_of(store) as client:
        yield client


def html(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, address
    return answer.text


def test_the_rows_are_the_readings(client: FlaskClient) -> None:
    rows = cells(client.get("/national.csv?lang=zh").data)
    told = {(r[NOTATION], r[NUMBER], r[CLAUSE], r[STRENGTH], r[LEVEL], r[EVIDENCE]) for r in rows}
    numbers = {"fagaichanye-2019-1602": "发改产业〔2019〕1602号", "fagaichanye-2019-1762": "发改产业〔2019〕1762号"}
    assert told == {
        (
            r["provision"],
            numbers[r["national"]],
            r["number"],
            STRENGTHS[r["strength"]],
            LEVELS[r["verification"]],
            quote,
        )
        for r in CURATED
        for quote in r["quotes"]
    }
    assert len(rows) == len(told)


FILTERS = {
    "": {}, "?national=fagaichanye-2019-1762": {"national": "fagaichanye-2019-1762"},
    "?strength=Exact": {"strength": "exact"}, "?verification=VerifiedText": {"verification": "text"},
    "?basis=Curated": {}, "?strength=Close&verification=VerifiedTheme": {"strength": "close", "verification": "theme"},
    "?clause=VerifiedHeading": {"clause": "heading"},
    f"?document={SLUG}&national=fagaichanye-2019-1602&strength=Related": {
        "national": "fagaichanye-2019-1602", "strength": "related",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wish", FILTERS)
def test_page_files_and_query_have_the_same_rows(
    client: FlaskClient, store: EmbeddedStore, wish: str, language: str
) -> None:
    wanted = [row for row in CURATED if all(row[key] == value for key, value in FILTERS[wish].items())]
    address = f"{wish or '?'}&lang={language}"
    page, rows = html(client, f"/national{address}"), cells(client.get(f"/national.csv{address}").data)
    assert len(rows) == sum(len(row["quotes"]) for row in wanted)
    assert sorted(asked(store, page)) == sorted(rows)
    assert page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>") == len(wanted)
    broad = page.partition('<svg class="flow broad"')[2].partition("</section>")[0].partition('class="flow narrow"')[0]
    assert broad.count('class="strand ') == len(wanted)
    assert page.count("<li id=") == len(wanted)  # each pair has its place with its evidence
    sheet = zipfile.ZipFile(io.BytesIO(client.get(f"/national.xlsx{address}").data)).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == len(rows) + 1


def test_every_strand_leads_to_its_pair_and_every_anchor_is_there(client: FlaskClient) -> None:
    page = html(client, "/national?lang=zh")
    anchors = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page.partition("<main")[2])
    assert len(set(links)) > 70 and set(links) <= anchors
    kinds = {row["strength"]: 0 for row in CURATED}
    for row in CURATED:
        kinds[row["strength"]] += 1
    broad = page.partition('<svg class="flow broad"')[2].partition("</svg>")[0]
    for name, count in kinds.items():
        assert broad.count(f"strand st-{name.capitalize()}") == count
    assert broad.count('class="level dot"') == sum(row["verification"] == "text" for row in CURATED)
    assert broad.count('class="level none"') == sum(row["verification"] == "unverified" for row in CURATED)


def _listed(part: str) -> list[str]:
    lists = re.findall(r'<ul class="list">(.*?)</ul>', part, re.DOTALL)
    return re.findall(r'<span class="no">([\d.]+)</span>', "".join(lists))


def test_a_gap_says_that_only_headings_are_held(client: FlaskClient) -> None:
    page = html(client, "/national?lang=zh")
    first, second, own = page.partition('id="gaps"')[2].partition("</section>")[0].split("<h3>")[1:]
    assert all("只表示人工整理时没有条款与该标题对应" in part for part in (first, second))
    assert "不表示国家层面没有相关规定" in own and "政策保障</a>" in own  # a heading of 1602 with nothing below it
    for part in (first, second, own):
        tasks, general = part.split("<h4>")
        assert "总体要求 1 条，不属任务" in general and "指导思想</a>" in general and "指导思想</a>" not in tasks
    heading = next(line for line in page.splitlines() if line.startswith("<h2><a") and "1602" in line)
    assert "标题、文号：" in heading  # what is verified of a document without its text
    assert "标题、文号：" in html(client, "/id/doc/fagaichanye-2019-1602?lang=zh")
    assert "标题、文号：" not in html(client, f"/id/doc/{SLUG}/3.2?lang=zh")


def test_gaps_both_ways(client: FlaskClient) -> None:
    page = html(client, "/national?lang=zh").partition('id="gaps"')[2].partition("</section>")[0]
    lists = [_listed(part) for part in page.split("<h3>")[1:]]
    for name, listed in zip(("fagaichanye-2019-1602", "fagaichanye-2019-1762"), lists, strict=False):
        reached = {row["number"] for row in CURATED if row["national"] == name}
        missing = [number for number in outline(name) if number not in reached]
        assert listed == sorted(missing, key=lambda number: number == "1.1")  # 指导思想 is told apart from the tasks
    assert lists[2] == ["4.1", "4.5", "1.1"]  # 加强组织领导, 建立健全统计制度; 指导思想
    one = html(client, "/national?national=fagaichanye-2019-1762&strength=Exact&lang=zh").partition('id="gaps"')[2]
    reaching = {row["provision"] for row in CURATED if row["national"] == "fagaichanye-2019-1762"}
    listed = _listed(one.split("<h3>")[2])
    assert not reaching & set(listed) and len(listed) == 22 - len(reaching)


def test_the_words_are_marked_where_they_stand(client: FlaskClient) -> None:
    page = html(client, "/national?strength=Exact&lang=zh")
    for row in (each for each in CURATED if each["strength"] == "exact"):
        anchor = f"{SLUG}_{row['provision']}_{row['national']}_{row['number']}"
        part = page.partition(f'<li id="{anchor}">')[2].partition("</li>")[0]
        marked = unescape("".join(re.findall(r"<mark[^>]*>([^<]*)</mark>", part)))
        for quote in row["quotes"]:
            assert quote in marked
    assert "不含正文" in page  # the national side is an outline: no words are claimed for it
    assert "共有" not in page and "省级原文依据" in page
    assert "共有" not in html(client, "/?lang=zh") and "that both share" not in html(client, "/?lang=en")


def test_what_stands_on_both_sides_alone_is_shared(store: EmbeddedStore) -> None:
    facts = Snapshots().of(store)
    pair = chosen(facts, PairWish(SLUG))[0]
    assert not on_both_sides(facts, pair)  # 1602 is an outline here
    here = pair.provision, f"id:doc/{SLUG}"
    within = replace(pair, clause=here[0], national=here[1], evidence=pair.evidence[:1])
    assert on_both_sides(facts, within)
    assert not on_both_sides(facts, replace(within, evidence=(*within.evidence, "此处没有的文字")))


def test_every_badge_is_in_the_legend(client: FlaskClient) -> None:
    page = html(client, "/national?lang=zh")
    legend = page.partition('<ul class="legend">')[2].partition("</ul>")[0]
    badges = set(
        re.findall(r'class="badge v-\w+"[^>]*>([^<]+)<', page.partition('id="pairs"')[2].partition('id="gaps"')[0])
    )
    assert "标题已核" in badges and all(badge in legend for badge in badges)
    assert "标题已核" in page.partition('<form class="filter numbers"')[2].partition("</form>")[0]


def test_a_paragraph_with_several_quotes_is_printed_once(client: FlaskClient) -> None:
    page = html(client, f"/id/alignment/{SLUG}/1.2/fagaichanye-2019-1602/1.3?lang=zh")
    assert page.count('<figure class="passage') == 1
    quotes = next(r["quotes"] for r in CURATED if (r["provision"], r["number"]) == ("1.2", "1.3"))
    shown = re.findall(r'<mark class="k-shown[^>]*>([^<]+)</mark>', page)
    assert sorted(shown) == sorted(quotes) and len(quotes) == 3
    assert all(f'<q lang="zh-CN">{quote}</q>' in page for quote in quotes)  # each with its own place


def test_headings_are_marked_by_what_is_quoted(store: EmbeddedStore) -> None:
    facts = Snapshots().of(store)
    held = [each for each in chosen(facts, PairWish(SLUG)) if each.clause == "id:doc/fagaichanye-2019-1762/5.2"]
    heading, segments = heading_words(facts, "id:doc/fagaichanye-2019-1762/5.2", held)
    assert [heading[each.start : each.end] for each in segments if each.inner] == ["强化用地保障"]
    assert shared("优化空间布局", "优化布局\n空间布局") == [(2, 6)]
    assert shared("深化服务", "服务业") == []  # two characters prove little
    assert shared("甲乙丙、甲乙丙", "甲乙丙") == [(0, 3), (4, 7)]


def full_text(text: str) -> str:
    """An alignment whose national side has its text: 3.2 of the one document carries out 3.2 of the other."""
    old, new = f"alignment/{SLUG}/3.2/fagaichanye-2019-1762/2.7", f"alignment/{SLUG}/3.2/{OTHER}/3.2"
    lines = []
    for line in with_another(text).splitlines():
        if f"alignment/{OTHER}" in line:
            continue
        if old in line:
            line = line.replace(old, new).replace("doc/fagaichanye-2019-1762/2.7>", f"doc/{OTHER}/3.2>")
        lines.append(line)
    return "\n".join(lines)


def test_a_national_document_with_its_text_is_marked_in_it(tmp_path: Path) -> None:
    (row,) = [
        r for r in CURATED if (r["provision"], r["national"], r["number"]) == ("3.2", "fagaichanye-2019-1762", "2.7")
    ]
    with client_of(changed(tmp_path, full_text)) as client:
        page = html(client, f"/national?document={SLUG}&national={OTHER}&lang=zh")
        left = page.partition('<div class="left">')[2].partition("</div>")[0]
        marked = unescape("".join(re.findall(r"<mark[^>]*>([^<]*)</mark>", left)))
        assert all(re.sub(r"[，、]", "", quote) in re.sub(r"[，、]", "", marked) for quote in row["quotes"])
        assert "不含正文" not in page and "连续三字" in page


def test_the_file_stands_alone(client: FlaskClient) -> None:
    answer = client.get("/national.svg?lang=en")
    root = ElementTree.fromstring(answer.data)
    space = "{http://www.w3.org/2000/svg}"
    assert len(list(root.iter(f"{space}path"))) == 70 + 3  # strands, and the three of the legend
    assert all(each.get("href", "").startswith("https://w3id.org/policygraph/id/") for each in root.iter(f"{space}a"))
    assert not [each for each in root.iter() if each.get("class") or each.get("style")]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/national?document=none", "document"), ("/national?national=x", "national"),
        ("/national?strength=Odd", "strength"), ("/national?verification=x", "verification"),
        ("/national?basis=x", "basis"), ("/national.csv?strength=x", "strength"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_by_name(client: FlaskClient, address: str, parameter: str) -> None:
    assert f"参数 {parameter} 不能是" in html(client, f"{address}&lang=zh", 400)
    assert f"The parameter {parameter} cannot be" in html(client, f"{address}&lang=en", 400)


def test_implementing_documents_are_never_mixed(tmp_path: Path) -> None:
    store = changed(tmp_path, with_another)
    with client_of(store) as client:
        page = html(client, "/national?lang=zh")
        assert 'class="flow' not in page and "请选择一份" in page
        assert set(re.findall(r'href="/national\?document=([^"]+)"', page)) == {SLUG, OTHER}
        assert client.get("/national.csv").status_code == client.get("/national.svg").status_code == 400
        rows = cells(client.get(f"/national.csv?document={OTHER}").data)
        assert {row[0] for row in rows} == {"青政办〔2021〕72号"} and len({row[-1] for row in rows}) == 70
        assert sorted(asked(store, html(client, f"/national?document={OTHER}&lang=zh"))) == sorted(
            cells(client.get(f"/national.csv?document={OTHER}&lang=zh").data)
        )


def test_without_alignments_it_says_so(tmp_path: Path) -> None:
    store = changed(tmp_path, lambda text: "\n".join(line for line in text.splitlines() if "Alignment>" not in line))
    with client_of(store) as client:
        assert "图中没有对应关系" in html(client, "/national?lang=zh")
    with client_of(store) as client:  # a document of the store is no wrong parameter
        page = html(client, f"/national?document={SLUG}&lang=zh")
        assert "没有收录这份文件与国家条款的对应关系" in page and "青政办〔2020〕62号" in page
        assert not cells(client.get(f"/national.csv?document={SLUG}").data)
        ElementTree.fromstring(client.get(f"/national.svg?document={SLUG}").data)
        html(client, "/national?document=none", 400)


def test_a_document_without_alignments_is_told_so(client: FlaskClient) -> None:
    page = html(client, "/national?document=fagaichanye-2019-1602&lang=zh")
    assert "没有收录这份文件与国家条款的对应关系" in page and "发改产业〔2019〕1602号" in page
    assert f"/national?document={SLUG}" in page  # what there is


def test_the_page_says_why_its_file_has_more_rows(client: FlaskClient) -> None:
    quotes = sum(len(row["quotes"]) for row in CURATED)
    page = html(client, "/national?lang=zh")
    assert quotes > len(CURATED)
    assert f"对应关系 {len(CURATED)} 对；CSV、XLSX 和查询结果按引用的原文分行，每处一行，共 {quotes} 行" in page


def test_a_drawing_names_what_it_is_kept_to(client: FlaskClient) -> None:
    drawn = client.get("/national.svg?strength=Exact&national=fagaichanye-2019-1762&lang=zh").text
    assert "仅限以下对应关系：国家文件 发改产业〔2019〕1762号；对应程度 一致" in drawn
    assert "Only these pairs: Strength exact" in client.get("/national.svg?strength=Exact&lang=en").text
    assert "仅限" not in client.get("/national.svg?lang=zh").text


def test_a_document_asked_for_by_its_bare_number_has_the_gaps_of_the_page(client: FlaskClient) -> None:
    answer = client.get("/ask", query_string={"q": "Which clauses of 1602 are not implemented?", "format": "csv"})
    listed = {number for row in cells(answer.data) for number in row if re.fullmatch(r"\d+\.\d+", number)}
    reached = {row["number"] for row in CURATED if row["national"] == "fagaichanye-2019-1602"}
    assert listed == {number for number in outline("fagaichanye-2019-1602") if number not in reached}
