"""Compressed replies (RFC 9110, sections 8.4 and 12.5.3): zstd or gzip around any WSGI application.

A compressed reply is another representation, so its strong ETag is another: `"abc-gzip"` for `"abc"`. The inner
application sees and makes plain tags alone.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import zstandard

from .negotiate import qualities

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_Headers = list[tuple[str, str]]

LEAST = 1024
"""Bytes below which a reply travels as it is: its headers weigh as much."""

_TEXT = re.compile(r"text/|application/(?:[\w.+-]+\+)?(?:json|xml)\b|application/n-triples|image/svg\+xml", re.I)
_LISTED_TAG = re.compile(r'"([^"]*)-(gzip|zstd)"')


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=5, mtime=0)  # without a time: the same answer, the same bytes


def _zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


_CODERS: dict[str, Callable[[bytes], bytes]] = {"zstd": _zstd, "gzip": _gzip}


@lru_cache(maxsize=256)  # browsers and libraries send few different ones
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
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        if is_head:  # made as for GET, so that its headers are those of GET (RFC 9110, section 9.3.2)
            environ = {**environ, "REQUEST_METHOD": "GET"}
        told: list[Any] = []
        written: list[bytes] = []

        def remember(status: str, headers: _Headers, *rest: Any) -> Callable[[bytes], object]:
            told[:] = status, list(headers), rest
            return written.append

        chunks = self._app(environ, remember)
        try:
            body = b"".join((*written, *chunks))
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers, rest = told
        body = _encode(status, headers, body, coding, asked)
        start_response(status, headers, *rest)
        return [] if is_head else [body]


def _encode(status: str, headers: _Headers, body: bytes, coding: str, asked: str) -> bytes:
    """The body to send; the headers are made to fit it."""
    named = {name.lower(): value for name, value in headers}
    tag = named.get("etag", "")
    encoded_tag = f'{tag[:-1]}-{coding}"'
    if status.startswith("304"):
        if coding and encoded_tag in asked:
            _replace(headers, "ETag", encoded_tag)
        _vary(headers, named)
        return body
    if not _TEXT.match(named.get("content-type", "")) or "content-encoding" in named:
        return body
    _vary(headers, named)
    if not coding or len(body) < LEAST or not status.startswith(("200", "4", "5")):
        return body
    headers.append(("Content-Encoding", coding))
    if tag.startswith('"'):
        _replace(headers, "ETag", encoded_tag)
    body = _CODERS[coding](body)
    _replace(headers, "Content-Length", str(len(body)))
    return body


def _replace(headers: _Headers, name: str, value: str) -> None:
    headers[:] = [*(pair for pair in headers if pair[0].lower() != name.lower()), (name, value)]


def _vary(headers: _Headers, named: dict[str, str]) -> None:
    vary = named.get("vary", "")
    if not vary:
        headers.append(("Vary", "Accept-Encoding"))
    elif "accept-encoding" not in vary.lower() and vary != "*":
        _replace(headers, "Vary", f"{vary}, Accept-Encoding")
