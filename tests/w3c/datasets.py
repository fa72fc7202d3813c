"""The graphs of a test as one N-Quads file, so that they get in as `policygraph serve --data` takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

_KINDS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def write_quads(graphs: Mapping[str, Sequence[Path]], file: Path) -> None:
    """Writes graph IRI ("" for the default graph) → files; their relative IRIs are read against their own place.

    A named graph without files gets one triple of its own name.
    """
    quads = []
    for name, paths in graphs.items():
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        if name and not paths:  # N-Quads has no empty graph
            quads.append(ox.Quad(ox.NamedNode(name), ox.NamedNode(name), ox.NamedNode(name), graph))
        for path in paths:
            parsed = ox.parse(path=path, format=_KINDS[path.suffix], base_iri=path.as_uri(), rename_blank_nodes=True)
            quads += [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]
    ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
