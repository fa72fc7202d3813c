"""The canonical form of an answer, and its hash: what a frozen result is compared by (docs/frozen.md).

Lines of UTF-8, each ended by a line feed. Terms are written as in canonical N-Triples (RDF 1.2 N-Triples, section 4),
with the tags of languages in lower case; every blank node is _: alone, as its name is another one each time.

- SELECT: the variables, then the solutions, sorted by code point. Cells are parted by a tab, an unbound one is empty.
- ASK: true or false.
- CONSTRUCT and DESCRIBE: the triples, sorted by code point, none of them twice.

web/static/recompute.py does the same without this package.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from .graph.namespaces import XSD
from .store.base import Table, Term

_ESCAPES = {0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
_ESCAPES = {**{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}, **_ESCAPES}
_SUBJECT = re.compile(r"^_:\S+")
_OBJECT = re.compile(r" _:[\w.·-]+ \.$")


def term(value: Term | None) -> str:
    """A term as canonical N-Triples; "" for none."""
    if value is None:
        return ""
    match value.kind:
        case "iri":
            return f"<{value.value}>"
        case "bnode":
            return "_:"
        case "triple":
            return value.value
    quoted = f'"{value.value.translate(_ESCAPES)}"'
    if value.lang:
        return f"{quoted}@{value.lang.lower()}"
    return f"{quoted}^^<{value.datatype}>" if value.datatype and value.datatype != str(XSD.string) else quoted


def lines_of_table(table: Table) -> list[str]:
    """Of the answer to a SELECT."""
    rows = sorted("\t".join(map(term, row)) for row in table.rows)
    return ["\t".join(f"?{name}" for name in table.variables), *rows]


def lines_of_verdict(verdict: bool) -> list[str]:
    """Of the answer to an ASK."""
    return ["true" if verdict else "false"]


def lines_of_graph(data: bytes) -> list[str]:
    """Of the answer to a CONSTRUCT or DESCRIBE, given as N-Triples that an engine wrote."""
    lines = (line for line in data.decode().split("\n") if line.strip())
    return sorted({_OBJECT.sub(" _: .", _SUBJECT.sub("_:", line)) for line in lines})


def digest(lines: Iterable[str]) -> str:
    """sha256: and the hexadecimal digits of the lines' hash."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode() + b"\n")
    return f"sha256:{whole.hexdigest()}"
