"""What stands around every request: health, metrics, access log, rate limit, and the answers kept ready.

A WSGI layer outside of Flask, so that /healthz answers whatever happens inside.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from ..settings import Settings
from ..store import calls
from ..store.calls import Call
from ..store.limits import Limits
from ..store.live import Live
from .access import AccessLog
from .front import RAW, Front, Seen
from .guards import HEADERS
from .metrics import CONTENT_TYPE, Metrics
from .rate import Rate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_OUTCOMES = {400: "invalid", 403: "refused", 406: "invalid", 429: "rate", 499: "gone", 503: "busy"}


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings set."""
    return Limits(
        timeout=settings.timeout,
        rows=settings.max_rows,
        size=settings.max_bytes,
        memory=settings.max_memory << 20,
        quick=settings.short,
        workers=settings.workers,
        queue=settings.queue,
    )


class Operations:
    """The layer around an application over a Live store. draining: true from SIGTERM on."""

    def __init__(self, app: WSGIApplication, live: Live, settings: Settings) -> None:
        self._app = app
        self._live = live
        self._rate = Rate(settings.rate_limit)
        self.log = AccessLog(settings.access_log, settings.log_queries)
        self.front = Front(settings.cache_bytes // 4, self.log.write if self.log.on else None)
        self.metrics = Metrics(live, self.front)
        self.draining = False
        live.around_swap(self.front.suspend, self.front.renew)
        self._pages: dict[str, Callable[[], tuple[int, str, bytes]]] = {
            "/healthz": self._healthz,
            "/readyz": self._readyz,
            "/metrics": lambda: (200, CONTENT_TYPE, self.metrics.page()),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = self._pages.get(environ.get("PATH_INFO", ""))
        if page is not None and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            status, content_type, body = page()
            own = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
            start_response("200 OK" if status == 200 else "503 Service Unavailable", own + list(HEADERS.items()))
            return [body]
        if page is not None:
            own = [("Allow", "GET, HEAD"), ("Content-Length", "0")]
            start_response("405 Method Not Allowed", own + list(HEADERS.items()))
            return []
        return self._observed(environ, start_response)

    def _observed(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.perf_counter()
        client = environ.get("REMOTE_ADDR", "")
        call = Call(admit=partial(self._rate.admit, client))
        if gone := environ.get("waitress.client_disconnected"):
            call.gone = gone
        calls.begin(call)
        generation = self.front.generation
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told[:] = status, headers
            return start_response(status, headers, *rest)

        body = self._app(environ, start)
        status, headers = told
        code = int(status[:3])
        seen = Seen(
            client,
            environ["REQUEST_METHOD"],
            environ.get("PATH_INFO", ""),
            code,
            next((int(value) for name, value in headers if name == "Content-Length"), 0),
            call,
            _outcome(code, call),
        )
        if (raw := environ.get(RAW)) and code in (200, 304):
            data = b"".join(body)
            if hasattr(body, "close"):
                body.close()
            again = Call(query=call.query, rows=call.rows, source="cache")
            self.front.keep(raw, generation, status, headers, data, replace(seen, call=again, outcome="cache"))
            body = [data]
        self._noted(seen, time.perf_counter() - begun)
        return body

    def _noted(self, seen: Seen, seconds: float) -> None:
        self.metrics.count(seen, seconds)
        self.log.write(seen, seconds)

    def _healthz(self) -> tuple[int, str, bytes]:
        """Whether the process answers."""
        return _told(200, {"status": "ok"})

    def _readyz(self) -> tuple[int, str, bytes]:
        """Whether queries can be asked: not while the server ends, nor while the data have no process."""
        if self.draining:
            return _told(503, {"status": "ending"})
        if not self._live.alive():
            return _told(503, {"status": "the process that holds the data has ended"})
        try:
            store = self._live.store()
            getattr(store, "own", store).ask("ASK {}")
        except StoreError as error:
            return _told(503, {"status": type(error).__name__})
        return _told(200, {"status": "ready", "snapshot": store.digest})


def _told(status: int, message: dict[str, str]) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps(message).encode() + b"\n"


def _outcome(status: int, call: Call) -> str:
    """What came of the request's query; "" where there was none."""
    if call.query is None:
        return ""
    return call.limit or (call.source or "ok" if status < 400 else _OUTCOMES.get(status, "error"))
