"""A real server on a loopback port: our endpoint as a remote store, every format, and no call to anywhere."""

from __future__ import annotations

import io
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result
from waitress.server import create_server

from policygraph.endpoint import sparql_blueprint
from policygraph.errors import QuerySyntaxError, RefusedError, StoreError
from policygraph.settings import Settings
from policygraph.store import GRAPH_TYPES, RESULT_TYPES, EmbeddedStore, RemoteStore

# rdflib's own JSON-LD parser still uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

QUADS = """\
<http://x/a> <http://x/name> "青海省, \\"高原\\"\\n两行"@zh <http://x/g1> .
<http://x/a> <http://x/value> "600.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://x/g1> .
<http://x/b> <http://x/name> "plain" <http://x/g2> .
<http://x/b> <http://x/part> _:n <http://x/g2> .
<http://x/中> <http://x/name> "raw" <http://x/g2> .
<http://x/%E4%B8%AD> <http://x/name> "encoded" <http://x/g2> .
"""
TABLES = [
    "SELECT ?s ?n ?none { ?s <http://x/name> ?n } ORDER BY ?n",
    "SELECT * FROM <http://x/g1> { ?s ?p ?o } ORDER BY ?p",
    "SELECT ?n { <http://x/%E4%B8%AD> <http://x/name> ?n }",
    "SELECT ?n { <http://x/中> <http://x/name> ?n } # DROP ALL",
    "PREFIX load: <http://x/> # LOAD it\nSELECT ?n { ?s load:name ?n } ORDER BY ?n",
]
GRAPHS = [
    "DESCRIBE <http://x/a>",
    "CONSTRUCT { ?s <http://x/is> ?n } WHERE { ?s <http://x/name> ?n }",
    "CONSTRUCT WHERE { <http://x/b> ?p ?o }",
    "DESCRIBE <http://x/nothing>",
]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    file = tmp_path_factory.mktemp("data") / "d.nq"
    file.write_text(QUADS, encoding="utf-8")
    return EmbeddedStore([file])


@pytest.fixture(scope="module")
def url(embedded: EmbeddedStore) -> Iterator[str]:
    app = Flask("test")
    app.register_blueprint(sparql_blueprint(lambda: embedded, Settings()))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/sparql"
    # run() ends when its map of sockets is empty; only the server's own thread may empty it.
    server.trigger.pull_trigger(server.close)
    thread.join(10)
    server.task_dispatcher.shutdown()
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def remote(url: str) -> RemoteStore:
    return RemoteStore(url)


def get(url: str, query: str, accept: str) -> bytes:
    request = urllib.request.Request(url + "?" + urlencode({"query": query}), headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.headers.get_content_type() == accept
        return bytes(response.read())


@pytest.mark.parametrize("query", TABLES)
def test_select_is_the_same_both_ways(embedded: EmbeddedStore, remote: RemoteStore, query: str) -> None:
    table = embedded.select(query)
    assert len(table) and remote.select(query) == table
    for media_type in RESULT_TYPES:
        assert remote.respond(query, media_type) == embedded.respond(query, media_type)


def test_ask_is_the_same_both_ways(embedded: EmbeddedStore, remote: RemoteStore) -> None:
    for query in ("ASK { ?s ?p 'plain' }", "ASK { ?s ?p 'nothing' }"):
        assert remote.ask(query) is embedded.ask(query)


@pytest.mark.parametrize("query", GRAPHS)
def test_graphs_are_the_same_both_ways(embedded: EmbeddedStore, remote: RemoteStore, query: str) -> None:
    expected = embedded.graph(query)
    assert isomorphic(remote.graph(query), expected)
    for media_type in GRAPH_TYPES:
        parsed = Graph().parse(data=remote.respond(query, media_type), format=media_type)
        assert isomorphic(parsed, expected)


def test_datasets_travel(embedded: EmbeddedStore, remote: RemoteStore) -> None:
    assert remote.named_graphs() == embedded.named_graphs()
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?p"
    for default, named in ((["http://x/g1"], []), ([], ["http://x/g2"]), (["http://x/g1"], ["http://x/g2"])):
        answers = [
            store.respond(query, "text/csv", default_graphs=default, named_graphs=named) for store in (embedded, remote)
        ]
        assert len({len(answer.splitlines()) for answer in answers}) == 1
        assert len(answers[0].splitlines()) > 1


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_tables_parse_back(url: str, embedded: EmbeddedStore, name: str) -> None:
    query = "SELECT ?s ?o ?none { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?s ?o"
    media_type = dict(zip(("json", "xml", "csv", "tsv"), RESULT_TYPES, strict=True))[name]
    data = get(url, query, media_type)
    parsed = [tuple(row) for row in Result.parse(io.BytesIO(data), format=name)]
    rows = embedded.select(query).rows
    assert [tuple(term and str(term) for term in row) for row in parsed] == [
        tuple(term and term.value for term in row) for row in rows
    ]
    if name != "csv":  # which has neither languages nor datatypes
        languages = [getattr(row[1], "language", None) for row in parsed]
        assert languages == [row[1] and row[1].lang for row in rows]


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_graphs_parse_back(url: str, embedded: EmbeddedStore, media_type: str) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    parsed = Graph().parse(data=get(url, query, media_type), format=media_type)
    assert len(parsed) == 6
    assert isomorphic(parsed, embedded.graph(query))


def test_remote_errors(remote: RemoteStore, url: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        remote.select("SELECT * {\n ?s pg:text ?o }")
    assert (caught.value.line, caught.value.column) == (2, 5)
    with pytest.raises(RefusedError):
        remote.ask("ASK { SERVICE <http://127.0.0.1:1/> {} }")
    with pytest.raises(StoreError, match="answered 404"):
        RemoteStore(url + "/elsewhere").ask("ASK {}")


class Listener(threading.Thread):
    """A socket that counts who connects."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = 0

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    listener.start()
    yield listener
    listener.socket.shutdown(socket.SHUT_RDWR)
    listener.socket.close()
    listener.join(5)


def status(url: str, body: dict[str, str]) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, urlencode(body).encode(), timeout=10) as response:
            return response.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())["type"].partition("#")[2]


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT*{SERVICE<URL>{}}",
    "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "PREFIX p: <URL> SELECT * { SERVICE p: { ?s ?p ?o } }",
    "PREFIX p: <URL> PREFIX : <URL> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX p: <URL> PREFIX service: <http://g/> PREFIX : <URL> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX p: <URL> SELECT * { SERVICEp:x { ?s ?p ?o } }",
    "PREFIX p: <URL> SELECT * { SERVICESILENTp:x { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "SELECT * { FILTER('a'<'b'&&'c'>'b') SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { # \r SERVICE <URL> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT WHERE { ?s ?p ?o } ; LOAD <URL>",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "LOAD <URL>",
    "load silent <URL> into graph <http://g>",
    "# comment\nPREFIX p: <URL> LOAD p:",
    "\\u004COAD <URL>",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_spelling_makes_a_call(url: str, listener: Listener, call: str) -> None:
    query = call.replace("URL", f"http://127.0.0.1:{listener.port}/")
    assert status(url, {"query": query})[0] == 403
    assert status(url, {"update": query}) == (403, "update")
    assert listener.connections == 0


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELECT * FROM <URL> { ?s ?p ?o }", (403, "graph")),
        ("SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }", (403, "graph")),
        ("SELECT * { GRAPH <URL> { ?s ?p ?o } }", (200, "")),
        ("DESCRIBE <URL>", (200, "")),
    ],
)
def test_a_graph_that_is_not_loaded_is_not_fetched(
    url: str, listener: Listener, query: str, answer: tuple[int, str]
) -> None:
    place = f"http://127.0.0.1:{listener.port}/"
    assert status(url, {"query": query.replace("URL", place)}) == answer
    assert status(url, {"query": "ASK {}", "default-graph-uri": place}) == (403, "graph")
    assert status(url, {"query": "ASK {}", "named-graph-uri": place}) == (403, "graph")
    assert listener.connections == 0


def test_the_listener_would_notice(embedded: EmbeddedStore, listener: Listener) -> None:
    """The proof above is worth something: past the guard, Oxigraph does connect."""
    query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{listener.port}/> {{ ?s ?p ?o }} }}"
    list(embedded._store.query(query))
    assert listener.connections >= 1
