"""A real HTTP server on a loopback port for any WSGI application, which may be exchanged while it runs."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from flask import Flask
from waitress.server import create_server

from policygraph.settings import Settings
from policygraph.web import create_app


def serving(**settings: Any) -> Flask:
    """The application that `policygraph serve` runs with these settings; queries in this process unless told."""
    return create_app(Settings(**{"workers": 0, **settings}))


@contextmanager
def pooled(**settings: Any) -> Iterator[Flask]:
    """The application with its workers, until the block ends."""
    app = serving(workers=2, **settings)
    try:
        yield app
    finally:
        app.extensions["policygraph"]["live"].close()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()


class Site:
    """`with Site() as site: site.app = application; site.ask("GET", "/")`."""

    def __init__(self, app: Any = None, threads: int = 4) -> None:
        self.app = app
        self._server = create_server(lambda environ, start: self.app(environ, start), port=0, threads=threads)
        self.port: int = self._server.effective_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        sockets = self._server._map
        ending = 0
        while not self._stopping.is_set() or (len(sockets) > 2 and ending < 100):  # its own two, and the clients'
            ending += self._stopping.is_set()
            self._server.asyncore.loop(timeout=0.02, map=sockets, count=1)
        self._server.close()
        self._server.asyncore.close_all(sockets, ignore_all=True)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join(10)
        self._server.task_dispatcher.shutdown()
        assert not self._thread.is_alive()

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request with exactly these headers (and Host, Accept-Encoding, Content-Length)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
