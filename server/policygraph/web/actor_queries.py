"""The SPARQL behind the tables of a body's page that no other view gives: its members, the collective bodies that it
belongs to, what it was and became, and others of its kind. Their files are the answers of these queries."""

from __future__ import annotations

from ..graph.namespaces import PREFIXES
from .facts import expand

_WHERE = {  # table → (what a row holds, its patterns; ?actor is the body of the page, the order)
    "members": (
        "?member ?verification ?source",
        """  ?membership org:organization ?actor ; org:member ?member .
  OPTIONAL { ?membership pg:verification ?verification }
  OPTIONAL { ?membership dcterms:source ?source }
""",
        "STR(?member)",
    ),
    "collectives": (
        "?collective ?notation ?provision ?verification",
        """  ?membership org:member ?actor ; org:organization ?collective .
  OPTIONAL { ?membership pg:verification ?verification }
  OPTIONAL {
    ?provision pg:hasAssignment/pg:actor ?collective ; skos:notation ?notation ;
      prov:wasQuotedFrom/oa:hasSelector/oa:start ?start .
  }
""",
        "STR(?collective) ?start",
    ),
    "changes": (
        "?before ?after ?date ?verification ?source",
        """  ?change org:originalOrganization ?before ; org:resultingOrganization ?after .
  FILTER(?actor IN (?before, ?after))
  OPTIONAL { ?change dcterms:date ?date }
  OPTIONAL { ?change pg:verification ?verification }
  OPTIONAL { ?change dcterms:source ?source }
""",
        "?date STR(?before) STR(?after)",
    ),
    "kind": (
        "?kind ?body ?jurisdiction ?documents",
        """  ?actor skos:broader ?kind .
  ?body skos:broader ?kind .
  FILTER(?body != ?actor)
  OPTIONAL { ?body pg:jurisdiction ?jurisdiction }
  {
    SELECT ?body (COUNT(DISTINCT ?document) AS ?documents)
    WHERE {
      <ACTOR> skos:broader/^skos:broader ?body .
      OPTIONAL { ?document ^eli:is_part_of+/pg:hasAssignment/pg:actor ?body . ?document a pg:PolicyDocument }
    }
    GROUP BY ?body
  }
""",
        "STR(?kind) STR(?body)",
    ),
}
TABLES = tuple(_WHERE)


def query(table: str, actor: str) -> str:
    """The query of one of TABLES for a body."""
    columns, patterns, order = _WHERE[table]
    iri = f"<{expand(actor)}>"
    used = [name for name in PREFIXES if f"{name}:" in patterns]
    head = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used)
    body = f"  VALUES ?actor {{ {iri} }}\n{patterns.replace('<ACTOR>', iri)}"
    return f"{head}\nSELECT DISTINCT {columns}\nWHERE {{\n{body}}}\nORDER BY {order}\n"
