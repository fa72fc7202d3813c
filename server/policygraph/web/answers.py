"""An answer of the library as a page shows and a spreadsheet gets it: names for IRIs, and each row's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flask import Response
from flask_babel import gettext

from ..graph.namespaces import XSD
from ..store import Store, Table, Term
from ..store.base import JSON
from . import columns, exports, labels
from .facts import Facts, document_of, expand, shorten

FORMATS = ("csv", "xlsx", "json")
_CLAIMS = ("target", "assignment")
"""Variables of the library's queries whose words prove a row; added where a query does not give them."""
_HIDDEN = "proof_"
_NUMBERS = {str(XSD[name]) for name in ("integer", "decimal", "int", "long", "double", "float")}


@dataclass(frozen=True, slots=True)
class Shown:
    """columns: (name, variable); rows: (cells, what proves the row or ""); numeric: which columns hold numbers only;
    quoted: the column that holds the very words of each row's proof, None where none does."""

    columns: list[tuple[str, str]]
    rows: list[tuple[list[Term | None], str]]
    numeric: frozenset[int]
    proven: bool
    quoted: int | None = None


def with_proof(query: str) -> str:
    """The query, giving also the target or assignment that each row rests on where it keeps that to itself. A count
    has no such row, and its query stays as it is."""
    head, where, rest = query.partition("WHERE")
    select = re.search(r"^SELECT (?:DISTINCT )?(.*)$", head, re.MULTILINE)
    if not select or not where or re.search(r"GROUP BY|COUNT\(|UNION|NOT EXISTS", query):
        return query
    if any(f"?{claim}" in select[1].split() for claim in _CLAIMS):
        return query
    for claim in _CLAIMS:
        if re.search(rf"\?{claim} pg:", rest):
            return f"{head.rstrip()} (?{claim} AS ?{_HIDDEN}{claim})\n{where}{rest}"
    return query


def presented(query: str, language: str) -> str:
    """The query as a page shows it: of the file's header the question alone, in one language."""
    kept = [line for line in query.splitlines() if not re.match(r"# (?:id|group|keywords|param|question\.)", line)]
    asked = re.search(rf"^# question\.{language}: (.*)$", query, re.MULTILINE)
    return (f"# {asked[1]}\n" if asked else "") + "\n".join(kept).strip() + "\n"


def shown(table: Table, facts: Facts, language: str, most: int, brief: bool = False, numbered: bool = True) -> Shown:
    """The first rows, without the columns that only prove them. brief: nor those whose every value stands beside its
    thing already, as its name or number, nor the claim whose words another column holds and proves.
    numbered: whether a provision is shown with its number and a translated name with the official one, as on pages."""
    kept = [at for at, name in enumerate(table.variables) if not name.startswith(_HIDDEN)]
    quoting: int | None = None
    proofs = [_proof(row, table.variables, facts) for row in table.rows[:most]]
    if brief:
        quoting = next((at for at in kept if _quotes(at, table, proofs, facts)), None)
        if quoting is not None:
            kept = [at for at in kept if not _is_claim(at, table, proofs)]
        told = [_told([row[at] for at in kept], facts, language, numbered) for row in table.rows[:most]]
        kept = [at for at in kept if not told or at == quoting or not _repeats(at, table, told)]
    rows = [([row[at] for at in kept], proof) for row, proof in zip(table.rows, proofs, strict=False)]
    names = [(columns.column_name(table.variables[at], language), table.variables[at]) for at in kept]
    numeric = {
        place for place in range(len(kept))
        if rows and all(cells[place] is None or _number(cells[place]) is not None for cells, _ in rows)
    }  # fmt: skip
    quoted = kept.index(quoting) if quoting is not None else None
    return Shown(names, rows, frozenset(numeric), any(proof for _, proof in rows), quoted)


def _told(row: Sequence[Term | None], facts: Facts, language: str, numbered: bool) -> set[str]:
    nodes = [shorten(term.value) for term in row if term and term.kind == "iri"]
    numbers = {labels.notation(facts, node) for node in nodes if numbered and node.count("/") > 1}
    official = {labels.label(facts, node, "zh").text for node in nodes if numbered}  # beside a translated name on pages
    return numbers | official | {str(labels.label(facts, node, language)) for node in nodes}


def _repeats(at: int, table: Table, told: list[set[str]]) -> bool:
    cells = [row[at] for row in table.rows[: len(told)]]
    return all(c is not None and c.kind == "literal" and c.value in known for c, known in zip(cells, told, strict=True))


def _quotes(at: int, table: Table, proofs: Sequence[str], facts: Facts) -> bool:
    """Whether a column holds, in every row, all the words that prove it."""
    return bool(proofs) and all(
        (cell := row[at]) is not None
        and cell.kind == "literal"
        and proof != ""
        and [span.exact for span in facts.spans(proof)] == [cell.value]
        for row, proof in zip(table.rows, proofs, strict=False)
    )


def _is_claim(at: int, table: Table, proofs: Sequence[str]) -> bool:
    cells = [row[at] for row in table.rows[: len(proofs)]]
    return all(c is not None and c.kind == "iri" and shorten(c.value) == p for c, p in zip(cells, proofs, strict=True))


def _proof(row: tuple[Term | None, ...], variables: Sequence[str], facts: Facts) -> str:
    """The node of a row that words stand behind: the narrowest, a target before the provision that holds it. A whole
    document proves nothing; of its properties, the words that state the one that the row tells do."""
    nodes = [shorten(term.value) for term in row if term and term.kind == "iri"]
    documents = [node for node in nodes if document_of(node) == node]
    spans = [
        (found[0].end - found[0].start, node)
        for node in nodes
        if node not in documents and (found := facts.spans(node))
    ]
    if spans:
        return min(spans)[1]
    told = [(f"pg:{name}", term.value) for name, term in zip(variables, row, strict=True) if term]
    stated = {
        (told_by, leaf)
        for document in documents
        for leaf in facts.into(document, "pg:leafOf")
        for told_by, value in told
        if told_by in facts.nodes(leaf, "pg:evidenceFor") and any(value in s.exact for s in facts.spans(leaf))
    }
    return stated.pop()[1] if len(stated) == 1 else ""


def _number(term: Term | None) -> Decimal | None:
    if term is None or term.datatype not in _NUMBERS:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def exported(
    query: str, store: Store, facts: Facts, language: str, form: str, name: str, brief: bool = False
) -> Response:
    """The answer as a file: CSV and XLSX with names beside IRIs and each row's words, JSON as SPARQL 1.1 has it. brief:
    as for `shown`; the words that prove a row stand once."""
    if form == "json":
        return _file(store.respond(query, JSON), JSON, f"{name}.json")
    table = store.select(query)
    made = shown(table, facts, language, len(table.rows), brief, numbered=False)
    linked = [any(cells[at] and cells[at].kind == "iri" for cells, _ in made.rows) for at in range(len(made.columns))]  # type: ignore[union-attr]
    heads: list[str] = []
    for (called, variable), iris in zip(made.columns, linked, strict=True):
        heads += [called or variable, f"{called or variable} IRI"] if iris else [called or variable]
    if made.proven:
        heads += [gettext("Evidence")] * (made.quoted is None) + [gettext("Evidence IRI")]
    rows = []
    for cells, proof in made.rows:
        row: list[object] = []
        for at, term in enumerate(cells):
            iri = term is not None and term.kind == "iri"
            text = str(labels.label(facts, shorten(term.value), language)) if iri and term else ""
            told = _value(term)
            if isinstance(told, str):
                told = columns.value_name(made.columns[at][1], told, language)
            row.append(text if iri else told)
            if linked[at]:
                row.append(term.value if iri and term else "")
        if made.proven:
            row += [facts.spans(proof)[0].exact if proof else ""] * (made.quoted is None)
            row.append(expand(proof) if proof else "")
        rows.append(row)
    if form == "csv":
        return _file(exports.csv_of(heads, rows), exports.CSV, f"{name}.csv")
    return _file(exports.xlsx_of(heads, rows, name), exports.XLSX, f"{name}.xlsx")


def _value(term: Term | None) -> object:
    number = _number(term)
    return number if number is not None else term.value if term else ""


def _file(body: bytes, media_type: str, name: str) -> Response:
    return Response(body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
