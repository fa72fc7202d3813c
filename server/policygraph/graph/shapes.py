"""The data rules of ontology/shapes.ttl run over one document's triples: pySHACL's results in milliseconds.

`Shapes` turns the SHACL Core of a shapes graph into functions once. A component that has none here is refused, so
that no rule is silently left out. A shape is asked about all its nodes together, not about one after the other, see
`constraints`. Results are those that a SHACL report lists: one for every value that fails a rule on single values,
one for every node that fails a rule on all its values (SHACL, section 4); a test holds them against pySHACL's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain

from ..errors import BuildError
from .constraints import SETS, VALUES, SetTest, Test
from .facts import Facts, Groups
from .prefixes import PREFIXES
from .triples import RDF, SH, Known, Triple, Triples, parts

Path = Callable[[Sequence[str], Facts], Groups]
_SILENT = {SH.message, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.qualifiedMinCount,
           SH.qualifiedMaxCount, SH.name, SH.description, SH.order, SH.group}  # fmt: skip
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

    def collect(self, nodes: Sequence[str], facts: Facts, found: list[tuple[str, Shape]]) -> None:
        """Add (node, shape) for every result."""
        groups = self._groups(nodes, facts)
        values = set(chain.from_iterable(groups)) if self.tests else set()
        for test in self.tests if values else ():
            if bad := test(values, facts):
                found += [(n, self) for n, group in zip(nodes, groups, strict=True) for v in group if v in bad]
        for fails in self.sets:
            found += [(n, self) for n in fails(nodes, groups, facts)]
        for below in self.properties:
            below.collect(list(chain.from_iterable(groups)), facts, found)

    def failing(self, nodes: Set[str], facts: Facts) -> Set[str]:
        """Which of the nodes do not conform."""
        listed = list(nodes)
        groups = self._groups(listed, facts)
        made = set[str]()
        if (self.tests or self.properties) and (values := set(chain.from_iterable(groups))):
            bad = set().union(*(test(values, facts) for test in self.tests))
            bad = bad.union(*(below.failing(values, facts) for below in self.properties))
            made = {n for n, group in zip(listed, groups, strict=True) if not bad.isdisjoint(group)} if bad else made
        return made.union(*(fails(listed, groups, facts) for fails in self.sets))

    def _groups(self, nodes: Sequence[str], facts: Facts) -> Groups:
        """The values of each node."""
        return [(n,) for n in nodes] if self.path is None else self.path(nodes, facts)


class Shapes:
    """The shapes of a graph, ready to run. Raises BuildError for a SHACL component without a function."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._graph = Known(triples)
        self._made: dict[str, Shape] = {}
        self._targets: list[tuple[Shape, list[str], list[str]]] = []
        """Node shape, the classes whose members it speaks of, the predicates whose subjects it speaks of."""
        for shape in self._graph.subjects.get((RDF.type, SH.NodeShape), ()):
            about = self._graph.about[shape]
            classes, predicates = about.get(SH.targetClass, []), about.get(SH.targetSubjectsOf, [])
            if classes or predicates:
                self._targets.append((self._shape(shape), classes, predicates))

    def check(self, told: Triples | Iterable[Triple], inferred: Iterable[Triple] = (),
              known: Known | None = None) -> list[Violation]:  # fmt: skip
        """Violations on the nodes that `told` is about, sorted as those of `validate.validate` are.

        known: the registry, valid in itself, against which the classes of values are looked up.
        """
        spans = told.spans if isinstance(told, Triples) else {}
        claims = told.claims if isinstance(told, Triples) else told
        facts = Facts(claims, inferred, known or Known(), spans)
        found: list[tuple[str, Shape]] = []
        for shape, classes, predicates in self._targets:
            nodes = set().union(*map(facts.of_class, classes), *map(facts.with_property, predicates))
            if nodes:
                shape.collect(list(nodes), facts, found)
        violations = [Violation(_plain(at), by.name, by.message) for at, by in found]
        return sorted(violations, key=lambda v: (v.node, v.shape, v.message))

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
            test = self._shape(value).failing
            shape.sets.append(_counted(test, None if least is None else int(parts(least)[0]), None))
            shape.sets.append(_counted(test, None, None if most is None else int(parts(most)[0])))
        else:
            members = self._graph.members(value) if component in (SH["and"], SH["or"], SH.xone) else [value]
            tests: list[Test] = [self._shape(member).failing for member in members]
            shape.tests.append(_LOGICAL[component](tests))

    def _path(self, path: str) -> Path:
        """A predicate, the inverse of one, or a sequence of paths (SHACL, section 2.3.1)."""
        if path.startswith("<"):
            return lambda nodes, facts: facts.values(nodes, path)
        if (turned := self._graph.value(path, SH.inversePath)) is not None:
            return lambda nodes, facts: facts.subjects(nodes, turned)
        steps = [self._path(step) for step in self._graph.members(path)]
        if not steps:
            raise BuildError("graph/shapes.py follows predicates, their inverses and sequences of these only")

        def follow(nodes: Sequence[str], facts: Facts) -> Groups:
            groups: Groups = [(n,) for n in nodes]
            for step in steps:
                met = list(set(chain.from_iterable(groups)))
                after = dict(zip(met, step(met, facts), strict=True))
                groups = [list(dict.fromkeys(v for n in group for v in after[n])) for group in groups]
            return groups

        return follow


def _all(tests: list[Test]) -> Test:
    return lambda values, facts: set().union(*(test(values, facts) for test in tests))


def _any(tests: list[Test]) -> Test:
    def test(values: Set[str], facts: Facts) -> Set[str]:
        for one in tests:  # each is asked only about what failed those before it
            if not (values := one(values, facts)):
                break
        return values

    return test


def _none(tests: list[Test]) -> Test:
    return lambda values, facts: values - tests[0](values, facts)


def _one(tests: list[Test]) -> Test:
    def test(values: Set[str], facts: Facts) -> Set[str]:
        met = Counter(v for one in tests for v in values - one(values, facts))
        return {v for v in values if met[v] != 1}

    return test


_LOGICAL = {SH["and"]: _all, SH.node: _all, SH["or"]: _any, SH["not"]: _none, SH.xone: _one}


def _counted(test: Test, least: int | None, most: int | None) -> SetTest:
    """4.7.3: how many values meet the qualified shape."""

    def fails(nodes: Sequence[str], groups: Groups, facts: Facts) -> list[str]:
        bad = test(set(chain.from_iterable(groups)), facts)
        met = [sum(v not in bad for v in group) for group in groups]
        return [
            n
            for n, count in zip(nodes, met, strict=True)
            if (least is not None and count < least) or (most is not None and count > most)
        ]

    return fails


def _plain(node: str) -> str:
    return node[1:-1] if node.startswith("<") else node.removeprefix("_:")
