"""The graph behind one small interface: Oxigraph in this process, or any SPARQL 1.1 endpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import StoreError
from .base import GRAPH_TYPES, RESULT_TYPES, QueryForm, Store, Table, Term
from .credentials import credentials
from .embedded import EmbeddedStore, GraphOf
from .guard import Refusal
from .remote import RemoteStore

__all__ = [
    "GRAPH_TYPES", "RESULT_TYPES", "EmbeddedStore", "QueryForm", "Refusal", "RemoteStore", "Store", "Table",
    "Term", "open_store",
]  # fmt: skip


def open_store(
    where: str | None = None,
    *,
    default_paths: Callable[[], Sequence[Path | str]] | None = None,
    graph_of: GraphOf | None = None,
    union: bool = True,
) -> Store:
    """The store at a URL (http, https) or a path; without one, the files that default_paths names.

    graph_of: the named graph for a file of triples; union: as for EmbeddedStore. Raises StoreError where there
    is nothing to open; a remote store is first asked at its first query, with the credentials of the environment.
    """
    if where is None:
        if default_paths is None:
            raise StoreError("no store is given, and no dataset comes with this call")
        return EmbeddedStore(default_paths(), graph_of, union)
    if where.partition(":")[0].lower() in ("http", "https"):
        return RemoteStore(where, credentials=credentials())
    return EmbeddedStore([where], graph_of, union)
