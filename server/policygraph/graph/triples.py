"""Triples on their way out, as text: N-Triples terms go in, N-Quads come out, and no object is made for a term.

A document has some eight thousand triples, and an rdflib Graph costs 15 µs for each; a row of three strings costs
less than one. Whoever wants a Graph (canonical Turtle, shapes by pySHACL) asks for it: `Triples.graph`.

A term is a string in N-Triples syntax: `<https://...>`, `"words"@zh`, `"3"^^<http://www.w3.org/2001/XMLSchema#integer>`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

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
        self._told[f"<{row[0]}>", RDF.type, OA.SpecificResource] = None

    def __len__(self) -> int:
        return len(self._told) + 9 * len(self._spans)

    @property
    def claims(self) -> Set[Triple]:
        """All triples but the words and offsets of the spans: the part that the rules of the ontology speak of."""
        return self._told.keys()

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


class Known:
    """Closed triples that stand behind every document (the registry's): looked up, never changed."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.triples = frozenset(triples)
        self.about: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        """Subject → predicate → objects."""
        self.subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        """(predicate, object) → subjects."""
        for s, p, o in sorted(self.triples):
            self.about[s].setdefault(p, []).append(o)
            self.subjects[p, o].append(s)


def rows(graph: Graph) -> list[Triple]:
    """The triples of an rdflib Graph as written terms."""
    return [(written(s), written(p), written(o)) for s, p, o in graph]


def new_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ns.PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _span_lines(row: SpanRow, end: str) -> str:
    """What a span is made of, a line for each of its nine triples; end: what follows the object."""
    node, document, start, stop, words, digest = row
    return (
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
_UNESCAPED = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\r": "\r"}
_ESCAPE = re.compile(r"\\.")


def parts(term: str) -> tuple[str, str, str]:
    """Lexical form, language and datatype of a literal (the last two empty for a plain string)."""
    found = _LITERAL.fullmatch(term)
    assert found is not None, term
    words = found["words"]
    if "\\" in words:
        words = _ESCAPE.sub(lambda m: _UNESCAPED[m[0]], words)
    return words, found["lang"] or "", found["type"] or ""


@lru_cache(maxsize=4096)
def _iri(term: str) -> URIRef:
    return URIRef(term[1:-1])


def _node(term: str) -> URIRef | Literal:
    if term.startswith("<"):
        return _iri(term)
    words, language, datatype = parts(term)
    return Literal(words, lang=language or None, datatype=datatype or None)


def written(node: Node) -> str:
    """A term of rdflib in N-Triples syntax."""
    if not isinstance(node, Literal):
        return str(node.n3())
    kind = f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
    return text(str(node)) + kind
