"""The namespaces of the vocabulary contract, each under its usual prefix, as rdflib's."""

from __future__ import annotations

from rdflib import Namespace
from rdflib.namespace import DCAT, DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SH, SKOS, VOID, XSD

from .prefixes import ENDPOINT, ID_BASE, PREFIXES

PG, ELI, OA, QUDT, UNIT, SCHEMA, SD = (
    Namespace(PREFIXES[prefix]) for prefix in ("pg", "eli", "oa", "qudt", "unit", "schema", "sd")
)

__all__ = [
    "DCAT", "DCTERMS", "ELI", "ENDPOINT", "ID_BASE", "OA", "ORG", "OWL", "PG", "PREFIXES", "PROV", "QB", "QUDT", "RDF",
    "RDFS", "SCHEMA", "SD", "SH", "SKOS", "UNIT", "VOID", "XSD",
]  # fmt: skip
