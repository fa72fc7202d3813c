"""The endpoint as a Flask blueprint: read the request, negotiate, answer, or tell the problem."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..errors import BusyError
from ..settings import Settings
from ..store.base import GRAPH_TYPES, Store
from . import negotiate
from .answer import KEEP, answer, wants_page
from .description import describe
from .direct import FAILED
from .problems import MEDIA_TYPE, problem_of
from .protocol import ProtocolError, QueryRequest, read_request

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
            return _options()
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
        return _describe(store) if asked.query is None else _answer(store, asked, asked.query)

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        problem = problem_of(error)
        if problem.status >= 500 and not isinstance(error, BusyError):
            current_app.logger.error("%s: %s", type(error).__name__, error, exc_info=problem.status == 500)
        language = negotiate.language(request.headers.get("Accept-Language"), settings.language)
        response = Response(problem.body(language), problem.status, content_type=MEDIA_TYPE)
        response.headers["Content-Language"] = language
        response.vary.add("Accept-Language")
        if isinstance(error, BusyError):
            response.headers["Retry-After"] = str(error.seconds)
        if problem.status == 405:
            response.headers["Allow"] = ALLOWED
        return response

    @blueprint.after_request
    def open_to_all(response: Response) -> Response:
        # Public data without cookies or credentials: any page may read it.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.vary.add("Accept")
        return response

    return blueprint


def _options() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = ALLOWED
    response.headers["Access-Control-Allow-Methods"] = ALLOWED
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _describe(store: Store) -> Response:
    media_type = negotiate.choose(request.headers.get("Accept"), GRAPH_TYPES)
    if media_type is None:
        raise ProtocolError(400, "no-query")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return _response(describe(request.base_url, store, media_type), media_type + charset)


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
        response.set_etag(found.tag)
        response.headers["Cache-Control"] = KEEP
    return response


def _response(body: bytes, content_type: str) -> Response:
    return Response(body, content_type=content_type)
