"""The SPARQL that gives the rows of /targets, and those rows as a table."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from ..graph.namespaces import PREFIXES
from .facts import Facts, expand
from .i18n import language
from .labels import label
from .target_rows import NO_YEAR, Row, Wish

_PREFIXES = ("pg", "eli", "skos", "rdfs", "prov", "oa", "xsd")
_COLUMNS = (
    "documentNumber", "notation", "heading", "indicatorName", "scope", "comparatorName", "qualifierName", "value",
    "upperValue", "unitName", "year", "deadline", "baselinePhrase", "baselineYear", "baseline", "words", "start", "end",
    "target", "indicator",
)  # fmt: skip
_BY_SECTOR = ("sectorName", "sector")
_BODY = """\
  ?owner pg:hasTarget ?target ; eli:is_part_of* ?document .
  ?document a pg:PolicyDocument ; pg:documentNumber ?documentNumber .
  ?target pg:indicator ?indicator ; pg:comparator ?comparator ; pg:value ?value ;
    prov:wasQuotedFrom/oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words .
  ?indicator skos:prefLabel ?indicatorName .
  ?comparator skos:prefLabel ?comparatorName .
  FILTER(LANG(?indicatorName) = "zh" && LANG(?comparatorName) = "{language}")
  # one or two comparators: 下降至13%左右 has both 下降至 and 左右
  FILTER NOT EXISTS {{ ?target pg:comparator ?earlier . FILTER(STR(?earlier) < STR(?comparator)) }}
  OPTIONAL {{
    ?target pg:comparator ?qualifier . FILTER(STR(?qualifier) > STR(?comparator))
    ?qualifier skos:prefLabel ?qualifierName . FILTER(LANG(?qualifierName) = "{language}")
  }}
  OPTIONAL {{ ?owner skos:notation ?notation ; rdfs:label ?heading . }}
  OPTIONAL {{ ?target pg:unit/skos:prefLabel ?registered . FILTER(LANG(?registered) = "zh") }}
  OPTIONAL {{ ?target pg:printedUnit ?printedUnit }}
  BIND(COALESCE(?registered, ?printedUnit) AS ?unitName)
  OPTIONAL {{ ?target pg:upperValue ?upperValue }}
  OPTIONAL {{ ?target pg:scope ?scope }}
  OPTIONAL {{ ?target pg:targetYear ?year }}
  OPTIONAL {{ ?target pg:deadline ?deadline }}
  OPTIONAL {{ ?target pg:baselinePhrase ?baselinePhrase }}
  OPTIONAL {{ ?target pg:baselineYear ?baselineYear }}
  OPTIONAL {{ ?target pg:baseline ?baseline }}
"""
_SECTOR = """\
  OPTIONAL {
    ?owner pg:hasClassification/pg:sector ?sector .
    ?sector skos:prefLabel ?sectorName . FILTER(LANG(?sectorName) = "zh")
  }
"""


def query(wish: Wish, unit: str) -> str:
    """The query of a wish. unit: the node of its unit, "" where it is one that the registry lacks."""
    names = (*(_BY_SECTOR if wish.by == "sector" else ()), *_COLUMNS)
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PREFIXES]
    lines += ["", "SELECT DISTINCT " + " ".join(f"?{name}" for name in names), "WHERE {"]
    if wish.document:
        lines.append(f"  VALUES ?document {{ <{expand('id:doc/' + wish.document)}> }}")
    lines.append(_BODY.format(language=language()).rstrip())
    if wish.unit:
        lines.append(
            f"  ?target pg:unit <{expand(unit)}> ." if unit else f"  ?target pg:printedUnit {_text(wish.unit)} ."
        )
    if wish.year == NO_YEAR:
        lines.append("  FILTER NOT EXISTS { ?target pg:targetYear ?anyYear }")
    elif wish.year:
        lines.append(f'  ?target pg:targetYear "{wish.year}"^^xsd:gYear .')
    if wish.body:
        lines.append(f"  ?owner pg:hasAssignment/pg:actor <{expand('id:org/' + wish.body)}> .")
    if wish.comparator:
        lines.append(f"  ?target pg:comparator pg:{wish.comparator} .")
    if wish.by == "sector":
        lines.append(_SECTOR.rstrip())
    if wish.sector and wish.by == "sector":
        lines.append(f"  FILTER(?sector = <{expand('id:sector/' + wish.sector)}>)")
    elif wish.sector:
        lines.append(f"  ?owner pg:hasClassification/pg:sector <{expand('id:sector/' + wish.sector)}> .")
    order = "(!BOUND(?sector)) STR(?sector) " if wish.by == "sector" else ""
    return "\n".join([*lines, "}", f"ORDER BY {order}STR(?document) ?start STR(?target) STR(?indicator)", ""])


def columns(by: str) -> list[str]:
    """Names of the columns in the reader's language, in the order of the query's variables."""
    names = {
        "sectorName": gettext("Sector"),
        "sector": gettext("IRI of the sector"),
        "documentNumber": gettext("Document number"),
        "notation": gettext("Number"),
        "heading": gettext("Provision"),
        "indicatorName": gettext("Indicator"),
        "scope": gettext("Scope"),
        "comparatorName": gettext("Comparator"),
        "qualifierName": gettext("Second comparator"),
        "value": gettext("Amount"),
        "upperValue": gettext("Upper value"),
        "unitName": gettext("Unit"),
        "year": gettext("Year"),
        "deadline": gettext("Deadline"),
        "baselinePhrase": gettext("Baseline as worded"),
        "baselineYear": gettext("Year of the baseline"),
        "baseline": gettext("Value of the baseline"),
        "words": gettext("Words of the text"),
        "start": gettext("First character"),
        "end": gettext("Character after the last"),
        "target": gettext("IRI of the target"),
        "indicator": gettext("IRI of the indicator"),
    }
    return [names[name] for name in (*(_BY_SECTOR if by == "sector" else ()), *_COLUMNS)]


def table(facts: Facts, rows: Iterable[Row], by: str) -> list[tuple[object, ...]]:
    """The rows under `columns`; what a target does not have is ""."""
    made: list[tuple[object, ...]] = []
    for row in rows:
        names = [label(facts, each, language()).text for each in row.comparators]
        provision = facts.text(row.owner, "skos:notation")
        sector = (label(facts, row.sector, "zh").text, expand(row.sector)) if row.sector else ("", "")
        made.append((
            *(sector if by == "sector" else ()), facts.text(row.document, "pg:documentNumber"), provision,
            facts.text(row.owner, "rdfs:label") if provision else "", label(facts, row.indicator, "zh").text, row.scope,
            *[*names, ""][:2], row.value, "" if row.upper is None else row.upper, row.unit_name,
            int(row.year) if row.year else "", row.deadline, row.baseline_phrase,
            int(row.baseline_year) if row.baseline_year else "", "" if row.baseline is None else row.baseline,
            row.words, row.start, row.end, expand(row.node), expand(row.indicator),
        ))  # fmt: skip
    return made


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
