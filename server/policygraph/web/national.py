"""/national: the outlines of the national documents beside the provisions that carry them out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from . import context
from .facts import Facts, Span
from .marks import Mark, Segment, segments
from .passages import documents, outlines, parts, provisions, reading

routes = Blueprint("national", __name__)
_STRENGTHS = ("pg:Exact", "pg:Close", "pg:Related")


@dataclass(frozen=True, slots=True)
class Pair:
    """An alignment with the sentences that hold the shared words, those words marked."""

    node: str
    strength: str
    provision: str
    sentences: tuple[tuple[str, tuple[Segment, ...]], ...]


@routes.get("/national")
def page() -> ResponseReturnValue:
    facts = context.facts()
    listed = _carried_out(facts)
    strength = context.choice("strength", [each.removeprefix("pg:") for each in _STRENGTHS])
    chosen = context.choice("document", [node.removeprefix("id:doc/") for node in listed])
    shown = [node for node in listed if not chosen or node == f"id:doc/{chosen}"]
    wanted = f"pg:{strength}" if strength else ""
    blocks = []
    for document in shown:
        rows = []
        for part in parts(facts, document):
            clauses = sorted(facts.into(part, "eli:is_part_of"), key=lambda n: facts.integer(n, "pg:position"))
            pairs = [(clause, _pairs(facts, clause, wanted)) for clause in clauses]
            rows.append((part, [pair for pair in pairs if pair[1]]))
        alone = [n for n in provisions(facts, document) if not facts.into(n, "pg:toProvision")]
        blocks.append((document, [row for row in rows if row[1]], alone))
    without = [
        node
        for document in documents(facts)
        if reading(facts, document) and document not in listed
        for node in provisions(facts, document)
        if not facts.into(node, "pg:fromProvision")
    ]
    return render_template(
        "national.html",
        documents=listed,
        blocks=blocks,
        without=without,
        strengths=_STRENGTHS,
        strength=wanted,
        chosen=chosen,
        total=len(facts.of_type("pg:Alignment")),
    )


def _carried_out(facts: Facts) -> list[str]:
    """Documents to carry out: the outlines, and those whose full text an alignment points into."""
    goals = {goal for item in facts.of_type("pg:Alignment") for goal in facts.nodes(item, "pg:toProvision")}
    named = {goal.rpartition("/")[0] for goal in goals} | set(outlines(facts))
    return [node for node in documents(facts) if node in named]


def _pairs(facts: Facts, clause: str, wanted: str) -> list[Pair]:
    found = []
    for item in facts.into(clause, "pg:toProvision"):
        strength = facts.node(item, "pg:strength") or ""
        provision = facts.node(item, "pg:fromProvision") or ""
        if not wanted or strength == wanted:
            found.append(Pair(item, strength, provision, _sentences(facts, item)))
    return sorted(found, key=lambda pair: _STRENGTHS.index(pair.strength) if pair.strength in _STRENGTHS else 9)


def _sentences(facts: Facts, item: str) -> tuple[tuple[str, tuple[Segment, ...]], ...]:
    """(text of the document, segments) of each leaf that holds shared words."""
    spans = facts.spans(item)
    if not spans:
        return ()
    found = reading(facts, spans[0].document)
    if found is None:
        return ()
    marks = [Mark(span.start, span.end, span.node, "shared") for span in spans]
    return tuple(
        (found.text, tuple(segments(leaf.start, leaf.end, marks)))
        for block in found.blocks
        for leaf in block.leaves
        if any(_touch(span, leaf.start, leaf.end) for span in spans)
    )


def _touch(span: Span, start: int, end: int) -> bool:
    return span.start < end and span.end > start
