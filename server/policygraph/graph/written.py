"""One compiled document in the formats that `policygraph compile` offers."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph

from .compiled import Compiled
from .iri import EntityIri
from .prefixes import PREFIXES
from .write import turtle


def written(one: Compiled, form: str) -> bytes:
    """form: turtle, nquads, jsonld, or json (the parsed model with spans, no RDF)."""
    name = str(EntityIri("document-graph", document=one.name))
    if form == "turtle":
        return turtle(one.graph)
    if form == "nquads":
        return one.triples.sorted_nquads(name)
    if form == "jsonld":
        quads = pyoxigraph.parse(one.triples.sorted_nquads(name), format=pyoxigraph.RdfFormat.N_QUADS)
        triples = sorted((q.triple for q in quads), key=str)
        made = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.JSON_LD, prefixes=PREFIXES)
        assert made is not None
        return made
    model: dict[str, Any] = {"id": one.name} | asdict(one.document)
    model["findings"] = [
        asdict(f) | dict(zip(("line", "column"), one.source.place(f.span.start), strict=True)) for f in one.findings
    ]
    return (json.dumps(model, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> str:
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(type(value).__name__)
