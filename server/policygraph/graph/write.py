"""Canonical files: the same graph gives the same bytes on every machine and in every run."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ..errors import BuildError
from .namespaces import PREFIXES, RDF

_SHORT = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_BASE_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def turtle(graph: Graph, comment: str = "") -> bytes:
    """Turtle with sorted prefixes, subjects, predicates and objects; one object a line.

    Subjects stand in the order of their IRI with numbers read as numbers. Raises BuildError for a blank node.
    """
    used: set[str] = set()
    blocks = []
    for subject in sorted(set(graph.subjects()), key=_natural):
        lines = []
        for predicate in sorted(set(graph.predicates(subject)), key=lambda p: (p != RDF.type, str(p))):
            objects = sorted(graph.objects(subject, predicate), key=_natural)
            name = "a" if predicate == RDF.type else _term(predicate, used)
            lines.append(f"    {name} " + ",\n        ".join(_term(o, used) for o in objects))
        blocks.append(f"{_term(subject, used)}\n" + " ;\n".join(lines) + " .\n")
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    prefixes = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in sorted(used))
    return f"{head}{prefixes}\n{chr(10).join(blocks)}".encode()


def _natural(node: Node) -> tuple[object, ...]:
    if isinstance(node, BNode):
        raise BuildError(f"a blank node has no stable name: {node.n3()}")
    text = str(node)
    pieces, number = [], ""
    for char in text + "\0":
        if char.isascii() and char.isdigit():
            number += char
            continue
        if number:
            pieces.append((0, int(number), number))
            number = ""
        pieces.append((1, ord(char), ""))
    language = (node.language or "") + str(node.datatype or "") if isinstance(node, Literal) else ""
    return (isinstance(node, Literal), tuple(pieces), language)


def _term(node: Node, used: set[str]) -> str:
    if isinstance(node, URIRef):
        for prefix, namespace in _SHORT:
            rest = node[len(namespace) :]
            if node.startswith(namespace) and rest and set(rest) <= _BASE_SAFE:
                used.add(prefix)
                return f"{prefix}:{rest}"
        return node.n3()
    if isinstance(node, Literal) and node.datatype:
        return f"{Literal(str(node)).n3()}^^{_term(node.datatype, used)}"
    return node.n3()


def nquads(graphs: Mapping[str, Graph]) -> bytes:
    """Sorted N-Quads of named graphs (name → graph)."""
    lines = []
    for name, graph in graphs.items():
        label = name.rsplit("/", 1)[-1]
        for s, p, o in graph:
            lines.append(f"{_nt(s, label)} {p.n3()} {_nt(o, label)} <{name}> .\n")
    return "".join(sorted(lines)).encode()


def _nt(node: Node, graph: str) -> str:
    if isinstance(node, BNode):  # only the ontology has some, and canonical labels
        return f"_:{graph}{node}"
    if not isinstance(node, Literal):
        return node.n3()
    text = str(node).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    if node.language:
        return f'"{text}"@{node.language}'
    return f'"{text}"' + (f"^^<{node.datatype}>" if node.datatype else "")
