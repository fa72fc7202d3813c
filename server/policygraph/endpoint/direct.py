"""The short way for the commonest request: GET with a query and nothing unusual, past the web framework.

It takes half a millisecond off a query. Everything else, the pages above all, goes on to the application, and so
do failures, which the application tells. The headers that every answer bears are taken from the application's
own answers of the same content type, so there is one place that sets them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..settings import Settings
from ..store.live import Live
from .answer import KEEP, Answer, answer, wants_page
from .protocol import read_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FAILED = "policygraph.failed"
"""The environ key of the error that this way ended in; the application raises it again."""

_OWN = frozenset(("content-length", "etag", "cache-control"))


class Direct:
    """`Direct(app, live, settings)` is app with a short way to the endpoint at a path."""

    def __init__(self, app: WSGIApplication, live: Live, settings: Settings, path: str = "/sparql") -> None:
        self._app = app
        self._live = live
        self._settings = settings
        self._path = path
        self._headers: dict[str, list[tuple[str, str]]] = {}  # content type → the application's headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if (
            environ.get("PATH_INFO") != self._path
            or environ["REQUEST_METHOD"] != "GET"
            or "query=" not in environ["QUERY_STRING"]
            or "lang=" in environ["QUERY_STRING"]
        ):
            return self._app(environ, start_response)
        try:
            found = self._answer(environ)
        except Exception as error:
            environ[FAILED] = error
            return self._app(environ, start_response)
        headers = self._headers.get(found.content_type) if found else None
        if found is None or found.body is None or headers is None:
            return self._app(environ, self._observed(start_response))  # a query that ran is in the cache
        own = [("Content-Length", str(len(found.body)))]
        if found.tag:
            own += [("ETag", found.etag), ("Cache-Control", KEEP)]
        start_response("200 OK", headers + own)
        return [found.body]

    def _answer(self, environ: WSGIEnvironment) -> Answer | None:
        """The answer, or None where a page is wanted."""
        asked = read_request(
            "GET", environ["QUERY_STRING"].encode("latin-1"), None, lambda size: b"", self._settings.max_query_bytes
        )
        accept = environ.get("HTTP_ACCEPT")
        if asked.query is None or wants_page(asked, accept):
            return None
        return answer(self._live.store(), asked, asked.query, accept, environ.get("HTTP_IF_NONE_MATCH", ""), True)

    def _observed(self, start_response: StartResponse) -> StartResponse:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            names = {name.lower() for name, _ in headers}
            content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
            if status.startswith("200") and "set-cookie" not in names and not content_type.startswith("text/html"):
                self._headers[content_type] = [pair for pair in headers if pair[0].lower() not in _OWN]
            return start_response(status, headers, *rest)

        return start
