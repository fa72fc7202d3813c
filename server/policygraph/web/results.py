"""Answers to take away: files for a spreadsheet, with the names of things beside their IRIs, and /sparql/embed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from ..endpoint.protocol import ProtocolError
from ..errors import LimitError
from ..graph.namespaces import PREFIXES, XSD
from ..store.base import Table, Term
from . import context, exports, labels, viewed, workbench
from .facts import Facts, shorten
from .i18n import language
from .workbench_words import words

routes = Blueprint("results", __name__)
_MOST = 100_000
_TYPES = {"csv": exports.CSV, "xlsx": exports.XLSX}
_INTEGERS = {str(XSD[name]) for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}


@routes.get("/workbench/result.<any(csv, xlsx):kind>")
def file(kind: str) -> ResponseReturnValue:
    """The solutions of ?query= as a spreadsheet's file; LimitError (422) for more rows than such a file is good for."""
    table = context.snapshot().select(_query())
    if len(table) > _MOST:
        raise LimitError("max_rows", _MOST)
    facts, tag = context.facts(), language()
    columns, rows = named(facts, table, tag)
    body = exports.csv_of(columns, rows) if kind == "csv" else exports.xlsx_of(columns, rows, "SPARQL")
    response = Response(body, content_type=_TYPES[kind])
    name = f"policygraph-{date.today().isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@routes.get("/sparql/embed")
def embedded() -> ResponseReturnValue:
    """The answer alone, for a frame in another page; who may frame it is the operator's to say (setting embed).

    A query that failed is told on the page, under the status that the endpoint gives it.
    """
    query = _query()
    answer = workbench.ask(context.snapshot(), query)
    viewed.check(answer.columns)
    page = render_template(
        "embed.html", query=query, answer=answer, most=workbench.MOST_ROWS, words=words(), prefixes=PREFIXES,
        asked={"query": query, **viewed.given()},
    )  # fmt: skip
    return page, answer.status


def named(facts: Facts, table: Table, tag: str) -> tuple[list[str], Iterator[list[object]]]:
    """Columns and rows; a column that holds an IRI with a name has a column of names behind it."""
    spoken = {
        index
        for index in range(len(table.variables))
        if any((term := row[index]) and term.kind == "iri" and _name(facts, term, tag) for row in table.rows)
    }
    columns: list[str] = []
    for index, variable in enumerate(table.variables):
        columns += [variable, f"{variable} ({'名称' if tag == 'zh' else 'name'})"] if index in spoken else [variable]

    def rows() -> Iterator[list[object]]:
        for row in table.rows:
            made: list[object] = []
            for index, term in enumerate(row):
                made.append(_value(term))
                if index in spoken:
                    made.append(_name(facts, term, tag) if term else None)
            yield made

    return columns, rows()


def _query() -> str:
    query = request.args.get("query", "").replace("\r\n", "\n")
    if not query.strip():
        raise ProtocolError(400, "no-query")
    return query


def _name(facts: Facts, term: Term, tag: str) -> str:
    if term.kind != "iri":
        return ""
    node = shorten(term.value)
    called = labels.label(facts, node, tag).text
    return "" if called == node else called


def _value(term: Term | None) -> object:
    if term is None:
        return None
    try:
        if term.datatype in _INTEGERS:
            return int(term.value)
        if term.datatype in (str(XSD.decimal), str(XSD.double), str(XSD.float)):
            return Decimal(term.value)
    except (ValueError, InvalidOperation):
        return term.value
    return term.value
