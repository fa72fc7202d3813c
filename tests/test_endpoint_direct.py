"""The short way past the web framework answers as the framework does, to the last header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from policygraph.endpoint.direct import Direct
from policygraph.endpoint.encoding import Encoded
from policygraph.settings import Settings
from policygraph.web import create_app

ROWS = "SELECT * { ?s a <https://w3id.org/policygraph/ontology#Task> } ORDER BY ?s LIMIT 3"
QUERIES = {
    "rows": ROWS,
    "ask": "ASK {}",
    "graph": "CONSTRUCT WHERE { ?s a <https://w3id.org/policygraph/ontology#Task> }",
    "chinese": 'SELECT ?s { ?s ?p "青海省"@zh } ORDER BY ?s',
    "never the same": "SELECT (1 AS ?x) { FILTER(NOW() > 0 || true) }",
    "broken": "SELECT * { ?s",
    "update": "DROP ALL",
    "graph not loaded": "SELECT * FROM <http://x/> {}",
    "empty": "",
}
HEADERS: list[dict[str, str]] = [
    {},
    {"Accept": "*/*"},
    {"Accept": "text/csv"},
    {"Accept": "application/json;q=0.5, application/xml"},
    {"Accept": "image/png"},
    {"Accept": "text/turtle, */*;q=0.1", "Accept-Language": "zh"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"x", W/"y"'},
    {"Accept": "text/html", "Accept-Language": "en"},
    {"Cookie": "lang=en"},
    {"Accept-Encoding": "gzip, zstd;q=0.5"},
]
MORE = (
    "",
    "&format=csv",
    "&output=json",
    "&format=nonsense",
    "&lang=en",
    "&query=ASK+{}",
    "&default-graph-uri=http://x/",
)


@pytest.fixture(scope="module")
def clients() -> Iterator[tuple[Client, Client, list[str]]]:
    app = create_app(Settings(workers=0))
    framework = app.wsgi_app
    way: Direct | None = None
    while hasattr(framework, "_app"):
        way = framework if isinstance(framework, Direct) else way
        framework = framework._app
    assert way is not None
    passed: list[str] = []
    inner = way._app

    def counted(environ, start_response):  # type: ignore[no-untyped-def]
        passed.append(environ["QUERY_STRING"])
        return inner(environ, start_response)

    way._app = counted
    yield Client(app), Client(Encoded(framework)), passed


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("name", QUERIES)
def test_both_ways_answer_alike(clients: tuple[Client, Client, list[str]], name: str, more: str) -> None:
    short, framework, _ = clients
    url = "/sparql?query=" + quote(QUERIES[name]) + more
    for headers in HEADERS:
        for _ in range(2):  # at the second time the short way knows the headers
            one, other = (client.get(url, headers=headers) for client in (short, framework))
            assert one.status == other.status
            if one.mimetype == "text/html":  # which tells how long the query took
                one.headers.pop("Content-Length"), other.headers.pop("Content-Length")
            else:
                assert one.data == other.data
            assert _known(one) == _known(other)


def _known(answer: Any) -> list[tuple[str, str]]:
    """The headers without the nonce of a page, which is new each time."""
    return sorted((name, re.sub(r"'nonce-[^']*'", "", value)) for name, value in answer.headers)


def test_the_short_way_is_taken(clients: tuple[Client, Client, list[str]]) -> None:
    short, _, passed = clients
    for accept in ("text/csv", "*/*"):
        assert short.get("/sparql?query=" + quote(ROWS), headers={"Accept": accept}).status_code == 200
    before = len(passed)
    for number in range(5):
        answer = short.get("/sparql?query=" + quote(f"{ROWS} # {number}"), headers={"Accept": "text/csv"})
        assert (answer.status_code, len(answer.data.splitlines())) == (200, 4)
    assert len(passed) == before
