"""The registry in RDF, as written terms: every collection and every worker needs it before the first document."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from ..compiler.curated import Entry
from ..compiler.emit import object_of
from ..compiler.places import NATION
from ..compiler.registry import Registry
from ..compiler.resolve import ACTOR_KINDS, LEVELS, Names
from .iri import EntityIri
from .triples import DCTERMS, ORG, PG, QUDT, RDF, SCHEMA, SKOS, UNIT, XSD, Triples, decimal, iri, text, zh

VERIFICATION = {"text": "VerifiedText", "heading": "VerifiedHeading", "theme": "VerifiedTheme",
                "partly": "PartlyVerified", "unverified": "Unverified", "unresolved": "Unresolved"}  # fmt: skip
TERM_KINDS = {k: k.capitalize() for k in (
    "strategy", "plan", "project", "brand", "platform", "event", "area", "standard", "expression")}  # fmt: skip
KINDS_SOURCE = "data/registry/kinds.yaml: names in use; not checked one by one"


def registered(registry: Registry, names: Names) -> Triples:
    """`id:graph/registry`. Raises RegistryError for an unknown keyword."""
    made = Triples()
    for entry in registry.entries["kinds"]:
        node = iri(names.iri("kind", entry.text("name")))
        made.add(node, RDF.type, PG.BodyKind)
        _named(made, node, entry)
        _curated(made, node, "Unverified", KINDS_SOURCE)
    for entry in registry.entries["actors"]:
        _actor(made, entry, names)
    for entry in registry.entries["places"]:
        node = _entity(made, entry, "place", PG.Place, names)
        if entry.text("code"):
            made.add(node, PG.regionCode, text(entry.text("code")))
        if entry.text("within"):
            made.add(node, SCHEMA.containedInPlace, iri(names.iri("place", entry.text("within"))))
    for entry in registry.entries["terms"]:
        node = _entity(made, entry, "term", PG.Term, names)
        made.add(node, PG.termKind, PG[entry.one_of("kind", TERM_KINDS)])
        if entry.text("expansion"):
            made.add(node, PG.expansion, text(entry.text("expansion")))
        for key, prop in (("start", PG.periodStart), ("end", PG.periodEnd)):
            if entry.text(key):
                made.add(node, prop, f"{text(entry.text(key))}^^{XSD.gYear}")
    for entry in registry.entries["indicators"]:
        _entity(made, entry, "indicator", PG.Indicator, names)
    for entry in registry.entries["units"]:
        node = iri(names.iri("unit", entry.text("name")))
        made.add(node, RDF.type, PG.Unit)
        _named(made, node, entry)
        made.add(node, QUDT.symbol, text(entry.text("name")))
        made.add(node, PG.baseUnit, UNIT[entry.text("base")])
        made.add(node, QUDT.conversionMultiplier, decimal(_factor(entry)))
    for subject, predicate, form, value in names.statements():  # what no file has an entry for: divisions
        made.add(iri(subject), iri(predicate), object_of(form, value))
    return made


def _factor(entry: Entry) -> Decimal:
    try:
        return Decimal(entry.text("factor"))
    except InvalidOperation:
        raise entry.error(f"factor: expected a number, not {entry.text('factor')!r}") from None


def _named(made: Triples, node: str, entry: Entry) -> None:
    made.add(node, SKOS.prefLabel, zh(entry.text("name")))
    if entry.text("en"):
        made.add(node, SKOS.prefLabel, f"{text(entry.text('en'))}@en")
    for form in entry.texts("also"):
        made.add(node, SKOS.altLabel, zh(form))


def _curated(made: Triples, node: str, verification: str, source: str, note: str = "") -> None:
    made.add(node, PG.basis, PG.Curated)
    if verification:
        made.add(node, PG.verification, PG[verification])
    if source:
        made.add(node, DCTERMS.source, text(source))
    if note:
        made.add(node, SKOS.note, text(note))


def _entity(made: Triples, entry: Entry, kind: str, type_: str, names: Names) -> str:
    node = iri(names.iri(kind, entry.text("name")))
    made.add(node, RDF.type, type_)
    _named(made, node, entry)
    verification = entry.one_of("verification", VERIFICATION)
    if kind == "term" and not verification:
        return node  # its name is the text's own; nothing about it is curated but the kind
    _curated(made, node, verification, entry.text("source"), entry.text("note"))
    return node


def _actor(made: Triples, entry: Entry, names: Names) -> None:
    collective = entry.text("kind") == "collective"
    node = _entity(made, entry, "actor", PG.CollectiveActor if collective else PG.Actor, names)
    made.add(node, PG.actorKind, PG[entry.one_of("kind", ACTOR_KINDS)])
    if entry.text("jurisdiction"):
        made.add(node, PG.jurisdiction, iri(names.iri("place", entry.text("jurisdiction"))))
    if entry.text("parent"):
        made.add(node, ORG.subOrganizationOf, iri(names.iri("actor", entry.text("parent"))))
    body = names.registry.bodies.read(entry.text("name"), NATION if "central" in entry.text("kind") else None)
    if body.kind:
        made.add(node, SKOS.broader, iri(names.iri("kind", body.kind.name)))
    if body.level:
        made.add(node, PG.level, PG[LEVELS[body.level]])
    for member in entry.texts("members"):
        other = iri(names.iri("actor", member))
        path = EntityIri("membership", name=names.registry.slug("actor", entry.text("name")),
                         other=names.registry.slug("actor", member))  # fmt: skip
        link = iri(names.minter.mint(path, f"{member} in {entry.text('name')}"))
        made.add(node, ORG.hasMember, other)
        made.add(link, RDF.type, ORG.Membership)
        made.add(link, ORG.organization, node)
        made.add(link, ORG.member, other)
        _curated(made, link, entry.one_of("members-verification", VERIFICATION), entry.text("members-source"))
    if entry.text("successor"):
        _successor(made, node, entry, names)


def _successor(made: Triples, node: str, entry: Entry, names: Names) -> None:
    """The organization ontology's way from a body to the one that took its place: a change with date and source."""
    name, day = entry.text("successor"), entry.text("successor-date")
    path = EntityIri("change", name=names.registry.slug("actor", entry.text("name")),
                     other=names.registry.slug("actor", name))  # fmt: skip
    change = iri(names.minter.mint(path, f"{entry.text('name')} becomes {name}"))
    after = iri(names.iri("actor", name))
    if not entry.text("successor-source") or not entry.text("successor-verification"):
        raise entry.error("successor: a change of body needs successor-source and successor-verification")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise entry.error(f"successor-date: expected a date like 2023-08-18, not {day!r}")
    made.add(change, RDF.type, ORG.ChangeEvent)
    made.add(node, ORG.changedBy, change)
    made.add(change, ORG.originalOrganization, node)
    made.add(change, ORG.resultingOrganization, after)
    made.add(after, ORG.resultedFrom, change)
    made.add(change, DCTERMS.date, f"{text(day)}^^{XSD.date}")
    _curated(made, change, entry.one_of("successor-verification", VERIFICATION), entry.text("successor-source"))
