"""The same questions and the same pages on other engines: a real Virtuoso 7, and Oxigraph's own server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from engines import Engine, missing, running
from policygraph import resources
from policygraph.answers import rows_of
from policygraph.errors import StoreError
from policygraph.questions import Question
from policygraph.settings import Settings
from policygraph.store import EmbeddedStore, RemoteStore, Store, open_store
from policygraph.web import create_app
from test_questions import QUESTIONS, expected, plain
from test_web import PAGES

pytestmark = pytest.mark.skipif(not resources.dataset().is_file(), reason="data/policygraph.nq is not built")
WAYS = ("graph-store", "update")


@pytest.fixture(scope="module", params=["virtuoso", "oxigraph"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if reason := missing(request.param):
        pytest.skip(reason)
    with running(request.param, tmp_path_factory.mktemp(request.param)) as engine:
        done = load(engine, tmp_path_factory.mktemp("load"))
        assert done.returncode == 0, done.stderr
        yield engine


def load(engine: Engine, folder: Path, *words: str, way: str = "graph-store") -> subprocess.CompletedProcess[str]:
    """`policygraph load`, as a person runs it."""
    address = engine.update if way == "update" else engine.graphs
    command = [sys.executable, "-m", "policygraph.cli", "load", "--store", address, "--by", way, *words]
    environ = {**os.environ, **engine.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def remote(engine: Engine) -> Store:
    return open_store(engine.query)


@pytest.fixture(scope="module")
def embedded() -> EmbeddedStore:
    return EmbeddedStore([resources.dataset()])


def test_every_triple_arrived(remote: Store, embedded: EmbeddedStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
    assert embedded.named_graphs()
    for name in embedded.named_graphs():
        assert remote.select(count % name).rows[0][0].value == embedded.select(count % name).rows[0][0].value  # type: ignore[union-attr]


def test_blank_nodes_kept_their_company(remote: Store, embedded: EmbeddedStore) -> None:
    query = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
        CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/policygraph/id/graph/ontology> {
            ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) } }"""
    assert len(embedded.graph(query)) and isomorphic(remote.graph(query), embedded.graph(query))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_questions_are_answered_as_read(question: Question, remote: Store) -> None:
    table = remote.select(question.query)
    rows = [[plain(term.value, term.kind, term.datatype) if term else "" for term in row] for row in table.rows]
    assert [list(table.variables), *rows] == expected(question)


@pytest.fixture(scope="module")
def clients(engine: Engine) -> tuple[FlaskClient, FlaskClient]:
    own = create_app(Settings(data=str(resources.dataset()), workers=0))
    return create_app(Settings(store=engine.query)).test_client(), own.test_client()


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/about"])
def test_pages_are_the_same(address: str, clients: tuple[FlaskClient, FlaskClient]) -> None:
    """Character for character, but for the time that a query took, a nonce, and the digest of the data, which a remote
    store does not tell."""
    texts = []
    for client in clients:
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        texts.append(re.sub(r'[\d.]+\s*(ms|毫秒)|nonce="[^"]*"|<p>数据摘要：[^<]*</p>', "", answer.text))
    assert texts[0] == texts[1]


def test_things_are_described_the_same(clients: tuple[FlaskClient, FlaskClient]) -> None:
    for path in ("/id/doc/qingzhengban-2020-62/3.2", "/id/org/qinghaisheng-shangwuting", "/ontology"):
        texts = [client.get(path, headers={"Accept": "application/n-triples"}).text for client in clients]
        assert len(set(texts[0].splitlines()) ^ set(texts[1].splitlines())) == 0 or "_:" in texts[0]


@pytest.mark.parametrize("way", WAYS)
def test_loading_replaces_its_own_graphs_alone(way: str, engine: Engine, remote: Store, tmp_path: Path) -> None:
    own, other = (f"http://x/{way}/{name}" for name in ("own", "other"))
    (tmp_path / "other.nq").write_text(f'<http://x/o> <http://x/p> "o" <{other}> .\n')
    for text in ('"一 \\"\\\\\\n"', '"二"@zh'):
        (tmp_path / "d.nq").write_text(
            f"<http://x/a> <http://x/p> {text} <{own}> .\n<http://x/a> <http://x/q> _:b <{own}> .\n"
            + "".join(f"<http://x/a> <http://x/n> <http://x/{n}> <{own}> .\n" for n in range(7)),
            encoding="utf-8",
        )
        for file in ("other.nq", "d.nq"):
            done = load(engine, tmp_path, file, "--batch", "3", way=way)
            assert done.returncode == 0, done.stderr
    table = remote.select(f"SELECT ?o {{ GRAPH <{own}> {{ ?s <http://x/p> ?o }} }}")
    assert [term.value for (term,) in table.rows if term] == ["二"]
    assert len(remote.select(f"SELECT * {{ GRAPH <{own}> {{ ?s ?p ?o }} }}")) == 9
    assert len(remote.select(f"SELECT * {{ GRAPH <{other}> {{ ?s ?p ?o }} }}")) == 1
    assert list(tmp_path.glob("*.journal")) == []


def test_without_the_password_nothing_is_loaded(engine: Engine, tmp_path: Path) -> None:
    if not engine.environ:
        pytest.skip(f"{engine.name} knows no users")
    (tmp_path / "d.nt").write_text('<http://x/a> <http://x/p> "1" .\n')
    for environ in ({}, {**engine.environ, "POLICYGRAPH_STORE_PASSWORD": "secret-9"}):
        done = load(replace(engine, environ=environ), tmp_path, "d.nt", "--graph", "http://x/never")
        assert done.returncode == 2
        assert "401" in done.stderr and "POLICYGRAPH_STORE_USER" in done.stderr
        assert "secret-9" not in done.stderr + done.stdout
    assert not open_store(engine.query).ask("ASK { GRAPH <http://x/never> { ?s ?p ?o } }")


def test_an_oxigraph_without_the_union_is_asked_for_it(tmp_path: Path, embedded: EmbeddedStore) -> None:
    """As in its own documentation: started without options, its default graph holds nothing that was loaded."""
    if reason := missing("oxigraph"):
        pytest.skip(reason)
    with running("oxigraph", tmp_path, union=False) as engine:
        store = open_store(engine.query)
        count = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"  # its union holds triples twice: docs/engines.md
        assert [str(term) for (term,) in store.select(count).rows] == ["0"]  # empty as yet
        assert load(engine, tmp_path).returncode == 0
        assert store.select(count) == embedded.select(count)
        assert store.ask("ASK { ?s a <https://w3id.org/policygraph/ontology#PolicyDocument> }") == embedded.ask(
            "ASK { ?s a <https://w3id.org/policygraph/ontology#PolicyDocument> }"
        )
        for question in QUESTIONS[:5]:
            assert rows_of(store.select(question.query)) == expected(question)
        name = embedded.named_graphs()[0]
        own = count.replace("WHERE", f"FROM <{name}> WHERE")
        assert store.select(own) == embedded.select(own)


# ── partial answers ──

DIGITS = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcd")
HEAVY = """SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i
    FILTER(STRLEN(STR(?c)) + STRLEN(STR(?f)) + STRLEN(STR(?i)) > 99999) }"""


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A Virtuoso that gives 1000 rows at most."""
    if reason := missing("virtuoso"):
        pytest.skip(reason)
    with running("virtuoso", tmp_path_factory.mktemp("narrow"), most_rows=1000) as engine:
        assert load(engine, tmp_path_factory.mktemp("load")).returncode == 0
        yield engine


def test_rows_that_were_cut_are_an_error(narrow: Engine) -> None:
    store = RemoteStore(narrow.query)
    assert len(store.select(f"SELECT * {{ {DIGITS} }} LIMIT 999")) == 999
    with pytest.raises(StoreError, match="in part: X-SPARQL-MaxRows: 1000"):
        store.select(f"SELECT * {{ {DIGITS} }}")


def test_graphs_that_were_cut_are_an_error(narrow: Engine) -> None:
    """Virtuoso says nothing at all of this one."""
    store = RemoteStore(narrow.query)
    few = "SELECT ((?a * 100 + ?b * 10 + ?c) AS ?n) {{ {} }} LIMIT 900".format(DIGITS.rpartition("VALUES")[0])
    assert len(store.graph(f"CONSTRUCT {{ <http://x/a> <http://x/b> ?n }} WHERE {{ {{ {few} }} }}")) == 900
    for template in ("?s ?p ?o", "?s ?p ?o . ?s <http://x/y> ?p"):
        with pytest.raises(StoreError, match="in part: X-SPARQL-MaxRows: 1000"):
            store.graph(f"CONSTRUCT {{ {template} }} WHERE {{ ?s ?p ?o }}")


def test_a_query_that_ran_out_of_time_is_an_error(narrow: Engine) -> None:
    with pytest.raises(StoreError, match="in part: X-SQL-State: S1TAT"):
        RemoteStore(f"{narrow.query}?timeout=1000").select(HEAVY)
    assert RemoteStore(f"{narrow.query}?timeout=1000").ask("ASK {}")


def test_what_oxigraph_breaks_off_is_an_error(tmp_path: Path) -> None:
    """Its server answers 200, and where its time is up it writes so behind what it had."""
    if reason := missing("oxigraph"):
        pytest.skip(reason)
    with running("oxigraph", tmp_path, seconds=1) as engine:
        assert load(engine, tmp_path).returncode == 0
        store = RemoteStore(engine.query)
        assert store.ask("ASK {}")
        for call, query in (
            (store.select, "SELECT * { ?a ?b ?c . ?d ?e ?f }"),
            (store.graph, "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"),
        ):
            with pytest.raises(StoreError, match=r"cannot be read|broke off"):
                call(query)


@pytest.mark.parametrize("union", [True, False])
def test_from_counts_its_graphs_alone_however_oxigraph_was_started(union: bool, tmp_path: Path) -> None:
    """With --union-default-graph its server passes over FROM, but not over the request's default-graph-uri."""
    if reason := missing("oxigraph"):
        pytest.skip(reason)
    with running("oxigraph", tmp_path, union=union) as engine:
        (tmp_path / "d.nq").write_text('<urn:a> <urn:p> "1" <urn:g1> .\n<urn:a> <urn:p> "2" <urn:g2> .\n')
        assert load(engine, tmp_path, "d.nq").returncode == 0
        count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
        for clauses, number in (
            ("", "2"), ("FROM <urn:g1>", "1"), ("FROM <urn:none>", "0"), ("FROM <urn:g1> FROM <urn:g2>", "2"),
            ("FROM NAMED <urn:g1>", "0"),
        ):  # fmt: skip
            assert rows_of(open_store(engine.query).select(count.format(clauses)))[1:] == [[number]], clauses
        store = open_store(engine.query)
        assert rows_of(store.select(count.format("FROM <none>")))[1:] == [["0"]]
        assert b"\n1\r\n" in store.respond(count.format(""), "text/csv", default_graphs=["urn:g2"])
        assert b"\n0\r\n" in store.respond(count.format(""), "text/csv", named_graphs=["urn:g2"])
