"""The endpoint as a Flask blueprint: read the request, negotiate, answer, or tell the problem."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ..settings import Settings
from ..store.base import GRAPH_TYPES, Store
from . import negotiate
from .answer import KEEP, answer, wants_page
from .description import describe
from .direct import FAILED
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
        if error := request.environ.pop(FAILED, None):
            raise error
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
        if html_view is not None and wants_page(asked, request.headers.get("Accept")):
            return html_view()
        store = store_getter()
        return _describe(store, settings) if asked.query is None else _answer(store, asked, asked.query)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        return problem_reply(error, settings.language, ALLOWED)

    blueprint.after_request(open_to_all)
    return blueprint


def _describe(store: Store, settings: Settings) -> Response:
    media_type = negotiate.choose(request.headers.get("Accept"), GRAPH_TYPES)
    if media_type is None:
        raise ProtocolError(400, "no-query")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return _response(describe(request.base_url, store, media_type, settings), media_type + charset)


def _answer(store: Store, asked: QueryRequest, query: str) -> Response:
    found = answer(
        store,
        asked,
        query,
        request.headers.get("Accept"),
        request.headers.get("If-None-Match", ""),
        request.method != "POST",
    )
    response = Response(status=304) if found.body is None else _response(found.body, found.content_type)
    if found.tag:
        response.headers["ETag"] = found.etag
        response.headers["Cache-Control"] = KEEP
    return response


def _response(body: bytes, content_type: str) -> Response:
    return Response(body, content_type=content_type)
