"""What all replies of the endpoint share: problem documents, the OPTIONS answer, headers for other sites' pages."""

from __future__ import annotations

from flask import Response, current_app, request

from . import negotiate
from .problems import MEDIA_TYPE, Problem, problem_of

METHODS = "GET, HEAD, OPTIONS"


def problem_reply(error: Exception | Problem, default_language: str, allowed: str = METHODS) -> Response:
    """The problem that an error is, in the client's language; the log keeps what is the server's own fault."""
    problem = error if isinstance(error, Problem) else problem_of(error)
    seconds = getattr(error, "seconds", None)  # when a full queue or a used-up rate is worth another try
    if problem.status >= 500 and seconds is None and isinstance(error, Exception):
        current_app.logger.error("%s: %s", type(error).__name__, error, exc_info=problem.status == 500)
    wish = request.args.get("lang")  # as on the pages, before what the client's program prefers
    preferred = negotiate.language(request.headers.get("Accept-Language"), default_language)
    language = wish if wish in ("zh", "en") else preferred
    response = Response(problem.body(language), problem.status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    if problem.status == 405:
        response.headers["Allow"] = allowed
    return response


def options_reply(allowed: str = METHODS) -> Response:
    """The answer to OPTIONS, for a program's question and for a browser's before a request to another site."""
    response = Response(status=204)
    response.headers["Allow"] = allowed
    response.headers["Access-Control-Allow-Methods"] = allowed
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def open_to_all(response: Response) -> Response:
    """Public data without cookies or credentials: any page may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Allow, Retry-After"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.vary.add("Accept")
    return response
