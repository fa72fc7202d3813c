"""W3C Graph Store Protocol: every GET and HEAD of the manifests passes, every write gets the refusal it is owed.

The server only reads. So each write is sent and must be refused; then its effect is brought about by hand in the
served data, and the reads that follow must find what the manifest says.
"""

from __future__ import annotations

from email import message_from_bytes
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from manifests import Case, cases, needs_suite
from rdflib import Graph
from rdflib.compare import isomorphic
from replay import Request, requests

from loopback import Answer, Site, serving
from policygraph.graph.namespaces import ID_BASE

pytestmark = needs_suite
DIRECT = cases("graph-store-protocol", "manifest-direct.ttl")
INDIRECT = cases("graph-store-protocol", "manifest-indirect.ttl")
HOME = "/gsp"
BASE = "http://www.example/gsp"
NEW = f"{BASE}/new"  # what a server that writes would mint for POST without a graph


def path_of(request: Request) -> str:
    """The manifest's addresses under ours: /gsp?graph=… is /graphs?graph=…, /gsp/person/1.ttl is /id/graph/…"""
    assert request.path.startswith(HOME)
    rest = request.path.removeprefix(HOME).replace("$LOCATION$", quote(NEW))
    return "/id/graph" + rest if rest.startswith("/") else "/graphs" + rest


def graph_of(path: str) -> str:
    """The IRI of the graph that one of our addresses names; "" for the default graph, NEW where none is named."""
    if path.startswith("/id/"):
        return ID_BASE + path.removeprefix("/id/")
    query = parse_qs(urlsplit(path).query, keep_blank_values=True)
    return "" if "default" in query else query.get("graph", [NEW])[0]


def contents(request: Request, base: str) -> list[ox.Triple]:
    """The triples that a write sends, a multipart body's parts together."""
    kind = request.headers["content-type"]
    body = request.body or b""
    if kind.startswith("multipart/"):
        parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).get_payload()
        texts = [str(part.get_payload()).encode() for part in parts]  # type: ignore[union-attr]
    else:
        texts = [body]
    return [
        quad.triple
        for text in texts
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True)
    ]


def test_the_manifests_are_the_ones_we_know() -> None:
    assert (len(DIRECT), len(INDIRECT)) == (4, 9)


@pytest.mark.parametrize("case", [*DIRECT, *INDIRECT], ids=lambda case: case.name)
def test_graph_store(case: Case, tmp_path: Path) -> None:
    store: dict[str, list[ox.Triple]] = {}
    with Site() as site:
        for number, request in enumerate(requests(case)):
            site.app = serving(data=str(write(store, tmp_path / f"{number}.nq")), default_graph="plain")
            path = path_of(request)
            answer = request.send(site, path)
            if request.method in ("GET", "HEAD"):
                check_read(request, answer, graph_of(path))
                continue
            assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
            assert answer.media_type == "application/problem+json"
            name = graph_of(path)
            if request.method == "DELETE":
                store.pop(name, None)
            else:
                before = store.get(name, []) if request.method == "POST" else []
                store[name] = before + contents(request, name or BASE)


def write(store: dict[str, list[ox.Triple]], file: Path) -> Path:
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name, triples in store.items()
        for t in triples
    ]
    ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
    return file


def check_read(request: Request, answer: Answer, name: str) -> None:
    assert request.allows(answer.status), answer.body
    if request.method == "HEAD":
        assert answer.body == b""
    elif answer.status == 200:
        expected = Graph().parse(data=request.expected_body, format="turtle", publicID=name or BASE)
        assert len(expected) and isomorphic(Graph().parse(data=answer.body, format=answer.media_type), expected)
    for header, value in request.expected_headers.items():
        assert answer.headers[header].replace(" ", "").lower() == value.replace(" ", "").lower()


def test_the_manifests_read_often_enough() -> None:
    methods = [request.method for case in (*DIRECT, *INDIRECT) for request in requests(case)]
    assert (methods.count("GET"), methods.count("HEAD")) == (15, 3)
