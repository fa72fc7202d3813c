"""The namespaces of the vocabulary contract, each under its usual prefix."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCAT, DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SH, SKOS, VOID, XSD

PG = Namespace("https://w3id.org/policygraph/ontology#")
ID_BASE = "https://w3id.org/policygraph/id/"
ENDPOINT = "https://w3id.org/policygraph/sparql"
ELI = Namespace("http://data.europa.eu/eli/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
UNIT = Namespace("http://qudt.org/vocab/unit/")
SCHEMA = Namespace("https://schema.org/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

PREFIXES: dict[str, str] = {
    "pg": str(PG),
    "id": ID_BASE,
    "eli": str(ELI),
    "org": str(ORG),
    "skos": str(SKOS),
    "prov": str(PROV),
    "oa": str(OA),
    "dcterms": str(DCTERMS),
    "qudt": str(QUDT),
    "unit": str(UNIT),
    "qb": str(QB),
    "dcat": str(DCAT),
    "void": str(VOID),
    "sd": str(SD),
    "schema": str(SCHEMA),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "sh": str(SH),
}
"""Prefix → namespace, the order in which files and pages declare them."""

__all__ = [
    "DCAT", "DCTERMS", "ELI", "ENDPOINT", "ID_BASE", "OA", "ORG", "OWL", "PG", "PREFIXES", "PROV", "QB", "QUDT", "RDF",
    "RDFS", "SCHEMA", "SD", "SH", "SKOS", "UNIT", "VOID", "XSD",
]  # fmt: skip
