"""The fast checks of a document with the registry behind it; test_shapes.py holds their results against pySHACL's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF, RDFS

from policygraph import resources
from policygraph.compiler.registry import Registry
from policygraph.compiler.resolve import Names
from policygraph.errors import BuildError
from policygraph.graph.bridge import rows
from policygraph.graph.build import Compiled
from policygraph.graph.knowledge import registry_graph
from policygraph.graph.rules import Rules
from policygraph.graph.shapes import Shapes
from policygraph.graph.triples import Known, Triples, iri

FOLDER = Path(__file__).parent / "shapes"
SHAPES = resources.ontology() / "shapes.ttl"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology() / "policygraph.ttl")


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes(rows(Graph().parse(SHAPES)))


def test_the_good_graph_has_none(shapes: Shapes, ontology: Graph) -> None:
    graph = Graph().parse(FOLDER / "good.ttl")
    for node, kind in list(graph.subject_objects(RDF.type)):
        for above in ontology.transitive_objects(kind, RDFS.subClassOf):
            graph.add((node, RDF.type, above))
    assert shapes.check(rows(graph)) == []


def test_a_document_has_none(qinghai: Compiled, registry: Registry, shapes: Shapes, ontology: Graph) -> None:
    rules, told = Rules(rows(ontology)), rows(registry_graph(registry, Names(registry)))
    known = Known([*told, *rules.infer(set(told))])
    inferred = rules.infer(qinghai.triples.claims, known)
    assert shapes.check(qinghai.triples, inferred, known) == []
    without = Known([t for t in known.triples if t[2] != "<https://w3id.org/policygraph/ontology#Unit>"])
    assert {v.shape.rpartition("#")[2] for v in shapes.check(qinghai.triples, inferred, without)} == {
        "TargetShape-unit"
    }


ROOT = "https://w3id.org/policygraph/id/doc/x-2020-1"
DIGEST = "0" * 64


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from((f"{ROOT}/span/3-9", f"{ROOT}/span/x", "span/3-9", f"{ROOT}/s/1")),
    document=st.sampled_from((ROOT, f"{ROOT}2")),
    start=st.integers(-1, 3),
    end=st.integers(-1, 3),
    words=st.sampled_from(("", "文字", '"')),
    digest=st.sampled_from((DIGEST, "1" * 64, "0")),
    typed=st.booleans(),
)
def test_a_span_kept_as_a_row_is_judged_as_its_triples_are(
    shapes: Shapes, name: str, document: str, start: int, end: int, words: str, digest: str, typed: bool
) -> None:
    triples, kind = Triples(), "https://w3id.org/policygraph/ontology#"
    if typed:
        triples.add(iri(ROOT), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", iri(f"{kind}PolicyDocument"))
    triples.add(iri(ROOT), iri(f"{kind}sourceDigest"), f'"{DIGEST}"')
    triples.add(iri(f"{ROOT}/1.1/a1"), "<http://www.w3.org/ns/prov#wasQuotedFrom>", iri(name))
    triples.add_span((name, document, start, end, words, digest))
    assert shapes.check(triples) == shapes.check(list(triples))


def test_what_the_registry_says_of_a_node_counts(shapes: Shapes) -> None:
    """A document that names the actor anew has no label of it, the registry has."""
    actor, kind = "https://w3id.org/policygraph/id/org/x", "<https://w3id.org/policygraph/ontology#Actor>"
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    basis = "<https://w3id.org/policygraph/ontology#basis>"
    triples = Triples()
    triples.add(iri(actor), a, kind)
    triples.add(iri(actor), basis, "<https://w3id.org/policygraph/ontology#Inferred>")
    label = (iri(actor), "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"甲"@zh')
    assert [v.shape.rpartition("#")[2] for v in shapes.check(triples)] == ["LabelShape-prefLabel"]
    assert shapes.check(triples, (), Known([label])) == []


def test_a_component_without_a_function_is_refused() -> None:
    text = SHAPES.read_text(encoding="utf-8").replace("sh:minLength 1 ;", "sh:maxLength 9 ;", 1)
    with pytest.raises(BuildError, match="maxLength"):
        Shapes(rows(Graph().parse(data=text)))
