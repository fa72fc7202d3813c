"""Proposals in RDF, in a graph of their own (`id:graph/proposals`): inferred, scored, with their evidence."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, Literal, URIRef

from ..compiler.curated import read_mapping
from ..proposals import Clause, Listing, Proposal
from .bridge import new_graph
from .compiled import Compiled
from .iri import EntityIri
from .namespaces import DCTERMS, OA, PG, PROV, RDF, XSD
from .registered import VERIFICATION

GRAPH = str(EntityIri("graph", name="proposals"))
CLOSE = 0.6
"""Score from which a proposal is called close; whether a pair is exact only a reader can say."""


def listing_of(one: Compiled) -> Listing:
    """A compiled document's provisions."""
    clauses = tuple(Clause(p.number, p.heading, p.text, p.span.start) for p in one.document.provisions)
    return Listing(one.name, one.document.fact("title"), clauses, one.document.digest)


def listing_of_outline(path: Path) -> Listing:
    """The headings of an outline file. Raises RegistryError."""
    entry = read_mapping(path, ("id", "title", "outline"))
    clauses = tuple(
        Clause(item.text("number"), item.text("heading"), "", 0, item.one_of("verification", VERIFICATION))
        for item in entry.values["outline"]
        if item.text("kind") != "part"
    )
    return Listing(entry.text("id"), entry.text("title"), clauses)


def proposals_graph(ours: Listing, theirs: Listing, proposals: list[Proposal], source: str) -> Graph:
    """Alignments with `pg:basis pg:Inferred`. source: what made them, with its version."""
    graph = new_graph()
    add, root = graph.add, URIRef(str(EntityIri("document", document=ours.id)))
    for found in proposals:
        node = URIRef(str(EntityIri("alignment", document=ours.id, number=found.ours.number, other=theirs.id,
                                    name=found.theirs.number)))  # fmt: skip
        add((node, RDF.type, PG.Alignment))
        add((node, PG.fromProvision, URIRef(f"{root}/{found.ours.number}")))
        add((node, PG.toProvision, URIRef(str(EntityIri("provision", document=theirs.id, number=found.theirs.number)))))
        add((node, PG.strength, PG.Close if found.score >= CLOSE else PG.Related))
        add((node, PG.score, Literal(f"{found.score:.3f}", datatype=XSD.decimal)))
        add((node, PG.basis, PG.Inferred))
        add((node, DCTERMS.source, Literal(source)))
        for phrase in found.phrases:
            at = found.ours.text.find(phrase.text)
            if at >= 0:
                add((node, PG.evidence, Literal(phrase.text)))
                _quote(graph, node, root, ours, found.ours.start + at, phrase.text)
    return graph


def _quote(graph: Graph, node: URIRef, root: URIRef, ours: Listing, start: int, words: str) -> None:
    entity = EntityIri("span", document=ours.id, start=start, end=start + len(words))
    span, add = URIRef(str(entity)), graph.add
    position, quote = URIRef(f"{span}#position"), URIRef(f"{span}#quote")
    add((node, PROV.wasQuotedFrom, span))
    add((span, RDF.type, OA.SpecificResource))
    add((span, OA.hasSource, root))
    add((span, OA.hasSelector, position))
    add((span, OA.hasSelector, quote))
    if ours.digest:
        add((span, PG.sourceDigest, Literal(ours.digest)))
    add((position, RDF.type, OA.TextPositionSelector))
    add((position, OA.start, Literal(start, datatype=XSD.integer)))
    add((position, OA.end, Literal(start + len(words), datatype=XSD.integer)))
    add((quote, RDF.type, OA.TextQuoteSelector))
    add((quote, OA.exact, Literal(words)))
