"""What stands beside the text: all that is said of the shown words, and the way to the next such statement."""

from __future__ import annotations

from dataclasses import dataclass

from . import tables
from .article import View
from .citing import Citing, citing
from .facts import Facts, Span
from .labels import url
from .passages import Reading, every, is_provision, mark_kind, owner_of, units

_SAID_ABOVE = {"pg:text", "rdfs:label", "prov:wasQuotedFrom", "pg:basis", "pg:verification"}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The statement among those of its kind: its place from 1, how many there are, the addresses before and after."""

    kind: str
    place: int
    total: int
    before: str
    after: str


def panel(facts: Facts, found: Reading, view: View) -> dict[str, object] | None:
    """What _panel.html shows; None where nothing is shown."""
    shown, span = view.shown, view.span
    if span is None:
        return None
    held = shown in facts
    owner = owner_of(facts, shown) if held else _unit_at(facts, found, span)
    subject = facts.node(shown, "pg:mentioned") or facts.node(shown, "pg:actor") or ""
    rows = tables.facts_of(facts, shown).rows
    provision = owner if owner and is_provision(facts, owner) else ""
    return {
        "held": held,
        "kinds": tables.kinds(facts, shown) if held else [],
        "rows": [row for row in rows if row[0][0].value not in _SAID_ABOVE],
        "bases": facts.nodes(shown, "pg:basis"),
        "levels": facts.nodes(shown, "pg:verification"),
        "triples": [(name, values) for name, values in facts.about(shown).items()],
        "owner": owner if owner not in (shown, found.document) else None,
        "around": [] if is_provision(facts, shown) else _around(found, shown, span),
        "subject": subject,
        "neighbours": _neighbours(facts, found, view),
        "citing": _citing(facts, found, provision, shown),
        "words": f"{found.document}/span/{span.start}-{span.end}",
    }


def _citing(facts: Facts, found: Reading, provision: str, shown: str) -> Citing:
    """Of the provision in which the words stand, with the address of the statement itself."""
    return citing(facts, found.document, provision, address=shown)


def _around(found: Reading, shown: str, span: Span) -> list[str]:
    """Which other statements rest on some of the same words."""
    others = (mark.node for mark in found.over(span.start, span.end) if mark.node != shown)
    return list(dict.fromkeys(others))


def _neighbours(facts: Facts, found: Reading, view: View) -> Neighbours | None:
    kind = mark_kind(facts, view.shown)
    if kind:
        nodes = list(dict.fromkeys(mark.node for mark in found.marks if mark.kind == kind))
    elif is_provision(facts, view.shown):
        nodes = [node for node in every(units(facts, found.document)) if is_provision(facts, node)]
    else:
        return None
    if view.shown not in nodes:
        return None
    at = nodes.index(view.shown)
    before = _address(facts, found, view, nodes[at - 1]) if at else ""
    after = _address(facts, found, view, nodes[at + 1]) if at + 1 < len(nodes) else ""
    return Neighbours(kind, at + 1, len(nodes), before, after)


def _address(facts: Facts, found: Reading, view: View, node: str) -> str:
    spans = facts.spans(node)
    anchor = f"#at-{spans[0].start}" if spans else ""
    return f"{url(found.document)}{view.address(node[len(found.document) + 1 :])}{anchor}"


def _unit_at(facts: Facts, found: Reading, span: Span) -> str | None:
    block = found.block_of(span.start)
    return block.owner if block else None
