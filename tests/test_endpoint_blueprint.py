"""The endpoint through Flask's test client: status, headers, formats, problems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Namespace, URIRef

from policygraph.endpoint import sparql_blueprint
from policygraph.endpoint.problems import _TEXTS
from policygraph.errors import StoreError
from policygraph.settings import Settings
from policygraph.store import GRAPH_TYPES, EmbeddedStore
from policygraph.store.base import Job

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
QUADS = """\
<http://x/a> <http://x/name> "青海省"@zh <http://x/g1> .
<http://x/%E4%B8%AD> <http://x/name> "encoded" <http://x/g2> .
<http://x/中> <http://x/name> "raw" <http://x/g2> .
"""
ROWS = "SELECT ?n { ?s <http://x/name> ?n } ORDER BY ?n"


class CountingStore(EmbeddedStore):
    """Counts what reaches the engine; can be made to fail."""

    ran = 0
    failure: Exception | None = None

    def execute(self, job: Job) -> bytes:
        self.ran += 1
        if self.failure:
            raise self.failure
        return super().execute(job)


@pytest.fixture
def store(tmp_path: Path) -> CountingStore:
    (tmp_path / "d.nq").write_text(QUADS, encoding="utf-8")
    return CountingStore([tmp_path / "d.nq"])


def client_of(store: Any, html: bool = False, **values: Any) -> FlaskClient:
    app = Flask("test")
    page = (lambda: "<html>page</html>") if html else None
    app.register_blueprint(sparql_blueprint(lambda: store, Settings(**values), page))
    return app.test_client()


@pytest.fixture
def client(store: CountingStore) -> FlaskClient:
    return client_of(store)


def ask(client: FlaskClient, query: str, **headers: str) -> Any:
    return client.get("/sparql", query_string={"query": query}, headers=headers)


def test_get_and_both_posts_agree(client: FlaskClient) -> None:
    got = ask(client, ROWS)
    assert got.status_code == 200
    assert got.content_type == "application/sparql-results+json"
    assert [row["n"]["value"] for row in got.get_json(force=True)["results"]["bindings"]] == [
        "encoded",
        "raw",
        "青海省",
    ]
    assert client.post("/sparql", data={"query": ROWS}).data == got.data
    assert client.post("/sparql", data=ROWS, content_type="application/sparql-query").data == got.data


def test_answers_are_open_and_say_what_they_depend_on(client: FlaskClient) -> None:
    for response in (
        ask(client, ROWS),
        ask(client, "nonsense"),
        client.get("/sparql"),
        client.put("/sparql"),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in [name.strip() for name in response.headers["Vary"].split(",")]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (ROWS, "application/json", "application/json"),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ROWS, "application/xml", "application/xml"),
        (ROWS, "text/csv", "text/csv; charset=utf-8"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        ("ASK {}", "text/csv, application/xml;q=0.1", "application/xml"),
        ("DESCRIBE <http://x/a>", "*/*", "text/turtle; charset=utf-8"),
        ("DESCRIBE <http://x/a>", "application/n-triples", "application/n-triples"),
        ("DESCRIBE <http://x/a>", "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <http://x/a>", "application/ld+json", "application/ld+json"),
    ],
)
def test_formats(client: FlaskClient, query: str, accept: str, content_type: str) -> None:
    response = ask(client, query, Accept=accept)
    assert (response.status_code, response.content_type) == (200, content_type)


def test_format_parameter_wins_over_accept(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": ROWS, "format": "csv"}, headers={"Accept": "image/png"})
    assert response.mimetype == "text/csv"
    response = client.get("/sparql", query_string={"query": ROWS, "output": "turtle"})
    assert response.status_code == 406


@pytest.mark.parametrize(
    ("status", "key", "query", "accept"),
    [
        (400, "syntax", "SELECT * {", "*/*"),
        (400, "syntax", "", "*/*"),
        (403, "service", "ASK { SERVICE <http://127.0.0.1:1/> {} }", "*/*"),
        (403, "update", "DROP ALL", "*/*"),
        (403, "complexity", "ASK " + "{" * 200 + "}" * 200, "*/*"),
        (406, "not-acceptable", "ASK {}", "text/csv"),
        (406, "not-acceptable", "DESCRIBE <http://x/a>", "application/sparql-results+json"),
    ],
)
def test_problems(client: FlaskClient, status: int, key: str, query: str, accept: str) -> None:
    response = ask(client, query, Accept=accept)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    document = json.loads(response.data)
    assert document["status"] == status
    assert document["type"].endswith("#" + key)
    assert document["title"] == document["zh"]["title"]
    assert response.headers["Content-Language"] == "zh"


def test_problems_speak_the_clients_language(client: FlaskClient) -> None:
    response = ask(client, "SELECT * {\n ?s pg:text ?o }", **{"Accept-Language": "en-GB"})
    document = json.loads(response.data)
    assert (document["line"], document["column"]) == (2, 5)
    assert document["title"] == "The query does not parse"
    assert "add PREFIX pg:" in document["detail"]
    assert document["zh"]["title"] == "查询语句有误"
    assert response.headers["Content-Language"] == "en"
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("lang", "accepted", "told"),
    [("en", "", "en"), ("en", "zh-CN", "en"), ("zh", "en", "zh"), ("fr", "en", "en"), ("fr", "", "zh"), ("", "", "zh")],
)
def test_problems_speak_the_language_that_the_address_names(
    client: FlaskClient, lang: str, accepted: str, told: str
) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    response = client.get("/sparql", query_string={"query": "SELECT", "lang": lang}, headers=headers)
    document = json.loads(response.data)
    assert {"title": document["title"], "detail": document["detail"]} == document[told]
    assert response.headers["Content-Language"] == told


def test_every_problem_has_four_texts() -> None:
    for title, detail in _TEXTS.values():
        assert all(title) and all(detail) and len(title) == len(detail) == 2


def test_protocol_problems(client: FlaskClient) -> None:
    assert client.get("/sparql?query=a&query=b").status_code == 400
    assert client.post("/sparql", data={"x": "y"}).status_code == 400
    assert client.post("/sparql", data="ASK {}", content_type="text/plain").status_code == 415
    assert client.post("/sparql", data="DROP ALL", content_type="application/sparql-update").status_code == 403
    assert client.post("/sparql", data={"update": "DROP ALL"}).status_code == 403
    assert client.get("/sparql", query_string={"query": "A" * 100_001}).status_code == 413
    assert client.get("/sparql?query=ASK+%7B%7D&default-graph-uri=not+an+iri").status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: FlaskClient, method: str) -> None:
    response = getattr(client, method)("/sparql")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert response.mimetype == "application/problem+json"


def test_options_and_head(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Origin": "http://elsewhere"})
    assert (response.status_code, response.data) == (204, b"")
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    head = client.head("/sparql", query_string={"query": ROWS})
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == ask(client, ROWS).headers["ETag"]


def test_an_etag_spares_the_engine(client: FlaskClient, store: CountingStore) -> None:
    tag = ask(client, ROWS).headers["ETag"]
    assert tag.startswith('"') and store.ran == 1
    again = ask(client, ROWS, **{"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert store.ran == 1
    assert ask(client, ROWS, Accept="text/csv", **{"If-None-Match": tag}).status_code == 200
    assert ask(client, ROWS + " ", **{"If-None-Match": tag}).status_code == 200
    assert ask(client, ROWS, **{"If-None-Match": '"other"'}).status_code == 200
    assert "ETag" not in ask(client, "SELECT (NOW() AS ?t) {}").headers


def test_the_etag_follows_dataset_and_data(client: FlaskClient, tmp_path: Path) -> None:
    tag = ask(client, ROWS).headers["ETag"]
    parameters = {"query": ROWS, "default-graph-uri": "http://x/g1"}
    assert client.get("/sparql", query_string=parameters).headers["ETag"] != tag
    (tmp_path / "e.nq").write_text(QUADS + "\n", encoding="utf-8")
    assert ask(client_of(EmbeddedStore([tmp_path / "e.nq"])), ROWS).headers["ETag"] != tag


def test_chinese_iris_are_decoded_once(client: FlaskClient) -> None:
    def name(iri: str) -> str:
        response = ask(client, f"SELECT ?n {{ <{iri}> <http://x/name> ?n }}", Accept="text/csv")
        return response.get_data(as_text=True).split()[1]

    assert name("http://x/%E4%B8%AD") == "encoded"
    assert name("http://x/中") == "raw"


def test_dataset_parameters(client: FlaskClient) -> None:
    parameters = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": "http://x/g1", "format": "csv"}
    assert len(client.get("/sparql", query_string=parameters).data.splitlines()) == 2


# rdflib's own JSON-LD parser still uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("accept", [None, "*/*", *GRAPH_TYPES])
def test_service_description(client: FlaskClient, accept: str | None) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    graph = Graph().parse(data=response.data, format=response.mimetype)
    service = URIRef("http://localhost/sparql")
    assert graph.value(service, SD.endpoint) == service
    assert graph.value(service, RDF.type) == SD.Service
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.feature, SD.UnionDefaultGraph) in graph
    assert len(set(graph.objects(service, SD.resultFormat))) == 8
    dataset = graph.value(service, SD.defaultDataset)
    names = {graph.value(entry, SD.name) for entry in graph.objects(dataset, SD.namedGraph)}
    assert names == {URIRef("http://x/g1"), URIRef("http://x/g2")}


def test_without_query_and_without_rdf_there_is_nothing_to_say(client: FlaskClient) -> None:
    assert client.get("/sparql", headers={"Accept": "application/sparql-results+json"}).status_code == 400


def test_browsers_get_the_page(store: CountingStore) -> None:
    client = client_of(store, html=True)
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert b"page" in client.get("/sparql", headers={"Accept": browser}).data
    assert b"page" in ask(client, ROWS, Accept=browser).data
    assert b"page" in client.get("/sparql?format=html").data
    assert ask(client, ROWS).mimetype == "application/sparql-results+json"
    assert ask(client, ROWS, Accept="text/csv, text/html;q=0.5").mimetype == "text/csv"
    response = client.get("/sparql", query_string={"query": ROWS, "format": "csv"}, headers={"Accept": browser})
    assert response.mimetype == "text/csv"
    assert ask(client_of(store), ROWS, Accept=browser).mimetype == "application/xml"


@contextmanager
def failing(store: CountingStore, error: Exception) -> Iterator[None]:
    store.failure = error
    yield
    store.failure = None


def test_failures_tell_the_log_and_not_the_client(
    client: FlaskClient, store: CountingStore, caplog: pytest.LogCaptureFixture
) -> None:
    with failing(store, StoreError("http://inner.host/sparql cannot be reached")):
        response = ask(client, ROWS)
    assert response.status_code == 502
    assert "inner.host" not in response.get_data(as_text=True)
    assert "inner.host" in caplog.text
    with failing(store, ZeroDivisionError("secret")):
        response = ask(client, ROWS)
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "secret" not in response.get_data(as_text=True)
    assert "Traceback" in caplog.text


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p }", "ASK FROM <http://x/none> {}", "SELECT * { SERVICE <x:y> {} }"]
)
def test_a_star_is_no_answer_to_what_has_none(client: FlaskClient, query: str) -> None:
    """304 says that there is one (RFC 9110, section 13.1.2)."""
    asked = {"query": query}
    plain = client.get("/sparql", query_string=asked).status_code
    assert client.get("/sparql", query_string=asked, headers={"If-None-Match": "*"}).status_code == plain >= 400
    assert client.get("/sparql", query_string={"query": ROWS}, headers={"If-None-Match": "*"}).status_code == 304
