"""Oxigraph in the process: loading, datasets, values, formats, and errors that help."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from policygraph.errors import QuerySyntaxError, RefusedError, StoreError
from policygraph.graph.namespaces import PREFIXES
from policygraph.store import GRAPH_TYPES, RESULT_TYPES, EmbeddedStore, Refusal, Term, open_store

QUADS = """\
<http://x/a> <http://x/name> "青海省"@zh <http://x/g1> .
<http://x/a> <http://x/count> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <http://x/g1> .
<http://x/b> <http://x/name> "plain" <http://x/g2> .
<http://x/b> <http://x/part> _:n <http://x/g2> .
<http://x/中文> <http://x/name> "raw" <http://x/g2> .
<http://x/%E4%B8%AD%E6%96%87> <http://x/name> "encoded" <http://x/g2> .
"""


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    (tmp_path / "data.nq").write_text(QUADS, encoding="utf-8")
    return EmbeddedStore([tmp_path / "data.nq"])


def count(store: EmbeddedStore, query: str) -> int:
    return len(store.select(query))


def test_without_from_all_graphs_are_seen(store: EmbeddedStore) -> None:
    assert count(store, "SELECT * { ?s ?p ?o }") == 6
    assert store.named_graphs() == ("http://x/g1", "http://x/g2")
    assert store.union_default_graph


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * FROM <http://x/g1> { ?s ?p ?o }", 2),
        ("SELECT * FROM NAMED <http://x/g2> { ?s ?p ?o }", 0),
        ("SELECT * FROM NAMED <http://x/g2> { GRAPH ?g { ?s ?p ?o } }", 4),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", 6),
    ],
)
def test_from_replaces_the_union(store: EmbeddedStore, query: str, rows: int) -> None:
    assert count(store, query) == rows


# ── several graphs as one: the RDF merge (SPARQL 1.1, section 13.2), in which a triple stands once ──

TWICE = """\
<urn:a> <urn:p> "x" <urn:g1> .
<urn:a> <urn:p> "x" <urn:g2> .
<urn:a> <urn:p> "y" <urn:g2> .
<urn:a> <urn:q> _:n <urn:g2> .
<urn:a> <urn:p> "x" .
<urn:a> <urn:p> "x" <urn:g3> .
"""
MERGES = [  # query, counted by hand
    ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "3"),
    ("SELECT (COUNT(?o) AS ?n) { <urn:a> <urn:p> ?o }", "2"),
    ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "5"),
    ("SELECT (COUNT(*) AS ?n) FROM <urn:g1> FROM <urn:g2> { ?s ?p ?o }", "3"),
    ("SELECT (COUNT(*) AS ?n) FROM <urn:g1> FROM <urn:g3> { ?s ?p ?o }", "1"),
    ("SELECT (COUNT(*) AS ?n) FROM <urn:g1> FROM <urn:g1> { ?s ?p ?o }", "1"),
    ("PREFIX u: <urn:> SELECT (COUNT(*) AS ?n) FROM u:g1 FROM u:g3 FROM NAMED u:g2 { GRAPH ?g { ?s ?p ?o } }", "3"),
    ("BASE <urn:g2> SELECT (COUNT(*) AS ?n) FROM <> FROM <urn:g1> { ?s ?p ?o }", "3"),
    ("SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g1> FROM NAMED <urn:g2> { GRAPH ?g { ?s ?p ?o } }", "4"),
    ("SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g2> FROM NAMED <urn:g2> { GRAPH ?g { ?s ?p ?o } }", "3"),
    ("SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g1> FROM NAMED <urn:g2> { ?s ?p ?o }", "0"),
]


@pytest.fixture
def twice(tmp_path: Path) -> EmbeddedStore:
    (tmp_path / "twice.nq").write_text(TWICE, encoding="utf-8")
    return EmbeddedStore([tmp_path / "twice.nq"])


@pytest.mark.parametrize(("query", "number"), MERGES)
def test_a_triple_of_several_graphs_stands_once(twice: EmbeddedStore, query: str, number: str) -> None:
    assert [row["n"].value for row in twice.select(query)] == [number]


OURS = """<urn:a> <urn:p> "x" <https://w3id.org/policygraph/id/graph/a> .
<urn:a> <urn:p> "x" <https://w3id.org/policygraph/id/graph/b> .
<urn:a> <urn:p> "y" <https://w3id.org/policygraph/id/graph/b> .
"""


@pytest.fixture
def ours(tmp_path: Path) -> EmbeddedStore:
    (tmp_path / "ours.nq").write_text(OURS, encoding="utf-8")
    return EmbeddedStore([tmp_path / "ours.nq"])


@pytest.mark.parametrize(
    "clauses",
    [
        "{} FROM <graph/a> FROM <graph/b>", "BASE <graph/> {} FROM <a> FROM <./b>",
        "PREFIX g: <graph/> {} FROM g:a FROM <graph/b>",
        "BASE <graph/x> BASE <?y> {} FROM <a> FROM </policygraph/id/graph/b>",
    ],
)  # fmt: skip
def test_relative_graphs_are_merged_too(ours: EmbeddedStore, clauses: str) -> None:
    query = clauses.format("SELECT (COUNT(*) AS ?n)") + " { ?s ?p ?o }"
    assert [row["n"].value for row in ours.select(query)] == ["2"]


@pytest.mark.parametrize("name", ["<a b>", "<http://[>", "<//[x>", "<a%zz>", "x:y"])
def test_a_graph_that_is_no_iri_is_a_syntax_error(ours: EmbeddedStore, name: str) -> None:
    for clauses in (f"FROM {name}", f"FROM <graph/a> FROM {name}", f"FROM <graph/a> FROM <graph/b> FROM {name}"):
        with pytest.raises(QuerySyntaxError):
            ours.select(f"SELECT * {clauses} {{ ?s ?p ?o }}")


def test_a_merge_that_the_request_asks_for(twice: EmbeddedStore) -> None:
    query, graphs = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ("urn:g1", "urn:g2")
    assert b"\n3\r\n" in twice.respond(query, "text/csv", default_graphs=graphs)
    assert b"\n0\r\n" in twice.respond(query, "text/csv", named_graphs=graphs)


def test_what_is_loaded_is_counted_as_it_was_written(twice: EmbeddedStore) -> None:
    assert len(twice) == 6
    assert twice.named_graphs() == ("urn:g1", "urn:g2", "urn:g3")
    assert sorted(twice.patterns().values("urn:a", "urn:p")) == ["x", "y"]


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        ("SELECT * FROM <http://x/nowhere> { ?s ?p ?o }", "http://x/nowhere"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "file:///etc/passwd"),
        ("SELECT * FROM <http://x/g1>\nFROM NAMED <http://127.0.0.1:1/file.ttl> {}", "http://127.0.0.1:1/file.ttl"),
        ("PREFIX x: <http://x/> SELECT * FROM x:no\\-where {}", "http://x/no-where"),
        ("BASE <http://x/y/> SELECT * FROM <../z> {}", "http://x/z"),
        ("BASE <http://x/> PREFIX : <y/> ASK FROM :z {}", "http://x/y/z"),
        ("DESCRIBE <http://x/a> FROM <http://x/\\u0061>", "http://x/a"),
        ("SELECT * FROM <nope> {}", "https://w3id.org/policygraph/id/nope"),
        ("SELECT * FROM <> {}", "https://w3id.org/policygraph/id/"),
        ("SELECT * FROM <http:g1> {}", "http:g1"),
        ("BASE <http://x/> SELECT * FROM <http://x/y/../g1> {}", "http://x/y/../g1"),
        ("BASE <urn:x:y> SELECT * FROM <a> {}", "urn:a"),
    ],
)
def test_a_graph_that_is_not_loaded_is_refused(store: EmbeddedStore, query: str, graph: str) -> None:
    with pytest.raises(Refusal) as caught:
        store.respond(query, store.form(query).media_types[0])
    assert (caught.value.key, caught.value.word) == ("graph", graph)
    assert query.splitlines()[caught.value.line - 1][caught.value.column - 1] in "<x:"


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX x: <http://x/> SELECT * FROM x:g1 FROM NAMED x:g2 { ?s ?p ?o }",
        "BASE <http://x/y/> SELECT * FROM <../g1> { ?s ?p ?o }",
        "SELECT * FROM <http://x/\\u0067\u0031> { ?s ?p ?o }",
    ],
)
def test_a_graph_that_is_loaded_is_found_however_it_is_written(store: EmbeddedStore, query: str) -> None:
    assert count(store, query) == 2


@pytest.mark.parametrize(
    ("query", "default", "named", "rows"),
    [
        ("SELECT * { ?s ?p ?o }", ["http://x/g1"], [], 2),
        ("SELECT * FROM <http://x/g2> { ?s ?p ?o }", ["http://x/g1"], [], 2),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", ["http://x/g1"], [], 0),
        ("SELECT * { ?s ?p ?o }", [], ["http://x/g1"], 0),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", [], ["http://x/g1"], 2),
    ],
)
def test_a_dataset_in_the_request_wins(
    store: EmbeddedStore, query: str, default: list[str], named: list[str], rows: int
) -> None:
    answer = store.respond(query, "text/csv", default_graphs=default, named_graphs=named)
    assert len(answer.splitlines()) == rows + 1


def test_terms(store: EmbeddedStore) -> None:
    table = store.select("SELECT ?o ?none { <http://x/a> ?p ?o } ORDER BY ?p")
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert table.variables == ("o", "none")
    # Oxigraph normalises "01" to "1".
    assert table.rows == (
        (Term("literal", "1", integer), None),
        (Term("literal", "青海省", None, "zh"), None),
    )
    assert next(iter(table)) == {"o": Term("literal", "1", integer)}
    (row,) = store.select("SELECT ?o { <http://x/b> <http://x/part> ?o }").rows
    assert row[0] is not None and row[0].kind == "bnode"
    (row,) = store.select("SELECT (<<( <a:a> <a:b> 'c'@zh )>> AS ?t) {}").rows
    assert row == (Term("triple", '<<( <a:a> <a:b> "c"@zh )>>'),)


def test_ask_and_graph(store: EmbeddedStore) -> None:
    assert store.ask("ASK { ?s ?p 'plain' }") is True
    assert store.ask("ASK { ?s ?p 'nothing' }") is False
    graph = store.graph("DESCRIBE <http://x/a>")
    assert (URIRef("http://x/a"), URIRef("http://x/name"), Literal("青海省", lang="zh")) in graph
    assert len(store.graph("CONSTRUCT { ?s <http://x/is> ?o } { ?s <http://x/name> ?o }")) == 4


def test_percent_encoded_and_plain_iris_differ(store: EmbeddedStore) -> None:
    (row,) = store.select("SELECT ?n { <http://x/中文> <http://x/name> ?n }").rows
    assert row[0] is not None and row[0].value == "raw"
    (row,) = store.select("SELECT ?n { <http://x/%E4%B8%AD%E6%96%87> <http://x/name> ?n }").rows
    assert row[0] is not None and row[0].value == "encoded"


def test_every_form_has_its_formats(store: EmbeddedStore) -> None:
    for media_type in RESULT_TYPES:
        assert "青海省" in store.respond("SELECT * { ?s ?p ?o }", media_type).decode()
    for media_type in GRAPH_TYPES:
        assert "青海省" in store.respond("DESCRIBE <http://x/a>", media_type).decode()
    with pytest.raises(ValueError, match="ASK has no answer"):
        store.respond("ASK {}", "text/csv")
    assert b"@prefix pg:" in store.respond("DESCRIBE <http://x/a>", "text/turtle")


@pytest.mark.parametrize("method", ["select", "ask", "graph"])
def test_a_value_of_another_form_is_an_error(store: EmbeddedStore, method: str) -> None:
    query = "ASK {}" if method != "ask" else "SELECT * {}"
    with pytest.raises(QuerySyntaxError, match="expected"):
        getattr(store, method)(query)


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT * {\n  ?s pg:text ?o }", 2, 6, f"add PREFIX pg: <{PREFIXES['pg']}>"),
        ("SELECT * {\n  ?s nowhere:text ?o }", 2, 6, "the prefix nowhere: is not declared"),
        ("SELECT * {\n  ？s ?p ?o }", 2, 3, "full-width ？"),
        ("SELECT * {\n  ?s ?p }", 2, 3, "what begins with ?s does not parse"),
        ("SELECT * { ?s ?p ?o FILTR(?o) }", 1, 21, "what begins with FILTR does not parse"),
        ("SELECT * {\n  ?s ?p <http://x/a{b}> }", 2, 24, "IRI parsing failed"),
        ("SELECT * { ?青海 ?p ?o ; 海 }", 1, 26, "ends too early, or breaks a rule"),
        ("SELECT * { ?s ?p <http://[x> }", 1, 29, "IRI parsing failed"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 35, "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p ?o", 1, 18, "ends too early"),
        ("SELECT * { BIND(<http://x/f>(1) AS ?x) }", 0, 0, "custom function"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 40, "breaks a rule"),
    ],
)
def test_syntax_errors_help(store: EmbeddedStore, query: str, line: int, column: int, words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.respond(query, "text/csv")
    assert words in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_refusals_come_from_every_method(store: EmbeddedStore) -> None:
    query = "{ SERVICE <http://127.0.0.1:1/> {} }"
    for ask in (
        lambda: store.select("SELECT * " + query),
        lambda: store.ask("ASK " + query),
        lambda: store.graph("CONSTRUCT {} WHERE " + query),
        lambda: store.form("ASK " + query),
        lambda: store.respond("ASK " + query, "text/csv"),
    ):
        with pytest.raises(RefusedError):
            ask()


def test_a_dataset_of_no_iri_is_a_query_error(store: EmbeddedStore) -> None:
    with pytest.raises(QuerySyntaxError):
        store.respond("ASK {}", RESULT_TYPES[0], default_graphs=["not an iri"])


def test_turtle_goes_into_the_graph_given(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text("<http://x/s> <http://x/p> 1 .")
    (tmp_path / "two.trig").write_text("<http://x/g> { <http://x/s> <http://x/p> 2 }")
    (tmp_path / "three.nt").write_text("<http://x/s> <http://x/p> <http://x/o> .")
    (tmp_path / "notes.md").write_text("ignored in a folder")
    store = EmbeddedStore([tmp_path], lambda path: f"http://x/file/{path.stem}")
    assert store.named_graphs() == ("http://x/file/one", "http://x/file/three", "http://x/g")
    assert len(store) == 3


def test_the_digest_follows_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "d.nq"
    file.write_text(QUADS, encoding="utf-8")
    first = EmbeddedStore([file]).digest
    assert len(first) == 64
    assert EmbeddedStore([file]).digest == first
    file.write_text(QUADS + "\n", encoding="utf-8")
    assert EmbeddedStore([file]).digest != first


def test_twenty_thousand_quads_load_under_a_second(tmp_path: Path) -> None:
    lines = (f'<http://x/{n}> <http://x/name> "名称{n}"@zh <http://x/g{n % 7}> .\n' for n in range(20_000))
    (tmp_path / "d.nq").write_text("".join(lines), encoding="utf-8")
    start = time.thread_time()
    store = EmbeddedStore([tmp_path / "d.nq"])
    assert time.thread_time() - start < 1
    assert len(store) == 20_000


def test_open_store(tmp_path: Path) -> None:
    file = tmp_path / "d.nq"
    file.write_text(QUADS, encoding="utf-8")
    assert open_store(str(file)).named_graphs() == ("http://x/g1", "http://x/g2")
    assert open_store(default_paths=lambda: [file]).digest == open_store(str(file)).digest
    assert open_store("HTTP://localhost/sparql").digest == ""
    for where in (None, str(tmp_path / "none.nq"), str(tmp_path / "d.xyz"), "http://", "http://h:port/"):
        with pytest.raises(StoreError):
            open_store(where)
    (tmp_path / "bad.nt").write_text("<http://x/a> <http://x/b> .\n")
    with pytest.raises(StoreError, match=r"bad\.nt:1:27: "):
        open_store(str(tmp_path / "bad.nt"))


def test_graph_is_a_plain_rdflib_graph(store: EmbeddedStore) -> None:
    assert isinstance(store.graph("DESCRIBE <http://x/nothing>"), Graph)


def test_relative_iris_of_a_query_are_ours(store: EmbeddedStore) -> None:
    assert store.ask("ASK { FILTER(<doc/x-2020-1> = <https://w3id.org/policygraph/id/doc/x-2020-1>) }")
    assert store.ask("BASE <http://x/> ASK { FILTER(<a> = <http://x/a>) }")


def test_the_default_graph_can_stand_alone(tmp_path: Path) -> None:
    (tmp_path / "d.trig").write_text("<http://x/a> <http://x/p> 1 . <http://x/g> { <http://x/a> <http://x/p> 2 }")
    union, plain = EmbeddedStore([tmp_path / "d.trig"]), EmbeddedStore([tmp_path / "d.trig"], union=False)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert [store.select(count).rows[0][0].value for store in (union, plain)] == ["2", "1"]  # type: ignore[union-attr]
    assert union.digest != plain.digest  # the answers differ, so their tags must
    for each in (union, plain):
        assert each.select("SELECT ?o { GRAPH ?g { ?s ?p ?o } }").rows[0][0].value == "2"  # type: ignore[union-attr]


FILES = {
    "d.ttl": "<http://x/a> <http://x/p> '中' .",
    "d.nt": '<http://x/a> <http://x/p> "中" .',
    "d.nq": '<http://x/a> <http://x/p> "中" <http://x/g> .',
    "d.trig": "<http://x/g> { <http://x/a> <http://x/p> '中' }",
    "d.rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
      <rdf:Description rdf:about="http://x/a"><x:p>中</x:p></rdf:Description></rdf:RDF>""",
    "d.jsonld": '{"@id": "http://x/a", "http://x/p": "中"}',
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_gets_in(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    assert EmbeddedStore([tmp_path / name]).ask("ASK { <http://x/a> <http://x/p> '中' }")


def test_a_json_ld_context_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "d.jsonld").write_text('{"@context": "http://127.0.0.1:9/c", "@id": "http://x/a", "p": 1}')
    with pytest.raises(StoreError, match=r"d\.jsonld"):
        EmbeddedStore([tmp_path / "d.jsonld"])
