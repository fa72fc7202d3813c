"""Turtle files of our own (ontology, shapes) as written terms."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from .triples import XSD, Triple, text


def read_turtle(path: Path) -> list[Triple]:
    """Raises SyntaxError for what is no Turtle, OSError for what is no file."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return [(str(q.subject), str(q.predicate), _object(q.object)) for q in quads]


def _object(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if not isinstance(term, ox.Literal):
        return str(term)
    words, kind = text(term.value), str(term.datatype)
    return f"{words}@{term.language}" if term.language else words if kind == XSD.string else f"{words}^^{kind}"
