"""Citations and JSON-LD of document pages, and addresses of any words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from policygraph import resources
from policygraph.graph.namespaces import ID_BASE, OA
from policygraph.store import EmbeddedStore
from policygraph.web import create_app
from policygraph.web.citing import citing
from policygraph.web.facts import Facts, Snapshots

DOCUMENT = "id:doc/qingzhengban-2020-62"
HERE = "/id/doc/qingzhengban-2020-62"
LINK = f"{ID_BASE}doc/qingzhengban-2020-62"
TITLE = "关于推动青海省服务业高质量发展的实施意见"


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore([resources.dataset()])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> Facts:
    return Snapshots().of(store)


@pytest.fixture(scope="module")
def client(store: EmbeddedStore) -> FlaskClient:
    return create_app(store=store).test_client()


def test_gbt_7714_of_the_document(facts: Facts) -> None:
    """Author. Title: other title information[type/carrier]. (date)[day of access]. address."""
    made = citing(facts, DOCUMENT, today=date(2026, 1, 2))
    assert made.gbt == (f"青海省人民政府办公厅. {TITLE}: 青政办〔2020〕62号[EB/OL]. (2020-08-13)[2026-01-02]. {LINK}.")


def test_gbt_7714_of_a_provision(facts: Facts) -> None:
    made = citing(facts, DOCUMENT, f"{DOCUMENT}/3.2", today=date(2026, 1, 2))
    assert made.gbt == (
        "青海省人民政府办公厅. 推动传统物流向现代供应链转型升级[EB/OL]//青海省人民政府办公厅. "
        f"{TITLE}: 青政办〔2020〕62号: 三、(二). (2020-08-13)[2026-01-02]. {LINK}/3.2."
    )


@pytest.mark.parametrize(("path", "kind", "key"), [("", "misc", "62"), ("/4.2", "incollection", "62-4.2")])
def test_bibtex(path: str, kind: str, key: str, facts: Facts) -> None:
    text = citing(facts, DOCUMENT, DOCUMENT + path if path else "", today=date(2026, 1, 2)).bibtex
    assert text.startswith(f"@{kind}{{qingzhengban-2020-{key},\n")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))
    assert text.count("{") == text.count("}")
    assert fields["author"] == "{青海省人民政府办公厅}"
    assert fields["year"] == "2020"
    assert fields["url"] == LINK + path
    assert fields["booktitle" if path else "title"] == f"{{{TITLE}}}"


ISSUERS = {  # as the text and its preamble name them, by their full names
    "qingzhengban-2020-62": {"青海省人民政府办公厅"},
    "fagaichanye-2019-1602": {"国家发展和改革委员会", "国家市场监督管理总局"},
    "fagaichanye-2019-1762": {"国家发展和改革委员会", "工业和信息化部"},  # the first two of fifteen
}


@pytest.mark.parametrize("path", ISSUERS)
def test_every_document_page_has_json_ld_that_is_true(path: str, client: FlaskClient, facts: Facts) -> None:
    page = client.get(f"/id/doc/{path}").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(block)
    node = f"id:doc/{path}"
    assert (told["@context"], told["@type"]) == ("https://schema.org", "DigitalDocument")
    assert told["@id"] == f"{ID_BASE}doc/{path}"
    assert told["name"] == facts.text(node, "dcterms:title")
    assert told["identifier"] == facts.text(node, "pg:documentNumber")
    assert told.get("dateCreated", "") == facts.text(node, "eli:date_document")
    assert "datePublished" not in told  # no text or source here gives one
    assert {each["@type"] for each in told["author"]} == {"GovernmentOrganization"}
    assert {each["name"] for each in told["author"]} == ISSUERS[path]
    if path == "qingzhengban-2020-62":
        assert len(told["hasPart"]) == 4 + 22
        assert {each["@id"].rsplit("/", 1)[1] for each in told["citation"]} == {
            "fagaichanye-2019-1602", "fagaichanye-2019-1762",
        }  # fmt: skip


def test_pages_show_how_to_cite(client: FlaskClient) -> None:
    for path in (HERE, f"{HERE}/3.2"):
        page = client.get(path).text
        assert "GB/T 7714—2015" in page
        assert "@misc{" in page or "@incollection{" in page


def test_outlines_can_be_cited_by_the_issuers_that_are_known(client: FlaskClient, facts: Facts) -> None:
    page = client.get("/id/doc/fagaichanye-2019-1602").text
    assert "GB/T 7714—2015" in page
    assert "@misc{fagaichanye-2019-1602," in page
    two = citing(facts, "id:doc/fagaichanye-2019-1602", today=date(2026, 1, 2))
    assert "等" not in two.gbt.split(".")[0]
    assert "others" not in two.bibtex
    assert "date" not in two.bibtex.replace("urldate", "")  # no day is established
    many = citing(facts, "id:doc/fagaichanye-2019-1762", today=date(2026, 1, 2))
    assert many.gbt.split(". ")[0].endswith(", 等")
    assert "} and others}," in many.bibtex


# rdflib's own JSON-LD parser still makes a ConjunctiveGraph, which rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_any_words_have_an_address(client: FlaskClient) -> None:
    text = (resources.data() / "sources" / "qinghai-2020-62.txt").read_text(encoding="utf-8")
    start = text.index("抢抓疫情催生")
    address = f"{HERE}/span/{start}-{start + 6}"
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "抢抓疫情催生" in page.text
    for kind, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/n-triples", "nt")):
        answer = client.get(address, headers={"Accept": kind})
        assert answer.mimetype == kind
        graph = Graph().parse(data=answer.data, format=form)
        quote = URIRef(f"{ID_BASE}doc/qingzhengban-2020-62/span/{start}-{start + 6}#quote")
        assert str(graph.value(quote, OA.exact)) == "抢抓疫情催生"


@pytest.mark.parametrize(
    "path",
    [f"{HERE}/span/5-5", f"{HERE}/span/9-5", f"{HERE}/span/0-999999", f"{HERE}/span/01-5", f"{HERE}/span/a-b",
     "/id/doc/fagaichanye-2019-1602/span/0-5", "/id/doc/none/span/0-5"],
)  # fmt: skip
def test_no_address_where_there_are_no_words(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


def test_a_published_query_leads_to_its_page(client: FlaskClient) -> None:
    found = client.get("/id/query/document-facts", headers={"Accept": "text/html"})
    assert (found.status_code, found.headers["Location"]) == (303, "/questions/document-facts")
    data = client.get("/id/query/document-facts", headers={"Accept": "text/turtle"})
    assert "SPARQLExecutable" in data.text
