"""The queries of the SPARQL primer on /help: each asks this graph, each adds one thing to what came before."""

from __future__ import annotations

import re

from ..graph.namespaces import PREFIXES

_STEPS = {
    "pattern": """\
SELECT ?target WHERE {
  ?target a pg:Target .
}""",
    "more": """\
SELECT ?target ?printed ?indicator WHERE {
  ?target a pg:Target ;
    pg:printedValue ?printed ;
    pg:indicator/skos:prefLabel ?indicator .
  FILTER (LANG(?indicator) = "zh")
}""",
    "filter": """\
SELECT ?target ?value ?printed WHERE {
  ?target pg:targetYear ?year ;
    pg:value ?value ;
    pg:printedValue ?printed ;
    pg:unit/skos:prefLabel "%"@zh .
  FILTER (?year = "2025"^^xsd:gYear && ?value >= 50)
}
ORDER BY DESC(?value)""",
    "path": """\
SELECT ?number ?heading ?printed WHERE {{
  ?document pg:documentNumber "{number}" .
  ?provision eli:is_part_of+ ?document ;
    skos:notation ?number ;
    rdfs:label ?heading ;
    pg:hasTarget/pg:printedValue ?printed .
}}
ORDER BY ?number""",
    "optional": """\
SELECT ?target ?printed ?comparator ?baseline WHERE {
  ?target a pg:Target ;
    pg:printedValue ?printed .
  OPTIONAL { ?target pg:comparator/skos:prefLabel ?comparator . FILTER (LANG(?comparator) = "zh") }
  OPTIONAL { ?target pg:baselinePhrase ?baseline }
}""",
    "words": """\
SELECT DISTINCT ?target ?words ?start WHERE {
  ?target a pg:Target ;
    prov:wasQuotedFrom ?span .
  ?span oa:hasSelector/oa:exact ?words ;
    oa:hasSelector/oa:start ?start .
}
ORDER BY ?start""",
    "count": """\
SELECT ?body ?name (COUNT(DISTINCT ?provision) AS ?provisions) WHERE {
  ?provision pg:hasAssignment/pg:actor ?body .
  ?body skos:prefLabel ?name .
  FILTER (LANG(?name) = "zh")
}
GROUP BY ?body ?name
ORDER BY DESC(?provisions)
LIMIT 10""",
}


def queries(number: str) -> dict[str, str]:
    """Each step's query with its prefixes; number: of the document that one of them asks about."""
    written = number.replace("\\", "\\\\").replace('"', '\\"')
    made = {name: text.format(number=written) if name == "path" else text for name, text in _STEPS.items()}
    return {name: _prefixes(text) + text for name, text in made.items()}


def _prefixes(text: str) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if re.search(rf"\b{name}:", text))
