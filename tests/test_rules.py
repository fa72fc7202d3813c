"""The fast rules infer what owlrl infers and find what pySHACL finds: on every document there is; on every axiom."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from policygraph import resources
from policygraph.compiler.read import read_path
from policygraph.compiler.registry import Registry
from policygraph.compiler.resolve import Names
from policygraph.errors import BuildError, PolicyGraphError
from policygraph.graph.bridge import rows
from policygraph.graph.build import compile_source
from policygraph.graph.knowledge import registry_graph
from policygraph.graph.namespaces import ID_BASE, PG
from policygraph.graph.reason import closure
from policygraph.graph.rules import Rules
from policygraph.graph.shapes import Shapes
from policygraph.graph.triples import Known, Triple
from policygraph.graph.validate import validate

SOURCES = sorted((resources.data() / "sources").glob("*.txt"))
CORPUS = sorted((Path(__file__).parents[2] / "shared" / "corpus").glob("*.txt"))
PREFIXES = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix id: <{ID_BASE}> . @prefix pg: <{PG}> . @prefix : <https://example.org/> .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology() / "policygraph.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resources.ontology() / "shapes.ttl")


@pytest.fixture(scope="module")
def registered(registry: Registry) -> Graph:
    return registry_graph(registry, Names(registry))


def test_there_are_sources() -> None:
    assert SOURCES


@pytest.mark.parametrize("path", [*SOURCES, *CORPUS], ids=lambda p: p.stem)
def test_a_document_with_the_registry(path: Path, registry: Registry, registered: Graph, ontology: Graph,
                                       shapes: Graph) -> None:  # fmt: skip
    """The closure is owlrl's, and the violations (a real document may have some) are pySHACL's."""
    try:
        one = compile_source(read_path(path), registry)
    except PolicyGraphError as error:
        pytest.skip(f"no document can be made of it: {error}")
    rules, told = Rules(rows(ontology)), rows(registered)
    behind = rules.infer(set(told))
    known = Known([*told, *behind])
    inferred = rules.infer(one.triples.claims, known)
    assert set(inferred) & set(behind) == set()
    whole = one.graph + registered
    by_owlrl = closure(whole, ontology)
    assert {*behind, *inferred} == set(rows(by_owlrl))
    violations = validate(whole + by_owlrl, resources.ontology() / "shapes.ttl")
    assert Shapes(rows(shapes)).check(one.triples, inferred, known) == violations


def test_the_registry_and_the_alignment(registered: Graph, ontology: Graph) -> None:
    """Inverse, chain, inverse: carriesOut comes of an alignment, carriedOutBy of that."""
    both = registered + Graph().parse(resources.data() / "alignment.ttl")
    inferred = Rules(rows(ontology)).infer(set(rows(both)))
    assert set(inferred) == set(rows(closure(both, ontology)))
    assert {f"<{PG.alignedBy}>", f"<{PG.carriesOut}>", f"<{PG.carriedOutBy}>"} <= {p for _, p, _ in inferred}


@pytest.mark.parametrize(
    "axioms",
    [
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . id:x a :A .",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A . id:x a :A .",
        ":A owl:equivalentClass :B . :B rdfs:subClassOf :C . id:x a :B . id:y a :A .",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . id:x :p id:y .",
        ":p owl:equivalentProperty :q . id:x :p id:y . id:y :q id:z .",
        ":p owl:inverseOf :q . id:x :p id:y . id:y :p id:z . id:a :q id:b .",
        ":p a owl:SymmetricProperty . id:x :p id:y .",
        ":p a owl:TransitiveProperty . id:a :p id:b . id:b :p id:c . id:c :p id:d . id:d :p id:a .",
        ":w owl:propertyChainAxiom ( :p :q ) . id:x :p id:y , id:z . id:y :q id:u . id:z :q id:v .",
        ":w owl:propertyChainAxiom ( :p :p ) . :p rdfs:subPropertyOf :w . id:x :p id:y . id:y :p id:x .",
        ":w owl:propertyChainAxiom ( :p :q ) ; owl:inverseOf :v . :r owl:inverseOf :p . id:y :r id:x . id:y :q id:z .",
        ":p rdfs:domain :A ; rdfs:range :B . :A rdfs:subClassOf :C . id:x :p id:y .",
        ":p rdfs:domain :A ; rdfs:subPropertyOf :q . :q rdfs:range :B . id:x :p id:y .",
    ],
)
def test_every_axiom_they_know(axioms: str) -> None:
    """Terms of the axioms stand below example.org, things below our base: the two halves are told apart by that."""
    graph, ontology, data = Graph().parse(data=PREFIXES + axioms), Graph(), Graph()
    for triple in graph:
        (data if triple[0].startswith(ID_BASE) else ontology).add(triple)
    expected = set(rows(closure(data, ontology)))
    assert expected
    assert set(Rules(rows(ontology)).infer(set(rows(data)))) == expected


def test_a_chain_may_pass_through_the_registry(ontology: Graph) -> None:
    mention = f"<{ID_BASE}doc/a-2020-1/1.1/m1>"
    known = Known([(mention, f"<{PG.mentioned}>", f"<{ID_BASE}term/x>")])
    told: set[Triple] = {(f"<{ID_BASE}doc/a-2020-1/1.1>", f"<{PG.hasMention}>", mention)}
    assert (f"<{ID_BASE}doc/a-2020-1/1.1>", f"<{PG.mentions}>", f"<{ID_BASE}term/x>") in Rules(rows(ontology)).infer(
        told, known
    )


@pytest.mark.parametrize(
    ("pair", "clash"), [(("Task", "Safeguard"), True), (("Part", "Measure"), True), (("Task", "Provision"), False)]
)
def test_disjoint_classes_are_an_inconsistency(pair: tuple[str, str], clash: bool, ontology: Graph) -> None:
    node = URIRef(f"{ID_BASE}doc/a-2020-1/1.1")
    graph = Graph().parse(data=f"{PREFIXES} <{node}> a pg:{pair[0]} , pg:{pair[1]} .")
    if not clash:
        Rules(rows(ontology)).infer(set(rows(graph)))
        return
    with pytest.raises(BuildError, match=r"inconsistent: .*1\.1"):
        Rules(rows(ontology)).infer(set(rows(graph)))
    with pytest.raises(BuildError):
        closure(graph, ontology)


@pytest.mark.parametrize(
    "axiom",
    [":p a owl:FunctionalProperty .", ":A owl:complementOf :B .", ":w owl:propertyChainAxiom ( :p :q :r ) ."],
)
def test_an_axiom_they_do_not_know_is_refused(axiom: str) -> None:
    with pytest.raises(BuildError, match="no rule for"):
        Rules(rows(Graph().parse(data=PREFIXES + axiom)))


def test_rows_are_the_graph() -> None:
    graph = Graph()
    graph.add((URIRef(ID_BASE + "a"), PG.text, Literal('“a"\\\n', lang="zh")))
    ((_, _, words),) = rows(graph)
    assert words == '"“a\\"\\\\\\n"@zh'
