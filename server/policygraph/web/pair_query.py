"""The SPARQL that gives the pairs of /national, a row for each phrase that a pair quotes, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from ..graph.namespaces import PREFIXES
from .facts import Facts, expand
from .i18n import language
from .labels import label
from .pairs import Pair, Wish

_PREFIXES = ("pg", "eli", "skos", "rdfs")
COLUMNS = (
    "documentNumber", "notation", "heading", "strengthName", "verificationName", "basisName", "nationalNumber",
    "clauseNotation", "clauseHeading", "evidence", "provision", "clause", "alignment",
)  # fmt: skip
_BODY = """\
  ?provision eli:is_part_of+ ?document ; skos:notation ?notation ; rdfs:label ?heading .
  ?document a pg:PolicyDocument ; pg:documentNumber ?documentNumber .
  ?alignment pg:fromProvision ?provision ; pg:toProvision ?clause ; pg:strength ?strength ; pg:basis ?basis .
  ?clause eli:is_part_of+ ?national ; skos:notation ?clauseNotation ; rdfs:label ?clauseHeading .
  ?national a pg:PolicyDocument ; pg:documentNumber ?nationalNumber .
  ?strength skos:prefLabel ?strengthName .
  ?basis skos:prefLabel ?basisName .
  FILTER(LANG(?strengthName) = "{language}" && LANG(?basisName) = "{language}")
  OPTIONAL {{
    ?alignment pg:verification ?verification .
    ?verification skos:prefLabel ?verificationName . FILTER(LANG(?verificationName) = "{language}")
  }}
  OPTIONAL {{ ?alignment pg:evidence ?evidence }}
"""


def query(wish: Wish) -> str:
    """The query of a wish."""
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PREFIXES]
    lines += ["", "SELECT DISTINCT " + " ".join(f"?{name}" for name in COLUMNS), "WHERE {"]
    if wish.document:
        lines.append(f"  VALUES ?document {{ <{expand('id:doc/' + wish.document)}> }}")
    if wish.national:
        lines.append(f"  VALUES ?national {{ <{expand('id:doc/' + wish.national)}> }}")
    for name in ("strength", "verification", "basis"):
        if value := getattr(wish, name):
            lines.append(f"  ?alignment pg:{name} pg:{value} .")
    if wish.clause:
        lines.append(f"  ?clause pg:verification pg:{wish.clause} .")
    return "\n".join(
        [*lines, _BODY.format(language=language()).rstrip(), "}", "ORDER BY STR(?alignment) ?evidence", ""]
    )


def columns() -> list[str]:
    """Names of the columns in the reader's language, in the order of the query's variables."""
    return [
        gettext("Document number"), gettext("Number"), gettext("Provision"), gettext("Strength"),
        gettext("Verification"), gettext("Basis"), gettext("Number of the national document"),
        gettext("Number of the national clause"), gettext("National clause"), gettext("Words it rests on"),
        gettext("IRI of the provision"), gettext("IRI of the national clause"), gettext("IRI of the alignment"),
    ]  # fmt: skip


def table(facts: Facts, pairs: Iterable[Pair]) -> list[tuple[object, ...]]:
    """The pairs under `columns`, a row for each quoted phrase; what a pair does not have is ""."""
    made: list[tuple[object, ...]] = []
    for pair in pairs:
        said = (pair.strength, pair.level, pair.basis)
        names = [label(facts, f"pg:{each}", language()).text if each else "" for each in said]
        for words in facts.texts(pair.node, "pg:evidence") or [""]:
            made.append((
                facts.text(f"id:doc/{_slug(pair.provision)}", "pg:documentNumber"),
                facts.text(pair.provision, "skos:notation"), facts.text(pair.provision, "rdfs:label"), *names,
                facts.text(pair.national, "pg:documentNumber"), facts.text(pair.clause, "skos:notation"),
                facts.text(pair.clause, "rdfs:label"), words, expand(pair.provision), expand(pair.clause),
                expand(pair.node),
            ))  # fmt: skip
    return made


def _slug(node: str) -> str:
    return node.split("/")[1]
