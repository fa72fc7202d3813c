"""/ontology: the vocabulary as a page made from itself, as data, and by version; /.well-known/void."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, Response, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from .. import resources
from ..endpoint import negotiate
from . import context, rdf
from .diagram import Diagram, star, tree
from .facts import Facts

routes = Blueprint("vocabulary", __name__)
NODE = "https://w3id.org/policygraph/ontology"
_KINDS = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:NamedIndividual")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row of ontology/mappings.sssom.tsv. object: "" where no standard has such a term."""

    term: str
    relation: str
    object: str
    reason: dict[str, str]


@cache
def mappings() -> tuple[Mapping, ...]:
    """The table of the file, in its order (SSSOM: github.com/mapping-commons/sssom)."""
    text = (resources.ontology() / "mappings.sssom.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return tuple(
        Mapping(
            row["subject_id"],
            row["predicate_id"],
            "" if row["object_id"] == "sssom:NoTermFound" else row["object_id"],
            {"en": row["comment"], "zh": row["other"]},
        )
        for row in rows
    )


@routes.get("/ontology")
def page() -> ResponseReturnValue:
    facts = context.facts()
    media_type = rdf.wanted()
    if media_type != negotiate.HTML:
        return rdf.ontology(context.store(), media_type)
    seen: set[str] = set()
    groups = []
    for kind in _KINDS:
        terms = [node for node in facts.of_type(kind) if node.startswith("pg:") and node not in seen]
        seen.update(terms)
        groups.append((kind, terms))
    return render_template(
        "ontology.html",
        groups=groups,
        node=NODE,
        version=facts.text(NODE, "owl:versionInfo"),
        diagrams=_diagrams(facts, groups[0][1], groups[1][1]),
        mappings=mappings(),
    )


@routes.get("/ontology/context.jsonld")
def json_ld_context() -> ResponseReturnValue:
    """The context for people who write our terms in JSON-LD."""
    body = (resources.ontology() / "context.jsonld").read_bytes()
    response = Response(body, content_type="application/ld+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@routes.get("/ontology/<version>")
def of_version(version: str) -> ResponseReturnValue:
    """The version IRI: the current version is served, no other is kept."""
    if version != context.facts().text(NODE, "owl:versionInfo"):
        abort(404)
    return page()


@routes.get("/.well-known/void")
def void() -> ResponseReturnValue:
    """The place where VoID tells clients to look (Describing Linked Datasets with VoID, section 7)."""
    return redirect("/id/dataset", 303)


def _diagrams(facts: Facts, classes: Sequence[str], properties: Sequence[str]) -> list[Diagram]:
    """The tree of classes, then a drawing of each class that properties lead away from."""
    above = {node: [up for up in facts.nodes(node, "rdfs:subClassOf") if up != "owl:Thing"] for node in classes}
    drawn = [tree(above)]
    for node in classes:
        leading = [p for p in properties if node in facts.nodes(p, "schema:domainIncludes")]
        rows = [(p, target) for p in leading for target in facts.nodes(p, "schema:rangeIncludes")]
        if rows:
            drawn.append(star(node, rows))
    return drawn
