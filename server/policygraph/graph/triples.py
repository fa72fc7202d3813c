"""Triples on their way out, as text: N-Triples terms go in, N-Quads come out, and no object is made for a term.

A document has some eight thousand triples, and an rdflib Graph costs 15 µs for each; a row of three strings costs
less than one. Whoever wants a Graph (canonical Turtle, shapes by pySHACL) asks for it: `Triples.graph`.

A term is a string in N-Triples syntax: `<https://...>`, `"words"@zh`, `"3"^^<http://www.w3.org/2001/XMLSchema#integer>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rdflib import Graph, Literal, URIRef

from . import namespaces as ns

Triple = tuple[str, str, str]
SpanRow = tuple[str, str, int, int, str, str]
"""IRI of the span, IRI of its document (neither in brackets), start, end, the words, sha256 of the stored text."""


class Vocabulary:
    """The terms of a namespace as they are written: `Vocabulary(PG).basis` is `<https://.../ontology#basis>`."""

    def __init__(self, namespace: str) -> None:
        self._namespace = str(namespace)

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):  # copy and pickle ask for such names
            raise AttributeError(name)
        term = f"<{self._namespace}{name}>"
        setattr(self, name, term)  # found without this call the next time
        return term

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))


PG, ELI, OA, PROV = Vocabulary(ns.PG), Vocabulary(ns.ELI), Vocabulary(ns.OA), Vocabulary(str(ns.PROV))
RDF, RDFS, SKOS, DCTERMS = (Vocabulary(str(n)) for n in (ns.RDF, ns.RDFS, ns.SKOS, ns.DCTERMS))
_INTEGER, _DECIMAL, _DATE, _YEAR = (f"^^<{ns.XSD[name]}>" for name in ("integer", "decimal", "date", "gYear"))


def iri(value: str) -> str:
    return f"<{value}>"


def text(value: str) -> str:
    """A plain string. Escaped is only what the grammar of N-Quads does not allow within quotation marks."""
    return f'"{_escaped(value)}"'


def zh(value: str) -> str:
    return f'"{_escaped(value)}"@zh'


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


def integer(value: int) -> str:
    return f'"{value}"{_INTEGER}'


def decimal(value: Decimal) -> str:
    """Canonical xsd:decimal: 53 rather than 53.0, so that every engine keeps the bytes."""
    plain = format(value, "f")
    return f'"{plain.rstrip("0").rstrip(".") if "." in plain else plain}"{_DECIMAL}'


def day(value: date) -> str:
    return f'"{value.isoformat()}"{_DATE}'


def year(value: int) -> str:
    return f'"{value:04d}"{_YEAR}'


class Triples:
    """A graph in the making: each triple once, in the order in which it was first told.

    Spans are two thirds of a document's triples and all of one form, so each is kept as one row.
    """

    def __init__(self) -> None:
        self._told: dict[Triple, None] = {}
        self._spans: dict[str, SpanRow] = {}

    def add(self, subject: str, predicate: str, object_: str) -> None:
        self._told[subject, predicate, object_] = None

    def add_span(self, row: SpanRow) -> None:
        """A text span with its two selectors (Web Annotation Data Model, section 4.2)."""
        self._spans[row[0]] = row

    def __len__(self) -> int:
        return len(self._told) + 10 * len(self._spans)

    @property
    def claims(self) -> list[Triple]:
        """All triples but those of the spans: the part that the rules of the ontology speak of."""
        return list(self._told)

    def __iter__(self) -> Iterator[Triple]:
        yield from self._told
        for row in self._spans.values():
            for line in _span_lines(row, "").split(" \n")[:-1]:
                subject, predicate, rest = line.split(" ", 2)
                yield subject, predicate, rest

    def nquads(self, graph: str) -> str:
        """All triples as lines of N-Quads in a named graph: the claims, then the spans."""
        end = f"<{graph}> ."
        claims = "".join([f"{s} {p} {o} {end}\n" for s, p, o in self._told])
        return claims + "".join([_span_lines(row, end) for row in self._spans.values()])

    def sorted_nquads(self, graph: str) -> bytes:
        """The same lines in the order of their characters: equal graphs are equal bytes."""
        return "".join(sorted(f"{line}\n" for line in self.nquads(graph).split("\n")[:-1])).encode()

    def graph(self) -> Graph:
        """The same triples as an rdflib Graph with the usual prefixes."""
        made = new_graph()
        for subject, predicate, object_ in self:
            made.add((_iri(subject), _iri(predicate), _node(object_)))
        return made


def new_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ns.PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _span_lines(row: SpanRow, end: str) -> str:
    """The ten triples of a span, a line each; end: what follows the object."""
    node, document, start, stop, words, digest = row
    return (
        f"<{node}> {RDF.type} {OA.SpecificResource} {end}\n"
        f"<{node}> {OA.hasSource} <{document}> {end}\n"
        f"<{node}> {OA.hasSelector} <{node}#position> {end}\n"
        f"<{node}> {OA.hasSelector} <{node}#quote> {end}\n"
        f'<{node}> {PG.sourceDigest} "{digest}" {end}\n'
        f"<{node}#position> {RDF.type} {OA.TextPositionSelector} {end}\n"
        f'<{node}#position> {OA.start} "{start}"{_INTEGER} {end}\n'
        f'<{node}#position> {OA.end} "{stop}"{_INTEGER} {end}\n'
        f"<{node}#quote> {RDF.type} {OA.TextQuoteSelector} {end}\n"
        f"<{node}#quote> {OA.exact} {text(words)} {end}\n"
    )


_LITERAL = re.compile(r'"(?P<words>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[a-zA-Z-]+)|\^\^<(?P<type>[^>]*)>)?', re.DOTALL)
_WRITTEN = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\r": "\r"}
_ESCAPE = re.compile(r"\\.")


@lru_cache(maxsize=4096)
def _iri(term: str) -> URIRef:
    return URIRef(term[1:-1])


def _node(term: str) -> URIRef | Literal:
    if term.startswith("<"):
        return _iri(term)
    found = _LITERAL.fullmatch(term)
    assert found is not None, term
    words = _ESCAPE.sub(lambda m: _WRITTEN[m[0]], found["words"])
    return Literal(words, lang=found["lang"], datatype=found["type"])
