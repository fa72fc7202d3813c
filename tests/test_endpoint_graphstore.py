"""The graph store beyond the W3C tests: which graph, which format, tags, CORS, and what pages' readers get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from loopback import serving

QUADS = """\
<http://x/a> <http://x/name> "甲" <http://x/图> .
<http://x/b> <http://x/name> "乙" <https://w3id.org/policygraph/id/graph/registry> .
<http://x/c> <http://x/name> "丙" .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    file = tmp_path_factory.mktemp("data") / "d.nq"
    file.write_text(QUADS, encoding="utf-8")
    with serving(data=str(file)).test_client() as client:
        yield client


def names(text: str) -> set[str]:
    return {str(name) for name in Graph().parse(data=text, format="turtle").objects()}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/graphs?graph=http://x/%E5%9B%BE", {"甲"}),
        ("/graphs?graph=https://w3id.org/policygraph/id/graph/registry", {"乙"}),
        ("/id/graph/registry", {"乙"}),
        ("/graphs?default", {"甲", "乙", "丙"}),  # the union, as the service description says
    ],
)
def test_each_graph_is_found(client: FlaskClient, address: str, found: set[str]) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "text/turtle; charset=utf-8")
    assert names(answer.text) == found
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    head = client.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "key"),
    [
        ("/graphs", 400, "graph-which"),
        ("/graphs?default&graph=http://x/g", 400, "graph-which"),
        ("/graphs?graph=http://x/a&graph=http://x/b", 400, "graph-which"),
        ("/graphs?graph=", 400, "graph-name"),
        ("/graphs?graph=registry", 400, "graph-name"),
        ("/graphs?graph=http://x/%3E%20%7D%20DROP", 400, "graph-name"),
        ("/graphs?graph=http://x/none", 404, "graph-missing"),
        ("/id/graph/none", 404, "graph-missing"),
        ("/id/graph/%3E%7D", 404, "graph-missing"),
        ("/graphs?default&format=docx", 406, "no-format"),
    ],
)
def test_problems(client: FlaskClient, address: str, status: int, key: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json(force=True)["type"].endswith("#" + key)


@pytest.mark.parametrize("address", ["/graphs?default", "/id/graph/registry"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_is_written(client: FlaskClient, address: str, method: str) -> None:
    before = client.get(address).data
    answer = client.open(address, method=method, data="<http://x/a> <http://x/b> 1 .", content_type="text/turtle")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.get(address).data == before


def test_options(client: FlaskClient) -> None:
    answer = client.options("/graphs", headers={"Origin": "http://elsewhere", "Access-Control-Request-Method": "GET"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == answer.headers["Allow"] == "GET, HEAD, OPTIONS"


# ── what a program gets where there is nothing for it ──


@pytest.mark.parametrize("path", ["/id/nothing", "/id/doc/x-2020-1", "/nowhere", "/questions/none"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/json", "text/csv", "image/png"])
def test_programs_get_a_problem(client: FlaskClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept, "Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    told = answer.get_json(force=True)
    assert (told["status"], told["title"], path in told["detail"]) == (404, "Not found", True)


@pytest.mark.parametrize(
    ("address", "accept"),
    [("/ontology", "image/png"), ("/ontology?format=docx", "text/html"), ("/ontology", "text/html;q=0")],
)
def test_no_format_is_a_problem_too(client: FlaskClient, address: str, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert "text/turtle" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_readers_get_a_page(client: FlaskClient, accept: str) -> None:
    answer = client.get("/id/nothing", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_other_methods_name_those_that_work(client: FlaskClient) -> None:
    answer = client.delete("/about", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]
