"""The service description: the W3C's three tests, and each thing that it says tried out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from loopback import Answer, Site, serving

sys.path.append(str(Path(__file__).parent / "w3c"))
from manifests import cases, needs_suite

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SCHEMA = Namespace("https://schema.org/")
FORMATS = "http://www.w3.org/ns/formats/"
# Media types of https://www.w3.org/ns/formats/, by the form of the query that can have them.
TYPES = {
    "SPARQL_Results_JSON": ("application/sparql-results+json", "SELECT * {}"),
    "SPARQL_Results_XML": ("application/sparql-results+xml", "SELECT * {}"),
    "SPARQL_Results_CSV": ("text/csv", "SELECT * {}"),
    "SPARQL_Results_TSV": ("text/tab-separated-values", "SELECT * {}"),
    "Turtle": ("text/turtle", "CONSTRUCT WHERE { ?s ?p ?o }"),
    "N-Triples": ("application/n-triples", "CONSTRUCT WHERE { ?s ?p ?o }"),
    "RDF_XML": ("application/rdf+xml", "CONSTRUCT WHERE { ?s ?p ?o }"),
    "JSON-LD": ("application/ld+json", "CONSTRUCT WHERE { ?s ?p ?o }"),
}
# Classes and properties of SPARQL 1.1 Service Description, section 3.
CLASSES = {"Service", "Dataset", "Graph", "NamedGraph", "GraphCollection"}
PROPERTIES = {
    "endpoint", "feature", "defaultEntailmentRegime", "entailmentRegime", "defaultSupportedEntailmentProfile",
    "supportedEntailmentProfile", "extensionFunction", "extensionAggregate", "languageExtension", "propertyFeature",
    "supportedLanguage", "resultFormat", "inputFormat", "defaultDataset", "availableGraphs", "defaultGraph",
    "namedGraph", "name", "graph",
}  # fmt: skip
FEATURES = {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"}
DATA = {
    "union": "<http://x/a> <http://x/p> 1 . <http://x/g> { <http://x/a> <http://x/p> 2 }",
    "plain": "<http://x/a> <http://x/p> 1 . <http://x/g> { <http://x/a> <http://x/p> 2 } <x:图> { <x:a> <x:p> 3 }",
}


@pytest.fixture(params=["union", "plain"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(kind: str, tmp_path: Path) -> Iterator[Site]:
    file = tmp_path / "d.trig"
    file.write_text(DATA[kind], encoding="utf-8")
    with Site(serving(data=str(file), default_graph=kind, max_query_bytes=300)) as site:
        yield site


@pytest.fixture
def graph(site: Site) -> Graph:
    return Graph().parse(data=site.ask("GET", "/sparql", {"Accept": "text/turtle"}).body, format="turtle")


def ask(site: Site, query: str, accept: str = "text/csv") -> Answer:
    return site.ask("GET", "/sparql?" + urlencode({"query": query}), {"Accept": accept})


@needs_suite
def test_the_w3c_has_three_tests() -> None:
    names = {case.name for case in cases("service-description")}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}


def test_returns_rdf(site: Site) -> None:
    answer = site.ask("GET", "/sparql")
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    assert len(Graph().parse(data=answer.body, format="turtle"))


def test_has_endpoint_triple(site: Site, graph: Graph) -> None:
    assert list(graph.subject_objects(SD.endpoint)) == [(URIRef(f"{site.url}/sparql"),) * 2]


def test_conforms_to_schema(graph: Graph) -> None:
    for node in graph.objects(None, RDF.type):
        assert str(node).removeprefix(str(SD)) in CLASSES or str(node).startswith(str(SCHEMA))
    for predicate in set(graph.predicates()):
        assert not str(predicate).startswith(str(SD)) or predicate[len(str(SD)) :] in PROPERTIES
    service = graph.value(None, RDF.type, SD.Service)
    dataset = graph.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert (graph.value(dataset, SD.defaultGraph), RDF.type, SD.Graph) in graph
    for entry in graph.objects(dataset, SD.namedGraph):
        assert (entry, RDF.type, SD.NamedGraph) in graph and graph.value(entry, SD.name)


def test_the_formats_are_those_that_come(site: Site, graph: Graph) -> None:
    named = {str(each).removeprefix(FORMATS) for each in graph.objects(None, SD.resultFormat)}
    assert named == set(TYPES)
    for media_type, query in TYPES.values():
        assert ask(site, query, media_type).media_type == media_type


def test_the_features_are_those_there_are(site: Site, graph: Graph, kind: str) -> None:
    named = {str(each).removeprefix(str(SD)) for each in graph.objects(None, SD.feature)}
    assert named <= FEATURES
    rows = ask(site, "SELECT ?o { <http://x/a> <http://x/p> ?o } ORDER BY ?o").body.split()[1:]
    assert ("UnionDefaultGraph" in named) == (kind == "union") == (rows == [b"1", b"2"])
    asked = "SELECT * FROM <http://127.0.0.1:9/none> { ?s ?p ?o }"
    assert "DereferencesURIs" not in named and ask(site, asked).status == 403
    assert "BasicFederatedQuery" not in named and ask(site, "ASK { SERVICE <x:y> {} }").status == 403
    assert "RequiresDataset" not in named


def test_the_language_and_the_regime(site: Site, graph: Graph) -> None:
    assert set(graph.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert site.ask("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"DROP ALL").status == 403
    regimes = set(graph.objects(None, SD.defaultEntailmentRegime))
    assert regimes == {URIRef("http://www.w3.org/ns/entailment/Simple")}
    rdf = "ASK { <http://x/p> a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> }"  # what RDF entailment adds
    assert b"false" in ask(site, rdf, "application/sparql-results+json").body


def test_the_named_graphs_are_those_there_are(site: Site, graph: Graph) -> None:
    named = {str(name) for name in graph.objects(None, SD.name)}
    found = ask(site, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").body.decode().split()[1:]
    assert named == set(found)
    for name in named:
        assert site.ask("GET", f"/graphs?graph={quote(name)}").status == 200


def test_the_limits_hold(site: Site, graph: Graph) -> None:
    limits = {
        str(graph.value(each, SCHEMA.propertyID)): graph.value(each, SCHEMA.maxValue)
        for each in graph.objects(None, SCHEMA.additionalProperty)
    }
    assert limits["max_query_bytes"] == Literal(300)
    query = "ASK {}"
    assert ask(site, query.ljust(300), "*/*").status == 200
    assert ask(site, query.ljust(301), "*/*").status == 413
    for each in graph.objects(None, SCHEMA.additionalProperty):
        assert {word.language for word in graph.objects(each, SCHEMA.description) if isinstance(word, Literal)} == {
            "zh",
            "en",
        }
