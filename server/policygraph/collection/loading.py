"""Documents go into the store, batch by batch, in a thread of their own while others are still being compiled.

The engine loads on one processor for most of the time, so the two together take little longer than one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from .disk import Disk
from .work import graphs_of

BATCH = 1000  # documents that one bulk load takes: enough quads to keep the engine's threads busy


class Loading:
    """disk: the store; file: where a document's N-Quads lie; loaded: told, in the calling thread, of each batch that
    the store holds now."""

    def __init__(self, disk: Disk, file: Callable[[str], Path], loaded: Callable[[list[str]], None]) -> None:
        self._disk, self._file, self._loaded = disk, file, loaded
        self._thread = ThreadPoolExecutor(1, "load")
        self._given: list[tuple[list[str], Future[None]]] = []
        self._next: dict[str, None] = {}

    def put(self, document: str) -> None:
        """A document whose file is in place."""
        self._next[document] = None
        if len(self._next) >= BATCH:
            self._hand_over()
        self._settle([given for given in self._given if given[1].done()])

    def finish(self) -> None:
        """Load what is left. Raises what loading raised."""
        self._hand_over()
        self._settle(list(self._given))

    def _hand_over(self) -> None:
        if batch := list(self._next):
            self._next.clear()
            self._given.append((batch, self._thread.submit(self._load, batch)))

    def _load(self, batch: list[str]) -> None:
        for document in batch:
            self._disk.remove(graphs_of(document))
        self._disk.load([self._file(document) for document in batch])

    def _settle(self, ended: Iterable[tuple[list[str], Future[None]]]) -> None:
        for given in ended:
            given[1].result()
            self._given.remove(given)
            again = {*self._next, *(document for batch, _ in self._given for document in batch)}
            self._loaded([document for document in given[0] if document not in again])

    def __enter__(self) -> Loading:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Before the store is closed, nothing may load any more."""
        self._thread.shutdown(cancel_futures=kind is not None)
