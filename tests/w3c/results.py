"""Answers and expected answers as bags of rows, compared up to the names of blank nodes.

Numbers are compared by value within their datatype: the engine keeps values, not lexical forms.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.term import BNode, Literal, Node, URIRef

Cell = tuple[str, ...] | None
Row = tuple[Cell, ...]
Table = tuple[frozenset[str], list[Row]]
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = {XSD + name for name in ("decimal", "integer", "int", "long", "short", "byte", "nonNegativeInteger",
                                  "nonPositiveInteger", "positiveInteger", "unsignedInt")}  # fmt: skip
_FLOATS = {XSD + "double", XSD + "float"}
_KINDS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


def read_results(data: bytes, kind: str) -> bool | Table:
    """A boolean, or the variables and the rows with their cells in the order of the variables' names."""
    answer = ox.parse_query_results(data, format=_KINDS[kind])
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    names = sorted(variable.value for variable in answer.variables)
    return frozenset(names), [tuple(_cell(row[name]) for name in names) for row in answer]


def read_rdf_results(path: Path) -> Table | None:
    """A table written as RDF (vocabulary result-set), or None where the graph is a CONSTRUCT's."""
    graph = Graph().parse(path)
    table = graph.value(None, RDF.type, RS.ResultSet)
    if table is None:
        return None
    names = sorted(str(name) for name in graph.objects(table, RS.resultVariable))
    rows = []
    for solution in graph.objects(table, RS.solution):
        bound = {
            str(graph.value(each, RS.variable)): graph.value(each, RS.value)
            for each in graph.objects(solution, RS.binding)
        }
        rows.append(tuple(_rdflib_cell(bound.get(name)) for name in names))
    return frozenset(names), rows


def read_csv(data: bytes) -> Table:
    """As read_results; CSV tells neither kinds nor datatypes, so a cell is a blank node, a number or words.

    SPARQL gives the columns of SELECT * no order (SPARQL 1.1 Query Language, section 16.1): they go by name.
    """
    header, *lines = csv.reader(io.StringIO(data.decode()))
    order = sorted(range(len(header)), key=header.__getitem__)
    return frozenset(header), [tuple(_csv_cell(line[index]) for index in order) for line in lines]


def _csv_cell(text: str) -> Cell:
    if text.startswith("_:"):
        return ("bnode", text)
    try:
        return ("number", repr(float(text)))
    except ValueError:
        return ("words", text)


def same_graph(data: bytes, path: Path) -> bool:
    return isomorphic(Graph().parse(data=data, format="turtle"), Graph().parse(path, publicID=path.as_uri()))


def same_rows(found: list[Row], expected: list[Row]) -> bool:
    """Whether two bags of rows are equal under one renaming of blank nodes."""
    if len(found) != len(expected):
        return False
    ground, others = _split(found)
    expected_ground, expected_others = _split(expected)
    return Counter(ground) == Counter(expected_ground) and _match(others, expected_others, {})


def _split(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    with_blank = [row for row in rows if any(cell and cell[0] == "bnode" for cell in row)]
    return [row for row in rows if row not in with_blank], with_blank


def _match(found: list[Row], expected: list[Row], names: dict[str, str]) -> bool:
    if not expected:
        return not found
    for index, row in enumerate(found):
        extended = _unify(row, expected[0], names)
        if extended is not None and _match(found[:index] + found[index + 1 :], expected[1:], extended):
            return True
    return False


def _unify(row: Row, expected: Row, names: dict[str, str]) -> dict[str, str] | None:
    names = dict(names)
    for cell, wanted in zip(row, expected, strict=True):
        if cell and wanted and cell[0] == wanted[0] == "bnode":
            if names.setdefault(wanted[1], cell[1]) != cell[1]:
                return None
        elif cell != wanted:
            return None
    return names if len(set(names.values())) == len(names) else None


def _cell(term: object) -> Cell:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return ("bnode", term.value)
    assert isinstance(term, ox.Literal)
    return _literal(term.value, term.datatype.value, term.language)


def _rdflib_cell(term: Node | None) -> Cell:
    if term is None:
        return None
    if isinstance(term, URIRef):
        return ("iri", str(term))
    if isinstance(term, BNode):
        return ("bnode", str(term))
    assert isinstance(term, Literal)
    return _literal(str(term), str(term.datatype or XSD + "string"), term.language)


def _literal(text: str, datatype: str, language: str | None) -> Cell:
    if language:
        return ("literal", text, language.lower())
    try:
        if datatype in _EXACT:
            text = format(Decimal(text).normalize(), "f")
        elif datatype in _FLOATS:
            text = repr(float(text))
    except (InvalidOperation, ValueError):
        pass  # ill-typed: its words are all it has
    if datatype == XSD + "boolean":
        text = {"1": "true", "0": "false"}.get(text, text)
    return ("literal", text, datatype)
