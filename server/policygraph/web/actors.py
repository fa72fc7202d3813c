"""What a responsible body does, with whom, and towards which numbers."""

from __future__ import annotations

from collections import Counter, defaultdict

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from . import context, tables
from .facts import Facts, natural
from .tables import Cell, Row, Section

routes = Blueprint("actors", __name__)


@routes.get("/departments")
def departments() -> ResponseReturnValue:
    facts = context.facts()
    rows = []
    for actor in facts.of_type("pg:Actor", "pg:CollectiveActor"):
        items = facts.into(actor, "pg:actor")
        if items:
            first = sum(facts.integer(item, "pg:position") == 1 for item in items)
            rows.append((actor, len(items), first, facts.node(actor, "pg:actorKind")))
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    return render_template("departments.html", rows=rows)


def duties(facts: Facts, actor: str) -> list[tuple[str, str]]:
    """(provision, assignment) pairs of a body in the order of the text."""
    pairs = [
        (provision, item)
        for item in facts.into(actor, "pg:actor")
        for provision in facts.into(item, "pg:hasAssignment")
    ]
    return sorted(pairs, key=lambda pair: natural(pair[1]))


def tables_of(facts: Facts, actor: str) -> list[Section]:
    pairs = duties(facts, actor)
    return [
        *_by_part(facts, pairs),
        _through_collectives(facts, actor),
        _partners(facts, actor, pairs),
        _targets(facts, pairs),
        _members(facts, actor),
    ]


def _by_part(facts: Facts, pairs: list[tuple[str, str]]) -> list[Section]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for provision, item in pairs:
        groups[facts.node(provision, "eli:is_part_of") or ""].append((provision, item))
    columns = (
        gettext("Number"),
        gettext("Provision"),
        gettext("Position"),
        gettext("Role"),
        gettext("Evidence"),
    )
    sections = []
    for part, members in groups.items():
        heading = gettext("Responsible in: %(part)s", part=facts.text(part, "rdfs:label"))
        rows: list[Row] = []
        for provision, item in members:
            rows.append((
                [Cell("value", facts.text(provision, "skos:notation"))],
                tables.node(provision),
                [Cell("place", facts.integer(item, "pg:position"))],
                [Cell("node", role) for role in facts.nodes(item, "pg:role")],
                [Cell("evidence", item)],
            ))  # fmt: skip
        sections.append(Section(heading, columns, rows))
    return sections


def _through_collectives(facts: Facts, actor: str) -> Section:
    """Collective bodies that a curated membership says this one belongs to."""
    columns = (gettext("Collective body"), gettext("Provisions"), gettext("Verification"))
    rows: list[Row] = []
    for membership in facts.into(actor, "org:member"):
        for collective in facts.nodes(membership, "org:organization"):
            provisions = [Cell("node", provision) for provision, _ in duties(facts, collective)]
            rows.append((tables.node(collective), provisions, [Cell("badge", membership)]))
    return Section(gettext("As a member of a collective body"), columns, rows)


def _partners(facts: Facts, actor: str, pairs: list[tuple[str, str]]) -> Section:
    shared: Counter[str] = Counter()
    where: dict[str, list[str]] = defaultdict(list)
    for provision, _ in pairs:
        for item in tables.assignments(facts, provision):
            for partner in facts.nodes(item, "pg:actor"):
                if partner != actor:
                    shared[partner] += 1
                    where[partner].append(provision)
    columns = (gettext("Body"), gettext("Shared provisions"), gettext("Provisions"))
    rows: list[Row] = [
        (
            tables.node(partner),
            [Cell("value", count)],
            [Cell("number", provision) for provision in where[partner]],
        )
        for partner, count in shared.most_common()
    ]
    return Section(gettext("With whom"), columns, rows)


def _targets(facts: Facts, pairs: list[tuple[str, str]]) -> Section:
    items = [target for provision, _ in pairs for target in facts.nodes(provision, "pg:hasTarget")]
    return tables.listed(facts, gettext("Targets of its provisions"), items)


def _members(facts: Facts, actor: str) -> Section:
    columns = (gettext("Member"), gettext("Verification"), gettext("Source"))
    rows: list[Row] = []
    for membership in facts.into(actor, "org:organization"):
        sources = [Cell("node", source) for source in facts.nodes(membership, "dcterms:source")]
        for member in facts.nodes(membership, "org:member"):
            rows.append((tables.node(member), [Cell("badge", membership)], sources))
    return Section(gettext("Members"), columns, rows)
