"""What was made lately and is dear to make again, within a bound."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """A mapping of two halves. What is asked for moves into the young half; when that is full it becomes the old one,
    and the old one is forgotten. Threads may share it without a lock: the worst is that a value is made twice.

    most: the weight of all values together, about.
    """

    def __init__(self, most: int) -> None:
        self._half = max(1, most // 2)
        self._young: dict[Hashable, tuple[T, int]] = {}
        self._old: dict[Hashable, tuple[T, int]] = {}
        self._weight = 0

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: Hashable) -> T | None:
        found = self._young.get(key)
        if found is None:
            found = self._old.pop(key, None)
            if found is None:
                return None
            self.put(key, *found)
        return found[0]

    def put(self, key: Hashable, value: T, weight: int = 1) -> T:
        """Keeps a value, unless it alone would push out all others."""
        heavy = weight + 1  # an empty answer takes room too
        if heavy > self._half:
            return value
        if self._weight + heavy > self._half:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = (value, weight)
        self._weight += heavy
        return value
