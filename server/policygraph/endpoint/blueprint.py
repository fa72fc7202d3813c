"""The endpoint as a Flask blueprint: read the request, negotiate, answer, or tell the problem."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ..settings import Settings
from ..store.base import GRAPH_TYPES, QueryForm, Store
from ..store.guard import Inspection, inspect
from . import negotiate
from .description import describe
from .protocol import ProtocolError, QueryRequest, read_request
from .replies import open_to_all, options_reply, problem_reply

ALLOWED = "GET, HEAD, OPTIONS, POST"
_ROUTED = ["GET", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]


def sparql_blueprint(
    store_getter: Callable[[], Store],
    settings: Settings,
    html_view: Callable[[], ResponseReturnValue] | None = None,
    path: str = "/sparql",
) -> Blueprint:
    """The SPARQL endpoint at a path.

    store_getter: gives the store of this moment, asked once a request. html_view: makes the page for those
    who ask for text/html. Every failure is answered as a problem document.
    """
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route(path, methods=_ROUTED, provide_automatic_options=False)
    def endpoint() -> ResponseReturnValue:
        if request.method == "OPTIONS":
            return options_reply(ALLOWED)
        if request.method not in ALLOWED.split(", "):
            raise ProtocolError(405, "method", allowed=ALLOWED)
        asked = read_request(
            request.method,
            request.query_string,
            request.headers.get("Content-Type"),
            request.stream.read,
            settings.max_query_bytes,
        )
        if html_view is not None and _wants_page(asked):
            return html_view()
        store = store_getter()
        return _describe(store, settings) if asked.query is None else _answer(store, asked, asked.query)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        return problem_reply(error, settings.language, ALLOWED)

    blueprint.after_request(open_to_all)
    return blueprint


def _wants_page(asked: QueryRequest) -> bool:
    """Whether text/html is what the client likes best; */* alone is a program, not a browser."""
    if asked.formats:
        return asked.formats[0].lower() in ("html", negotiate.HTML)
    everything = (*negotiate.offers(QueryForm.SELECT), *GRAPH_TYPES, negotiate.HTML)
    return negotiate.choose(request.headers.get("Accept"), everything) == negotiate.HTML


def _describe(store: Store, settings: Settings) -> Response:
    media_type = negotiate.choose(request.headers.get("Accept"), GRAPH_TYPES)
    if media_type is None:
        raise ProtocolError(400, "no-query")
    return _response(describe(request.base_url, store, media_type, settings), media_type)


def _answer(store: Store, asked: QueryRequest, query: str) -> Response:
    inspection = inspect(query)
    media_type = _media_type(asked, inspection)
    tag = ""
    if store.digest and inspection.repeatable and request.method != "POST":
        tag = _tag(store.digest, asked, media_type)
        if request.if_none_match.contains(tag):
            return _tagged(Response(status=304), tag)
    body = store.respond(
        query,
        negotiate.canonical(media_type),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    response = _response(body, media_type)
    return _tagged(response, tag) if tag else response


def _media_type(asked: QueryRequest, inspection: Inspection) -> str:
    if asked.formats:
        chosen = negotiate.by_name(asked.formats, inspection.form)
    else:
        chosen = negotiate.choose(request.headers.get("Accept"), negotiate.offers(inspection.form))
    if chosen is None:
        offered = ", ".join(inspection.form.media_types)
        raise ProtocolError(406, "not-acceptable", offered=offered)
    return chosen


def _response(body: bytes, media_type: str) -> Response:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, content_type=media_type + charset)


def _tag(digest: str, asked: QueryRequest, media_type: str) -> str:
    parts = (digest, media_type, asked.query, asked.default_graphs, asked.named_graphs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, no-cache"  # keep it, but ask each time: the data may have changed
    return response
