"""Building a query from what the shapes say: which properties a class has, which every member must have, and what
stands behind them. `Model` reads the ontology; `Built` turns choices into SPARQL.

A path is one or two steps, as in an address: `hasTarget`, `hasTarget/indicator`, `^hasAssignment/rdfs:label`; a step
without a prefix is one of ours, ^ goes against the arrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDFS
from rdflib.term import Node

from .graph.namespaces import PG, PREFIXES, PROV, RDF, SCHEMA, SH, XSD
from .resources import ontology

DEEPEST = 2
OPERATORS = ("is", "has", "min", "max")
_NUMBERS = {"decimal", "integer"}
_TEXTS = {"", "string", "langString"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Property:
    """step: as written in a path; iri: of the predicate, inverse against its arrow; mandatory: each member has one;
    several: may have more; datatype: the local name of an XSD type; target: the class behind it, "" where
    that is a literal or of no one class; tongues: one value a language; thing: leads to a thing, no literal."""

    step: str
    iri: str
    inverse: bool
    mandatory: bool
    several: bool
    datatype: str
    target: str
    tongues: bool
    thing: bool


class Model:
    """classes: names of ours that a shape describes, in its order; properties of each, the mandatory first."""

    def __init__(self, shapes: Graph, terms: Graph) -> None:
        self._shapes, self._terms = shapes, terms
        self._own: dict[str, dict[str, Property]] = {}
        ours = sorted({str(c) for c in shapes.objects(None, SH.targetClass) if str(c).startswith(str(PG))})
        for iri in ours:
            self._own[iri] = {}
            for shape in shapes.subjects(SH.targetClass, URIRef(iri)):
                for constraint in [*shapes.objects(shape, SH.property), *self._alternatives(shape)]:
                    self._read(iri, constraint)
        self._arrows_back(ours)
        self.classes = [iri.removeprefix(str(PG)) for iri in ours if self.properties(iri.removeprefix(str(PG)))]

    def _arrows_back(self, ours: list[str]) -> None:
        """What leads to a class: an actor's assignments, an indicator's targets, the provision of an assignment."""
        told = [(iri, one) for iri in ours for one in list(self._own[iri].values()) if one.target and not one.inverse]
        for iri, one in told:
            if not one.iri.startswith(str(PG)) or str(PG[one.target]) not in self._own:
                continue
            here, step = self._own[str(PG[one.target])], f"^{one.step}"
            home = iri.removeprefix(str(PG))
            if (known := here.get(step)) is None:
                here[step] = Property(step, one.iri, True, False, True, "", home, False, True)
            elif not known.target:
                here[step] = replace(known, target=home)

    def properties(self, name: str) -> list[Property]:
        """Of a class, its own and what it has as one of a wider class."""
        found: dict[str, Property] = {}
        for iri in self._lineage(URIRef(PG[name])):
            for step, one in self._own.get(iri, {}).items():
                known = found.get(step)
                found[step] = one if known is None or (one.mandatory and not known.mandatory) else known
        return sorted(found.values(), key=lambda each: (not each.mandatory, each.inverse, each.step))

    def property(self, name: str, path: str) -> Property:
        """The last property of a path from a class; KeyError for one that the shapes do not give it."""
        steps = path.split("/")
        if not 1 <= len(steps) <= DEEPEST:
            raise KeyError(path)
        at, found = name, None
        for depth, step in enumerate(steps, 1):
            found = next((each for each in self.properties(at) if each.step == step), None)
            if found is None or (depth < len(steps) and not found.target):
                raise KeyError(path)
            at = found.target
        assert found is not None  # there is at least one step
        return found

    def _lineage(self, iri: URIRef) -> list[str]:
        wider = self._terms.transitive_objects(iri, RDFS.subClassOf)
        return [str(each) for each in wider if isinstance(each, URIRef)]

    def _alternatives(self, shape: Node) -> list[Node]:
        """The paths that a shape speaks of in sh:or and sh:and: a text, or a span, that some members have."""
        found: list[Node] = []
        for kind in (SH["or"], SH["and"], SH.xone):
            for head in self._shapes.objects(shape, kind):
                for member in Collection(self._shapes, head):
                    if isinstance(member, BNode) and (member, SH.path, None) in self._shapes:
                        found.append(member)
                    found += self._alternatives(member)
        return found

    def _read(self, iri: str, constraint: Node) -> None:
        shapes = self._shapes
        path = shapes.value(constraint, SH.path)
        inverse = shapes.value(path, SH.inversePath) if isinstance(path, BNode) else None
        predicate = inverse if inverse is not None else path
        if not isinstance(predicate, URIRef):
            return
        counted = [n for p in (SH.minCount, SH.qualifiedMinCount) for n in self._numbers(constraint, p)]
        least = max(counted, default=0)
        within_or = isinstance(constraint, BNode)
        most = min(self._numbers(constraint, SH.maxCount), default=2)
        tongues = (constraint, SH.uniqueLang, None) in shapes
        kind = shapes.value(constraint, SH["class"])
        shape = shapes.value(constraint, SH.node)
        target = str(kind or (shapes.value(shape, SH.targetClass) if shape else "") or "")
        told = list(
            self._terms.objects(predicate, SCHEMA.domainIncludes if inverse is not None else SCHEMA.rangeIncludes)
        )
        if not target and len(told) == 1:
            target = str(told[0])
        target = target.removeprefix(str(PG)) if target.startswith(str(PG)) else ""
        datatype = str(shapes.value(constraint, SH.datatype) or "").removeprefix(str(XSD))
        step = ("^" if inverse is not None else "") + short(str(predicate))
        one = Property(
            step, str(predicate), inverse is not None, least > 0 and not within_or,
            most > 1, datatype, target if not datatype and not tongues else "", tongues,
            bool(target) or inverse is not None or self._leads(constraint, predicate),
        )  # fmt: skip
        known = self._own[iri].get(step)
        if known is None or (one.mandatory and not known.mandatory) or (one.target and not known.target):
            self._own[iri][step] = one

    def _leads(self, constraint: Node, predicate: URIRef) -> bool:
        """Whether the values are things: by the term, or because each may be of some class."""
        if (predicate, RDF.type, OWL.ObjectProperty) in self._terms or predicate == PROV.wasQuotedFrom:
            return True
        heads = self._shapes.objects(constraint, SH["or"])
        return any(
            (each, SH["class"], None) in self._shapes for head in heads for each in Collection(self._shapes, head)
        )

    def _numbers(self, constraint: Node, predicate: URIRef) -> list[int]:
        return [int(str(value)) for value in self._shapes.objects(constraint, predicate)]


def short(iri: str) -> str:
    """A step of a path: ours by its name, another by its prefix and name."""
    if iri.startswith(str(PG)):
        return iri.removeprefix(str(PG))
    fits = [(len(space), prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    return f"{max(fits)[1]}:{iri.removeprefix(max(fits)[2])}" if fits else iri


@lru_cache(maxsize=1)
def model(folder: Path | None = None) -> Model:
    """The shapes and terms of the ontology, read once."""
    home = folder or ontology()
    return Model(Graph().parse(home / "shapes.ttl"), Graph().parse(home / "policygraph.ttl"))


@dataclass
class Built:
    """What was chosen. columns: paths whose values are shown; only: path → (operator, value) that a row must meet;
    proof: give the things in between as well, for the words that they rest on."""

    name: str
    columns: Sequence[str] = ()
    only: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    language: str = "zh"
    most: int = 1000
    proof: bool = False

    @property
    def paths(self) -> dict[str, str]:
        """Variable → its path, or the class for what is listed; of the query made last."""
        return {variable: path for path, variable in self._taken.items()}

    def query(self, known: Model) -> str:
        """The SPARQL; KeyError for a path that the class has not, ValueError for a value that its type has not.

        A column that every member has, or that a row must meet, is asked for outright, any other as OPTIONAL.
        """
        self._taken: dict[str, str] = {}
        root = self._variable(self.name)
        wanted = [path for path in dict.fromkeys((*self.columns, *self.only)) if known.property(self.name, path)]
        firsts = list(dict.fromkeys(path.partition("/")[0] for path in wanted))
        lines = [f"  ?{root} a {_written(str(PG[self.name]))} ."]
        shown = [root]
        for first in firsts:
            lines += self._pattern(known, root, first, [path for path in wanted if path.startswith(first + "/")], shown)
        body = "\n".join(lines)
        prefixes = [p for p in PREFIXES if re.search(rf"(?<![\w<:/]){p}:", body)]
        head = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in prefixes)
        select = " ".join(
            f"(?{name.removeprefix('proof_')} AS ?{name})" if name.startswith("proof_") else f"?{name}"
            for name in shown
        )
        order = f"ORDER BY {natural(root)} ?{root}\nLIMIT {self.most}\n"
        return f"{head}\nSELECT DISTINCT {select}\nWHERE {{\n{body}\n}}\n{order}"

    def _pattern(self, known: Model, root: str, first: str, deeper: list[str], shown: list[str]) -> list[str]:
        one = known.property(self.name, first)
        variable = self._variable(first)
        inner: list[str] = []
        if first in self.columns or not deeper:
            shown.append(variable)
        elif self.proof:
            shown.append(f"proof_{variable}")
        for path in deeper:
            last = known.property(self.name, path)
            name = self._variable(path)
            if path in self.columns:
                shown.append(name)
            lines = [_triple(variable, last, name), *self._tests(path, variable, last, name)]
            inner += lines if path in self.only or last.mandatory else [f"OPTIONAL {{ {' '.join(lines)} }}"]
        lines = [_triple(root, one, variable), *self._tests(first, root, one, variable), *inner]
        needed = one.mandatory or first in self.only or any(path in self.only for path in deeper)
        if needed:
            return [f"  {line}" for line in lines]
        if len(lines) == 1:
            return [f"  OPTIONAL {{ {lines[0]} }}"]
        return ["  OPTIONAL {", *(f"    {line}" for line in lines), "  }"]

    def _tests(self, path: str, subject: str, one: Property, variable: str) -> list[str]:
        if path in self.only:
            return [_test(one, variable, *self.only[path])]
        if not one.tongues:
            return []
        wanted = f'LANG(?{variable}) = "{self.language}"'
        if self.language != "zh":  # much has a Chinese name alone
            other = f'{_triple(subject, one, variable + "There")} FILTER(LANG(?{variable}There) = "{self.language}")'
            wanted += f' || (LANG(?{variable}) = "zh" && NOT EXISTS {{ {other} }})'
        return [f"FILTER({wanted})"]

    def _variable(self, path: str) -> str:
        """A name from the last step, with the first before it where two would be the same."""
        if path in self._taken:
            return self._taken[path]
        steps = [re.sub(r"\W", "", step.rpartition(":")[2]) for step in path.split("/")]
        steps = [step[0].lower() + step[1:] for step in steps]
        steps[-1] = re.sub(r"^has(?=[A-Z])", "", steps[-1])
        name = steps[-1][0].lower() + steps[-1][1:]
        if name in self._taken.values():
            name = steps[0] + name[0].upper() + name[1:]
        while name in self._taken.values():
            name += "2"
        self._taken[path] = name
        return name


def natural(variable: str) -> str:
    """The key that puts 3.2 before 3.10: every number of the IRI written with five digits."""
    return f'REPLACE(REPLACE(STR(?{variable}), "([0-9]+)", "0000$1"), "0*([0-9]{{5}})([^0-9]|$)", "$1$2")'


def _triple(subject: str, one: Property, variable: str) -> str:
    ends = (variable, subject) if one.inverse else (subject, variable)
    return f"?{ends[0]} {_written(one.iri)} ?{ends[1]} ."


def _written(iri: str) -> str:
    name = short(iri)
    return f"<{iri}>" if name == iri else name if ":" in name else f"pg:{name}"


def _test(one: Property, variable: str, operator: str, value: str) -> str:
    if one.target:
        if not re.fullmatch(r"[a-z]+:[^\s<>\"{}|\\^`]+", value):
            raise ValueError(value)
        return f"FILTER(?{variable} = <{value}>)"
    if one.datatype in _NUMBERS:
        if not re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", value):
            raise ValueError(value)
        return f"FILTER(?{variable} {({'min': '>=', 'max': '<='}).get(operator, '=')} {value})"
    if one.datatype in _TEXTS:
        text = '"' + "".join(_ESCAPES.get(c, c) for c in value if ord(c) > 31 or c in _ESCAPES) + '"'
        text = re.sub(r"\\([uU])", lambda match: f"\\\\U{ord(match[1]):08X}", text)
        return (
            f"FILTER(STR(?{variable}) = {text})" if operator == "is" else f"FILTER(CONTAINS(STR(?{variable}), {text}))"
        )
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?", value):
        raise ValueError(value)
    return f'FILTER(STR(?{variable}) {({"min": ">=", "max": "<="}).get(operator, "=")} "{value}")'
