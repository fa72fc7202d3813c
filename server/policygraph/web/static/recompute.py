"""Recomputes the hash of a frozen result with nothing but Python: python recompute.py 'https://…/frozen?…'

The canonical form: lines of UTF-8, each ended by a line feed. SELECT: the variables, then the solutions, sorted by
code point; cells parted by a tab, an unbound one empty. ASK: true or false. CONSTRUCT and DESCRIBE: the triples,
sorted, none twice. Terms as in canonical N-Triples, tags of languages in lower case, every blank node _: alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

STRING = "http://www.w3.org/2001/XMLSchema#string"
ESCAPES = {code: f"\\u{code:04X}" for code in (*range(32), 127)}
ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
TYPES = "application/sparql-results+json, application/n-triples"


def term(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    if cell["type"] == "uri":
        return f"<{cell['value']}>"
    if cell["type"] == "bnode":
        return "_:"
    if cell["type"] == "triple":
        return "<<( {} {} {} )>>".format(*(term(cell["value"][role]) for role in ("subject", "predicate", "object")))
    quoted = f'"{cell["value"].translate(ESCAPES)}"'
    if "xml:lang" in cell:
        return f"{quoted}@{cell['xml:lang'].lower()}"
    return quoted if cell.get("datatype", STRING) == STRING else f"{quoted}^^<{cell['datatype']}>"


def canonical(content_type: str, body: str) -> list[str]:
    if not content_type.startswith("application/sparql-results+json"):
        triples = [re.sub(r"^_:\S+", "_:", line) for line in body.split("\n") if line.strip()]
        return sorted({re.sub(r" _:[\w.·-]+ \.$", " _: .", triple) for triple in triples})
    answer = json.loads(body)
    if "boolean" in answer:
        return ["true" if answer["boolean"] else "false"]
    names = answer["head"]["vars"]
    rows = ("\t".join(term(row.get(name)) for name in names) for row in answer["results"]["bindings"])
    return ["\t".join("?" + name for name in names), *sorted(rows)]


def query_of(address: str) -> str:
    """The query; where the address names a question of the library instead, that service tells the query."""
    if given := parse_qs(urlsplit(address).query).get("query"):
        return given[0]
    with urlopen(Request(f"{address.removesuffix('.')}&format=json")) as reply:
        query: str = json.load(reply)["query"]
    return query


def recomputed(address: str) -> tuple[str, str]:
    """(the hash that the address states, the hash of what the endpoint beside it answers now)"""
    place, asked = urlsplit(address), parse_qs(urlsplit(address).query)
    endpoint = f"{place.scheme}://{place.netloc}{place.path.removesuffix('/frozen')}/sparql"
    request = Request(f"{endpoint}?{urlencode({'query': query_of(address)})}", headers={"Accept": TYPES})
    with urlopen(request) as reply:
        lines = canonical(reply.headers["Content-Type"], reply.read().decode())
    made = hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
    return asked["result"][0].removesuffix("."), f"sha256:{made}"


if __name__ == "__main__":
    stated, found = recomputed(sys.argv[1])
    print(found)
    sys.exit(0 if found == stated else f"the address states {stated}")
