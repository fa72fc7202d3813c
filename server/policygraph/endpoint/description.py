"""The service description: what this endpoint is, said in RDF (SPARQL 1.1 Service Description).

It promises nothing that a request could not confirm.
"""

from __future__ import annotations

from rdflib import RDF, Graph, Namespace, URIRef

from ..graph.namespaces import SD
from ..store.base import JSONLD, NTRIPLES, RDFXML, TURTLE, Store

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_WRITERS = {TURTLE: "turtle", NTRIPLES: "nt", RDFXML: "xml", JSONLD: "json-ld"}


def describe(endpoint: str, store: Store, media_type: str) -> bytes:
    """The description of the service at an absolute URL, as one of GRAPH_TYPES; StoreError from the store."""
    graph = Graph()
    graph.bind("sd", SD)
    graph.bind("formats", _FORMATS)
    service, dataset = URIRef(endpoint), URIRef(endpoint + "#dataset")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for name in _RESULT_FORMATS:
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    if store.union_default_graph:
        graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    default = URIRef(endpoint + "#default-graph")
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    for number, name in enumerate(store.named_graphs(), start=1):
        entry = URIRef(f"{endpoint}#graph-{number}")
        graph.add((dataset, SD.namedGraph, entry))
        graph.add((entry, RDF.type, SD.NamedGraph))
        graph.add((entry, SD.name, URIRef(name)))
    return graph.serialize(format=_WRITERS[media_type], encoding="utf-8")
