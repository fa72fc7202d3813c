"""Who may run when: places for queries, of which one is kept for short ones, and a bounded queue before them.

A query starts as a short one. After `quick` seconds it has to become a long one, for which all places but one
are allowed; where none is free, its run is given up and it waits for such a place. So a place is free for the next
short query after `quick` seconds at the latest, whatever the others do.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from ..errors import BusyError, ClientGoneError

_SLICE = 0.05


class Lanes:
    """places: queries at one time, at least 2; queue: requests that may wait in either
    line, so that long ones waiting keep no short one out; patience: seconds each may wait."""

    def __init__(self, places: int, queue: int, patience: float) -> None:
        self._places = places
        self._queue = queue
        self._patience = patience
        self._changed = threading.Condition()
        self._waiting: dict[bool, deque[object]] = {False: deque(), True: deque()}
        self._running = 0
        self._long = 0

    @property
    def running(self) -> int:
        """Queries that run."""
        return self._running

    @property
    def waiting(self) -> int:
        """Queries that wait."""
        return sum(map(len, self._waiting.values()))

    def enter(self, gone: Callable[[], bool], long: bool = False) -> None:
        """Take a place, in the order of asking.

        Raises BusyError when the queue is full or patience ends, ClientGoneError when nobody waits any more.
        """
        ticket = object()
        until = time.monotonic() + self._patience
        with self._changed:
            line = self._waiting[long]
            if not line and self._free(long):
                self._take(long)
                return
            if len(line) >= self._queue:
                raise BusyError("too many queries are waiting", self._seconds(long))
            line.append(ticket)
            try:
                while line[0] is not ticket or not self._free(long):
                    if time.monotonic() >= until:
                        raise BusyError("no place became free in time", self._seconds(long), "waited", self._patience)
                    if gone():
                        raise ClientGoneError("the client has left")
                    self._changed.wait(_SLICE)
                self._take(long)
            finally:
                line.remove(ticket)
                self._changed.notify_all()

    def promote(self) -> bool:
        """Make a running short query a long one, where there is room for one."""
        with self._changed:
            room = self._long < self._places - 1
            self._long += room
            return room

    def leave(self, long: bool) -> None:
        """Give the place back."""
        with self._changed:
            self._running -= 1
            self._long -= long
            self._changed.notify_all()

    def _free(self, long: bool) -> bool:
        return self._running < self._places and (not long or self._long < self._places - 1)

    def _take(self, long: bool) -> None:
        self._running += 1
        self._long += long

    def _seconds(self, long: bool) -> int:
        return max(1, round(self._patience)) if long else 1
