"""Spans and leaves in RDF: every claim's way back to its words (Web Annotation selectors)."""

from __future__ import annotations

from collections.abc import Callable

from ..graph.iri import path
from ..graph.prefixes import ID_BASE
from ..graph.triples import DCTERMS, ELI, PG, PROV, RDF, Triples, integer, iri, text
from .model import Document, Span

_STATES = {
    "title": DCTERMS.title,
    "publisher": DCTERMS.publisher,
    "passed_by": ELI.passed_by,
    "issued": DCTERMS.issued,
    "date_document": ELI.date_document,
    "first_date_entry_in_force": ELI.first_date_entry_in_force,
}


class Spans:
    """Adds spans of one document to its triples, each once."""

    def __init__(self, triples: Triples, document: Document, name: str) -> None:
        self.triples, self.document, self.name = triples, document, name
        self._root = ID_BASE + path("document", document=name)
        self._form = ID_BASE + path("span", document=name, start="%d", end="%d")
        self._made: dict[tuple[int, int], str] = {}

    def span(self, span: Span) -> str:
        """The span as a term; its own triples are told at the first call."""
        start, end = span.start, span.end
        if (term := self._made.get((start, end))) is None:
            node = self._form % (start, end)
            self.triples.add_span((node, self._root, start, end, self.document.text[start:end], self.document.digest))
            term = self._made[start, end] = iri(node)
        return term

    def quote(self, node: str, span: Span) -> None:
        self.triples.add(node, PROV.wasQuotedFrom, self.span(span))

    def leaves(self, owner: Callable[[str], str]) -> None:
        """The lossless partition: every leaf with the white space that follows it, verbatim."""
        leaves, words, add = self.document.leaves, self.document.text, self.triples.add
        approvals = self.document.facts.get("approvedBy", [])
        for index, leaf in enumerate(leaves):
            node = self.span(leaf.span)
            following = leaves[index + 1].span.start if index + 1 < len(leaves) else len(words)
            add(node, RDF.type, PG.Leaf)
            add(node, PG.leafKind, PG[leaf.kind])
            add(node, PG.leafOf, owner(leaf.owner))
            add(node, PG.position, integer(index + 1))
            add(node, PG.spaceAfter, text(words[leaf.span.end : following]))
            if index == 0:
                add(node, PG.spaceBefore, text(words[: leaf.span.start]))
            if leaf.states:
                add(node, PG.evidenceFor, _STATES.get(leaf.states) or PG[leaf.states])
            # 经省政府同意 stands within a sentence of the opening: the whole piece is what states it
            if any(leaf.span.start <= q.span.start < q.span.end <= leaf.span.end for q in approvals):
                add(node, PG.evidenceFor, PG.approvedBy)
