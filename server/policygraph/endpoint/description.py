"""The service description: what this endpoint is, said in RDF (SPARQL 1.1 Service Description).

It promises nothing that a request could not confirm. Limits have no term of their own there; they are
schema:PropertyValue, with the names and words of the settings' table.
"""

from __future__ import annotations

from dataclasses import fields

from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef

from ..graph.namespaces import SCHEMA, SD
from ..settings import Settings
from ..store.base import JSONLD, NTRIPLES, RDFXML, TURTLE, Store

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_SIMPLE = URIRef("http://www.w3.org/ns/entailment/Simple")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_WRITERS = {TURTLE: "turtle", NTRIPLES: "nt", RDFXML: "xml", JSONLD: "json-ld"}
LIMITS = ("max_query_bytes", "timeout", "max_rows", "max_bytes", "max_memory", "rate_limit")
"""Settings that a client meets as limits, where the server has them; 0 sets none."""

_TITLE = {"zh": "政策图谱 SPARQL 端点", "en": "SPARQL endpoint of policygraph"}
_ABOUT = {
    "zh": "只读：拒绝更新、SERVICE 和 LOAD；不取任何外部数据，FROM 未载入的图会被拒绝。",
    "en": "Read-only: updates, SERVICE and LOAD are refused. Nothing is fetched: FROM a graph not loaded is refused.",
}


def describe(endpoint: str, store: Store, media_type: str, settings: Settings) -> bytes:
    """The description of the service at an absolute URL, as one of GRAPH_TYPES; StoreError from the store."""
    graph = Graph()
    graph.bind("sd", SD)
    graph.bind("formats", _FORMATS)
    graph.bind("schema", SCHEMA, replace=True)
    service = URIRef(endpoint)
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.defaultEntailmentRegime, _SIMPLE))
    for name in _RESULT_FORMATS:
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    if store.union_default_graph:
        graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for language in _TITLE:
        graph.add((service, RDFS.label, Literal(_TITLE[language], language)))
        graph.add((service, RDFS.comment, Literal(_ABOUT[language], language)))
    _add_limits(graph, service, settings)
    _add_dataset(graph, service, store)
    return graph.serialize(format=_WRITERS[media_type], encoding="utf-8")


def _add_dataset(graph: Graph, service: URIRef, store: Store) -> None:
    dataset = URIRef(f"{service}#dataset")
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    default = URIRef(f"{service}#default-graph")
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    for number, name in enumerate(store.named_graphs(), start=1):
        entry = URIRef(f"{service}#graph-{number}")
        graph.add((dataset, SD.namedGraph, entry))
        graph.add((entry, RDF.type, SD.NamedGraph))
        graph.add((entry, SD.name, URIRef(name)))


def _add_limits(graph: Graph, service: URIRef, settings: Settings) -> None:
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if entry.name not in LIMITS or not value:
            continue
        limit = BNode(entry.name)
        graph.add((service, SCHEMA.additionalProperty, limit))
        graph.add((limit, RDF.type, SCHEMA.PropertyValue))
        graph.add((limit, SCHEMA.propertyID, Literal(entry.name)))
        number = Literal(value) if isinstance(value, int) else Literal(str(value), datatype=XSD.decimal)
        graph.add((limit, SCHEMA.maxValue, number))
        for language in ("zh", "en"):
            graph.add((limit, SCHEMA.description, Literal(entry.metadata[language], language)))
