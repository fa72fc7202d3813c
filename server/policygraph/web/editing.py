"""/workbench/…: what the script of the SPARQL page asks for while somebody writes, and reads, results."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from ..endpoint.protocol import ProtocolError
from . import context, labels, search, terms
from .claims import owners, variables
from .counted import counted
from .facts import Facts, natural, shorten
from .i18n import language
from .why import Finding, why

routes = Blueprint("editing", __name__)
_OFFERED = 20
_LOOKED = 200
_LONGEST = 100
_MOST_NAMES = 1000
_LARGEST = 400_000
_NAMED = ("document", "body", "indicator", "place", "term", "sector", "clause", "target")


@routes.get("/workbench/terms.json")
def vocabulary() -> ResponseReturnValue:
    body = terms.vocabulary(context.facts())
    response = Response(body, content_type="application/json")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@routes.get("/workbench/individuals")
def individuals() -> ResponseReturnValue:
    """Things of the graph by any of their names in either language or by pinyin; class: only of these classes."""
    asked, kinds = context.typed(_LONGEST), request.args.get("class", "").split()[:_OFFERED]
    facts = context.facts()
    below = {*kinds, *(name for name, ups in terms.above(facts).items() if not set(kinds).isdisjoint(ups))}
    found = []
    for node in _candidates(facts, asked, below):
        if node.startswith("id:") and (not below or facts.is_a(node, *below)):
            found.append({"node": node, "zh": _name(facts, node, "zh"), "en": _name(facts, node, "en")})
        if len(found) == _OFFERED:
            break
    return jsonify(found)


def _candidates(facts: Facts, asked: str, below: set[str]) -> list[str]:
    if not asked:
        return _members(facts, below) if below else []
    index = search.index_of(facts)
    nodes: dict[str, None] = {}
    for room in _NAMED:
        entries, _ = index.find(asked, room, _LOOKED)
        nodes.update((entry.node, None) for entry in entries)
    return list(nodes)


def _members(facts: Facts, below: set[str]) -> list[str]:
    key = ("members", *sorted(below))
    known = facts.recall(key)
    if isinstance(known, list):
        return known
    nodes = [node for node in facts.of_type(*below) if node.startswith("id:")][:_LOOKED]
    return facts.remember(key, sorted(nodes, key=natural))


def _name(facts: Facts, node: str, tag: str) -> str:
    found = labels.label(facts, node, tag)
    return "" if found.lang != tag else found.text


@routes.post("/workbench/names")
def names() -> ResponseReturnValue:
    """For a list of IRIs: {IRI: [name, its language, page, place of its words]}, "" for what there is not."""
    facts = context.facts()
    return jsonify({iri: _told(facts, iri) for iri in _iris()})


@routes.post("/workbench/classes")
def classes() -> ResponseReturnValue:
    """For a list of IRIs: {IRI: the classes that the graph says it is of}."""
    facts = context.facts()
    return jsonify({iri: facts.nodes(shorten(iri), "rdf:type") for iri in _iris()})


def _iris() -> list[str]:
    """The list of IRIs that a request brings."""
    if (request.content_length or 0) > _LARGEST:
        raise ProtocolError(413, "too-large", most=str(_LARGEST))
    try:
        asked = json.loads(request.get_data())
    except ValueError:
        asked = None
    if not isinstance(asked, list) or len(asked) > _MOST_NAMES or not all(isinstance(each, str) for each in asked):
        raise ProtocolError(400, "parameter", name="body", value="", allowed=f"[IRI, …] ≤ {_MOST_NAMES}")
    return asked


def _told(facts: Facts, iri: str) -> list[str]:
    node = shorten(iri)
    called = labels.label(facts, node, language())
    text = "" if called.text == node else called.text
    if not labels.is_own(node):
        return [text, called.lang, iri if iri.startswith(("http://", "https://")) else "", ""]
    if node not in facts:
        return ["", "", "", ""]
    return [text, called.lang, labels.url(node), labels.show_url(facts, node) if node.startswith("id:") else ""]


@routes.get("/workbench/claims")
def claimed() -> ResponseReturnValue:
    """For a query: {variable: the variable of the thing whose value it is}; see claims.py."""
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    names = variables(query)
    return jsonify({names[value]: names[thing] for value, thing in owners(query, names).items()})


@routes.get("/workbench/counted")
def behind() -> ResponseReturnValue:
    """For a query with aggregates: the variables of its groups, the query of the rows behind each; see counted.py."""
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    found = counted(query)
    return jsonify(keys=found.keys, queries=found.queries)


@routes.get("/workbench/why")
def reasons() -> ResponseReturnValue:
    """Which condition of a query has no match: cause, line, column, words, and a sentence in the page's language."""
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    return jsonify(explained(query))


def explained(query: str) -> dict[str, Any]:
    """The finding about a query that found nothing, with its sentences; raises StoreError as the query itself."""
    found = why(context.snapshot(), query, context.settings().timeout)
    return {
        "cause": found.cause, "line": found.line, "column": found.column, "words": found.words,
        "told": _sentence(found), "hint": _advice(found),
        "also": [
            {"line": each.line, "column": each.column, "words": each.words,
             "told": _sentence(each), "hint": _advice(each)} for each in found.also
        ],
    }  # fmt: skip


def _sentence(found: Finding) -> Any:
    line = found.line
    match found.cause:
        case "alone":
            return gettext("Line %(line)s: nothing in the graph matches this condition, even by itself.", line=line)
        case "together":
            return gettext(
                "Line %(line)s: this condition has matches by itself, but none that fit the conditions before it.",
                line=line,
            )
        case "filter":
            return gettext("Line %(line)s: up to here there are matches; this filter removes them all.", line=line)
        case "matches":
            return gettext(
                "All conditions have matches together; what leaves nothing is what follows the WHERE (HAVING, LIMIT, "
                "OFFSET), or a template whose variables stay unbound."
            )
        case "limit":
            return gettext(
                "It cannot be told: the conditions before line %(line)s have matches, and there a limit was met.",
                line=line,
            )
    return gettext("It cannot be told which condition has no match: the query is of a form that is not taken apart.")


def _advice(found: Finding) -> Any:
    match found.hint:
        case "tag":
            return gettext(
                "The same words are there with another language tag or datatype: write %(literal)s.",
                literal=found.other,
            )
        case "name":
            return gettext("The same words are there under another property: %(property)s.", property=found.other)
        case "compare":
            return gettext(
                "The values are there with another datatype or language tag than what they are compared with, and such "
                "a comparison is never true. This one has matches: %(filter)s",
                filter=found.other,
            )
        case "property":
            return gettext("Nothing in this graph has this property at all.")
        case "class":
            return gettext("Nothing in this graph is of this class.")
    return ""
