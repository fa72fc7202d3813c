"""`data/sectors.yaml` in RDF: two statistical classifications as SKOS schemes, and the sector of each provision.

Which sector a provision belongs to is a person's reading: every classification rests on words of the provision
(checked here) and says how far the name of its sector could be verified.
"""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, Literal, URIRef

from ..compiler.curated import Entry, read_mapping
from ..compiler.model import Document, Span
from ..compiler.spans import Spans
from .bridge import new_graph
from .iri import EntityIri, Minter
from .knowledge import NOT_QUOTED, curated, named
from .namespaces import PG, RDF, SKOS
from .registered import VERIFICATION
from .triples import Triples, iri


def sectors_graph(path: Path, documents: dict[str, Document], minter: Minter) -> Graph:
    """documents: id → compiled document. Raises RegistryError for an unknown scheme, sector, provision or quote."""
    head, graph = read_mapping(path, ("schemes", "sectors", "document", "source", "classifications")), new_graph()
    schemes: dict[str, URIRef] = {}
    for entry in head.values["schemes"]:
        node = schemes[entry.text("id")] = URIRef(str(EntityIri("scheme", name=entry.text("id"))))
        graph.add((node, RDF.type, SKOS.ConceptScheme))
        named(graph, node, entry)
        curated(graph, node, entry.one_of("verification", VERIFICATION), entry.text("source"))
    sectors: dict[str, Entry] = {}
    for entry in head.values["sectors"]:
        name = f"{entry.text('scheme')}-{entry.text('code')}"
        if entry.text("scheme") not in schemes:
            raise entry.error(f"no scheme has the id {entry.text('scheme')!r}")
        sectors[name] = entry
        node = URIRef(minter.mint(EntityIri("sector", name=name), f"sector at line {entry.line}"))
        graph.add((node, RDF.type, PG.Sector))
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, schemes[entry.text("scheme")]))
        graph.add((node, SKOS.notation, Literal(entry.text("code"))))
        named(graph, node, entry)
        curated(graph, node, entry.one_of("verification", VERIFICATION), entry.text("source"))
    document = documents.get(head.text("document"))
    if document is None:
        raise head.error(f"document: no compiled document is named {head.text('document')!r}")
    _classified(graph, head, document, sectors, minter)
    return graph


def _classified(graph: Graph, head: Entry, document: Document, sectors: dict[str, Entry], minter: Minter) -> None:
    name = head.text("document")
    root = URIRef(str(EntityIri("document", document=name)))
    quoted = Triples()
    spans = Spans(quoted, document, name)
    provisions = {p.number: p for p in document.provisions}
    for row in head.values["classifications"]:
        number, sector = row.text("provision"), f"{row.text('scheme')}-{row.text('code')}"
        if number not in provisions or sector not in sectors:
            missing = f"provision {number}" if number not in provisions else f"sector {sector}"
            raise row.error(f"there is no {missing}")
        entity = EntityIri("classification", document=name, number=number, name=sector)
        node = URIRef(minter.mint(entity, f"classification at line {row.line}"))
        graph.add((node, RDF.type, PG.Classification))
        graph.add((node, PG.sector, URIRef(str(EntityIri("sector", name=sector)))))
        graph.add((URIRef(f"{root}/{number}"), PG.hasClassification, node))
        curated(
            graph, node, sectors[sector].one_of("verification", VERIFICATION), head.text("source"), row.text("note")
        )
        for quote in row.texts("quotes"):
            at = provisions[number].text.find(quote)
            if at < 0:
                raise row.error(NOT_QUOTED.format(quote, number))
            start = provisions[number].span.start + at
            graph.add((node, PG.evidence, Literal(quote)))
            spans.quote(iri(node), Span(start, start + len(quote)))
    graph += quoted.graph()
