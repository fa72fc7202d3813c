"""The data rules of ontology/shapes.ttl: one graph passes them all, and each of them rejects what it should.

`tests/shapes/good.ttl` is a whole small graph. Each `reject-*.ttl` adds one fault to it; its first line
names the shapes that must find the fault, and no other shape may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from policygraph.graph.bridge import rows
from policygraph.graph.namespaces import PG, RDF, RDFS, SH, SKOS
from policygraph.graph.shapes import Shapes

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "shapes"
REJECTS = sorted(FOLDER.glob("reject-*.ttl"))


@pytest.fixture(autouse=True)
def literals_as_written() -> Iterator[None]:
    """pySHACL switches rdflib's literal normalization off and, after a bad shapes graph, leaves it off."""
    before = rdflib.NORMALIZE_LITERALS
    yield
    rdflib.NORMALIZE_LITERALS = before


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "policygraph.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ROOT / "ontology" / "shapes.ttl")


@pytest.fixture(scope="module")
def fast(shapes: Graph) -> Shapes:
    return Shapes(rows(shapes))


def closed(ontology: Graph, *files: Path) -> Graph:
    """The files as one graph, with the superclass types that the build's closure would add."""
    graph = Graph()
    for file in files:
        graph.parse(file)
    for node, kind in list(graph.subject_objects(RDF.type)):
        for above in ontology.transitive_objects(kind, RDFS.subClassOf):
            graph.add((node, RDF.type, above))
    return graph


Failures = dict[str, set[Node]]
Results = list[tuple[Node, URIRef]]
Reject = Callable[[Path], tuple[Graph, Results]]


def results(graph: Graph, shapes: Graph) -> Results:
    """Node and rule of every result of pySHACL's report."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found: Results = []
    for result in report.objects(None, SH.result):  # and not the details below a result
        rule = report.value(result, SH.sourceShape)
        assert isinstance(rule, URIRef), f"a rule without a name failed: {rule}"
        node = report.value(result, SH.focusNode)
        assert node is not None
        found.append((node, rule))
    return found


def failures(found: Results) -> Failures:
    """Shape that fails → the nodes it fails on. A rule belongs to the shape before its hyphen."""
    made: Failures = {}
    for node, rule in found:
        made.setdefault(rule.removeprefix(PG).split("-")[0], set()).add(node)
    return made


@pytest.fixture(scope="module")
def reject(ontology: Graph, shapes: Graph) -> Reject:
    """Reject file → its graph and what failed, worked out once for the tests that ask."""

    @cache
    def run(file: Path) -> tuple[Graph, Results]:
        graph = closed(ontology, FOLDER / "good.ttl", file)
        return graph, results(graph, shapes)

    return run


def named(file: Path) -> set[str]:
    """The shapes that the first line of a reject file names."""
    line = file.read_text(encoding="utf-8").splitlines()[0]
    assert line.startswith("# rejects: pg:"), line
    return {name.removeprefix("pg:") for name in line.removeprefix("# rejects: ").split()}


def test_there_are_graphs_to_reject() -> None:
    assert REJECTS


def test_the_shapes_are_shapes(shapes: Graph) -> None:
    report = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert report[0], report[2]


def test_the_good_graph_passes(ontology: Graph, shapes: Graph) -> None:
    assert results(closed(ontology, FOLDER / "good.ttl"), shapes) == []


def test_the_ontology_passes(ontology: Graph, shapes: Graph) -> None:
    """Its named individuals are the members of the fixed lists."""
    assert results(ontology, shapes) == []


@pytest.mark.parametrize("file", REJECTS, ids=lambda file: file.stem)
def test_a_fault_is_found_by_its_shape(file: Path, reject: Reject) -> None:
    assert named(file) == set(failures(reject(file)[1]))


@pytest.mark.parametrize("file", REJECTS, ids=lambda file: file.stem)
def test_the_fast_checks_have_the_same_results(file: Path, reject: Reject, fast: Shapes) -> None:
    """One by one, as often: the checks of collections against pySHACL."""
    graph, expected = reject(file)
    assert sorted((v.node, v.shape) for v in fast.check(rows(graph))) == sorted((str(n), str(r)) for n, r in expected)


def test_every_shape_rejects_a_node_of_every_target(shapes: Graph, reject: Reject) -> None:
    """No shape is idle, and none has a target class on which nothing shows that it works."""
    shown: set[tuple[str, Node]] = set()
    for graph, found in map(reject, REJECTS):
        for shape, nodes in failures(found).items():
            for node in nodes:
                shown.update((shape, kind) for kind in graph.objects(node, RDF.type))
                shown.update((shape, predicate) for predicate in graph.predicates(node))
    wanted = {
        (str(shape).removeprefix(PG).split("-")[0], target)
        for predicate in (SH.targetClass, SH.targetSubjectsOf)
        for shape, target in shapes.subject_objects(predicate)
    }
    assert wanted
    assert wanted <= shown, sorted(wanted - shown)


def test_every_class_has_a_shape(ontology: Graph, shapes: Graph) -> None:
    classes = {c for c in ontology.subjects(RDF.type, rdflib.OWL.Class) if str(c).startswith(PG)}
    assert classes <= set(shapes.objects(None, SH.targetClass))


def test_fixed_lists_are_the_schemes(ontology: Graph, shapes: Graph) -> None:
    for kind in ontology.subjects(RDFS.subClassOf, SKOS.Concept):
        members = set(ontology.subjects(RDF.type, kind))
        if members:
            shape = PG[f"{str(kind).removeprefix(PG)}Shape"]
            (head,) = shapes.objects(shape, SH["in"])
            assert set(shapes.items(head)) == members


def test_every_rule_is_named_and_speaks_both_languages(shapes: Graph) -> None:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for rule in shapes.subjects(RDF.type, kind):
            assert isinstance(rule, URIRef)
            words = list(shapes.objects(rule, SH.message))
            carries_no_rule = (rule, SH.targetSubjectsOf, None) in shapes and not words
            languages = sorted(w.language or "" for w in words if isinstance(w, Literal) and w)
            assert carries_no_rule or languages == ["en", "zh"], rule


def test_every_term_in_the_shapes_is_defined(ontology: Graph, shapes: Graph) -> None:
    """A misspelt property in a shape would be a rule that never fires."""
    defined = set(ontology.subjects(RDFS.isDefinedBy, None))
    own = set(shapes.subjects(RDF.type, None))
    used = {t for triple in shapes for t in triple if isinstance(t, URIRef) and t.startswith(str(PG))}
    assert used - own <= defined, sorted(used - own - defined)


@pytest.mark.parametrize(
    "number", ["青政办〔2020〕62号", "鄂政发〔２０２３〕５号", "晋政发(2007)18号", "公告２０１８年第１４号"]
)
def test_the_forms_of_document_numbers_pass(shapes: Graph, number: str) -> None:
    patterns = [
        pattern for rule in shapes.subjects(SH.path, PG.documentNumber) for pattern in shapes.objects(rule, SH.pattern)
    ]
    assert patterns
    assert all(re.search(str(pattern), number) for pattern in patterns)
