"""The Graph Store Protocol for reading (SPARQL 1.1 Graph Store HTTP Protocol, sections 4 and 5.2, 5.6).

A graph is named by the request (`/graphs?graph=IRI`, `/graphs?default`), or it is the address itself: `/id/graph/…`
is the graph whose IRI ends so. Writing is refused: the server only reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ..graph.namespaces import ID_BASE
from ..settings import Settings
from ..store.base import GRAPH_TYPES, QueryForm, Store
from . import negotiate
from .answer import has_blank_nodes
from .protocol import ProtocolError, is_absolute_iri
from .replies import METHODS, open_to_all, options_reply, problem_reply

PATH = "/graphs"
DIRECT = "/id/graph/"
_ROUTED = ["GET", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]
_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_NAMED = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"


def graph_store_blueprint(
    store_getter: Callable[[], Store],
    settings: Settings,
    page: Callable[[str], ResponseReturnValue | None] | None = None,
) -> Blueprint:
    """The graph store. page: makes the page of a graph (given the path below /id/) for those who ask for
    text/html, or None where there is none and the graph is given as it is. Every failure is a problem document.
    """
    blueprint = Blueprint("graphs", __name__)

    @blueprint.route(PATH, methods=_ROUTED, provide_automatic_options=False)
    def indirect() -> ResponseReturnValue:
        if request.method not in ("GET", "HEAD"):
            return _other_method()
        names, default = request.args.getlist("graph"), "default" in request.args
        if len(names) + default != 1:
            raise ProtocolError(400, "graph-which")
        if names and not is_absolute_iri(names[0]):
            raise ProtocolError(400, "graph-name")
        return _graph(store_getter(), names[0] if names else None)

    @blueprint.route(f"{DIRECT}<path:path>", methods=_ROUTED, provide_automatic_options=False)
    def direct(path: str) -> ResponseReturnValue:
        if request.method not in ("GET", "HEAD"):
            return _other_method()
        if page is not None and _wants_page():
            made = page("graph/" + path)
            if made is not None:
                return made
        name = f"{ID_BASE}graph/{path}"
        if not is_absolute_iri(name):
            raise ProtocolError(404, "graph-missing", name=name)
        return _graph(store_getter(), name)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        return problem_reply(error, settings.language)

    blueprint.after_request(open_to_all)
    return blueprint


def _other_method() -> Response:
    if request.method == "OPTIONS":
        return options_reply()
    raise ProtocolError(405, "method", allowed=METHODS)


def _wants_page() -> bool:
    offered = (*negotiate.offers(QueryForm.CONSTRUCT), negotiate.HTML)
    if request.args.get("format"):
        return negotiate.is_html(request.args["format"])
    return negotiate.choose(request.headers.get("Accept"), offered) == negotiate.HTML


def _graph(store: Store, name: str | None) -> Response:
    """The graph of that name, or the default graph."""
    if name is not None and name not in store.named_graphs():
        raise ProtocolError(404, "graph-missing", name=name)
    offered = negotiate.offers(QueryForm.CONSTRUCT)
    if request.args.get("format"):
        media_type = negotiate.by_name(request.args.getlist("format"), QueryForm.CONSTRUCT)
    else:
        media_type = negotiate.choose(request.headers.get("Accept"), offered)
    if media_type is None:
        raise ProtocolError(406, "no-format", offered=", ".join(GRAPH_TYPES))
    tag = ""
    if store.digest:
        tag = hashlib.sha256(repr((store.digest, "graph", name, media_type)).encode()).hexdigest()
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag, request.if_none_match.is_weak(tag))
    query = _DEFAULT if name is None else _NAMED.format(name=name)
    body = store.respond(query, negotiate.canonical(media_type))
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return _tagged(Response(body, content_type=media_type + charset), tag, has_blank_nodes(body))


def _tagged(response: Response, tag: str, weak: bool) -> Response:
    if tag:
        response.set_etag(tag, weak)
        response.headers["Cache-Control"] = "public, no-cache"  # keep it, but ask each time
    return response
