"""The published closure against an independent reasoner: `reasonable` (OWL 2 RL in Rust, Datalog, not owlrl's code).

It knows no property chains (prp-spo2), so what hangs on a chain is checked by tests/test_build.py instead.
"""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from policygraph import resources
from policygraph.graph.namespaces import ELI, ID_BASE, OWL, PG, RDF
from policygraph.graph.reason import _KEPT_OUT

reasonable = pytest.importorskip("reasonable")
Triple = tuple[Node, Node, Node]


def worth(triple: Triple) -> bool:
    """What the build publishes of a closure: about things of the data, nothing trivial (graph/reason.py)."""
    s, p, o = triple
    if not (isinstance(s, URIRef) and s.startswith(ID_BASE) and isinstance(o, URIRef)):
        return False
    return p not in (OWL.sameAs, OWL.differentFrom) and not (p == RDF.type and o in (OWL.Thing, OWL.NamedIndividual))


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    """asserted, ontology and inferred, as published."""
    made = {"asserted": Graph(), "ontology": Graph(), "inferred": Graph()}
    for quad in pyoxigraph.parse(path=resources.dataset(), format=pyoxigraph.RdfFormat.N_QUADS):
        name = quad.graph_name.value.removeprefix(f"{ID_BASE}graph/")
        if name in ("queries", "catalog"):
            continue
        kind = name if name in ("ontology", "inferred") else "asserted"
        made[kind].parse(data=f"{quad.triple} .", format="nt")
    return made


def test_two_reasoners_agree_on_the_rules_that_both_have(graphs: dict[str, Graph]) -> None:
    chained = set(graphs["ontology"].subjects(OWL.propertyChainAxiom))
    assert chained
    follow = {PG.responsibleFor, PG.carriedOutBy, ELI.cites} | chained  # inverses and super-properties of chains
    said = set(graphs["asserted"]) | set(graphs["ontology"])
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graphs["asserted"])
    reasoner.from_graph(graphs["ontology"])
    theirs = {t for t in reasoner.reason() if worth(t) and t[1] not in follow} - said
    ours = {t for t in graphs["inferred"] if t[1] not in follow}
    assert len(ours) > 500
    assert all(not isinstance(t[2], Literal) for t in ours)
    assert ours - theirs == set()
    assert {t for t in theirs - ours if t[1] not in _KEPT_OUT} == set()
