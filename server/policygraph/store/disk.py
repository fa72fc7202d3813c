"""A collection's store: the snapshot that `policygraph add` published, opened on disk and only read."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..errors import StoreError
from ..snapshot import current
from .embedded import EmbeddedStore
from .limits import Limits


class CollectionStore(EmbeddedStore):
    """The current snapshot of a collection; one that is published later is another store.

    pinned: the snapshot's folder and digest, where it shall be another than the current one.
    Raises StoreError where nothing was published or the snapshot cannot be opened.
    """

    def __init__(self, folder: Path, pinned: tuple[Path, str] | None = None) -> None:
        self.limits = Limits(rows=0, size=0)
        self._union = True
        found = pinned or current(folder / "store")
        if found is None:
            raise StoreError(f"{folder}: no collection, or one to which nothing was added yet")
        snapshot, self._digest = found
        try:
            self._store = ox.Store.read_only(str(snapshot))
        except OSError as error:
            raise StoreError(f"{snapshot}: {error}") from None
        self._merged = False  # its graphs have no triple in common
        names = (graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))
        self._names = tuple(sorted(names))

    def __len__(self) -> int:
        return len(self._store)
