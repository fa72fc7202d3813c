"""Search: what a person types against what stands in the document; the look-up against a plain scan."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import create_app
from policygraph.textindex import Entry, TextIndex, fold


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def first(client: FlaskClient, asked: str) -> dict[str, str]:
    """Kind → the page of its first hit."""
    groups = client.get("/search", query_string={"q": asked, "format": "json"}).json
    assert isinstance(groups, list)
    return {group["kind"]: group["hits"][0]["page"] for group in groups}


@pytest.mark.parametrize(
    ("asked", "kind", "page"),
    [
        ("青政办〔2020〕62号", "document", "/id/doc/qingzhengban-2020-62"),
        ("青政办[2020] 62 号", "document", "/id/doc/qingzhengban-2020-62"),
        ("青政办【２０２０】62号", "document", "/id/doc/qingzhengban-2020-62"),
        ("高质量发展的实施意见", "document", "/id/doc/qingzhengban-2020-62"),
        ("省商务厅", "body", "/id/org/qinghaisheng-shangwuting"),
        ("shangwuting", "body", "/id/org/qinghaisheng-shangwuting"),
        ("swt", "body", "/id/org/qinghaisheng-shangwuting"),
        ("SHANGWUT", "body", "/id/org/qinghaisheng-shangwuting"),
        ("一老一小", "clause", "/id/doc/qingzhengban-2020-62/3.10"),
        ("格尔木", "place", "/id/place/geermushi"),
        ("西部陆海新通道", "term", "/id/term/xibuluhaixintongdao"),
    ],
)
def test_what_is_typed_finds(client: FlaskClient, asked: str, kind: str, page: str) -> None:
    assert first(client, asked)[kind] == page


def test_initials_find_the_short_form_of_a_body(client: FlaskClient) -> None:
    """发改委: its three characters stand apart in 青海省发展和改革委员会."""
    groups = client.get("/suggest", query_string={"q": "fgw", "lang": "zh"}).json["groups"]  # type: ignore[index]
    bodies = next(each["hits"] for each in groups if each["title"] == "机构")
    assert "/id/org/qinghaisheng-fazhanhegaigeweiyuanhui" in [hit["url"] for hit in bodies]
    assert all("改革" not in hit["cuts"][0][0] for hit in bodies[:1])  # first what holds the letters in a row


def test_words_lead_to_their_place(client: FlaskClient) -> None:
    """三、（二）: 推进铁路国际班列物流平台建设，强化西宁、格尔木综合枢纽功能."""
    page = client.get("/search", query_string={"q": "铁路国际班列 格尔木", "lang": "zh"}).text
    assert "/id/doc/qingzhengban-2020-62?show=3.2/s1#at-2045" in page
    assert '<mark class="hit">铁路国际班列</mark>' in page and '<mark class="hit">格尔木</mark>' in page


def test_nothing_found_is_said(client: FlaskClient) -> None:
    assert "没有内容含“量子纠缠”" in client.get("/search?q=量子纠缠&lang=zh").text
    assert client.get("/search?lang=zh").status_code == 200
    assert client.get("/search?q=。、&lang=zh").status_code == 200
    assert client.get("/search?q=a&kind=nothing").status_code == 400
    assert client.get("/search", query_string={"q": "长" * 201}).status_code == 400


@pytest.mark.parametrize("asked", ['"', "a OR b", "NEAR(", "省*", "words:省", "'; --", "<script>", "\x00"])
def test_signs_of_the_index_mean_nothing(client: FlaskClient, asked: str) -> None:
    assert client.get("/search", query_string={"q": asked}).status_code == 200


WORDS = st.text(alphabet="省市商务厅数字a1 （）〔〕", max_size=9)


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(WORDS, max_size=8), asked=WORDS)
def test_the_index_finds_what_a_scan_finds(texts: list[str], asked: str) -> None:
    index = TextIndex((Entry(str(at), "words", text) for at, text in enumerate(texts)), ["words"])
    words = [fold(word) for word in asked.split() if fold(word)]
    wanted = [str(at) for at, text in enumerate(texts) if words and all(word in fold(text) for word in words)]
    found, total = index.find(asked, "words", 5)
    assert ([entry.node for entry in found], total) == (wanted[:5], len(wanted))


def test_clauses_of_several_documents_tell_their_document(client: FlaskClient) -> None:
    """Both national outlines have a 2.7, and the provincial document has a 3.2: the number alone names nothing."""
    told = {"fagaichanye-2019-1762/2.7": "发改产业〔2019〕1762号", "qingzhengban-2020-62/3.2": "青政办〔2020〕62号"}
    body = client.get("/search", query_string={"q": "供应链", "lang": "zh"}).text
    for path, number in told.items():
        line = next(line for line in body.splitlines() if f'href="/id/doc/{path}"' in line)
        assert f'<small class="of" lang="zh-CN">{number}</small>' in line
    hits = [hit for group in client.get("/suggest?q=供应链&lang=zh").json["groups"] for hit in group["hits"]]  # type: ignore[index]
    assert all("号" in hit["note"] for hit in hits if hit.get("number"))


@pytest.mark.parametrize("path", ["/id/doc/qingzhengban-2020-62/3.2", "/ask?q=供应链对应的国家条款"])
def test_a_clause_outside_of_its_document_tells_it(client: FlaskClient, path: str) -> None:
    body = client.get(path, headers={"Accept-Language": "zh"}).text
    lines = [line for line in body.splitlines() if re.search(r'href="/id/doc/fagaichanye-2019-\d+/[\d.]+"', line)]
    assert lines and all("〔2019〕" in line for line in lines)


def test_an_english_topic_is_searched_in_chinese(client: FlaskClient) -> None:
    page = client.get("/search?q=logistics&lang=en").text
    assert 'looked up as <b lang="zh-CN">物流</b>' in page and 'href="/id/doc/qingzhengban-2020-62/3.2"' in page
    groups = client.get("/search?q=logistics&format=json").json
    told = {group["kind"]: group.get("lookedUpAs") for group in groups}  # type: ignore[union-attr]
    assert told["clause"] == told["words"] == "物流"
    assert "looked up as" not in client.get("/search?q=物流&lang=en").text.partition("</form>")[2].partition("Parts")[2]


@pytest.mark.parametrize("typed", ["青政办（2020）62", "青政办 2020 62", "青政办〔2020〕62号", "发改产业2019 1762"])
def test_the_number_of_a_document_is_no_question(client: FlaskClient, typed: str) -> None:
    page = client.get("/search", query_string={"q": typed, "lang": "zh"}, headers={"Accept": "text/html"}).text
    main = page[page.index("<main") :]
    assert "作为问题" not in main
    assert "/id/doc/" in main
    told = client.get("/suggest", query_string={"q": typed, "lang": "zh"}).get_json()
    assert [group["title"] for group in told["groups"]][:1] == ["文件"]
