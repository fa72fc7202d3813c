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
from typing import TYPE_CHECKING

from .prefixes import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

Triple = tuple[str, str, str]
SpanRow = tuple[str, str, int, int, str, str]
"""IRI of the span, IRI of its document (neither in brackets), start, end, the words, sha256 of the stored text."""


class Vocabulary:
    """The terms of a namespace as they are written: `Vocabulary("pg").basis` is `<https://.../ontology#basis>`."""

    def __init__(self, prefix: str) -> None:
        self._namespace = PREFIXES[prefix]

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):  # copy and pickle ask for such names
            raise AttributeError(name)
        term = f"<{self._namespace}{name}>"
        setattr(self, name, term)  # found without this call the next time
        return term

    def __getitem__(self, name: str) -> str:
        return str(getattr(self, name))


PG, ELI, OA, PROV, ORG = map(Vocabulary, ("pg", "eli", "oa", "prov", "org"))
RDF, RDFS, OWL, XSD, SH = map(Vocabulary, ("rdf", "rdfs", "owl", "xsd", "sh"))
SKOS, DCTERMS, SCHEMA, QUDT, UNIT = map(Vocabulary, ("skos", "dcterms", "schema", "qudt", "unit"))
_INTEGER, _DECIMAL, _DATE, _YEAR = (f"^^{XSD[name]}" for name in ("integer", "decimal", "date", "gYear"))


def iri(value: str) -> str:
    return f"<{value}>"


def text(value: str) -> str:
    """A plain string. Escaped is only what the grammar of N-Quads does not allow within quotation marks."""
    return f'"{_escaped(value)}"' if _SPECIAL.search(value) else f'"{value}"'


def zh(value: str) -> str:
    return f"{text(value)}@zh"


_SPECIAL = re.compile(r'["\\\n\r]')


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
        self.spans: dict[str, SpanRow] = {}
        """The span as a term → its row."""

    def add(self, subject: str, predicate: str, object_: str) -> None:
        self._told[subject, predicate, object_] = None

    def add_span(self, row: SpanRow) -> None:
        """A text span with its two selectors (Web Annotation Data Model, section 4.2)."""
        self.spans[node := f"<{row[0]}>"] = row
        self._told[node, RDF.type, OA.SpecificResource] = None

    def __len__(self) -> int:
        return len(self._told) + 9 * len(self.spans)

    @property
    def claims(self) -> Set[Triple]:
        """All triples but the words and offsets of the spans: the part that the rules of the ontology speak of."""
        return self._told.keys()

    def __iter__(self) -> Iterator[Triple]:
        yield from self._told
        for row in self.spans.values():
            yield from span_triples(row)

    def nquads(self, graph: str) -> bytes:
        """All triples as lines of N-Quads in a named graph."""
        return b"".join(self.lines(graph, self._told))

    def lines(self, graph: str, claims: Iterable[Triple]) -> list[bytes]:
        """These claims and then all spans as lines of N-Quads in a named graph, to be joined.

        Encoded line by line, because one Chinese character doubles the width of a whole Python string.
        """
        end = f" <{graph}> .\n"
        lines = [f"{s} {p} {o}{end}".encode() for s, p, o in claims]
        for row in self.spans.values():
            lines += _span_lines(row, end)
        return lines

    def sorted_nquads(self, graph: str) -> bytes:
        """The same lines in the order of their characters: equal graphs are equal bytes."""
        return b"".join(sorted(line + b"\n" for line in self.nquads(graph).split(b"\n")[:-1]))

    def graph(self) -> Graph:
        """The same triples as an rdflib Graph with the usual prefixes."""
        from .bridge import graph_of

        return graph_of(self)


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

    def value(self, subject: str, predicate: str) -> str | None:
        """The first object, None where there is none."""
        return next(iter(self.about.get(subject, {}).get(predicate, ())), None)

    def members(self, head: str) -> list[str]:
        """The members of an RDF list."""
        made: list[str] = []
        while (first := self.value(head, RDF.first)) is not None:
            made.append(first)
            head = self.value(head, RDF.rest) or RDF.nil
        return made


def span_triples(row: SpanRow) -> list[Triple]:
    """What a span is made of, beside its class."""
    node, document, start, end, words, digest = row
    span, position, quote = f"<{node}>", f"<{node}#position>", f"<{node}#quote>"
    return [
        (span, OA.hasSource, f"<{document}>"),
        (span, OA.hasSelector, position),
        (span, OA.hasSelector, quote),
        (span, PG.sourceDigest, text(digest)),
        (position, RDF.type, OA.TextPositionSelector),
        (position, OA.start, integer(start)),
        (position, OA.end, integer(end)),
        (quote, RDF.type, OA.TextQuoteSelector),
        (quote, OA.exact, text(words)),
    ]


@lru_cache(maxsize=64)
def _between(document: str, digest: str, end: str) -> tuple[str, ...]:
    """What stands between the IRIs of a span, which its lines name eleven times, as far as its start."""
    return (
        "<", f"> {OA.hasSource} <{document}>{end}<", f"> {OA.hasSelector} <", f"#position>{end}<",
        f"> {OA.hasSelector} <", f"#quote>{end}<", f'> {PG.sourceDigest} "{digest}"{end}<',
        f"#position> {RDF.type} {OA.TextPositionSelector}{end}<",
    )  # fmt: skip


_START, _END = f'#position> {OA.start} "', f'#position> {OA.end} "'
_IS_QUOTE, _WORDS = f"#quote> {RDF.type} {OA.TextQuoteSelector}", f"#quote> {OA.exact} "


def _span_lines(row: SpanRow, end: str) -> tuple[bytes, bytes]:
    """`span_triples` as lines, the hottest place of all. end: what follows an object."""
    node, document, start, stop, words, digest = row
    number = f'"{_INTEGER}{end}<'
    lines = node.join((*_between(document, digest, end), f"{_START}{start}{number}", f"{_END}{stop}{number}",
                       f"{_IS_QUOTE}{end}<", _WORDS))  # fmt: skip
    return lines.encode(), f"{text(words)}{end}".encode()


_UNESCAPED = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\r": "\r"}
_ESCAPE = re.compile(r"\\.")


def parts(term: str) -> tuple[str, str, str]:
    """Lexical form, language and datatype of a literal (the last two empty for a plain string)."""
    words, _, kind = term.rpartition('"')  # a language or datatype has no quotation marks
    assert words and words[0] == '"', term
    words = words[1:]
    if "\\" in words:
        words = _ESCAPE.sub(lambda m: _UNESCAPED[m[0]], words)
    return words, kind[1:] if kind[:1] == "@" else "", kind[3:-1] if kind[:1] == "^" else ""
