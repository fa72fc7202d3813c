"""The data rules of ontology/shapes.ttl run over one document's triples: pySHACL's results in milliseconds.

`Shapes` turns the SHACL Core of a shapes graph into functions once. A component that has none here is refused, so
that no rule is silently left out. Results are those that a SHACL report lists: one for every value that fails a rule
on single values, one for every node that fails a rule on all its values (SHACL, section 4); a test holds them
against pySHACL's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import BuildError
from .constraints import SETS, VALUES, Path, SetTest, Test
from .facts import Facts
from .prefixes import PREFIXES
from .triples import OA, RDF, SH, Known, Triple, Triples, parts

_SILENT = {SH.message, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.qualifiedMinCount,
           SH.qualifiedMaxCount, SH.name, SH.description, SH.order, SH.group}  # fmt: skip
_KEPT = 10_000  # combinations of classes and properties
_NESTED = {SH.node, SH.property, SH["and"], SH["or"], SH["not"], SH.xone, SH.qualifiedValueShape}
_SH = f"<{PREFIXES['sh']}"


@dataclass(frozen=True, slots=True)
class Violation:
    node: str
    shape: str
    message: str

    def __str__(self) -> str:
        return f"{self.node}: {self.message} [{self.shape}]"


@dataclass
class Shape:
    """path: None for a node shape, whose one value is the node itself."""

    name: str
    message: str
    path: Path | None = None
    tests: list[Test] = field(default_factory=list)
    sets: list[SetTest] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)

    def collect(self, node: str, facts: Facts, found: list[tuple[str, Shape]]) -> None:
        """Add (node, shape) for every result."""
        values = [node] if self.path is None else self.path(node, facts)
        for test in self.tests:
            for value in values:
                if not test(value, facts):
                    found.append((node, self))
        for count in self.sets:
            found += [(node, self)] * count(node, values, facts)
        for below in self.properties:
            for value in values:
                below.collect(value, facts, found)

    def holds(self, node: str, facts: Facts) -> bool:
        values = [node] if self.path is None else self.path(node, facts)
        for count in self.sets:
            if count(node, values, facts):
                return False
        for value in values:
            for test in self.tests:
                if not test(value, facts):
                    return False
            for below in self.properties:
                if not below.holds(value, facts):
                    return False
        return True


class Shapes:
    """The shapes of a graph, ready to run. Raises BuildError for a SHACL component without a function."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._graph = Known(triples)
        self._made: dict[str, Shape] = {}
        self._inverse: set[str] = set()
        self._targeted: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Shape, ...]] = {}
        self.of_class: defaultdict[str, list[Shape]] = defaultdict(list)
        self.of_subjects: defaultdict[str, list[Shape]] = defaultdict(list)
        for shape in self._graph.subjects.get((RDF.type, SH.NodeShape), ()):
            for kind in self._graph.about[shape].get(SH.targetClass, ()):
                self.of_class[kind].append(self._shape(shape))
            for predicate in self._graph.about[shape].get(SH.targetSubjectsOf, ()):
                self.of_subjects[predicate].append(self._shape(shape))

    def check(self, told: Triples | Iterable[Triple], inferred: Iterable[Triple] = (),
              known: Known | None = None) -> list[Violation]:  # fmt: skip
        """Violations on the nodes that `told` is about, sorted as those of `validate.validate` are.

        known: the registry, valid in itself, against which the classes of values are looked up.
        """
        spans = told.spans if isinstance(told, Triples) else {}
        claims = told.claims if isinstance(told, Triples) else told
        facts = Facts(claims, inferred, known or Known(), self._inverse, spans)
        found: list[tuple[str, Shape]] = []
        for node in facts.told:
            properties = facts.properties(node)
            kinds = properties.get(RDF.type, ())
            if node in facts.sound:
                kinds = [kind for kind in kinds if kind != OA.SpecificResource]
            for shape in self._shapes_of(tuple(kinds), tuple(properties)):
                shape.collect(node, facts, found)
        violations = [Violation(_plain(at), by.name, by.message) for at, by in found]
        return sorted(violations, key=lambda v: (v.node, v.shape, v.message))

    def _shapes_of(self, kinds: tuple[str, ...], predicates: tuple[str, ...]) -> tuple[Shape, ...]:
        """Each shape once, though it may have several targets; most nodes are alike, so what is found is kept."""
        if (shapes := self._targeted.get((kinds, predicates))) is None:
            by_class = {id(s): s for kind in kinds for s in self.of_class.get(kind, ())}
            by_subject = {id(s): s for p in predicates for s in self.of_subjects.get(p, ())}
            shapes = self._targeted[kinds, predicates] = tuple((by_class | by_subject).values())
            if len(self._targeted) > _KEPT:
                self._targeted.clear()
        return shapes

    def _shape(self, node: str) -> Shape:
        if node in self._made:
            return self._made[node]
        about = self._graph.about.get(node, {})
        message = " / ".join(sorted(parts(m)[0] for m in about.get(SH.message, ())))
        shape = self._made[node] = Shape(_plain(node), message)
        if (path := self._graph.value(node, SH.path)) is not None:
            shape.path = self._path(path)
        for predicate, value in sorted((p, v) for p, values in about.items() for v in values):
            if not predicate.startswith(_SH) or predicate in _SILENT:
                continue
            if predicate in _NESTED:
                self._nested(shape, node, predicate, value)
                continue
            given = self._graph.members(value) if value.startswith("_:") else [value]
            if predicate in VALUES:
                shape.tests.append(VALUES[predicate](given))
            elif predicate in SETS:
                shape.sets.append(SETS[predicate](given))
            else:
                raise BuildError(f"graph/constraints.py has no function for {predicate}, which {node} uses")
        return shape

    def _nested(self, shape: Shape, node: str, component: str, value: str) -> None:
        """Components that name other shapes."""
        if component == SH.property:
            shape.properties.append(self._shape(value))
        elif component == SH.qualifiedValueShape:
            least, most = (self._graph.value(node, p) for p in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
            test = self._shape(value).holds
            shape.sets.append(_counted(test, None if least is None else int(parts(least)[0]), None))
            shape.sets.append(_counted(test, None, None if most is None else int(parts(most)[0])))
        else:
            members = self._graph.members(value) if component in (SH["and"], SH["or"], SH.xone) else [value]
            tests: list[Test] = [self._shape(member).holds for member in members]
            shape.tests.append(_LOGICAL[component](tests))

    def _path(self, path: str) -> Path:
        """A predicate, the inverse of one, or a sequence of paths (SHACL, section 2.3.1)."""
        if path.startswith("<"):
            return lambda node, facts: facts.values(node, path)
        if (turned := self._graph.value(path, SH.inversePath)) is not None:
            self._inverse.add(turned)
            return lambda node, facts: facts.subjects(turned, node)
        steps = [self._path(step) for step in self._graph.members(path)]
        if not steps:
            raise BuildError("graph/shapes.py follows predicates, their inverses and sequences of these only")

        def follow(node: str, facts: Facts) -> list[str]:
            nodes = [node]
            for step in steps:
                nodes = list(dict.fromkeys(v for n in nodes for v in step(n, facts)))
            return nodes

        return follow


def _all(tests: list[Test]) -> Test:
    def test(value: str, facts: Facts) -> bool:
        for one in tests:  # noqa: SIM110 (a generator costs more than the tests)
            if not one(value, facts):
                return False
        return True

    return test


def _any(tests: list[Test]) -> Test:
    def test(value: str, facts: Facts) -> bool:
        for one in tests:  # noqa: SIM110
            if one(value, facts):
                return True
        return False

    return test


def _none(tests: list[Test]) -> Test:
    return lambda value, facts: not tests[0](value, facts)


def _one(tests: list[Test]) -> Test:
    return lambda value, facts: sum(test(value, facts) for test in tests) == 1


_LOGICAL = {SH["and"]: _all, SH.node: _all, SH["or"]: _any, SH["not"]: _none, SH.xone: _one}


def _counted(test: Test, least: int | None, most: int | None) -> SetTest:
    """4.7.3: how many values meet the qualified shape."""

    def count(_: str, values: list[str], facts: Facts) -> int:
        met = sum(test(v, facts) for v in values)
        return int((least is not None and met < least) or (most is not None and met > most))

    return count


def _plain(node: str) -> str:
    return node[1:-1] if node.startswith("<") else node.removeprefix("_:")
