"""The graph behind one small interface: Oxigraph in this process, or any SPARQL 1.1 endpoint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import StoreError
from ..snapshot import is_collection
from .base import GRAPH_TYPES, RESULT_TYPES, QueryForm, Store, Table, Term
from .credentials import credentials
from .disk import CollectionStore
from .embedded import EmbeddedStore, GraphOf
from .guard import Refusal
from .limits import Limits
from .live import Live
from .pool import PooledStore, pooled_collection, pooled_store
from .remote import RemoteStore

__all__ = [
    "GRAPH_TYPES", "RESULT_TYPES", "CollectionStore", "EmbeddedStore", "Limits", "Live", "PooledStore", "QueryForm",
    "Refusal", "RemoteStore", "Store", "Table", "Term", "open_store",
]  # fmt: skip


def open_store(
    where: str | None = None,
    *,
    default_paths: Callable[[], Sequence[Path | str]] | None = None,
    graph_of: GraphOf | None = None,
    union: bool = True,
    limits: Limits | None = None,
    cache_bytes: int = 0,
) -> Store:
    """The store at a URL (http, https), a path or a collection's folder; without one, what default_paths names.

    graph_of: the named graph for a file of triples; union: as for EmbeddedStore. limits: what a query may use; with
    workers among them, files are opened in processes of their own (Linux) and answers are kept within cache_bytes.
    Raises StoreError where there is nothing to open; a remote store is first asked at its first query, with the
    credentials of the environment.
    """
    if where is not None and where.partition(":")[0].lower() in ("http", "https"):
        return RemoteStore(where, credentials=credentials(), limits=limits)
    isolated = limits if limits and limits.workers and sys.platform == "linux" else None
    if where is not None and is_collection(Path(where)):
        return pooled_collection(Path(where), isolated, cache_bytes) if isolated else CollectionStore(Path(where))
    if where is None and default_paths is None:
        raise StoreError("no store is given, and no dataset comes with this call")
    paths = default_paths() if where is None and default_paths else [str(where)]
    if isolated:
        return pooled_store(paths, graph_of, isolated, cache_bytes, union)
    return EmbeddedStore(paths, graph_of, limits, union)
