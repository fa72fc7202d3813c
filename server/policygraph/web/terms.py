"""What the query editor may offer: classes, properties and named values, each with its names in both languages, and
which properties the shapes give a class.

`vocabulary` makes one JSON document of a snapshot, which the browser keeps.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rdflib import Graph, URIRef
from rdflib.term import Node

from .. import resources
from ..graph.namespaces import PREFIXES, SH
from .facts import Facts, shorten
from .labels import BORROWED, label

Rule = tuple[str, bool, bool, str]
"""(property, whether each must have it, whether it may have several, class or datatype of its values or "")."""


@lru_cache(maxsize=1)
def rules() -> dict[str, tuple[Rule, ...]]:
    """The properties that ontology/shapes.ttl speaks of, by the class that a shape is for, in the file's order."""
    graph = Graph().parse(resources.ontology() / "shapes.ttl")
    found: dict[str, dict[str, Rule]] = {}
    for shape, target in graph.subject_objects(SH.targetClass):
        own = found.setdefault(shorten(str(target)), {})
        for each in graph.objects(shape, SH.property):
            rule = _rule(graph, each)
            if rule:
                known = own.get(rule[0], rule)
                own[rule[0]] = (rule[0], known[1] or rule[1], known[2] and rule[2], known[3] or rule[3])
    return {name: tuple(own.values()) for name, own in found.items()}


def vocabulary(facts: Facts) -> bytes:
    """The JSON document of these facts, made once: prefixes, classes, properties, values, above, rules and ranges."""
    known = facts.recall("workbench terms")
    if isinstance(known, bytes):
        return known
    made = json.dumps(_document(facts), ensure_ascii=False, separators=(",", ":")).encode()
    return facts.remember("workbench terms", made)


def above(facts: Facts) -> dict[str, list[str]]:
    """Every class of ours with all its superclasses."""
    found = {}
    for node in facts.of_type("owl:Class"):
        waiting, seen = facts.nodes(node, "rdfs:subClassOf"), list[str]()
        while waiting:
            one = waiting.pop(0)
            if one != "owl:Thing" and one not in seen and not one.startswith("_"):
                seen.append(one)
                waiting += facts.nodes(one, "rdfs:subClassOf")
        found[node] = seen
    return found


def _document(facts: Facts) -> dict[str, Any]:
    higher = above(facts)
    classes = set(higher) | set(rules()) | {up for ups in higher.values() for up in ups}
    properties = {name for node in ("owl:ObjectProperty", "owl:DatatypeProperty") for name in facts.of_type(node)}
    properties |= {rule[0] for own in rules().values() for rule in own}
    for name in BORROWED:
        (properties if name.partition(":")[2][:1].islower() else classes).add(name)
    values = {
        node: kind
        for node in facts.of_type("owl:NamedIndividual")
        for kind in facts.nodes(node, "rdf:type")
        if node.startswith("pg:") and kind.startswith("pg:")
    }
    domains: dict[str, list[Rule]] = {}
    for name in sorted(properties):
        for kind in facts.nodes(name, "schema:domainIncludes") or facts.nodes(name, "rdfs:domain"):
            domains.setdefault(kind, []).append((name, False, True, ""))
    used = {name for name in classes if not name.startswith(("owl:", "rdfs:")) or name == "rdfs:label"}
    return {
        "prefixes": PREFIXES,
        "classes": {name: _names(facts, name) for name in sorted(used)},
        "properties": {name: _names(facts, name) for name in sorted(properties)},
        "values": {name: [*_names(facts, name), kind] for name, kind in sorted(values.items())},
        "above": {name: ups for name, ups in higher.items() if ups},
        "rules": {
            name: [[rule[0], int(rule[1]), int(rule[2]), rule[3]] for rule in own]
            for name in sorted(used)
            if (own := _inherited(name, higher, domains))
        },
        "ranges": {
            name: found
            for name in sorted(properties)
            if (found := facts.nodes(name, "rdfs:range") or facts.nodes(name, "schema:rangeIncludes"))
        },
    }


def _inherited(name: str, higher: dict[str, list[str]], domains: dict[str, list[Rule]]) -> list[Rule]:
    """The rules of a class and of all above it, a class's own first, then what else the ontology says it can have."""
    found: dict[str, Rule] = {}
    classes = (name, *higher.get(name, ()))
    for rules_of in (rules(), domains):
        for rule in (rule for each in classes for rule in rules_of.get(each, ())):
            known = found.setdefault(rule[0], rule)
            if rule[1] and not known[1]:
                found[rule[0]] = (known[0], True, known[2] and rule[2], known[3] or rule[3])
    return list(found.values())


def _names(facts: Facts, node: str) -> list[str]:
    """[zh, en, what it is in zh, in en]."""
    told = {"zh": "", "en": ""}
    for value in facts.values(node, "rdfs:comment"):
        if value.lang in told:
            told[value.lang] = value.value
    return [label(facts, node, "zh").text, label(facts, node, "en").text, told["zh"], told["en"]]


def _rule(graph: Graph, shape: Node) -> Rule | None:
    path = graph.value(shape, SH.path)
    if not isinstance(path, URIRef):
        return None  # a path of several steps cannot be written as one property
    least = [*graph.objects(shape, SH.minCount), *graph.objects(shape, SH.qualifiedMinCount)]
    most = graph.value(shape, SH.maxCount)
    values = graph.value(shape, SH["class"]) or graph.value(shape, SH.datatype)
    return (
        shorten(str(path)),
        any(int(str(each)) > 0 for each in least),
        most is None or int(str(most)) > 1,
        shorten(str(values)) if isinstance(values, URIRef) else "",
    )
