"""One thing as RDF, in the format that the client asks for."""

from __future__ import annotations

from flask import Response, abort, request

from ..endpoint import negotiate
from ..store import QueryForm, Store
from ..store.base import GRAPH_TYPES, TURTLE
from .facts import Facts, expand

_DESCRIBE = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  VALUES ?s {{ {nodes} }} ?s ?p ?o
}}"""
_ONTOLOGY = """CONSTRUCT { ?s ?p ?o } WHERE {
  GRAPH <https://w3id.org/policygraph/id/graph/ontology> { ?s ?p ?o }
}"""


def wanted() -> str:
    """The media type of this request: text/html or one of GRAPH_TYPES; 406 where none fits."""
    name = request.args.get("format")
    if name is not None:
        if name.lower() in ("html", negotiate.HTML):
            return negotiate.HTML
        chosen = negotiate.by_name([name], QueryForm.CONSTRUCT)
    else:
        offered = (negotiate.HTML, *negotiate.offers(QueryForm.CONSTRUCT))
        chosen = negotiate.choose(request.headers.get("Accept"), offered)
    if chosen is None:
        abort(406)
    return chosen


def describe(store: Store, facts: Facts, node: str, media_type: str) -> Response:
    """What the graph says of a node, and of the spans and selectors that place it in the text."""
    nodes = [node]
    for span in [node, *facts.nodes(node, "prov:wasQuotedFrom")]:
        nodes += [span, *facts.nodes(span, "oa:hasSelector")]
    listed = " ".join(f"<{expand(name)}>" for name in dict.fromkeys(nodes))
    return answer(store, _DESCRIBE.format(nodes=listed), media_type)


def ontology(store: Store, media_type: str) -> Response:
    return answer(store, _ONTOLOGY, media_type)


def answer(store: Store, query: str, media_type: str) -> Response:
    canonical = negotiate.canonical(media_type)
    body = store.respond(query, canonical if canonical in GRAPH_TYPES else TURTLE)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = Response(body, content_type=media_type + charset)
    response.vary.add("Accept")
    return response
