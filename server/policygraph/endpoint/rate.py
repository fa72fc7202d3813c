"""Queries a minute for each client."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from math import ceil

from ..errors import RateError

_MOST_CLIENTS = 10_000


class Rate:
    """A bucket of `most` queries for each client, filled again within a minute; most = 0 lets everything pass."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client → (left, at)

    def admit(self, client: str) -> None:
        """Take one query from the client's bucket; RateError, with the time until there is one, when it is empty."""
        if not self._most:
            return
        now = time.monotonic()
        a_second = self._most / 60
        with self._lock:
            left, at = self._buckets.pop(client, (float(self._most), now))
            left = min(self._most, left + (now - at) * a_second)
            self._buckets[client] = (left - 1 if left >= 1 else left, now)
            if len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
        if left < 1:
            raise RateError("too many queries of this client", ceil((1 - left) / a_second))
