"""Several graphs as one: their RDF merge, in which a triple stands once however many of them state it.

SPARQL 1.1, section 13.2: several FROM clauses make "the RDF merge of the graphs". Oxigraph's own union gives a triple
of two graphs twice, and COUNT counts it twice. So a store that shows all graphs as one holds their triples in its
default graph as well, and a query over some of them gets a store of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"


def merge(store: ox.Store) -> None:
    """Put what the named graphs hold into the default graph."""
    store.update(_MERGE)


def dataset(store: ox.Store, default: Iterable[str], named: Iterable[str]) -> ox.Store:
    """A store of these graphs alone, the first merged into its default graph."""
    made = ox.Store()
    for graph in map(ox.NamedNode, default):
        made.bulk_extend(ox.Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in map(ox.NamedNode, named):
        made.bulk_extend(store.quads_for_pattern(None, None, None, graph))
    return made
