"""A remote store against servers that misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from policygraph.cli import main
from policygraph.errors import BusyError, DatasetError, LimitError, QuerySyntaxError, StoreError, UnionError
from policygraph.settings import Settings
from policygraph.store import Limits, RemoteStore, Term, open_store
from policygraph.store.base import JSON as RESULTS
from policygraph.store.credentials import FILE, PASSWORD, USER, Credentials, credentials
from policygraph.web import create_app
from serving import Serving

TABLE = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "typed-literal", "value": "1",'
TABLE += b'"datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}'
NOTHING = b'{"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": []}}'
JSON = {"Content-Type": "application/sparql-results+json"}


class Peer:
    """An endpoint that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.challenge = ""
        self.headers: dict[str, str] = dict(JSON)
        self.body = TABLE
        self.pause = 0.0  # before the answer, and before each further piece of one that has no end
        self.endless = False
        self.sent = self.most = self.now = 0
        self.asked: dict[str, list[str]] = {}
        self.asked_headers: dict[str, str] = {}
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                peer.asked = parse_qs(data.decode())
                peer.asked_headers = dict(self.headers)
                if peer.challenge and "Authorization" not in self.headers:
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", peer.challenge)
                    self.end_headers()
                    return
                if "GRAPH ?g" in peer.asked["query"][0]:  # the first query looks into the named graphs: none
                    self.send_response(200)
                    self.send_header("Content-Type", JSON["Content-Type"])
                    self.end_headers()
                    self.wfile.write(NOTHING)
                    return
                peer.now += 1
                peer.most = max(peer.most, peer.now)
                time.sleep(peer.pause)
                peer.now -= 1
                self.send_response(peer.status)
                for name, value in peer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):  # who asked may have left
                    self.wfile.write(peer.body)
                    while peer.endless:
                        self.wfile.write(b" " * (9 if peer.pause else 1 << 16))
                        peer.sent += 1 << 16
                        time.sleep(peer.pause)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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


def test_credentials_are_sent_when_asked_for_and_never_shown(peer: Peer) -> None:
    peer.challenge = 'Basic realm="x"'
    store = RemoteStore(peer.url, credentials=Credentials("reader", "s@cret"))
    store.select("SELECT ?x {}")
    assert peer.asked_headers["Authorization"] == "Basic cmVhZGVyOnNAY3JldA=="
    peer.status = 503
    with pytest.raises(StoreError, match="answered 503") as caught:
        store.select("SELECT ?x {}")
    assert "cret" not in f"{caught.value} {store!r} {vars(store)} {Credentials('reader', 's@cret')!r}"


def test_a_digest_is_made_of_any_password(peer: Peer) -> None:
    """The answer to the challenge as RFC 7616, section 3.4.1, makes it."""
    peer.challenge = 'Digest realm="SPARQL", nonce="n1", qop="auth", algorithm="MD5"'
    RemoteStore(peer.url, credentials=Credentials("reader", "密#1")).select("SELECT ?x {}")
    scheme, _, rest = peer.asked_headers["Authorization"].partition(" ")
    told = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))

    def digest(*words: str) -> str:
        return hashlib.md5(":".join(words).encode()).hexdigest()

    secret, what = digest("reader", "SPARQL", "密#1"), digest("POST", "/sparql")
    expected = digest(secret, "n1", told["nc"], told["cnonce"], "auth", what)
    assert (scheme, told["response"]) == ("Digest", expected)


def test_credentials_are_kept_from_who_did_not_ask(peer: Peer) -> None:
    RemoteStore(peer.url, credentials=Credentials("reader", "s@cret")).select("SELECT ?x {}")
    assert "Authorization" not in peer.asked_headers


@pytest.mark.parametrize(
    "challenge", ["Negotiate", 'Digest realm="x"', "nonsense", 'Digest realm="x", nonce="n", algorithm=X']
)
def test_a_strange_challenge_is_a_store_error(peer: Peer, challenge: str) -> None:
    peer.challenge = challenge
    with pytest.raises(StoreError, match="answered 401") as caught:
        RemoteStore(peer.url, credentials=Credentials("reader", "s@cret")).select("SELECT ?x {}")
    assert "cret" not in str(caught.value)


def test_a_url_holds_no_password() -> None:
    for url in ("http://reader:s%40cret@127.0.0.1:1/x", "http://s%40cret@127.0.0.1/", "http://a:s%40cret@[::1/"):
        with pytest.raises(StoreError) as caught:
            open_store(url)
        assert "cret" not in str(caught.value)
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:1/x cannot be reached"):
        RemoteStore("http://127.0.0.1:1/x").ask("ASK {}")


def test_credentials_come_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "store"
    file.write_text("reader\ns@cret\n")
    file.chmod(0o600)
    found = Credentials("reader", "s@cret")
    assert credentials({}) is None
    assert credentials({USER: "reader", PASSWORD: "s@cret"}) == found == credentials({FILE: str(file)})
    file.chmod(0o644)
    for environ, words in (
        ({USER: "reader"}, "belong together"),
        ({PASSWORD: "s@cret"}, "belong together"),
        ({USER: "reader", PASSWORD: "s@cret", FILE: str(file)}, "exclude"),
        ({FILE: str(file)}, "others may read"),
        ({FILE: str(tmp_path / "none")}, "cannot be read"),
    ):
        with pytest.raises(StoreError, match=words) as caught:
            credentials(environ)
        assert "cret" not in str(caught.value)
    file.write_text("one line")
    file.chmod(0o600)
    with pytest.raises(StoreError, match="two lines"):
        credentials({FILE: str(file)})


def test_a_redirection_is_not_followed(peer: Peer) -> None:
    peer.status, peer.headers = 307, {"Location": "http://127.0.0.1:1/elsewhere"}
    with pytest.raises(StoreError, match="answered 307"):
        RemoteStore(peer.url).select("SELECT ?x {}")


def test_odd_blank_nodes_become_plain_ones(peer: Peer) -> None:
    cell = '{"type": "bnode", "value": "nodeID://b%d"}'
    peer.body = (
        '{"head": {"vars": ["x", "y"]}, "results": {"bindings": ['
        f'{{"x": {cell % 7}, "y": {cell % 8}}}, {{"x": {cell % 8}}}]}}}}'
    ).encode()
    (one, two), (three, none) = RemoteStore(peer.url).select("SELECT ?x ?y {}").rows
    assert one and two and three and none is None
    assert one.kind == "bnode" and one != two and two == three
    assert b"_:" in RemoteStore(peer.url).respond("SELECT ?x ?y {}", "text/tab-separated-values")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [('{"__ASK_RETVAL": {"type": "typed-literal", "value": "1"}}', True), ("", False),
     ('{"__ASK_RETVAL": {"type": "typed-literal", "value": "0"}}', False)],
)  # fmt: skip
def test_virtuosos_table_for_ask(peer: Peer, rows: str, verdict: bool) -> None:
    peer.body = f'{{"head": {{"vars": ["__ASK_RETVAL"]}}, "results": {{"bindings": [{rows}]}}}}'.encode()
    assert RemoteStore(peer.url).ask("ASK {}") is verdict
    assert json.loads(RemoteStore(peer.url).respond("ASK {}", JSON["Content-Type"]))["boolean"] is verdict


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


PLAIN = """<http://x/a> <http://x/p> <http://x/b> <http://x/g> .
<http://x/a> <http://x/p> "c" <http://x/g> .
"""


def test_an_engine_without_the_union_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    """Rather than answering nothing: to programs, on pages and on the command line."""
    (tmp_path / "d.nq").write_text(PLAIN)
    with Serving(tmp_path, "--data", str(tmp_path / "d.nq"), "--default-graph", "plain", "--workers", "0") as server:
        url = f"http://127.0.0.1:{server.port}"
        store = open_store(f"{url}/sparql")
        with pytest.raises(UnionError, match="--union-default-graph"):
            store.select("SELECT * { ?s ?p ?o }")
        dataset = store.respond("ASK { ?s ?p ?o }", RESULTS, default_graphs=["http://x/g"])
        assert json.loads(dataset)["boolean"] is True  # it names its graphs itself
        client = create_app(Settings(store=f"{url}/sparql")).test_client()
        answer = client.get(
            "/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers={"Accept-Language": "zh"}
        )
        told = answer.get_json(force=True)
        assert answer.status_code == 502 and told["type"].endswith("#union")
        assert "--union-default-graph" in told["zh"]["detail"] and "--union-default-graph" in told["en"]["detail"]
        page = client.get("/departments?lang=zh", headers={"Accept": "text/html"})
        assert page.status_code == 502 and "命名图" in page.text and "--union-default-graph" in page.text
        done = CliRunner().invoke(main, ["query", "documents-known", "--store", f"{url}/sparql"])
        assert done.exit_code == 2 and "--union-default-graph" in done.stderr


def test_an_engine_with_the_union_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "d.nq").write_text(PLAIN)
    with Serving(tmp_path, "--data", str(tmp_path / "d.nq"), "--workers", "0") as server:
        assert len(open_store(f"http://127.0.0.1:{server.port}/sparql").select("SELECT * { ?s ?p ?o }")) == 2


# ── limits ──


def limited(peer: Peer, **given: float) -> RemoteStore:
    store = open_store(peer.url, limits=Limits(**given))  # type: ignore[arg-type]
    assert isinstance(store, RemoteStore)
    return store


def rows(number: int) -> bytes:
    cells = ", ".join(f'{{"x": {{"type": "literal", "value": "行 {row:07}"}}}}' for row in range(number))
    return f'{{"head": {{"vars": ["x"]}}, "results": {{"bindings": [{cells}]}}}}'.encode()


def met(store: RemoteStore, media_type: str = "text/csv", query: str = "SELECT ?x {}") -> tuple[str, float]:
    with pytest.raises(LimitError) as caught:
        store.respond(query, media_type)
    return caught.value.limit, caught.value.most


def test_an_answer_of_too_many_rows_meets_the_limit(peer: Peer) -> None:
    peer.body = rows(8)
    for media_type in ("text/csv", RESULTS):
        assert len(limited(peer, rows=8).respond("SELECT ?x {}", media_type)) > 99
        assert met(limited(peer, rows=7), media_type) == ("max_rows", 7)
    peer.headers = {"Content-Type": "text/turtle"}
    peer.body = b"<urn:a> <urn:p> 1, 2, 3 ."
    limited(peer, rows=3).respond("DESCRIBE <urn:a>", "text/turtle")
    assert met(limited(peer, rows=2), "application/n-triples", "DESCRIBE <urn:a>") == ("max_rows", 2)


def test_an_answer_of_too_many_bytes_meets_the_limit(peer: Peer) -> None:
    peer.body = rows(1000)
    size = len(RemoteStore(peer.url).respond("SELECT ?x {}", "text/csv"))
    assert len(limited(peer, size=size).respond("SELECT ?x {}", "text/csv")) == size
    assert met(limited(peer, size=size - 1)) == ("max_bytes", size - 1)


def test_an_answer_without_end_is_not_read_to_its_end(peer: Peer) -> None:
    peer.endless = True
    assert met(limited(peer, size=1 << 20)) == ("max_bytes", 1 << 20)
    assert peer.sent < 64 << 20
    peer.endless = False


@pytest.mark.parametrize("endless", [False, True])
def test_an_endpoint_that_is_slow_meets_the_timeout(peer: Peer, endless: bool) -> None:
    """Whether it says nothing at all, or a little again and again."""
    peer.pause, peer.endless = (0.3, True) if endless else (3.0, False)
    begun = time.monotonic()
    assert met(limited(peer, timeout=1)) == ("timeout", 1)
    assert time.monotonic() - begun < 2.5
    peer.endless = False


def test_limits_of_a_remote_store_are_problem_documents(peer: Peer) -> None:
    peer.body = rows(8)
    client = create_app(Settings(store=peer.url, max_rows=7, timeout=1)).test_client()

    def told(address: str = "/sparql?query=SELECT ?x {}") -> tuple[int, str]:
        answer = client.get(address, headers={"Accept": "text/csv"})
        return answer.status_code, answer.get_json(force=True)["type"].rpartition("#")[2]

    assert told() == (422, "max_rows")
    peer.body, peer.pause = TABLE, 2.0
    assert told() == (422, "timeout")
    client = create_app(Settings(store="http://127.0.0.1:1/x")).test_client()
    assert told() == (502, "store")


def test_no_more_queries_run_at_once_than_there_are_workers(peer: Peer) -> None:
    store = limited(peer, workers=2, queue=2, timeout=1)
    store.respond("SELECT ?x {}", "text/csv")
    peer.pause, peer.most = 0.3, 0
    ends: list[str] = []

    def ask() -> None:
        try:
            store.respond("SELECT ?x {}", "text/csv")
            ends.append("")
        except BusyError as error:
            ends.append(error.why)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["", "", "", "", "queue", "queue"] and peer.most == 2
    assert store.own.lanes is None and not store.own.limits.rows, "pages read the whole graph"


def test_an_endpoint_that_passes_over_the_dataset_is_refused(peer: Peer) -> None:
    store = RemoteStore(peer.url)
    for clauses in ("FROM <urn:g1>", "FROM <graph/a> FROM <urn:g2>", "FROM NAMED <urn:g1>"):
        with pytest.raises(DatasetError, match="without --union-default-graph"):
            store.select(f"SELECT ?x {clauses} {{}}")
    assert len(store.select("SELECT ?x {}")) == 1
    client = create_app(Settings(store=peer.url)).test_client()
    answer = client.get("/sparql?query=SELECT ?x {}&default-graph-uri=urn:g1", headers={"Accept": "text/csv"})
    assert answer.status_code == 502 and answer.get_json(force=True)["type"].endswith("#dataset")
