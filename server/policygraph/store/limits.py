"""What one query may use, and how a process holds itself to it."""

from __future__ import annotations

import resource
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """timeout: seconds of wall clock; rows: solutions or triples of an answer; size: bytes of an answer;
    memory: bytes beyond what the data take; 0 sets no limit on rows, size or memory.

    quick: seconds that a query may take in the place that is kept for short ones.
    workers: queries at one time, at least 2; queue: queries that may wait beside them.
    """

    timeout: float = 10.0
    rows: int = 1_000_000
    size: int = 64 << 20
    memory: int = 1 << 30
    quick: float = 0.1
    workers: int = 4
    queue: int = 32

    def for_pages(self) -> Limits:
        """What the pages' own queries may use: they read the whole graph, and nobody from outside writes them."""
        seconds = max(self.timeout, 60.0)
        return Limits(timeout=seconds, quick=seconds, rows=0, size=0, memory=0, workers=2, queue=256)


def address_space() -> int:
    """Bytes of address space that this process has."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (also read in workers, where pathlib is too much)
        return int(file.read().split()[0]) * resource.getpagesize()


def confine(memory: int, files: bool = False) -> None:
    """From now on: so many bytes more, no core file, and no new file or socket, unless files are needed.

    Sockets too: Oxigraph resolves SERVICE by itself, and has no switch against it. Files that are open stay so; a
    store on disk opens its own as it needs them, and has the guard alone between SERVICE and the network.
    """
    if memory:
        most = address_space() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
