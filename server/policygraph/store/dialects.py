"""What engines write otherwise than the standards: read, and written again."""

from __future__ import annotations

import json

from ..errors import QuerySyntaxError
from .engine import read_table
from .syntax import explain


def verdict(body: bytes) -> bool:
    """Virtuoso's yes or no where it answers ASK with a table (measured with 7.2.5): of one row 1, or of none."""
    rows = read_table(body).rows
    return any(term is not None and term.value == "1" for row in rows for term in row)


def with_plain_labels(body: bytes) -> bytes:
    """The results with blank nodes named b0, b1, …: Virtuoso's nodeID://b10000 is a label in no RDF format."""
    answer = json.loads(body)
    labels: dict[str, str] = {}
    for row in answer["results"]["bindings"] if isinstance(answer, dict) else ():
        for cell in row.values():
            if cell["type"] == "bnode":
                cell["value"] = labels.setdefault(cell["value"], f"b{len(labels)}")
    return json.dumps(answer, ensure_ascii=False).encode()


def refused(query: str, said: str) -> QuerySyntaxError:
    """What the endpoint said of the query, with the place where it told one."""
    try:  # a problem document (RFC 9457) with the place, as our own endpoint sends it
        problem = json.loads(said)
        return QuerySyntaxError(str(problem["detail"]), int(problem["line"]), int(problem["column"]))
    except (ValueError, TypeError, KeyError):
        return explain(query, said[:500])
