"""Who is made responsible for what, a document at a time: assignments as values, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from .facts import Facts, document_of, natural

_LEAVES = ("pg:Sentence", "pg:Measure")


@dataclass(frozen=True, slots=True)
class Duty:
    """A body that a provision makes responsible. start: where the provision begins in its text.

    membership: "" for what the text states; else the curated membership by which a duty of the group `through` is
    spread over its members.
    """

    document: str
    part: str
    provision: str
    start: int
    assignment: str
    actor: str
    role: str
    position: int
    kind: str
    collective: bool
    membership: str = ""
    through: str = ""

    @property
    def first(self) -> bool:
        return self.position == 1

    @property
    def rank(self) -> str:
        """How it is drawn: lead and support are words of the text, first is an order of listing and no duty."""
        if self.role in ("pg:Lead", "pg:Support"):
            return self.role[3:].lower()
        return "first" if self.first else "listed"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies, the first by name, and the provisions that name both, in the order of the text."""

    first: str
    second: str
    provisions: tuple[str, ...]


def of_document(facts: Facts, document: str) -> tuple[Duty, ...]:
    """All duties that the text of a document states; kept for as long as the facts are."""
    known = facts.recall(("duties", document))
    if known is None:
        found = [duty for part in _below(facts, document) for duty in _of_unit(facts, document, part, part)]
        known = facts.remember(("duties", document), tuple(sorted(found, key=_order)))
    return cast("tuple[Duty, ...]", known)


def of_body(facts: Facts, actor: str, documents: Sequence[str]) -> list[Duty]:
    """What these documents ask of a body, as `of_document` gives it, without reading the rest of them."""
    units: dict[str, dict[str, None]] = {document: {} for document in documents}
    for item in facts.into(actor, "pg:actor"):
        if (within := units.get(document_of(item))) is not None:
            within |= dict.fromkeys(facts.into(item, "pg:hasAssignment"))
    found: list[Duty] = []
    for document, named in units.items():
        stated = [duty for unit in named for duty in of_provision(facts, document, unit) if duty.actor == actor]
        found += sorted(stated, key=_order)
    return found


def of_provision(facts: Facts, document: str, provision: str) -> tuple[Duty, ...]:
    """What a provision itself states, in no order; nothing where it is no part of the document. Kept with the facts."""
    known = facts.recall(("duties", provision))
    if known is None:
        part, above = provision, facts.node(provision, "eli:is_part_of")
        while above and above != document:
            part, above = above, facts.node(above, "eli:is_part_of")
        leaf = facts.is_a(provision, *_LEAVES)
        found = _stated(facts, document, part, provision) if above and not leaf else []
        known = facts.remember(("duties", provision), tuple(found))
    return cast("tuple[Duty, ...]", known)


def documents_of(facts: Facts, actor: str) -> list[str]:
    """The documents that make a body responsible."""
    known = facts.recall(("documents of", actor))
    if known is None:
        items = facts.into(actor, "pg:actor")
        found = {"/".join(item.split("/")[:2]) for item in items if item.startswith("id:doc/")}
        known = facts.remember(("documents of", actor), sorted(found, key=natural))
    return cast("list[str]", known)


def spread(facts: Facts, duties: Sequence[Duty]) -> list[Duty]:
    """The duties with those of each group put upon its curated members, as what a reader concludes and no text says."""
    found = []
    for duty in duties:
        found.append(duty)
        for membership in facts.into(duty.actor, "org:organization"):
            for member in facts.nodes(membership, "org:member"):
                kind = facts.node(member, "pg:actorKind") or ""
                found.append(replace(
                    duty, actor=member, kind=kind, collective=False, membership=membership, through=duty.actor
                ))  # fmt: skip
    return found


def pairs(duties: Iterable[Duty], least: int = 1) -> list[Pair]:
    """Who is named with whom in at least so many provisions; the strongest pairs first, then by name."""
    together: dict[str, dict[str, None]] = defaultdict(dict)
    for duty in duties:
        together[duty.provision][duty.actor] = None
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for provision, actors in together.items():
        listed = sorted(actors)
        for index, first in enumerate(listed):
            for second in listed[index + 1 :]:
                shared[first, second].append(provision)
    found = [Pair(*names, tuple(where)) for names, where in shared.items() if len(where) >= least]
    return sorted(found, key=lambda pair: (-len(pair.provisions), pair.first, pair.second))


def _of_unit(facts: Facts, document: str, part: str, unit: str) -> list[Duty]:
    """What a part or provision states, and what stands below it to any depth."""
    found = _stated(facts, document, part, unit)
    for below in _below(facts, unit):
        found += _of_unit(facts, document, part, below)
    return found


def _stated(facts: Facts, document: str, part: str, unit: str) -> list[Duty]:
    found = []
    items = facts.nodes(unit, "pg:hasAssignment")
    spans = facts.spans(unit) if items else []
    for item in items:
        for actor in facts.nodes(item, "pg:actor"):
            for role in facts.nodes(item, "pg:role"):
                found.append(Duty(
                    document, part, unit, spans[0].start if spans else 0, item, actor, role,
                    facts.integer(item, "pg:position"), facts.node(actor, "pg:actorKind") or "",
                    facts.is_a(actor, "pg:CollectiveActor"),
                ))  # fmt: skip
    return found


def _below(facts: Facts, unit: str) -> list[str]:
    return [node for node in facts.into(unit, "eli:is_part_of") if not facts.is_a(node, *_LEAVES)]


def _order(duty: Duty) -> tuple[object, ...]:
    return duty.start, natural(duty.provision), duty.position, duty.actor, duty.role
