"""Oxigraph in this process: the dataset's files, loaded into memory."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ..errors import LimitError, StoreError
from ..graph.namespaces import ID_BASE, PREFIXES
from . import calls
from .base import GRAPH_TYPES, Job, QueryForm
from .engine import EngineStore, letting_go
from .limits import Limits
from .merge import dataset, merge
from .patterns import Patterns
from .rows import count_rows
from .syntax import explain

_SUFFIXES = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
GraphOf = Callable[[Path], str | None]
"""The graph that a file of triples goes into; None for the default graph."""


class EmbeddedStore(EngineStore):
    """Files of quads (.nq, .trig, .jsonld) and triples (.ttl, .nt, .rdf, .owl), or folders of them, in memory.

    union: whether queries without FROM see all graphs as one (`merge`), or the default graph alone. Relative IRIs of
    a query are read against ID_BASE, those of a file are an error: where it lies is nobody else's business.

    Oxigraph normalises what it loads: "01"^^xsd:integer answers as "1", @zh-Hans as @zh-hans. `digest` is the
    sha256 over the files' names and bytes, and the graph that each goes into.

    limits: of them rows and size hold here; what is to be ended from outside runs in a PooledStore.

    Raises StoreError for a file that is missing, of another kind, or does not parse (with its line).
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        graph_of: GraphOf | None = None,
        limits: Limits | None = None,
        union: bool = True,
    ) -> None:
        self._union = union
        self._store = ox.Store()
        self.limits = limits or Limits(rows=0, size=0)
        digest = hashlib.sha256(b"" if union else b"plain\0")  # the same data answer otherwise
        for path in dataset_files(paths):
            graph = graph_of(path) if graph_of else None
            data = _read(path)
            digest.update(f"{path.name}\0{graph or ''}\0{len(data)}\0".encode())
            digest.update(data)
            self._load(path, data, graph)
        self._digest = digest.hexdigest()
        self._quads = len(self._store)
        self._merged = union
        if union:
            merge(self._store)
        names = (graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))
        self._names = tuple(sorted(names))

    @property
    def digest(self) -> str:
        return self._digest

    @property
    def union_default_graph(self) -> bool:
        return self._union

    def __len__(self) -> int:
        """Quads loaded."""
        return self._quads

    def named_graphs(self) -> tuple[str, ...]:
        return self._names

    def patterns(self) -> Patterns:
        """Look-ups of single nodes, for the pages."""
        return Patterns(self._store, merged=self._merged)

    def execute(self, job: Job) -> bytes:
        data, rows = self.run(job)
        calls.current().rows = rows
        return data

    def run(self, job: Job) -> tuple[bytes, int]:
        """The answer, and how many solutions or triples it holds (0 for ASK); LimitError beyond the limits."""
        try:
            with letting_go():
                return self._run(job)
        except SyntaxError as error:
            raise explain(job.query, str(error.msg)) from None
        except ValueError as error:  # a dataset argument that is no IRI
            raise explain("", str(error)) from None
        except RuntimeError as error:
            if "function" in str(error):
                raise explain("", str(error)) from None
            raise StoreError(f"the query failed: {error}") from error
        except OSError as error:
            raise StoreError(f"the query failed: {error}") from error

    def _run(self, job: Job) -> tuple[bytes, int]:
        answer = self._query(job)
        output = _Output(self.limits.size)
        if isinstance(answer, ox.QueryTriples):
            return self._run_graph(answer, job, output)
        kind = ox.QueryResultsFormat.from_media_type(job.media_type)
        if job.media_type in GRAPH_TYPES or (job.form is QueryForm.ASK) != isinstance(answer, ox.QueryBoolean):
            raise StoreError(f"the engine did not answer as to {job.form}")
        answer.serialize(output, format=kind)
        data = output.getvalue()
        rows = count_rows(data, job.media_type)
        self._check_rows(rows)
        return data, rows

    def _run_graph(self, triples: ox.QueryTriples, job: Job, output: _Output) -> tuple[bytes, int]:
        if job.media_type not in GRAPH_TYPES:
            raise StoreError(f"the engine did not answer as to {job.form}")
        kind = ox.RdfFormat.from_media_type(job.media_type)
        ox.serialize(self._counted(triples, output), output, format=kind, prefixes=PREFIXES)
        return output.getvalue(), output.triples

    def _counted(self, triples: ox.QueryTriples, output: _Output) -> Iterator[ox.Triple]:
        for output.triples, triple in enumerate(triples, 1):
            self._check_rows(output.triples)
            yield triple

    def _check_rows(self, rows: int) -> None:
        if self.limits.rows and rows > self.limits.rows:
            raise LimitError("max_rows", self.limits.rows)

    def _query(self, job: Job) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if job.default_graphs is None or job.named_graphs is None:
            # The union option would silently take the place of the query's own FROM.
            union = self._union and not self._merged and not job.has_dataset
            return self._store.query(job.query, base_iri=ID_BASE, use_default_graph_as_union=union)
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in job.named_graphs]
        if len(set(job.default_graphs)) < 2:
            one: ox.NamedNode | list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = (
                ox.NamedNode(job.default_graphs[0]) if job.default_graphs else []
            )
            return self._store.query(job.query, base_iri=ID_BASE, default_graph=one, named_graphs=named)
        merged = dataset(self._store, dict.fromkeys(job.default_graphs), job.named_graphs)
        return merged.query(job.query, base_iri=ID_BASE, default_graph=ox.DefaultGraph(), named_graphs=named)

    def _load(self, path: Path, data: bytes, graph: str | None) -> None:
        kind = rdf_format(path)
        into = ox.NamedNode(graph) if graph and not kind.supports_datasets else None
        try:
            self._store.bulk_load(input=data, format=kind, to_graph=into)
        except SyntaxError as error:
            place = f":{error.lineno}:{error.offset}" if error.lineno else ""
            raise StoreError(f"{path}{place}: {error.msg}") from None
        except (ValueError, OSError) as error:
            raise StoreError(f"{path}: {error}") from error


class _Output(io.BytesIO):
    """What a serialiser writes to; it ends the answer that grows beyond most bytes (0: never).

    triples: how many were given to the serialiser so far.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.triples = 0
        self._most = most

    def write(self, piece: Any) -> int:
        if self._most and self.tell() + len(piece) > self._most:
            raise LimitError("max_bytes", self._most)
        return super().write(piece)


def write_graph(triples: Iterable[ox.Triple] | Iterable[ox.Quad], media_type: str) -> bytes:
    """Triples as one of GRAPH_TYPES, under our prefixes where the format has any."""
    kind = ox.RdfFormat.from_media_type(media_type)
    return ox.serialize(triples, format=kind, prefixes=PREFIXES) or b""


def dataset_files(paths: Sequence[Path | str]) -> list[Path]:
    """The files that these paths name, folders opened; StoreError where one is no data."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files += sorted(found for found in path.iterdir() if found.suffix in _SUFFIXES)
        elif path.suffix in _SUFFIXES:
            files.append(path)
        else:
            raise StoreError(f"{path}: none of {', '.join(_SUFFIXES)}, and no folder")
    if not files:
        raise StoreError(f"no data in {', '.join(map(str, paths)) or 'no file'}")
    return files


def rdf_format(path: Path) -> ox.RdfFormat:
    """The format of one of `dataset_files`."""
    return _SUFFIXES[path.suffix]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
