"""waitress around an application: connections, threads, signals, and an end that loses no answer."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import waitress
from waitress import wasyncore
from waitress.server import BaseWSGIServer

from ..errors import InputError
from ..settings import Settings
from ..store.live import Live
from .front import SERVER, Channel
from .operations import Operations

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger("policygraph")
_FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
_CONNECTIONS = 1000
_CROWDED = 0.75  # of them open: idle ones are closed
_IDLE_SECONDS = 1.0
_SWITCH_SECONDS = 0.001  # Python's 5 ms is what a short answer would wait for while a page is being made
_DRAIN_LOOK_SECONDS = 0.05


class Server:
    """A listening server; InputError where its address cannot be had. url: where it can be reached."""

    def __init__(self, app: WSGIApplication, operations: Operations, live: Live, settings: Settings) -> None:
        self._operations = operations
        self._live = live
        self._settings = settings
        self._ending = 0
        self._reload_waits = threading.Lock()
        self._reload_runs = threading.Lock()
        self._map: dict[int, Any] = {}
        options: dict[str, Any] = {}
        if settings.trusted_proxy:
            options = {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _FORWARDED}
        # Queries that run or wait take a thread each; the pages' threads come on top, so these are never taken.
        threads = settings.threads + settings.workers + 2 * settings.queue
        # An answer is handed over whole: a slow reader must not hold the thread that made it.
        watermark = max(settings.max_bytes, 64 << 20) + (1 << 20)
        try:
            waitress.create_server(
                app,
                map=self._map,
                host=settings.host,
                port=settings.port,
                threads=threads,
                ident=SERVER,
                channel_request_lookahead=1,  # or the end of a connection would not be seen while its query runs
                outbuf_high_watermark=watermark,
                connection_limit=_CONNECTIONS,
                # Beyond what the endpoint itself would refuse with a problem document: no more is even received.
                max_request_body_size=max(4 * settings.max_query_bytes, 1 << 20),
                channel_timeout=60,
                asyncore_use_poll=True,
                clear_untrusted_proxy_headers=True,
                **options,
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"cannot listen on {settings.host}:{settings.port}: {reason}") from None
        self._listeners = [each for each in self._map.values() if isinstance(each, BaseWSGIServer)]
        channel = type("Channel", (Channel,), {"front": operations.front, "proxy": settings.trusted_proxy})
        for listener in self._listeners:
            listener.channel_class = channel
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self.url = f"http://{host}:{self._listeners[0].effective_port}/"
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting is counted in /metrics

    def run(self, announce: Callable[[], None] = lambda: None) -> None:
        """Serve until SIGTERM or SIGINT, finish what runs, and end; SIGHUP loads the data again.

        A second signal, or the end of the time of grace, ends what still runs. announce: told once the signals are
        heeded, since whoever reads that the server runs may send one at once.
        """
        sys.setswitchinterval(_SWITCH_SECONDS)
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._reload)
        announce()
        try:
            while not self._ending:
                self._turn(_IDLE_SECONDS)
            self._operations.draining = True
            for listener in self._listeners:
                listener.accepting = False
                listener.del_channel(self._map)
                listener.socket.close()
            until = time.monotonic() + self._settings.grace
            while self._ending == 1 and time.monotonic() < until and self._busy():
                self._turn(_DRAIN_LOOK_SECONDS)
        finally:
            self._live.close()  # a query that still runs ends with its worker
            self._listeners[0].task_dispatcher.shutdown(timeout=1)
            wasyncore.close_all(self._map, ignore_all=True)
            self._operations.log.close()

    def _turn(self, seconds: float) -> None:
        self._make_room()
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _make_room(self) -> None:
        """Before the last places are taken, close idle connections: of who holds the most, the oldest first.

        Else whoever opens that many and says nothing would shut everybody out until they time out.
        """
        if len(self._map) < _CROWDED * _CONNECTIONS:
            return
        channels = [each for listener in self._listeners for each in listener.active_channels.values()]
        held = Counter(each.addr[0] for each in channels)
        idle = [each for each in channels if not each.requests and not each.total_outbufs_len and not each.will_close]
        idle.sort(key=lambda each: (-held[each.addr[0]], each.last_activity))
        for channel in idle[: _CONNECTIONS // 4]:
            channel.will_close = True

    def _busy(self) -> bool:
        channels = [each for listener in self._listeners for each in listener.active_channels.values()]
        return any(each.requests or each.total_outbufs_len for each in channels)

    def _end(self, number: int, frame: object) -> None:
        self._ending += 1
        self._listeners[0].pull_trigger()  # a signal alone does not wake the loop

    def _reload(self, number: int, frame: object) -> None:
        """One at a time, and at most one that waits: it will read what all the signals since have announced."""
        if self._reload_waits.acquire(blocking=False):
            threading.Thread(target=self._replace, name="reload", daemon=True).start()

    def _replace(self) -> None:
        with self._reload_runs:
            self._reload_waits.release()
            self._live.reload()
