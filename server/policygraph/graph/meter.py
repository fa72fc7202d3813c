"""`id:graph/coverage`: how many characters of each document and provision the graph accounts for."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from ..compiler.coverage import coverage
from ..compiler.model import Document
from .bridge import new_graph
from .iri import EntityIri
from .namespaces import PG


def coverage_graph(documents: dict[str, Document]) -> Graph:
    """documents: id → compiled document. Derived numbers; the text and the spans are where they come from."""
    graph = new_graph()
    for name, document in documents.items():
        root = URIRef(str(EntityIri("document", document=name)))
        for number, found in coverage(document).items():
            node = URIRef(f"{root}/{number}") if number else root
            graph.add((node, PG.characters, Literal(found.total)))
            graph.add((node, PG.charactersInStructure, Literal(found.structure)))
            graph.add((node, PG.charactersInStatements, Literal(found.statements)))
            graph.add((node, PG.charactersInNothing, Literal(found.nothing)))
    return graph
