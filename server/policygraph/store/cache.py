"""Answers kept for as long as the snapshot they were made from, within a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
_OVERHEAD = 400  # bytes that an entry takes beside its key and value, about


class ByteCache(Generic[T]):
    """A mapping that forgets what was not asked for the longest, once its entries weigh more than most bytes.

    An entry heavier than an eighth of that is not kept: one answer shall not push out all others.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.hits = 0
        self.misses = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def bytes(self) -> int:
        """What the entries weigh."""
        return self._bytes

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses += 1
                return None
            self.hits += 1
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: T, weight: int) -> None:
        """Keep a value. weight: bytes of the key and the value."""
        weight += _OVERHEAD
        if weight > self.most // 8:
            return
        with self._lock:
            if key in self._entries:
                self._bytes -= self._entries.pop(key)[1]
            self._entries[key] = (value, weight)
            self._bytes += weight
            while self._bytes > self.most:
                _, (_, lost) = self._entries.popitem(last=False)
                self._bytes -= lost

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0
