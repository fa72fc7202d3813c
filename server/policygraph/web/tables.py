"""The tables of an entity's page, made of a few kinds of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext

from ..store.base import Term
from .facts import Facts, document_of, natural
from .governed import governed_by
from .labels import in_english
from .passages import owner_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: kind is node, assumed (a property whose values follow the printed words), body, value, remark
    (a curator's words in English), evidence (extra: the words to show), note (our own words), quote, place (a position
    in a list of bodies) or count (a number; extra is the address of what it counts)."""

    kind: str
    value: object
    extra: str = ""


Row = tuple[list[Cell], ...]


@dataclass(frozen=True, slots=True)
class Files:
    """What a table is taken away as: links with their words; of: the document, where there are several."""

    of: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and a table. files: of the view that gives the same rows."""

    heading: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    files: list[Files] = field(default_factory=list)


_HIDDEN = {"rdf:type", "pg:sourceDigest"}
_FIRST = (
    "dcterms:title", "skos:prefLabel", "rdfs:label", "skos:altLabel", "pg:documentNumber", "pg:indexNumber",
    "pg:actor", "pg:printedName", "pg:role", "pg:position", "pg:indicator", "pg:comparator",
    "pg:printedValue", "pg:value", "pg:upperValue", "pg:unit", "pg:printedUnit", "pg:normalizedValue",
    "pg:targetYear", "pg:deadline", "pg:baselinePhrase", "pg:baselineYear", "pg:baseline", "pg:scope",
    "pg:statedIn", "pg:governingVerb", "pg:text", "pg:expansion", "pg:actorKind", "pg:termKind",
    "org:subOrganizationOf", "org:hasMember", "pg:mentioned", "pg:fromProvision", "pg:toProvision",
    "pg:strength", "pg:evidence",
)  # fmt: skip
_LAST = ("skos:note", "pg:basis", "pg:verification", "dcterms:source", "prov:wasQuotedFrom")
REMARKS = ("skos:note", "dcterms:source", "pg:expansion")
"""Properties in which curators write, without a tag of the language."""
_BY_WORDS = {"skos:prefLabel", "pg:actorKind", "pg:jurisdiction", "pg:level", "skos:broader", "org:subOrganizationOf"}
"""What the register infers from a body's printed words where nothing else is known of it."""
_OWN_TABLES = {
    "pg:hasAssignment", "pg:hasTarget", "pg:hasGoal", "pg:hasMeasure", "pg:hasMention", "pg:mentions",
    "pg:responsibleActor", "pg:carriesOut", "pg:hasAction", "pg:hasInstrumentUse", "pg:hasClassification",
}  # fmt: skip
_SILENT = {
    "rdf:type", "oa:hasSource", "pg:leafOf", "oa:hasSelector", "pg:actor", "pg:responsibleActor",
    "pg:mentions", "pg:fromProvision", "pg:toProvision", "org:organization", "pg:statedIn",
    "pg:evidenceFor", "pg:carriesOut",
}  # fmt: skip
_MOST = 200
_CURATED = {"dcterms:title", "dcterms:issued", "eli:date_document", "eli:passed_by", "pg:documentNumber", "pg:horizon"}
_CONSENT = re.compile(r"经[^，。、]{2,12}?(?:同意|批准)")


def node(name: str) -> list[Cell]:
    return [Cell("node", name)]


def kinds(facts: Facts, name: str) -> list[str]:
    """The most special of our classes that a node has."""
    found = facts.nodes(name, "rdf:type")
    general = {
        "pg:Provision",
        "skos:Concept",
        "oa:SpecificResource",
        "org:Organization",
        "owl:NamedIndividual",
    }
    if "pg:Measure" in found:
        general.add("pg:Sentence")
    if "pg:CollectiveActor" in found:
        general.add("pg:Actor")
    return [kind for kind in found if kind not in general] or found


def facts_of(facts: Facts, name: str) -> Section:
    """All that is said of a node, a property a row; what a table of its own shows is left to that table."""
    section = Section(gettext("Facts"), (gettext("Property"), gettext("Value"), gettext("Evidence")))
    about = facts.about(name)
    for predicate in sorted(about, key=_rank):
        if predicate in _HIDDEN | _OWN_TABLES:
            continue
        values = sorted(about[predicate], key=lambda value: value.lang != "zh")  # the official name is Chinese
        cells = [cell(value, predicate in REMARKS) for value in values]
        assumed = predicate in _BY_WORDS and by_its_words(facts, name)
        called = [Cell("assumed", predicate)] if assumed else node(predicate)
        section.rows.append((called, cells, _evidence(facts, name, predicate)))
    return section


def by_its_words(facts: Facts, name: str) -> bool:
    """Whether the register has a body by its printed words alone: what body that is was not established."""
    return facts.is_a(name, "pg:Actor", "pg:CollectiveActor") and "pg:Unresolved" in facts.nodes(
        name, "pg:verification"
    )


def _rank(predicate: str) -> tuple[int, str]:
    if predicate in _FIRST:
        return _FIRST.index(predicate), ""
    if predicate in _LAST:
        return 1000 + _LAST.index(predicate), ""
    return 500, predicate


def cell(value: Term, remark: bool = False) -> Cell:
    """A value of a property; remark: whether the property is one of REMARKS."""
    if remark and value.kind == "literal" and not value.lang and in_english(value.value):
        return Cell("remark", value.value)
    return Cell("node" if value.kind == "iri" else "value", value.value, value.lang or "")


def _evidence(facts: Facts, name: str, predicate: str) -> list[Cell]:
    """The words of a document that state one of its properties; of a long sentence those that matter."""
    if predicate in ("pg:citedTitle", "pg:citedNumber"):
        return [Cell("evidence", item) for item in facts.into(name, "pg:citedDocument")]
    if not facts.is_a(name, "pg:PolicyDocument"):
        return []
    if "pg:Curated" in facts.nodes(name, "pg:basis") and predicate in _CURATED:
        return [Cell("note", gettext("entered by hand; its source is told below"))]
    if predicate == "pg:hasCitation":
        return [Cell("evidence", item) for item in facts.nodes(name, predicate)]
    if predicate == "eli:jurisdiction":
        told_by, words, how = governed_by(facts, name)
        return [*(Cell("evidence", leaf, words) for leaf in _leaves(facts, name, told_by)), Cell("note", how)]
    stated = predicate
    if predicate == "dcterms:issued" and not _leaves(facts, name, predicate):
        # where no 发布日期 is printed, a document counts as issued on the day that it bears
        same = facts.text(name, predicate) == facts.text(name, "eli:date_document")
        stated = "eli:date_document" if same else predicate
    cells = [Cell("evidence", leaf, _consent(facts, leaf, predicate)) for leaf in _leaves(facts, name, stated)]
    if cells and stated != predicate:
        cells.append(Cell("note", gettext("no date of publication is printed: the date of the document")))
    return cells


def _leaves(facts: Facts, document: str, predicate: str) -> list[str]:
    leaves = [leaf for leaf in facts.into(document, "pg:leafOf") if predicate in facts.nodes(leaf, "pg:evidenceFor")]
    return sorted(leaves, key=lambda leaf: facts.integer(leaf, "pg:position"))


def _consent(facts: Facts, leaf: str, predicate: str) -> str:
    span = facts.span(leaf) if predicate == "pg:approvedBy" else None
    found = _CONSENT.search(span.exact) if span else None
    return found[0] if found else ""


def of_provision(facts: Facts, name: str) -> list[Section]:
    bodies = Section(
        gettext("Responsible bodies, as listed"),
        (gettext("Position"), gettext("Body"), gettext("Printed name"), gettext("Role"), gettext("Evidence")),
    )
    for item in assignments(facts, name):
        place = facts.integer(item, "pg:position")
        bodies.rows.append((
            [Cell("place", place)], [Cell("node", body) for body in facts.nodes(item, "pg:actor")],
            [Cell("value", facts.text(item, "pg:printedName"), "zh")],
            [Cell("node", role) for role in facts.nodes(item, "pg:role")], [Cell("evidence", item)],
        ))  # fmt: skip
    return [
        bodies,
        listed(facts, gettext("Targets"), facts.nodes(name, "pg:hasTarget")),
        listed(facts, gettext("Goals"), facts.nodes(name, "pg:hasGoal")),
        listed(facts, gettext("Measures and sentences"), in_order(facts, facts.into(name, "eli:is_part_of"))),
        *alignments(facts, name),
    ]


def of_part(facts: Facts, name: str) -> list[Section]:
    return [listed(facts, gettext("Provisions"), in_order(facts, facts.into(name, "eli:is_part_of")))]


def of_sentence(facts: Facts, name: str) -> list[Section]:
    stated = facts.into(name, "pg:statedIn")
    return [
        listed(facts, gettext("Targets and goals stated here"), stated),
        listed(facts, gettext("Named here"), facts.nodes(name, "pg:hasMention")),
    ]


def alignments(facts: Facts, name: str) -> list[Section]:
    """What a provision carries out, and what carries it out."""
    sections = []
    for mine, other, heading in (
        ("pg:fromProvision", "pg:toProvision", gettext("National clauses that it carries out")),
        ("pg:toProvision", "pg:fromProvision", gettext("Provincial provisions that carry it out")),
    ):
        columns = (
            gettext("Provision"),
            gettext("Strength"),
            gettext("Verification"),
            gettext("Words it rests on"),
            gettext("Alignment"),
        )
        section = Section(heading, columns)
        for item in facts.into(name, mine):
            section.rows.append((
                [Cell("clause", there) for there in facts.nodes(item, other)],
                [Cell("node", strength) for strength in facts.nodes(item, "pg:strength")],
                [Cell("badge", item)],
                [Cell("quote", span.node) for span in facts.spans(item)],
                node(item),
            ))  # fmt: skip
        sections.append(section)
    return sections


def listed(facts: Facts, heading: str, items: Iterable[str]) -> Section:
    columns = (gettext("Number"), gettext("Item"), gettext("Evidence"))
    rows: list[Row] = [([Cell("value", number(facts, item))], node(item), [Cell("evidence", item)]) for item in items]
    return Section(heading, columns, rows)


def number(facts: Facts, item: str) -> str:
    """How an item is called within its document: 3.11, 3.11/s2, 3.10/t3."""
    notation = facts.text(item, "skos:notation")
    if notation:
        return notation
    return "/".join(item.split("/")[2:]) if item.startswith("id:doc/") else ""


def referring(facts: Facts, name: str) -> list[Section]:
    """Every passage and thing that leads here, by the property that it uses."""
    sections = []
    columns = (gettext("Number"), gettext("From"), gettext("Evidence"))
    for predicate, sources in sorted(facts.referring(name).items()):
        if predicate in _SILENT or (predicate == "eli:is_part_of" and not facts.is_a(name, "pg:PolicyDocument")):
            continue
        if predicate.startswith(("pg:has", "rdfs:", "owl:")):
            continue
        section = Section("", columns)
        for source in sorted(sources, key=natural)[:_MOST]:
            shown = owner_of(facts, source) if predicate == "pg:mentioned" else source
            words = _evidence(facts, source, predicate) if source == document_of(source) else [Cell("context", source)]
            section.rows.append(([Cell("value", number(facts, source))], node(shown or source), words))
        sections.append(Section(predicate, columns, section.rows))
    return sections


def assignments(facts: Facts, provision: str) -> list[str]:
    return in_order(facts, facts.nodes(provision, "pg:hasAssignment"))


def in_order(facts: Facts, items: Iterable[str]) -> list[str]:
    return sorted(items, key=lambda item: facts.integer(item, "pg:position"))
