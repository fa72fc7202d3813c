"""The start page, the menu, the page about the graph: true counts, ways that lead somewhere, both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from policygraph import resources
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore
from policygraph.web import create_app

PAGES = ("/", "/documents", "/coverage", "/about", "/id/nothing", "/targets")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    if not resources.dataset().exists():
        pytest.skip("data/policygraph.nq is not built")
    return create_app(Settings(), EmbeddedStore([resources.dataset()])).test_client()


def get(client: FlaskClient, address: str, language: str) -> str:
    return client.get(f"{address}?lang={language}", headers={"Accept": "text/html"}).text


def shown(page: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.partition("<main")[2].partition("</main>")[0])).split())


def test_the_counts_are_true(client: FlaskClient) -> None:
    """77 names stand in the responsibility phrases of 青政办〔2020〕62号; they are of 33 bodies, 18 numbers are set."""
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8-sig")
    phrases = re.findall(r"[(（]责任单位[:：]([^)）]*)[)）]", text)
    names = [name for phrase in phrases for name in re.split("[、，,]", phrase)]
    bodies = {{"省医保局": "省医疗保障局"}.get(name, name) for name in names}  # one body by two of its names
    page = shown(get(client, "/", "zh"))
    assert f"{len(names)} 项责任" in page
    assert f"{len(bodies)} 个责任单位" in page
    assert "18 个目标值" in page and "全部 3 份文件" in page and "其中 1 份有全文" in page and "22 个条款" in page
    page = shown(get(client, "/", "en"))
    assert f"{len(names)} assignments" in page and "All 3 documents" in page and "1 with its full text" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_way_leads_somewhere(client: FlaskClient, language: str) -> None:
    page = get(client, "/", language)
    ways = re.findall(r'href="([^"#]+)"', page.partition("<main")[2])
    assert len(ways) >= 12
    for way in {unescape(each) for each in ways}:
        answer = client.get(way, headers={"Accept": "text/html"})
        assert answer.status_code < 400, way
    for needed in ("/documents", "/departments", "/targets", "/national", "/questions", "/sparql"):
        assert needed in ways or (needed == "/questions" and "/ask" in ways)


def test_the_examples_of_the_search_box_find_something(client: FlaskClient) -> None:
    line = get(client, "/", "zh").partition('class="tries"')[2].partition("</p>")[0]
    ways = [unescape(each) for each in re.findall(r'href="([^"]+)"', line)]
    assert len(ways) == 2
    for way in ways:
        assert "没有内容含" not in shown(client.get(way, headers={"Accept": "text/html"}).text)


@pytest.mark.parametrize("address", PAGES)
def test_the_menu_names_the_page_that_is_open(client: FlaskClient, address: str) -> None:
    page = get(client, address, "zh")
    header = page.partition("<header")[2].partition("</header>")[0]
    current = re.findall(r'<a href="([^"]+)" aria-current="page">', header)
    assert current == ([address] * 2 if address in ("/documents", "/coverage", "/about", "/targets") else [])
    assert ('<summary class="here">' in header) == (address in ("/coverage", "/about"))


def test_the_menu_has_only_pages_that_there_are(client: FlaskClient) -> None:
    header = get(client, "/about", "en").partition("<header")[2].partition("</header>")[0]
    ways = set(re.findall(r'<li><a href="([^"]+)"', header))
    assert len(ways) >= 10
    for way in ways:
        assert client.get(way, headers={"Accept": "text/html"}).status_code == 200, way


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_about_the_graph_counts_as_the_graph_does(client: FlaskClient, language: str) -> None:
    query = """SELECT ?b (COUNT(DISTINCT ?s) AS ?n) {
      GRAPH ?g { ?s <https://w3id.org/policygraph/ontology#basis> ?b }
      FILTER(!STRSTARTS(STR(?g), "https://w3id.org/policygraph/id/graph/inferred")) } GROUP BY ?b"""
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).text
    counts = dict(line.strip().rsplit(",", 1) for line in answer.strip().splitlines()[1:])
    page = get(client, "/about", language)
    assert len(counts) >= 2
    for basis, count in counts.items():
        way = "/ontology#" + basis.rpartition("#")[2]
        assert re.search(rf'<a href="{re.escape(way)}">[^<]*</a> · {count}<', page), basis


def test_an_error_page_leads_on(client: FlaskClient) -> None:
    answer = client.get("/nowhere?lang=en", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    for way in ("/documents", "/departments", "/questions"):
        assert f'href="{way}"' in answer.text.partition("<main")[2]
