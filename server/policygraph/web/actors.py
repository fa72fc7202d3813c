"""What a responsible body does, with whom, towards which numbers, and what it was and became."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from . import actor_files, duties, tables
from .duties import Duty
from .facts import Facts
from .tables import Cell, Row, Section
from .views import document_name

_MOST_DOCUMENTS = 10
_MOST_PARTNERS = 40
_MOST_OF_KIND = 60


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers at the top of a body's page. shown: of its documents, those that the page tells of."""

    documents: tuple[str, ...]
    shown: tuple[str, ...]
    provisions: int
    first: int
    lead: int
    partners: int


def duties_of(facts: Facts, actor: str) -> tuple[tuple[str, ...], list[Duty]]:
    """The documents that name a body, and what the first of them ask of it."""
    documents = tuple(duties.documents_of(facts, actor))
    shown = documents[:_MOST_DOCUMENTS]
    return documents, duties.of_body(facts, actor, shown)


def summary(facts: Facts, actor: str) -> Summary | None:
    """None for a body that no document makes responsible."""
    documents, found = duties_of(facts, actor)
    if not found:
        return None
    return Summary(
        documents,
        documents[:_MOST_DOCUMENTS],
        len({duty.provision for duty in found}),
        len({duty.provision for duty in found if duty.first}),
        len({duty.provision for duty in found if duty.role == "pg:Lead"}),
        len(_partners_of(facts, actor, found)),
    )


def tables_of(facts: Facts, actor: str) -> list[Section]:
    _, found = duties_of(facts, actor)
    return [
        *_by_part(facts, actor, found),
        _through_collectives(facts, actor),
        _partners(facts, actor, found),
        _targets(facts, actor, found),
        _members(facts, actor),
        _changes(facts, actor),
        _of_its_kind(facts, actor),
    ]


def _by_part(facts: Facts, actor: str, found: Iterable[Duty]) -> list[Section]:
    groups: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in found:
        groups[duty.document, "" if duty.part == duty.provision else duty.part].append(duty)
    columns = (gettext("Provision"), gettext("Position"), gettext("Role"), gettext("Evidence"))
    sections = []
    for (document, part), members in groups.items():
        heading = gettext("Responsible in %(document)s", document=document_name(facts, document))
        if part:
            heading = gettext(
                "Responsible in %(document)s: %(part)s",
                document=document_name(facts, document),
                part=facts.text(part, "rdfs:label"),
            )
        rows: list[Row] = [
            (
                [Cell("clause", duty.provision, duty.document)], [Cell("place", duty.position)],
                [Cell("node", duty.role)], [Cell("evidence", duty.assignment)],
            )
            for duty in members
        ]  # fmt: skip
        files = [actor_files.of_tasks(actor, document, part.rpartition("/")[2])]
        sections.append(Section(heading, columns, rows, files))
    return sections


def _through_collectives(facts: Facts, actor: str) -> Section:
    """Collective bodies that a curated membership says this one belongs to."""
    columns = (gettext("Collective body"), gettext("Provisions"), gettext("Verification"))
    rows: list[Row] = []
    for membership in facts.into(actor, "org:member"):
        for collective in facts.nodes(membership, "org:organization"):
            _, found = duties_of(facts, collective)
            provisions = dict.fromkeys(duty.provision for duty in found)
            rows.append((
                [Cell("body", collective)], [Cell("clause", each) for each in provisions], [Cell("badge", membership)]
            ))  # fmt: skip
    files = [actor_files.of_body(actor, "collectives")]
    return Section(gettext("As a member of a collective body"), columns, rows, files)


def _partners_of(facts: Facts, actor: str, found: Iterable[Duty]) -> dict[str, list[str]]:
    """The other bodies of its provisions with those provisions, who shares most first."""
    where: dict[str, dict[str, None]] = defaultdict(dict)
    for document, provision in dict.fromkeys((duty.document, duty.provision) for duty in found):
        for duty in sorted(duties.of_provision(facts, document, provision), key=lambda duty: duty.position):
            if duty.actor != actor:
                where[duty.actor][duty.provision] = None
    shared = Counter({partner: len(provisions) for partner, provisions in where.items()})
    return {partner: list(where[partner]) for partner, _ in shared.most_common()}


def _partners(facts: Facts, actor: str, found: Iterable[Duty]) -> Section:
    columns = (gettext("Body"), gettext("Shared provisions"), gettext("Provisions"))
    whole = len(duties.documents_of(facts, actor)) <= _MOST_DOCUMENTS  # else the list would hold more than is counted
    shared = "/departments/shared?body={0}&first={0}".format(actor.removeprefix("id:org/"))
    rows: list[Row] = [
        (
            [Cell("body", partner)],
            [Cell("count", len(provisions), f"{shared}&second={partner[7:]}" if whole else "")],
            [Cell("number", provision) for provision in provisions],
        )
        for partner, provisions in list(_partners_of(facts, actor, found).items())[:_MOST_PARTNERS]
    ]
    documents = dict.fromkeys(duty.document for duty in found)
    return Section(gettext("With whom"), columns, rows, actor_files.of_partners(facts, actor, documents))


def _targets(facts: Facts, actor: str, found: Iterable[Duty]) -> Section:
    """What its provisions are to reach; the text gives the number to the provision, not to the body."""
    columns = (
        gettext("Provision"), gettext("Indicator"), gettext("As worded"), gettext("Year"), gettext("Evidence")
    )  # fmt: skip
    rows: list[Row] = []
    for provision in dict.fromkeys(duty.provision for duty in found):
        for target in facts.nodes(provision, "pg:hasTarget"):
            year = facts.text(target, "pg:deadline") or facts.text(target, "pg:targetYear")
            rows.append((
                [Cell("number", provision)], [Cell("node", each) for each in facts.nodes(target, "pg:indicator")],
                tables.node(target), [Cell("value", year)], [Cell("evidence", target)],
            ))  # fmt: skip
    documents = dict.fromkeys(duty.document for duty in found) if rows else ()
    files = actor_files.of_targets(facts, actor, documents)
    return Section(gettext("Targets of its provisions"), columns, rows, files)


def _members(facts: Facts, actor: str) -> Section:
    columns = (gettext("Member"), gettext("Verification"), gettext("Source"))
    rows: list[Row] = []
    for membership in facts.into(actor, "org:organization"):
        sources = _sources(facts, membership)
        for member in facts.nodes(membership, "org:member"):
            rows.append(([Cell("body", member)], [Cell("badge", membership)], sources))
    return Section(gettext("Members"), columns, rows, [actor_files.of_body(actor, "members")])


def _changes(facts: Facts, actor: str) -> Section:
    """What it came from and what came of it, each with the day, the source and how far that was checked."""
    columns = (gettext("Change"), gettext("Body"), gettext("Date"), gettext("Verification"), gettext("Source"))
    rows: list[Row] = []
    for predicate, other, words in (
        ("org:resultingOrganization", "org:originalOrganization", gettext("its predecessor")),
        ("org:originalOrganization", "org:resultingOrganization", gettext("its successor")),
    ):
        for change in facts.into(actor, predicate):
            for body in facts.nodes(change, other):
                rows.append((
                    [Cell("value", words)], [Cell("body", body)], [Cell("value", facts.text(change, "dcterms:date"))],
                    [Cell("badge", change)], _sources(facts, change),
                ))  # fmt: skip
    return Section(gettext("Before and after"), columns, rows, [actor_files.of_body(actor, "changes")])


def _of_its_kind(facts: Facts, actor: str) -> Section:
    """Bodies of the same task at other levels and in other places."""
    columns = (gettext("Kind of body"), gettext("Body"), gettext("Jurisdiction"), gettext("Documents"))
    rows: list[Row] = []
    for kind in facts.nodes(actor, "skos:broader"):
        for other in facts.into(kind, "skos:broader")[:_MOST_OF_KIND]:
            if other != actor:
                places = [Cell("node", place) for place in facts.nodes(other, "pg:jurisdiction")]
                count = len(duties.documents_of(facts, other))
                listed = f"/departments/tasks?body={other.removeprefix('id:org/')}" if count else ""
                rows.append((tables.node(kind), [Cell("body", other)], places, [Cell("count", count, listed)]))
    return Section(gettext("Others of its kind"), columns, rows, [actor_files.of_body(actor, "kind")])


def _sources(facts: Facts, node: str) -> list[Cell]:
    return [tables.cell(each, remark=True) for each in facts.values(node, "dcterms:source")]
