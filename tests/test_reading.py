"""The reader: layout, contents, marks and their kinds, what stands beside the text, the addresses of words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from policygraph import compile_text, resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app
from policygraph.web.article import View, article
from policygraph.web.facts import Facts, Snapshots
from policygraph.web.marks import Mark
from policygraph.web.passages import KINDS, Block, Leaf, Reading, every, reading, units
from policygraph.web.reader import COOKIE

SOURCE = resources.data() / "sources" / "qinghai-2020-62.txt"
NODE = "id:doc/qingzhengban-2020-62"
DOCUMENT = "/id/doc/qingzhengban-2020-62"
DEEP = """关于推进县域商业发展的意见
青商字〔2022〕31号
各市、自治州商务局：
现提出以下意见。
一、总体要求
坚持以县城为中心、乡镇为重点、村为基础。
二、重点任务
（一）健全网络。
1.改造商贸中心。
（1）完善设施。
①改造冷库。
②改造停车场。
（2）拓展功能。增加服务项目。
2.建设物流节点。推行共同配送。
（二）丰富供给。发展即时零售。
"""

ANNEXED = """某省人民政府办公厅关于推动服务业发展的通知
某政办〔2021〕7号
各市、自治州人民政府，省政府各委、办、厅、局：
现将《服务业发展方案》印发给你们，请认真贯彻执行。

附件：1.服务业发展方案
      2.重点任务分工表

某省人民政府办公厅
2021年5月19日
（此件公开发布）

附件1
服务业发展方案
一、总体要求
（一）指导思想。以新发展理念为引领，大力培育服务业新产业。

附件2
重点任务分工表
一、物流
（一）枢纽建设。建设两个枢纽。
"""


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    opened = EmbeddedStore([resources.dataset()])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> Facts:
    return Snapshots().of(store)


@pytest.fixture
def client(store: EmbeddedStore) -> FlaskClient:
    return create_app(Settings(), store).test_client()


def get(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == status, address
    return response.text


def article_of(page: str) -> str:
    return page.partition("<article")[2].partition(">")[2].partition("</article>")[0]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


# ── layout ──


def test_the_page_is_laid_out_as_the_document(client: FlaskClient) -> None:
    text = article_of(get(client, DOCUMENT))
    titles = re.findall(r"<h1 class=\"b-title\">(.*?)</h1>", text, re.DOTALL)
    assert [words(each).split() for each in titles] == [
        ["青海省人民政府办公厅", "关于推动青海省服务业高质量发展的实施意见"]
    ]
    kinds = re.findall(r'<(?:h1|h2|p) class="b-(\w+)', text)
    assert kinds[:7] == ["header", "header", "header", "title", "number", "addressee", "preamble"]
    assert kinds[-4:] == ["closing", "signature", "date", "distribution"]
    parts = [words(each).strip() for each in re.findall(r'<h2 class="b-part l-1">(.*?)</h2>', text, re.DOTALL)]
    assert parts == ["一、总体要求", "二、发展路径", "三、重点任务", "四、保障措施"]
    assert text.count('class="b-provision l-2"') == 2 + 4 + 11 + 5
    assert text.count('role="heading" aria-level="3"') == 22


def test_the_contents_name_every_unit_and_lead_to_it(client: FlaskClient) -> None:
    page = get(client, DOCUMENT)
    contents = page.partition('<nav class="toc"')[2].partition("</nav>")[0]
    lines = [(anchor, words(text)) for anchor, text in re.findall(r'<a href="#(at-\d+)"[^>]*>(.*?)</a>', contents)]
    assert len(lines) == 4 + 22
    assert [text for _, text in lines[:4]] == ["一、总体要求", "(一)指导思想", "(二)发展目标", "二、发展路径"]
    assert all(f'id="{anchor}"' in article_of(page) for anchor, _ in lines)
    assert "aria-current" not in contents
    shown = get(client, f"{DOCUMENT}?show=3.10/t1").partition('<nav class="toc"')[2].partition("</nav>")[0]
    assert words(re.findall(r'aria-current="location">(.*?)</a>', shown)[0]).startswith("(十)构建统筹解决“一老一小”")


def compiled(text: str, file: Path) -> EmbeddedStore:
    triples = compile_text(text).graph.serialize(format="nt").splitlines()
    quads = (f"{line.removesuffix(' .')} <urn:g> ." for line in triples if line)
    file.write_text("\n".join(quads), encoding="utf-8")
    return EmbeddedStore([file])


def test_annexes_stand_behind_the_signature(tmp_path: Path) -> None:
    store = compiled(ANNEXED, tmp_path / "annexed.nq")
    page = get(create_app(Settings(), store).test_client(), "/id/doc/mouzhengban-2021-7")
    text = article_of(page)
    assert words(text) == ANNEXED
    kinds = re.findall(r'<(?:h1|h2|p) class="b-(\w+)', text)
    assert kinds == [
        "title", "number", "addressee", "preamble", "note", "note", "signature", "date", "distribution",
        *["annex", "annextitle", "part", "provision"] * 2,
    ]  # fmt: skip
    contents = page.partition('<nav class="toc"')[2].partition("</nav>")[0]
    assert [words(line) for line in re.findall(r'<a href="#at-\d+">(.*?)</a>', contents)] == [
        "附件1 服务业发展方案", "一、总体要求", "（一）指导思想", "附件2 重点任务分工表", "一、物流", "（一）枢纽建设",
    ]  # fmt: skip


def test_contents_and_typefaces_go_to_any_depth(tmp_path: Path) -> None:
    deep = compiled(DEEP, tmp_path / "deep.nq")
    facts = Snapshots().of(deep)
    document = "id:doc/qingshangzi-2022-31"
    tree = units(facts, document)
    printed = [facts.text(node, "pg:printedNumber") for node in every(tree)]
    assert printed == ["一、", "二、", "（一）", "1.", "（1）", "①", "②", "（2）", "2.", "（二）"]
    assert [len(unit.below) for unit in tree] == [0, 2]
    found = reading(facts, document)
    assert found is not None
    levels = [block.level for block in found.blocks if block.level]
    assert levels == [1, 1, 2, 3, 4, 5, 5, 4, 3, 2]
    page = get(create_app(Settings(), deep).test_client(), "/id/doc/qingshangzi-2022-31")
    assert words(article_of(page)) == DEEP
    assert page.partition('<nav class="toc"')[2].partition("</nav>")[0].count("<ol>") == 1 + 1 + 2 + 1


# ── marks ──


def test_overlapping_and_crossing_marks_keep_the_text() -> None:
    text = "推进绿色金融改革创新试验区建设"
    marks = (Mark(0, 10, "d/g1", "goal"), Mark(2, 13, "d/m1", "term"), Mark(2, 4, "d/m2", "place"))
    leaf = Leaf("d/span/0-15", "d", "SentenceLeaf", 0, len(text), text, "")
    found = Reading("d", "", (Block("provision", "d", True, (leaf,)),), text, marks, 11)
    html = str(article(Facts(()), found, View()))
    assert words(html) == text
    pieces = re.findall(r'<a id="at-(\d+)" class="m k-(\w+)[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', html)
    assert [(int(at), kind, said) for at, kind, _, said in pieces] == [
        (0, "goal", "推进"), (2, "place", "绿色"), (4, "goal", "金融改革创新"), (10, "term", "试验区"),
    ]  # fmt: skip
    assert html.count('<span class="k-term in-term o-') == 2  # below place, and below goal
    assert 'class="k-term in-term o-2"><span class="k-goal in-goal o-1"><a id="at-2"' in html
    only = str(article(Facts(()), found, View(kinds=("term",), asked=True)))
    assert words(only) == text and re.findall(r"in-(\w+)", only) == ["term"]
    assert "?mark=none&amp;mark=term&amp;show=m1#at-2" in only


def test_kinds_of_marks_are_put_away_by_the_address_and_remembered(client: FlaskClient, facts: Facts) -> None:
    found = reading(facts, NODE)
    assert found is not None
    page = get(client, DOCUMENT)
    assert set(re.findall(r"in-(\w+)", article_of(page))) == set(KINDS)
    for kind in KINDS:  # the legend counts statements
        count = len({mark.node for mark in found.marks if mark.kind == kind})
        assert re.search(rf'id="kind-{kind}"[^>]*>[^<]*</span> <span class="count">{count}<', page)
    page = get(client, f"{DOCUMENT}?mark=none&mark=target&mark=place")
    assert set(re.findall(r"in-(\w+)", article_of(page))) == {"target", "place"}
    assert re.findall(r'name="mark" value="(\w+)" checked', page) == ["target", "place"]
    assert words(article_of(page)) == found.text
    kept = client.get_cookie(COOKIE)
    assert kept is not None and kept.value == "target.place"
    page = get(client, DOCUMENT)  # no word about marks: as last chosen
    assert set(re.findall(r"in-(\w+)", article_of(page))) == {"target", "place"}
    assert "in-" not in article_of(get(client, f"{DOCUMENT}?mark=none"))
    assert set(re.findall(r"in-(\w+)", article_of(get(client, f"{DOCUMENT}?mark=all")))) == set(KINDS)
    told = unescape(get(client, f"{DOCUMENT}?mark=colour&lang=zh", 400))
    assert "参数 mark 不能是“colour”" in told and "assignment" in told


def test_the_legend_explains_each_mark_to_who_hears_the_page(client: FlaskClient) -> None:
    page = get(client, DOCUMENT)
    told = set(re.findall(r'aria-describedby="(kind-\w+)"', article_of(page)))
    assert told and told <= set(re.findall(r'id="(kind-\w+)"', page))


# ── beside the text ──


def panel(page: str) -> str:
    return page.partition('<aside id="panel"')[2].partition("</aside>")[0]


def test_a_statement_is_told_with_all_that_it_rests_on(client: FlaskClient) -> None:
    told = unescape(panel(get(client, f"{DOCUMENT}?show=3.10/t1&lang=en")))
    assert "社会化养老服务床位运营比例超过60%" in told
    assert 'href="/ontology#MoreThan"' in told and 'href="/ontology#comparator"' in told
    assert re.search(r'class="badge" href="/ontology#Stated"', told)
    assert "pg:targetYear" in words(told) and "2025" in words(told)  # as triples
    assert f'href="{DOCUMENT}/3.10/t1?format=turtle"' in told
    assert "三、(十). (2020-08-13)" in told and "/doc/qingzhengban-2020-62/3.10/t1." in told  # its citation
    assert "Characters 5008 to 5026" in told
    assert f'href="{DOCUMENT}/span/5008-5026"' in told


def test_neighbours_are_of_the_same_kind(client: FlaskClient) -> None:
    told = unescape(panel(get(client, f"{DOCUMENT}?show=3.10/t2&lang=en")))
    before, after = (re.search(rf'rel="{rel}" href="([^"]*)"', told) for rel in ("prev", "next"))
    assert before and before[1] == f"{DOCUMENT}?show=3.10/t1#at-5008"
    assert after and after[1] == f"{DOCUMENT}?show=3.10/t3#at-5040"
    first = panel(get(client, f"{DOCUMENT}?show=1.2/t1&lang=en"))
    assert 'rel="prev"' not in first and "1 of 18" in first
    last = panel(get(client, f"{DOCUMENT}?show=4.5&lang=en"))  # provisions have neighbours too
    assert 'rel="next"' not in last and "22 of 22" in last


def test_any_words_can_be_shown(client: FlaskClient) -> None:
    start = SOURCE.read_text(encoding="utf-8-sig").index("本《实施意见》自印发之日起施行")
    page = get(client, f"{DOCUMENT}?show=span/{start}-{start + 15}&lang=zh")
    marked = re.findall(r'<a id="at-(\d+)"[^>]*aria-current="true">([^<]*)</a>', page)
    assert marked == [(str(start), "本《实施意见》自印发之日起施行")]
    assert "原文文字" in panel(page)
    both = get(client, f"{DOCUMENT}?show=span/678-690")  # 国家级生态旅游示范省 and the comma on either side
    assert "".join(re.findall(r'aria-current="true">([^<]*)<', both)) == "、国家级生态旅游示范省、"
    assert f"{DOCUMENT}?show=1.2/g5#at-679" in both  # what else rests on them
    alone = get(client, f"{DOCUMENT}/span/678-690")
    assert f'href="{DOCUMENT}?show=span/678-690#at-678"' in alone


def test_characters_are_shown_by_their_places(client: FlaskClient) -> None:
    """Without a slash in the address; the words are those of ?show=span/678-690."""
    shown = get(client, f"{DOCUMENT}?chars=678-690")
    assert 'id="at-678"' in shown and shown.count('id="at-678"') == 1


@pytest.mark.parametrize("chars", ["5-1", "5-5", "0-999999", "7", "a-b", "-3-5", "1-²"])
def test_places_that_the_text_does_not_have_are_refused(client: FlaskClient, chars: str) -> None:
    address = f"{DOCUMENT}?chars={chars}&lang=en"
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "The parameter chars cannot be" in answer.text and "a-b (0 ≤ a &lt; b ≤" in answer.text


@pytest.mark.parametrize("show", ["3.99", "nothing", "span/9-3", "span/0-999999", "<s>"])
def test_a_statement_that_is_not_there_is_told(show: str, client: FlaskClient) -> None:
    page = client.get(DOCUMENT, query_string={"show": show, "lang": "en"}, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "has no statement" in panel(page.text) and "<s>" not in page.text
    assert "aria-current" not in article_of(page.text)


def test_what_is_printed_ends_with_address_and_digest(client: FlaskClient, store: EmbeddedStore) -> None:
    printed = get(client, DOCUMENT).partition('class="printed"')[2].partition("</div>")[0]
    digest = re.findall(r"sha256 ([0-9a-f]{64})", printed)
    assert digest == [hashlib.sha256(SOURCE.read_text(encoding="utf-8-sig").encode()).hexdigest()]
    assert "https://w3id.org/policygraph/id/doc/qingzhengban-2020-62" in printed
    assert store.digest in printed


# ── from any claim to its words ──

CLAIMS = (
    "/", "/matrix", "/departments", "/targets", "/national", "/coverage", DOCUMENT, f"{DOCUMENT}/3.2", f"{DOCUMENT}/3",
    f"{DOCUMENT}/c1", "/id/org/qinghaisheng-shangwuting", "/id/place/xiningshi", "/search?q=养老", "/search?q=绿色金融",
    "/questions/tasks-of-department", "/questions/words-behind-assignments", "/help", "/tour",
)  # fmt: skip


def test_every_evidence_link_lands_on_highlighted_words(client: FlaskClient, facts: Facts) -> None:
    """Of every page, its links into the reader: what each opens has highlighted words at the anchor."""
    found = reading(facts, NODE)
    assert found is not None
    links = set()
    for page in CLAIMS:
        links |= {unescape(href) for href in re.findall(r'href="([^"]*[?&]show=[^"]*)"', get(client, page))}
    links = {href if href.startswith("/") else DOCUMENT + href for href in links}
    assert len(links) > 150
    broken = []
    for href in sorted(links)[::3]:
        address, _, anchor = href.partition("#")
        lit = dict(
            re.findall(r'<a id="(at-\d+)"[^>]*aria-current="true">([^<]*)</a>', article_of(get(client, address)))
        )
        if anchor not in lit or not found.text[int(anchor[3:]) :].startswith(unescape(lit[anchor])):
            broken.append(href)
    assert broken == []
