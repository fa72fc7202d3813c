"""The build: same bytes in every process, current files, a closure that is trimmed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import Graph
from rdflib.compare import isomorphic

from policygraph import resources
from policygraph.errors import BuildError
from policygraph.files import save
from policygraph.graph import build as builder
from policygraph.graph.bridge import new_graph
from policygraph.graph.build import Compiled
from policygraph.graph.reason import closure
from policygraph.graph.write import turtle

CODE = """
import hashlib
from policygraph.graph.build import build
print({p.name: hashlib.sha256(d).hexdigest() for p, d in build().files.items()})
"""


def test_same_bytes_in_every_process_and_as_committed() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", CODE], env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    files = {
        name: hashlib.sha256((resources.data() / name).read_bytes()).hexdigest()
        for name in ("policy.ttl", "alignment.ttl", "inferred.ttl", "policygraph.nq")
    }
    assert answers == {f"{files}\n"}


def test_a_stale_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"one\ntwo\n")
    result = builder.Result({path: b"one\nthree\n", tmp_path / "b.ttl": b""}, {})
    first, second = builder.stale(result)
    assert first.startswith(f"{path}:2:1: is stale")
    assert second.endswith("is missing")


def test_turtle_reads_back_as_the_same_graph(qinghai: Compiled) -> None:
    assert isomorphic(Graph().parse(data=turtle(qinghai.graph), format="turtle"), qinghai.graph)


def test_nothing_is_half_written(tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "dir"
    good.write_bytes(b"old")
    (bad / "x").mkdir(parents=True)
    with pytest.raises(OSError):
        save({bad: b"new", good: b"new"})
    assert good.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dir", "good"]


def test_the_closure_gives_the_short_ways() -> None:
    store = Store()
    store.load(path=str(resources.dataset()), format=RdfFormat.N_QUADS)
    pg = "PREFIX pg: <https://w3id.org/policygraph/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#> "
    for missing in (
        "?p pg:hasAssignment/pg:actor ?a FILTER NOT EXISTS { ?p pg:responsibleActor ?a }",
        "?p pg:hasAssignment/pg:actor ?a FILTER NOT EXISTS { ?a pg:responsibleFor ?p }",
        "?x pg:fromProvision ?p ; pg:toProvision ?n FILTER NOT EXISTS { ?p pg:carriesOut ?n . ?n pg:carriedOutBy ?p }",
        "?d pg:hasCitation/pg:citedDocument ?c FILTER NOT EXISTS { ?d pg:cites ?c ; eli:cites ?c }",
        "?s eli:is_part_of ?p FILTER NOT EXISTS { ?p eli:has_part ?s }",
    ):
        answer = store.query(f"{pg} ASK {{ {missing} }}", use_default_graph_as_union=True)
        assert not bool(answer), missing
    inferred = Graph().parse(resources.data() / "inferred.ttl")
    assert not [t for t in inferred if t[0] == t[2]]
    assert store.contains_named_graph(NamedNode("https://w3id.org/policygraph/id/graph/inferred"))


def test_an_inconsistency_stops_the_build() -> None:
    ontology = Graph().parse(resources.ontology() / "policygraph.ttl")
    graph = new_graph()
    graph.parse(
        data="@prefix pg: <https://w3id.org/policygraph/ontology#> . "
        "<https://w3id.org/policygraph/id/doc/a/1.1> a pg:Task, pg:Safeguard .",
        format="turtle",
    )
    with pytest.raises(BuildError, match=r"inconsistent|reasoning"):
        closure(graph, ontology)


def test_words_on_two_lines_do_not_stop_the_closure() -> None:
    """A responsibility phrase may run over a line's end."""
    graph = new_graph()
    graph.parse(
        data="@prefix pg: <https://w3id.org/policygraph/ontology#> . "
        '<https://w3id.org/policygraph/id/doc/a/1.1> a pg:Task ; pg:responsibilityPhrase "甲\\n乙\\"" .',
        format="turtle",
    )
    assert len(closure(graph, Graph().parse(resources.ontology() / "policygraph.ttl"))) == 2
