"""What stands behind all documents of a collection: registry, ontology, and what follows from the two."""

from __future__ import annotations

from rdflib.compare import to_canonical_graph

from .. import resources
from ..compiler.resolve import Names
from ..graph.bridge import graph_of
from ..graph.registered import registered
from ..graph.turtle import read_turtle
from ..graph.write import nquads
from .work import workshop


def base(registry: str, ontology: str, inferred: str) -> tuple[bytes, list[tuple[str, str]]]:
    """(N-Quads in these graphs, every IRI that they give out and for what)."""
    shop = workshop()
    names = Names(shop.registry)
    told = registered(shop.registry, names).sorted_nquads(registry)
    graph = to_canonical_graph(graph_of(read_turtle(resources.ontology() / "policygraph.ttl")))
    lines = sorted([*told.splitlines(True), *nquads({ontology: graph}).splitlines(True)])
    lines += [f"{s} {p} {o} <{inferred}> .\n".encode() for s, p, o in sorted(shop.known.triples - shop.told)]
    return b"".join(lines), names.minter.given()
