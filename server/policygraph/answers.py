"""Expected answers: `queries/expected/<id>.csv` holds what a reader of the document answers to a question.

A file is CSV: the variables, then a row for each solution, in order. IRIs are written with the prefixes of
`graph/namespaces.py`, numbers without trailing zeros, an unbound variable as an empty cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

from .errors import QuestionError
from .graph.namespaces import PREFIXES, XSD
from .question_files import Question
from .store.base import Table

_NUMBERS = {str(XSD.decimal), str(XSD.integer)}
_SHORT = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def plain(value: str, kind: str, datatype: str | None) -> str:
    """A term as the expected files write it. kind: "iri" or "literal"."""
    if kind == "iri":
        return next((f"{p}:{value.removeprefix(iri)}" for p, iri in _SHORT if value.startswith(iri)), value)
    if datatype in _NUMBERS:
        return f"{Decimal(value).normalize():f}"
    return value


def rows_of(table: Table) -> list[list[str]]:
    """The header and the rows of an answer, as an expected file would hold them."""
    rows = [[plain(t.value, t.kind, t.datatype) if t else "" for t in row] for row in table.rows]
    return [list(table.variables), *rows]


def expected(question: Question) -> list[list[str]]:
    """The header and the rows of the expected file. QuestionError with its name where there is none or no row."""
    path = question.path.parent / "expected" / f"{question.id}.csv"
    if not path.is_file():
        raise QuestionError("expected an answer made by reading the document, there is no such file", str(path), 1, 1)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if len(rows) < 2:
        raise QuestionError("expected the variables and at least one row", str(path), len(rows) + 1, 1)
    for line, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise QuestionError(f"expected {len(rows[0])} cells", str(path), line, 1, ",".join(row))
    return rows


def compare(question: Question, answer: Iterable[Sequence[str]]) -> None:
    """Raise QuestionError with the file and line of the first row that differs from `answer` (header first)."""
    path = question.path.parent / "expected" / f"{question.id}.csv"
    for line, (held, came) in enumerate(zip_longest(expected(question), answer), 1):
        if held is None or came is None or list(held) != list(came):
            raise QuestionError(f"stale: the engine answers {_shown(came)}", str(path), line, 1, _shown(held))


def _shown(row: Sequence[str] | None) -> str:
    return "no such row" if row is None else ",".join(row)
