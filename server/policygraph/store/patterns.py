"""Quads by a pattern, out of an Oxigraph of this process: what the pages ask a thousand times for one of them.

A query through a worker costs a millisecond before its first row, a pattern some microseconds. Patterns are no query:
nobody outside writes one, and each gives no more than the quads of one node or of one property and value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from ..errors import StoreError
from .base import Term

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Patterns:
    """graphs: the beginning of the names of the graphs that are looked into; merged: whether the default graph holds
    what they all hold."""

    def __init__(self, store: ox.Store, graphs: str = "", *, merged: bool = False) -> None:
        self._store = store
        self._graphs = graphs
        self._merged = merged
        self._where = ox.DefaultGraph() if merged and not graphs else None

    @classmethod
    def on_disk(cls, snapshot: Path, graphs: str = "") -> Patterns:
        """Of a collection's snapshot. Raises StoreError where it cannot be opened."""
        try:
            return cls(ox.Store.read_only(str(snapshot)), graphs)
        except OSError as error:
            raise StoreError(f"{snapshot}: {error}") from None

    def within(self, graphs: str) -> Patterns:
        """The same data, of the graphs whose names begin so."""
        return Patterns(self._store, graphs, merged=self._merged)

    def about(self, iri: str) -> Iterator[tuple[str, Term]]:
        """(predicate, value) of everything that is said of a node; what two graphs say comes twice."""
        if node := _node(iri):
            for quad in self._match(node, None, None):
                yield quad.predicate.value, term(quad.object)

    def referring(self, iri: str) -> Iterator[tuple[str, str]]:
        """(predicate, subject) of everything that leads to a node."""
        if node := _node(iri):
            for quad in self._match(None, None, node):
                yield quad.predicate.value, quad.subject.value  # type: ignore[union-attr]

    def subjects(self, predicate: str, iri: str) -> Iterator[str]:
        """What leads to a node by a predicate."""
        if node := _node(iri):
            for quad in self._match(None, ox.NamedNode(predicate), node):
                yield quad.subject.value  # type: ignore[union-attr]

    def values(self, iri: str, predicate: str) -> Iterator[str]:
        """The text of every value of a property of a node."""
        if node := _node(iri):
            for quad in self._match(node, ox.NamedNode(predicate), None):
                yield quad.object.value  # type: ignore[union-attr]

    def pairs(self, predicate: str) -> Iterator[tuple[str, Term]]:
        """(subject, value) of every triple of a predicate."""
        for quad in self._match(None, ox.NamedNode(predicate), None):
            yield quad.subject.value, term(quad.object)  # type: ignore[union-attr]

    def in_graphs(self, names: Iterable[str]) -> Iterator[tuple[str, str, Term]]:
        """Every triple of these graphs, which are looked into whatever their names begin with."""
        for name in names:
            for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
                yield quad.subject.value, quad.predicate.value, term(quad.object)  # type: ignore[union-attr]

    def count(self, predicate: str, iri: str) -> int:
        """How many nodes lead to a node by a predicate. Counted by the engine, twenty times as fast as one by one."""
        where = f"GRAPH ?g {{ ?s <{predicate}> <{iri}> }}"
        return sum(count for _, count in self._counted("(1 AS ?of)", where, "?s", ""))

    def tally(self, kinds: Iterable[str]) -> Iterator[tuple[str, int]]:
        """(graph, number of nodes of these classes in it)."""
        listed = " ".join(f"<{kind}>" for kind in kinds)
        where = f"VALUES ?kind {{ {listed} }} GRAPH ?g {{ ?s a ?kind }}"
        return self._counted("(?g AS ?of)", where, "?s", "GROUP BY ?g")

    def weights(self, predicate: str) -> Iterator[tuple[str, int]]:
        """(node, number of nodes that lead to it by a predicate)."""
        where = f"GRAPH ?g {{ ?s <{predicate}> ?of FILTER(isIRI(?of)) }}"
        return self._counted("?of", where, "?s", "GROUP BY ?of")

    def _counted(self, of: str, where: str, counted: str, group: str) -> Iterator[tuple[str, int]]:
        query = (
            f"SELECT {of} (COUNT(DISTINCT {counted}) AS ?n) WHERE {{ {where} "
            f'FILTER(STRSTARTS(STR(?g), "{self._graphs}")) }} {group}'
        )
        for row in self._store.query(query):  # type: ignore[union-attr]
            yield row["of"].value, int(row["n"].value)

    def _match(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: ox.NamedNode | None
    ) -> Iterator[ox.Quad]:
        for quad in self._store.quads_for_pattern(subject, predicate, value, self._where):
            graph = quad.graph_name
            if self._where or (isinstance(graph, ox.NamedNode) and graph.value.startswith(self._graphs)):
                yield quad


def term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """A term of the engine as a plain value."""
    if isinstance(value, ox.Literal):
        kind = value.datatype.value
        return Term("literal", value.value, None if value.language or kind == _STRING else kind, value.language)
    if isinstance(value, ox.Triple):
        return Term("triple", f"<<( {value} )>>")
    name: Literal["iri", "bnode"] = "iri" if isinstance(value, ox.NamedNode) else "bnode"
    return Term(name, value.value)


def _node(iri: str) -> ox.NamedNode | None:
    """The node of an absolute IRI; None for anything else: it is in no data."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
