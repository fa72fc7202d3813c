"""What every store offers, in words that belong to no engine.

A store answers in two ways: with values (`select`, `ask`, `graph`), for pages and programs, and with bytes
(`respond`), for the SPARQL endpoint. Both refuse what a read-only store never does and both raise only
StoreError (with QuerySyntaxError and RefusedError below it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from rdflib import Graph

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"

RESULT_TYPES = (JSON, XML, CSV, TSV)
"""Media types of SELECT and ASK answers: SPARQL 1.1 Query Results JSON, XML, CSV and TSV formats."""
GRAPH_TYPES = (TURTLE, NTRIPLES, RDFXML, JSONLD)
"""Media types of CONSTRUCT and DESCRIBE answers."""


class QueryForm(StrEnum):
    """The four query forms (SPARQL 1.1 Query Language, section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def media_types(self) -> tuple[str, ...]:
        """What an answer of this form can be written as, the preferred type first.

        CSV and TSV are defined for SELECT alone (SPARQL 1.1 Query Results CSV and TSV Formats, section 1), so
        ASK offers JSON and XML.
        """
        match self:
            case QueryForm.SELECT:
                return RESULT_TYPES
            case QueryForm.ASK:
                return (JSON, XML)
            case _:
                return GRAPH_TYPES


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term as a plain value.

    value: the IRI, the label of a blank node, the lexical form, or for a triple term (RDF 1.2) its N-Triples
    text.
    datatype: the IRI of a literal's datatype; None for a plain string and for a language-tagged one.
    lang: the language tag, in the case that the engine keeps (Oxigraph lowers it: zh-hans).
    """

    kind: Literal["iri", "bnode", "literal", "triple"]
    value: str
    datatype: str | None = None
    lang: str | None = None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions of a SELECT: one row each, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term]]:
        """Each solution as {variable: term}, unbound variables left out."""
        for row in self.rows:
            yield {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}


@dataclass(frozen=True, slots=True)
class Job:
    """One inspected query on its way to an engine: plain values, so that it can cross a process boundary.

    default_graphs, named_graphs: the dataset of the protocol request, or None where it names none;
    has_dataset: whether the query itself has FROM clauses; repeatable: whether the same data give the same
    answer again.
    """

    query: str
    form: QueryForm
    media_type: str
    has_dataset: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    repeatable: bool = True


class Store(Protocol):
    """A read-only RDF dataset. Queries without FROM see the union of all named graphs."""

    @property
    def digest(self) -> str:
        """Changes whenever the data does; "" where that cannot be known (a remote store)."""

    @property
    def union_default_graph(self) -> bool:
        """Whether the union above is certain; a remote store follows its own configuration."""

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    def form(self, query: str) -> QueryForm:
        """The form of a query; RefusedError or QuerySyntaxError as for its execution."""

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query."""

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""

    def graph(self, query: str) -> Graph:
        """The graph that a CONSTRUCT or DESCRIBE query makes."""

    def respond(
        self,
        query: str,
        media_type: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> bytes:
        """The answer, serialised as one of the types that `QueryForm.media_types` gives for its form.

        A dataset in the arguments takes the place of the query's own (SPARQL 1.1 Protocol, section 2.1.4). A
        graph that is not loaded is refused; nothing is ever fetched.
        """

    def close(self) -> None:
        """Let go of what the store holds."""
