"""/id/…: the page or the RDF of every thing in the graph."""

from __future__ import annotations

import re

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint import negotiate
from . import actors, context, rdf, reader, readings, tables, words
from .citing import Citing, citing
from .facts import Facts, document_of
from .passages import is_provision, owner_of, reading

routes = Blueprint("entity", __name__)
_PATH = re.compile(r"[A-Za-z0-9._~:,/-]+")


@routes.get("/id/<path:path>")
def thing(path: str) -> ResponseReturnValue:
    facts = context.facts()
    node = "id:" + path
    if path.startswith("query/") and rdf.wanted() == negotiate.HTML:
        return redirect(f"/questions/{path.removeprefix('query/')}", 303)
    if node not in facts and (span := words.span_of(facts, node)):
        return words.page(facts, span)
    if not _PATH.fullmatch(path) or not (node in facts or facts.referring(node) or path.startswith("query/")):
        abort(404)
    media_type = rdf.wanted()
    if media_type != negotiate.HTML:
        return rdf.describe(context.store(), facts, node, media_type)
    if facts.is_a(node, "pg:PolicyDocument"):
        return reader.page(facts, node)
    return render_template("entity.html", **_page(facts, node))


def graph_page(path: str) -> ResponseReturnValue | None:
    """The page of a named graph that the data say something about; None for the others."""
    if refused := context.refused_language():
        return refused
    facts = context.facts()
    node = "id:" + path
    return thing(path) if _PATH.fullmatch(path) and (node in facts or facts.referring(node)) else None


def _page(facts: Facts, node: str) -> dict[str, object]:
    sections = [tables.facts_of(facts, node)]
    if is_provision(facts, node):
        sections = [*tables.of_provision(facts, node), *readings.of_provision(facts, node), *sections]
    elif facts.is_a(node, "pg:Actor", "pg:CollectiveActor"):
        sections = [*actors.tables_of(facts, node), sections[0]]
    elif facts.is_a(node, "pg:Part"):
        sections = [*tables.of_part(facts, node), *sections]
    elif facts.is_a(node, "pg:Sentence", "pg:Measure"):
        sections = [sections[0], *tables.of_sentence(facts, node), *readings.of_sentence(facts, node)]
    sections += tables.referring(facts, node)
    shown = actors.summary(facts, node) if facts.is_a(node, "pg:Actor", "pg:CollectiveActor") else None
    return {
        "node": node,
        "home": _home(node, shown),
        "kinds": tables.kinds(facts, node),
        "passages": words.passages(facts, facts.spans(node)),
        "long": facts.is_a(node, "pg:Part"),
        "owner": _above(facts, node),
        "sections": [section for section in sections if section and section.rows],
        "notice": _notice(facts, node),
        "citing": _citing(facts, node),
        "summary": shown,
    }


def _home(node: str, shown: actors.Summary | None) -> str:
    """The document that the page is about, whose clauses need not name it: its own, or the only one that a body has
    tasks in, which the summary names."""
    if shown:
        return shown.documents[0] if len(shown.documents) == 1 else ""
    return document_of(node) if node.startswith("id:doc/") else ""


def _citing(facts: Facts, node: str) -> Citing | None:
    """Of a provision whose document has its text here."""
    part = facts.node(node, "eli:is_part_of") if is_provision(facts, node) else None
    document = facts.node(part, "eli:is_part_of") if part else None
    return citing(facts, document, node) if document and reading(facts, document) else None


def _above(facts: Facts, node: str) -> str | None:
    owner = owner_of(facts, node) or facts.node(node, "oa:hasSource")
    if owner == node:
        owner = facts.node(node, "eli:is_part_of")
    return owner


def _notice(facts: Facts, node: str) -> str:
    if tables.by_its_words(facts, node):
        printed = next(iter(facts.texts(node, "skos:altLabel")), "") or facts.text(node, "skos:prefLabel")
        return str(
            gettext(
                "The text prints “%(printed)s”; the full name, or which bodies these are, has not been found out. The "
                "name, the English name and the kind below follow the printed words and are not verified: see the "
                "note and the source.",
                printed=printed,
            )
        )
    if "pg:Unresolved" in facts.nodes(node, "pg:verification"):
        return str(gettext("What this expression stands for has not been found out; nothing is guessed here."))
    return ""
