"""Files → batches of triples, a graph after another, made the same way each time so that an upload can go on.

All triples with blank nodes of a graph travel in its first batch, and alone: a blank node is the same one only
within one request. The rest follows in the order of the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ..errors import StoreError
from .embedded import dataset_files, rdf_format


@dataclass(frozen=True, slots=True)
class Batch:
    """graph: IRI, or "" for the default graph; first: whether it opens its graph; blank: whether it may hold blank
    nodes; data: N-Triples; size: triples.
    """

    graph: str
    first: bool
    blank: bool
    data: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent. digest: sha256 over the files, the size of batches and the graph for loose triples."""

    files: tuple[Path, ...]
    into: str
    most: int
    digest: str
    sizes: dict[str, int]
    blank: dict[str, list[ox.Triple]]

    @property
    def total(self) -> int:
        """Triples, those in two files counted twice."""
        return sum(self.sizes.values())

    def batches(self) -> Iterator[Batch]:
        """The batches, in the order in which they fill; the first of each graph says so."""
        waiting = {name: list(self.blank.get(name, ())) for name in sorted(self.sizes)}
        opened: set[str] = set()

        def taken(name: str) -> Batch:
            first = name not in opened
            opened.add(name)
            triples, waiting[name] = waiting[name], []
            data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            return Batch(name, first, first and name in self.blank, data, len(triples))

        for name in sorted(self.blank):
            yield taken(name)
        for quad in _quads(self.files, self.into):
            name = _name(quad)
            if not _has_blank(quad.triple):
                if len(waiting[name]) >= self.most:
                    yield taken(name)
                waiting[name].append(quad.triple)
        for name in waiting:
            if waiting[name]:
                yield taken(name)


def plan(paths: Sequence[Path | str], into: str = "", most: int = 2000) -> Plan:
    """Reads files or folders (as `--data` takes them) and plans their upload.

    into: IRI of the graph for triples that stand in none; most: triples in a batch. StoreError for a file that is
    missing or does not parse, for a graph without an IRI, and where one blank node stands in two graphs.
    """
    files = tuple(dataset_files(paths))
    digest = hashlib.sha256(f"{into}\0{most}\0".encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    sizes: dict[str, int] = {}
    blank: dict[str, list[ox.Triple]] = {}
    homes: dict[str, str] = {}
    for quad in _quads(files, into):
        name = _name(quad)
        sizes[name] = sizes.get(name, 0) + 1
        if _has_blank(quad.triple):
            blank.setdefault(name, []).append(quad.triple)
            for node in _blanks(quad.triple):
                if homes.setdefault(node, name) != name:
                    raise StoreError(f"a blank node stands in {homes[node] or 'the default graph'} and in {name}")
    if not sizes:
        raise StoreError("there is no triple in these files")
    return Plan(files, into, most, digest.hexdigest(), sizes, {name: sorted(blank[name], key=str) for name in blank})


def _quads(files: Iterable[Path], into: str) -> Iterator[ox.Quad]:
    try:
        home: ox.NamedNode | ox.DefaultGraph = ox.NamedNode(into) if into else ox.DefaultGraph()
    except ValueError as error:
        raise StoreError(f"the graph's name {into!r} is no IRI: {error}") from None
    for number, file in enumerate(files):
        try:
            for quad in ox.parse(path=file, format=rdf_format(file)):
                graph = home if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name
                if isinstance(graph, ox.BlankNode):
                    raise StoreError(f"{file}: a graph named by a blank node cannot be sent")
                yield ox.Quad(_own(quad.subject, number), quad.predicate, _own(quad.object, number), graph)
        except SyntaxError as error:
            place = f":{error.lineno}:{error.offset}" if error.lineno else ""
            raise StoreError(f"{file}{place}: {error.msg}") from None
        except OSError as error:
            raise StoreError(f"{file}: {error}") from error


def _own(term: Any, number: int) -> Any:
    """The term, a blank node under a name that no other file's nodes have."""
    return ox.BlankNode(f"f{number}x{term.value}") if isinstance(term, ox.BlankNode) else term


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _blanks(triple: ox.Triple) -> list[str]:
    return [term.value for term in (triple.subject, triple.object) if isinstance(term, ox.BlankNode)]


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
