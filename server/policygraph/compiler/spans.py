"""Spans and leaves in RDF: every claim's way back to its words (Web Annotation selectors)."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph, Literal, URIRef

from ..graph.iri import EntityIri
from ..graph.namespaces import DCTERMS, ELI, OA, PG, PROV, RDF, XSD
from .model import Document, Span

_STATES = {
    "title": DCTERMS.title,
    "publisher": DCTERMS.publisher,
    "passed_by": ELI.passed_by,
    "issued": DCTERMS.issued,
    "date_document": ELI.date_document,
    "first_date_entry_in_force": ELI.first_date_entry_in_force,
}


def _count(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)


class Spans:
    """Adds spans of one document to its graph, each once."""

    def __init__(self, graph: Graph, document: Document, name: str, root: URIRef) -> None:
        self.graph, self.document, self.name, self.root = graph, document, name, root
        self._made: set[Span] = set()

    def span(self, span: Span) -> URIRef:
        node = URIRef(str(EntityIri("span", document=self.name, start=span.start, end=span.end)))
        if span in self._made:
            return node
        self._made.add(span)
        add, position, quote = self.graph.add, URIRef(f"{node}#position"), URIRef(f"{node}#quote")
        add((node, RDF.type, OA.SpecificResource))
        add((node, OA.hasSource, self.root))
        add((node, OA.hasSelector, position))
        add((node, OA.hasSelector, quote))
        add((node, PG.sourceDigest, Literal(self.document.digest)))
        add((position, RDF.type, OA.TextPositionSelector))
        add((position, OA.start, _count(span.start)))
        add((position, OA.end, _count(span.end)))
        add((quote, RDF.type, OA.TextQuoteSelector))
        add((quote, OA.exact, Literal(self.document.text[span.start : span.end])))
        return node

    def quote(self, node: URIRef, span: Span) -> None:
        self.graph.add((node, PROV.wasQuotedFrom, self.span(span)))

    def leaves(self, owner: Callable[[str], URIRef]) -> None:
        """The lossless partition: every leaf with the white space that follows it, verbatim."""
        leaves, text, add = self.document.leaves, self.document.text, self.graph.add
        for index, leaf in enumerate(leaves):
            node = self.span(leaf.span)
            following = leaves[index + 1].span.start if index + 1 < len(leaves) else len(text)
            add((node, RDF.type, PG.Leaf))
            add((node, PG.leafKind, PG[leaf.kind]))
            add((node, PG.leafOf, owner(leaf.owner)))
            add((node, PG.position, Literal(index + 1)))
            add((node, PG.spaceAfter, Literal(text[leaf.span.end : following])))
            if index == 0:
                add((node, PG.spaceBefore, Literal(text[: leaf.span.start])))
            if leaf.states:
                add((node, PG.evidenceFor, _STATES.get(leaf.states, PG[leaf.states])))
