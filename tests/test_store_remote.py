"""A remote store against servers that misbehave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from policygraph.errors import QuerySyntaxError, StoreError
from policygraph.store import RemoteStore, Term, open_store

TABLE = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "typed-literal", "value": "1",'
TABLE += b'"datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}'
JSON = {"Content-Type": "application/sparql-results+json"}


class Peer:
    """An endpoint that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = dict(JSON)
        self.body = TABLE
        self.asked: dict[str, list[str]] = {}
        self.asked_headers: dict[str, str] = {}
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                peer.asked = parse_qs(data.decode())
                peer.asked_headers = dict(self.headers)
                self.send_response(peer.status)
                for name, value in peer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(peer.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    thread = threading.Thread(target=peer.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield peer
    peer.server.shutdown()
    thread.join()
    peer.server.server_close()


def test_a_form_is_posted_and_old_json_is_read(peer: Peer) -> None:
    query = "PREFIX x: <http://x/> # DROP ALL\nSELECT ?x { ?x x:名 '青海' }"
    table = RemoteStore(peer.url).select(query)
    assert table.rows == ((Term("literal", "1", "http://www.w3.org/2001/XMLSchema#integer"),),)
    assert peer.asked == {"query": [query]}
    assert peer.asked_headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_credentials_are_sent_and_never_shown(peer: Peer) -> None:
    store = open_store(peer.url.replace("//", "//reader:s%40cret@"))
    store.select("SELECT ?x {}")
    assert peer.asked_headers["Authorization"] == "Basic cmVhZGVyOnNAY3JldA=="
    peer.status = 503
    with pytest.raises(StoreError, match="answered 503") as caught:
        store.select("SELECT ?x {}")
    assert "cret" not in str(caught.value)
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:1/x cannot be reached") as caught:
        RemoteStore("http://reader:s%40cret@127.0.0.1:1/x").ask("ASK {}")
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        {"X-SQL-State": "S1TAT", "X-SQL-Message": "RC...: Returning incomplete results"},
        {"X-SPARQL-MaxRows": "10000"},
    ],
)
def test_partial_answers_are_errors(peer: Peer, header: dict[str, str]) -> None:
    peer.headers |= header
    with pytest.raises(StoreError, match="in part"):
        RemoteStore(peer.url).select("SELECT ?x {}")


@pytest.mark.parametrize("status", [401, 404, 414, 418, 500, 502])
def test_other_statuses_are_store_errors(peer: Peer, status: int) -> None:
    peer.status = status
    with pytest.raises(StoreError) as caught:
        RemoteStore(peer.url).select("SELECT ?x {}")
    assert not isinstance(caught.value, QuerySyntaxError)
    assert peer.url in str(caught.value)


@pytest.mark.parametrize(
    ("body", "line", "column", "words"),
    [
        (b"Parse error at line 2, column 7.  Encountered nonsense", 2, 7, "nonsense"),
        (b"Virtuoso 37000 Error SP030: SPARQL compiler", 0, 0, "SP030"),
        ('{"detail": "查询无法解析", "line": 3, "column": 4}'.encode(), 3, 4, "查询无法解析"),
        (b"", 0, 0, "does not parse"),
        (b"\xff\xfe'", 0, 0, ""),
    ],
)
def test_400_is_a_syntax_error(peer: Peer, body: bytes, line: int, column: int, words: str) -> None:
    peer.status, peer.body = 400, body
    with pytest.raises(QuerySyntaxError) as caught:
        RemoteStore(peer.url).select("SELECT ?x {}")
    assert words in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        TABLE[:-20],
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {}}]}}',
    ],
)
def test_unreadable_answers_are_store_errors(peer: Peer, body: bytes) -> None:
    peer.body = body
    store = RemoteStore(peer.url)
    for call in (
        lambda: store.select("SELECT ?x {}"),
        lambda: store.respond("SELECT ?x {}", "text/csv"),
        lambda: store.ask("ASK {}"),
        lambda: store.graph("DESCRIBE <a:a>"),
    ):
        with pytest.raises(StoreError):
            call()


def test_a_graph_in_any_rdf_is_converted(peer: Peer) -> None:
    peer.headers = {"Content-Type": "text/turtle; charset=utf-8"}
    peer.body = "@prefix x: <http://x/> . x:a x:name '青海'@zh .".encode()
    answer = RemoteStore(peer.url).respond("DESCRIBE <http://x/a>", "application/n-triples")
    assert answer.decode() == '<http://x/a> <http://x/name> "青海"@zh .\n'


def test_a_remote_store_promises_little(peer: Peer) -> None:
    store = RemoteStore(peer.url)
    assert store.digest == ""
    assert not store.union_default_graph
