"""How many solutions a serialised answer holds, counted in its bytes.

Reading a large answer again to count it would cost more than making it. The writer is Oxigraph's, without white
space between tokens; the tests compare these counts with a parser's for generated answers.
"""

from __future__ import annotations

import re

from .base import CSV, JSON, TSV, XML

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def count_rows(data: bytes, media_type: str) -> int:
    """Solutions in an answer to SELECT, of one of RESULT_TYPES; an ASK answer counts as none."""
    match media_type:
        case "application/sparql-results+json":
            return _json(data)
        case "application/sparql-results+xml":
            return data.count(b"<result>")  # a literal's < is written &lt;
        case "text/tab-separated-values":
            return max(0, data.count(b"\n") - 1)  # a literal's line feed is written \\n
        case "text/csv":
            return _csv(data)
    raise ValueError(f"{media_type} is none of {JSON}, {XML}, {CSV}, {TSV}")


def _json(data: bytes) -> int:
    head = data.find(b'"bindings":[')
    if head < 0 or data.startswith(b"]", head + 12):
        return 0
    if b"{}" in data[head:]:
        # A solution without bindings looks like text that some literal might hold: take the strings out.
        bare = _STRING.sub(b"", data[head:])
        return bare.count(b"[{") + bare.count(b",{")
    # Between two solutions stands }},{"name; inside a string those quotes would end it, and then no name
    # could follow.
    ends = sum(data.count(b'}},{"' + end, head) for end in (b",", b"}", b"]"))
    return 1 + data.count(b'}},{"', head) - ends


def _csv(data: bytes) -> int:
    if b'"' not in data:
        return max(0, data.count(b"\n") - 1)
    outside = data.split(b'"')[::2]  # a doubled quote leaves an empty piece between: the parity holds
    return max(0, sum(piece.count(b"\n") for piece in outside) - 1)
