"""Between terms as they are written (`triples`) and rdflib's: apart, because importing rdflib takes a while."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from .prefixes import PREFIXES
from .triples import Triple, parts, text


def new_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def graph_of(triples: Iterable[Triple]) -> Graph:
    """An rdflib Graph with the usual prefixes."""
    made = new_graph()
    for subject, predicate, object_ in triples:
        made.add((_node(subject), _iri(predicate), _node(object_)))
    return made


def rows(graph: Graph) -> list[Triple]:
    """The triples of an rdflib Graph as written terms."""
    return [(written(s), written(p), written(o)) for s, p, o in graph]


def written(node: Node) -> str:
    """A term of rdflib in N-Triples syntax."""
    if not isinstance(node, Literal):
        return str(node.n3())
    kind = f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
    return text(str(node)) + kind


@lru_cache(maxsize=4096)
def _iri(term: str) -> URIRef:
    return URIRef(term[1:-1])


def _node(term: str) -> URIRef | BNode | Literal:
    if term.startswith("<"):
        return _iri(term)
    if term.startswith("_:"):
        return BNode(term[2:])
    words, language, datatype = parts(term)
    return Literal(words, lang=language or None, datatype=datatype or None)
