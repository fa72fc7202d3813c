"""The W3C SPARQL 1.1 test suite, read from its own manifests.

The suite is not part of this repository: it is looked for as `shared/w3c/sparql/sparql11` beside the checkout or
above it, or where POLICYGRAPH_W3C points. `differences.yaml` names every test that ends otherwise here, and why.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.term import Node

HERE = Path(__file__).parent
_PLACES = [parent / "shared" / "w3c" / "sparql" / "sparql11" for parent in HERE.parents]
SUITE = next(
    (place for place in (Path(os.environ.get("POLICYGRAPH_W3C", "/nowhere")), *_PLACES) if place.is_dir()), None
)
needs_suite = pytest.mark.skipif(SUITE is None, reason="the W3C suite is not here (POLICYGRAPH_W3C or ../shared/w3c)")

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")


@dataclass(frozen=True)
class Case:
    """One entry of a manifest: its folder, its name (the IRI's last part), its type's name, its node."""

    folder: str
    name: str
    kind: str
    graph: Graph
    node: Node

    @property
    def id(self) -> str:
        return f"{self.folder}/{self.name}"

    def value(self, *path: Node) -> Node | None:
        node: Node | None = self.node
        for step in path:
            node = None if node is None else self.graph.value(node, step)
        return node

    def data(self, holder: Node | None, default: Node, named: Node) -> dict[str, list[Path]]:
        """Graph IRI ("" for the default graph) → files, as an action or result lists them."""
        found: dict[str, list[Path]] = {}
        for file in self.graph.objects(holder, default):
            found.setdefault("", []).append(path_of(file))
        for entry in self.graph.objects(holder, named):
            file = self.graph.value(entry, UT.graph) or self.graph.value(entry, QT.graph) or entry
            name = str(self.graph.value(entry, RDFS.label) or file)
            found.setdefault(name, []).append(path_of(file))
        return found


def path_of(iri: Node) -> Path:
    return Path(str(iri).removeprefix("file://"))


def cases(folder: str, manifest: str = "manifest.ttl") -> list[Case]:
    """The entries of one folder's manifest in its order; none where the suite is absent."""
    if SUITE is None:
        return []
    path = SUITE / folder / manifest
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    return list(_entries(folder, graph))


def _entries(folder: str, graph: Graph) -> Iterator[Case]:
    for entries in graph.objects(None, MF.entries):
        for node in graph.items(entries):
            kinds = [str(kind).rpartition("#")[2] for kind in graph.objects(node, RDF.type)]
            name = str(node).rpartition("#")[2].rpartition("/")[2]
            yield Case(folder, name, kinds[0] if kinds else "", graph, node)


@lru_cache(maxsize=1)
def differences() -> dict[str, tuple[str, str]]:
    """Test id → (what happens here instead, why), from differences.yaml."""
    found: dict[str, tuple[str, str]] = {}
    for group in yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8")):
        for name in group["tests"]:
            assert name not in found, f"{name} is listed twice"
            found[name] = group["instead"], " ".join(group["why"].split())
    return found
