"""Compressed replies (RFC 9110, sections 8.4 and 12.5.3): zstd or gzip around any WSGI application.

A compressed reply is another representation, so its strong ETag is another: `"abc-gzip"` for `"abc"`. The inner
application sees and makes plain tags alone.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import zstandard
from werkzeug.datastructures import Headers

from .negotiate import qualities

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LEAST = 1024
"""Bytes below which a reply travels as it is: its headers weigh as much."""

_TEXT = re.compile(r"text/|application/(?:[\w.+-]+\+)?(?:json|xml)\b|application/n-triples|image/svg\+xml", re.I)
_LISTED_TAG = re.compile(r'"([^"]*)-(gzip|zstd)"')


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=5, mtime=0)  # without a time: the same answer, the same bytes


def _zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


_CODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}


def choose(accept_encoding: str) -> str:
    """zstd, gzip or "" as the client likes best; zstd only where it is named, as not every client of * has it."""
    asked = qualities(accept_encoding)
    offered = {"zstd": asked.get("zstd", 0.0), "gzip": asked.get("gzip", asked.get("*", 0.0))}
    best = max(offered, key=offered.__getitem__)
    return best if offered[best] > 0 and offered[best] >= asked.get("identity", 0.0) else ""


class Encoded:
    """`Encoded(app)` is app with compressed replies."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        asked = environ.get("HTTP_IF_NONE_MATCH", "")
        if coding and f'-{coding}"' in asked:
            # The tags of this coding become the inner application's; those of another coding match nothing.
            environ["HTTP_IF_NONE_MATCH"] = _LISTED_TAG.sub(
                lambda found: f'"{found[1]}"' if found[2] == coding else found[0], asked
            )
        told: list[tuple[str, Headers, object]] = []
        written: list[bytes] = []

        def remember(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            told[:] = [(status, Headers(headers), exc_info)]
            return written.append

        chunks = self._app(environ, remember)
        try:
            body = b"".join((*written, *chunks))
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers, exc_info = told[0]
        body = _encode(status, headers, body, coding, asked, environ["REQUEST_METHOD"] == "HEAD")
        if exc_info is None:
            start_response(status, headers.to_wsgi_list())
        else:
            start_response(status, headers.to_wsgi_list(), exc_info)  # type: ignore[arg-type]
        return [body]


def _encode(status: str, headers: Headers, body: bytes, coding: str, asked: str, is_head: bool) -> bytes:
    """The body to send; the headers are made to fit it."""
    if status.startswith("304"):
        tag = headers.get("ETag", "")
        encoded = f'{tag[:-1]}-{coding}"'
        if coding and encoded in asked:
            headers["ETag"] = encoded
        _vary(headers)
        return body
    if not _TEXT.match(headers.get("Content-Type", "")) or headers.get("Content-Encoding"):
        return body
    _vary(headers)
    size = headers.get("Content-Length", 0, type=int) if is_head else len(body)
    if not coding or size < LEAST or not status.startswith(("200", "4", "5")):
        return body
    headers["Content-Encoding"] = coding
    tag = headers.get("ETag", "")
    if tag.startswith('"'):
        headers["ETag"] = f'{tag[:-1]}-{coding}"'
    if is_head:
        del headers["Content-Length"]  # known only to who compresses; leaving it out is allowed (section 8.6)
        return body
    body = _CODERS[coding](body)
    headers["Content-Length"] = str(len(body))
    return body


def _vary(headers: Headers) -> None:
    listed = [name.strip() for name in headers.get("Vary", "").split(",") if name.strip()]
    if not {"accept-encoding", "*"} & {name.lower() for name in listed}:
        headers["Vary"] = ", ".join([*listed, "Accept-Encoding"])
