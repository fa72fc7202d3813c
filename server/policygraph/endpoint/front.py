"""Answers given before a request is even parsed: the same bytes asked again of the same snapshot.

A GET that arrived in one piece and got an answer under a strong, public ETag is remembered by its own bytes, all
headers included, so nothing that could change the answer is overlooked. The next such request is answered from
waitress's input loop, without a thread and without a query. A swap of the snapshot forgets everything.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.utils import formatdate
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from ..store.cache import ByteCache
from ..store.calls import Call

RAW = "policygraph.raw"
"""The environ key of the request's bytes, where its answer may be remembered by them."""

_REQUEST = re.compile(rb"GET [^\r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)+\r\n")
_CLOSES = re.compile(
    rb"\r\n(?:connection:(?![ \t]*keep-alive\r)|expect:|transfer-encoding:|content-length:)", re.IGNORECASE
)
_LARGEST = 8192
SERVER = "policygraph"


@dataclass(frozen=True, slots=True)
class Seen:
    """A request and what came of it, for log and metrics. outcome: of its query, "" where it asked none."""

    client: str
    method: str
    path: str
    status: int
    size: int
    call: Call
    outcome: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer in the bytes that are sent: head without its end, body; and the request that it was made for."""

    head: bytes
    body: bytes
    seen: Seen


class Front:
    """The remembered answers.

    most: bytes that they may weigh; noted: told of each that is given again, None where nobody wants to know.
    given: how many were, by status; counting more than that would cost as much as answering.
    """

    def __init__(self, most: int, noted: Callable[[Seen, float], None] | None) -> None:
        self.given = {200: 0, 304: 0}
        self._cache: ByteCache[Kept] = ByteCache(most)
        self._noted = noted
        self._lock = threading.Lock()
        self._date = (0, b"")
        self._suspended = False
        self.generation = 0

    @property
    def cache(self) -> ByteCache[Kept]:
        return self._cache

    def suspend(self) -> None:
        """Forget everything, and remember nothing until `renew`: the snapshot is about to be another.

        Nobody who has seen the new one may be given an answer from the old one.
        """
        with self._lock:
            self._suspended = True
            self._cache.clear()

    def renew(self) -> None:
        """Begin again with another snapshot; answers to requests that began before are not remembered."""
        with self._lock:
            self._suspended = False
            self.generation += 1

    def keep(
        self, raw: bytes, generation: int, status: str, headers: Sequence[tuple[str, str]], body: bytes, seen: Seen
    ) -> None:
        """Remember an answer that may be given to anybody. generation: of the moment when its request began."""
        named = {name.lower(): value for name, value in headers}
        if not named.get("etag", "").startswith('"') or "public" not in named.get("cache-control", ""):
            return
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), f"Server: {SERVER}", "Date: "]
        kept = Kept("\r\n".join(lines).encode("latin-1"), body, seen)
        with self._lock:
            if generation == self.generation and not self._suspended:
                self._cache.put(raw, kept, len(raw) + len(kept.head) + len(body))

    def answer(self, raw: bytes, client: str) -> bytes | None:
        """The whole response to a request of these bytes, where it is known.

        client: who sent it, for the log; "" where its bytes tell, as those of the proxy do.
        """
        begun = time.perf_counter()
        kept = self._cache.get(raw)
        if kept is None:
            return None
        data = b"".join((kept.head, self._now(), b"\r\n\r\n", kept.body))
        self.given[kept.seen.status] += 1
        if self._noted is not None:
            self._noted(replace(kept.seen, client=client) if client else kept.seen, time.perf_counter() - begun)
        return data

    def _now(self) -> bytes:
        second = int(time.time())
        if self._date[0] != second:
            self._date = (second, formatdate(second, usegmt=True).encode())
        return self._date[1]


def rememberable(data: bytes) -> bool:
    """Whether these bytes are one whole GET that keeps its connection open."""
    return len(data) < _LARGEST and _REQUEST.fullmatch(data) is not None and _CLOSES.search(data) is None


class _Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        if self.channel.raw:
            environ[RAW] = self.channel.raw
        return environ

    def set_close_on_finish(self) -> None:
        # waitress closes after 204 and 304, as they have no length; their end is known without one (RFC 9112, 6.3).
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are looked up before they are parsed."""

    task_class = _Task
    front: Front
    proxy = ""
    raw = b""

    def received(self, data: bytes) -> bool:
        if self.request is not None or self.requests or self.total_outbufs_len:
            self.raw = b""  # pipelined, or a part of a request
            return bool(super().received(data))
        known = self.front.answer(data, "" if self.addr[0] == self.proxy else self.addr[0])
        if known is None:
            self.raw = data if rememberable(data) else b""
            return bool(super().received(data))
        rest = known[self.send(known) :]  # nothing else waits to be sent here
        if rest and self.connected:
            with self.outbuf_lock:
                self.outbufs[-1].append(rest)
                self.current_outbuf_count += len(rest)
                self.total_outbufs_len += len(rest)
        return True
